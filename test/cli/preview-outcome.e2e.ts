import * as assert from "node:assert/strict";
import { bundle, checkJson, compliance, folder, removeFolders, STACK_URN, volume } from "./support";

type Part = Readonly<Record<string, unknown>>;

const stack: Part = { urn: STACK_URN, type: "pulumi:pulumi:Stack", custom: false };
const step = (op: string, newState: unknown): Part => ({ op, newState });
const error = (message: string, more: Part = {}): Part => ({ message, severity: "error", ...more });
const good = [step("create", stack), step("create", volume("good", true))];
const whole: Part = { steps: good, changeSummary: { create: 2 } };

const planned = (state: unknown, op = "create"): Part => ({
  resourcePreEvent: { metadata: { op, urn: "", type: "", old: null, new: state }, planning: true },
});
const summary = (more: Part = {}): Part => ({
  summaryEvent: { maybeCorrupt: false, resourceChanges: { create: 2 }, isPreview: true, ...more },
});
const said = (message: string, more: Part = {}): Part => ({
  diagnosticEvent: { prefix: "error: ", message, color: "never", severity: "error", ...more },
});
const begun = [{ preludeEvent: { config: {} } }, planned(stack), planned(volume("good", true))];
const lines = (...events: readonly Part[]): string =>
  events.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`).join("");

/** Documents and streams that a preview leaves behind which is no preview of the whole stack. */
const refused: readonly {
  readonly title: string;
  readonly content: Part | string;
  readonly message: RegExp;
}[] = [
  {
    title: "a document of a program that failed",
    content: {
      ...whole,
      diagnostics: [
        { message: "a warning", severity: "warning" },
        error("error: Running program '/p/index.ts' failed with an unhandled exception:\nError: boom\n"),
        error("error: preview failed\n"),
      ],
    },
    message:
      /p\.json: The preview failed, so that it may not be whole: Running program '\/p\/index\.ts' failed with an unhandled exception\. Mend that, and preview again\./,
  },
  {
    title: "a document of a preview that a policy pack stopped",
    content: { ...whole, diagnostics: [error("error: preview failed\n")] },
    message: /failed and gives no reason, as when a policy pack stops it.* without "--policy-pack"/,
  },
  {
    title: "a document of a preview that failed before anything was planned",
    content: { config: {}, diagnostics: [error("error: no resource plugin 'aws'"), error("error: again")] },
    message: /no resource plugin 'aws' \(and 1 more\)/,
  },
  {
    title: "a document of a preview that was cancelled",
    content: { ...whole, diagnostics: [error("error: preview canceled\n")] },
    message: /may not be whole: preview canceled\./,
  },
  {
    title: "a document without a summary",
    content: { steps: good },
    message: /has no "changeSummary".*Preview again/,
  },
  {
    title: "a document that announces more than it lists",
    content: { ...whole, changeSummary: { create: 3, same: 7 } },
    message: /announces 3 of "create" and lists 2: a part of it is missing/,
  },
  {
    title: "a document that announces updates and lists none",
    content: { ...whole, changeSummary: { create: 2, update: 1 } },
    message: /announces 1 of "update" and lists 0/,
  },
  {
    title: "a summary that is no object",
    content: { ...whole, changeSummary: [] },
    message: /"changeSummary" is not an object/,
  },
  {
    title: "a summary that counts nothing",
    content: { ...whole, changeSummary: { create: "2" } },
    message: /"changeSummary\.create" is not a count/,
  },
  {
    title: "diagnostics that are no list",
    content: { ...whole, diagnostics: {} },
    message: /"diagnostics" is not a list/,
  },
  {
    title: "a diagnostic that is no object",
    content: { ...whole, diagnostics: ["error"] },
    message: /"diagnostics\[0\]" is not an object/,
  },
  {
    title: "steps that are no list",
    content: { ...whole, steps: {} },
    message: /"steps" is not a list/,
  },
  {
    title: "a step that is no object",
    content: { ...whole, steps: [...good, "create"] },
    message: /"steps\[2\]" is not an object/,
  },
  {
    title: "a step without an operation",
    content: { ...whole, steps: [...good, { newState: volume("bad", false) }] },
    message: /"steps\[2\]" has no "op"/,
  },
  {
    title: "a step that leaves a resource and does not show it",
    content: { ...whole, steps: [...good, step("update", undefined)] },
    message: /"steps\[2\]\.newState" is missing, although "update" leaves a resource/,
  },
  {
    title: "a step of an operation that nobody knows",
    content: { ...whole, steps: [...good, step("rename", null)] },
    message: /"steps\[2\]\.newState" is missing, although "rename" leaves a resource/,
  },
  {
    title: "events of a program that failed",
    content: lines(...begun, said("<{%fg 1%}>boom<{%reset%}>\n  at x.ts:1"), summary({ result: "failed" })),
    message: /may not be whole: boom\. Mend that/,
  },
  {
    title: "events of an older engine, whose summary has no result",
    content: lines(...begun, said("boom"), summary()),
    message: /may not be whole: boom\. Mend that/,
  },
  {
    title: "events of a preview that a policy pack stopped",
    content: lines(
      ...begun,
      { policyEvent: { policyName: "p", enforcementLevel: "mandatory", message: "no" } },
      said("preview failed\n"),
      summary({ result: "failed" }),
    ),
    message: /failed and gives no reason, as when a policy pack stops it/,
  },
  {
    title: "events whose summary alone says that they failed",
    content: lines(...begun, summary({ result: "canceled" })),
    message: /The preview failed and gives no reason/,
  },
  {
    title: "events of an engine that failed",
    content: lines(...begun, { errorEvent: { error: "a plugin died" } }, summary()),
    message: /may not be whole: a plugin died\./,
  },
  {
    title: "events that end too early",
    content: lines(...begun),
    message: /end without a "summaryEvent"/,
  },
  {
    title: "one event",
    content: lines({ preludeEvent: { config: {} } }),
    message: /end without a "summaryEvent"/,
  },
  {
    title: "events of a second preview that end too early",
    content: lines(...begun, summary(), planned(volume("bad", false))),
    message: /end without a "summaryEvent"/,
  },
  {
    title: "events that announce more than they list",
    content: lines(...begun.slice(0, 2), summary()),
    message: /announces 2 of "create" and lists 1/,
  },
  {
    title: "an event that is damaged",
    content: lines(...begun, { resourcePreEvent: { planning: true } }, summary()),
    message: /"line 4: resourcePreEvent\.metadata" is not an object/,
  },
  {
    title: "an event that leaves a resource and does not show it",
    content: lines(...begun, planned(null, "same"), summary()),
    message: /"line 4: resourcePreEvent\.metadata\.new" is missing, although "same" leaves a resource/,
  },
  {
    title: "a summary event that counts nothing",
    content: lines(...begun, summary({ resourceChanges: { create: -1 } })),
    message: /"line 4: summaryEvent\.resourceChanges\.create" is not a count/,
  },
];

describe("check of a preview that may not be whole", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  for (const { title, content, message } of refused) {
    it(`refuses ${title}`, async () => {
      const cwd = folder({ "p.json": content });
      const { status, stderr } = await compliance(["check", "p.json"], { cwd });
      assert.match(stderr, message);
      assert.equal(status, 2);
    });
  }

  for (const [title, content] of [
    [
      "warnings, and what was shown for a moment",
      lines(
        ...begun,
        said("deprecated", { severity: "warning" }),
        said("retrying", { ephemeral: true }),
        { policyEvent: { policyName: "p", enforcementLevel: "advisory", message: "no" } },
        summary({ result: "succeeded" }),
      ),
    ],
    ["warnings in a document", { ...whole, diagnostics: [{ message: "x", severity: "warning" }] }],
    [
      "steps that are listed and not counted",
      { steps: [...good, step("refresh", volume("more", true))], changeSummary: { create: 2 } },
    ],
    ["operations on no resource", lines(...begun, planned(null, "extend-parameterize"), summary())],
  ] as const) {
    it(`judges a preview that is whole, with ${title}`, async () => {
      const cwd = folder({ "p.json": content });
      const { status, stderr } = await compliance(["check", "p.json", "--controls", "ENCRYPTED_VOLUMES"], {
        cwd,
      });
      assert.deepEqual([status, stderr], [0, ""]);
    });
  }

  it("does not judge what a refresh shows and the program no longer has", async () => {
    const gone = volume("gone", false);
    const kept = volume("kept", false);
    const document = {
      steps: [
        step("refresh", gone),
        step("refresh", kept),
        step("update", kept),
        { op: "delete-replaced", urn: kept["urn"] },
        { op: "delete", urn: gone["urn"] },
      ],
      changeSummary: { update: 1, delete: 1 },
    };
    const { report } = await checkJson(["p.json", "--controls", "ENCRYPTED_VOLUMES"], {
      cwd: folder({ "p.json": document }),
    });
    assert.deepEqual(
      report.results.map(({ urn, verdict }) => [urn, verdict]),
      [[kept["urn"], "NON_COMPLIANT"]],
    );
  });

  it("takes what an event has no word on for a component, and in a document for a resource", async () => {
    const silent = (name: string): Part => {
      const { custom, ...rest } = volume(name, false);
      assert.equal(custom, true);
      return rest;
    };
    const events = lines(planned(silent("component")), planned(volume("resource", false)), summary());
    const document = { steps: [step("create", silent("resource"))], changeSummary: { create: 1 } };
    const { report } = await checkJson([".", "--controls", "ENCRYPTED_VOLUMES"], {
      cwd: folder({ "events.json": events, "document.json": document }),
    });
    assert.deepEqual(
      report.results.map(({ source, urn }) => [source, urn.slice(urn.lastIndexOf(":") + 1)]),
      [
        ["document.json", "resource"],
        ["events.json", "resource"],
      ],
    );
  });
});
