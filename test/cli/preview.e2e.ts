import * as assert from "node:assert/strict";
import { bundle, checkJson, folder, removeFolders, resource, STACK_URN, volume } from "./support";

const VOLUMES = ["--controls", "ENCRYPTED_VOLUMES"];
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type State = Readonly<Record<string, unknown>>;

const stack: State = { urn: STACK_URN, type: "pulumi:pulumi:Stack", custom: false };
const step = (op: string, newState: State | undefined, oldState?: State): object => ({
  op,
  newState,
  oldState,
});
const event = (op: string, state: State | null): string =>
  JSON.stringify({
    sequence: 1,
    timestamp: 1,
    resourcePreEvent: { metadata: { op, urn: "", type: "", old: null, new: state }, planning: true },
  });

async function judge(document: unknown): Promise<Awaited<ReturnType<typeof checkJson>>> {
  return checkJson(["p.json", ...VOLUMES], { cwd: folder({ "p.json": document }) });
}

const verdictsOf = ({ report }: Awaited<ReturnType<typeof checkJson>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    report.results.map(({ urn, verdict }) => [urn.slice(urn.lastIndexOf("::") + 2), verdict]),
  );

describe("check of a preview", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  it("judges what will be, and not what will be gone", async () => {
    const run = await judge({
      config: {},
      steps: [
        step("create", stack),
        step("create", volume("created", false)),
        step("update", volume("updated", true), volume("updated", false)),
        step("delete", undefined, volume("deleted", false)),
        step("create-replacement", volume("replaced", true), volume("replaced", false)),
        step("replace", volume("replaced", true), volume("replaced", false)),
        step("delete-replaced", undefined, volume("replaced", false)),
        step("same", volume("kept", false)),
        step("create", volume("later", UNKNOWN)),
        step("read", { ...volume("read", false), external: true }),
      ],
      changeSummary: { create: 3, update: 1, delete: 1, same: 1 },
    });
    assert.deepEqual(verdictsOf(run), {
      created: "NON_COMPLIANT",
      updated: "COMPLIANT",
      replaced: "COMPLIANT",
      kept: "NON_COMPLIANT",
      later: "UNDECIDED",
    });
    assert.deepEqual(
      run.report.sources.map(({ kind, notes }) => [kind, notes]),
      [["preview", ["The program only reads 1 resource of others, which is not judged."]]],
    );
  });

  it("reads one event a line", async () => {
    const run = await judge(
      [
        '{"sequence":0,"timestamp":1,"preludeEvent":{"config":{}}}',
        event("create", stack),
        event("create", volume("created", false)),
        event("delete", null),
        event("same", volume("kept", true)),
        '{"sequence":9,"timestamp":1,"summaryEvent":{"resourceChanges":{"create":2,"same":1}}}',
        "",
      ].join("\n"),
    );
    assert.deepEqual(verdictsOf(run), { created: "NON_COMPLIANT", kept: "COMPLIANT" });
  });

  it("says when unchanged resources are left out, and decides nothing by their absence", async () => {
    const bucket = resource("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
    const document = { steps: [step("create", bucket)], changeSummary: { create: 1, same: 3 } };
    const root = folder({ "p.json": document });
    const { report } = await checkJson(["p.json", "--controls", "S3_BUCKET_VERSIONING_ENABLED"], {
      cwd: root,
    });
    assert.deepEqual(
      report.results.map(({ verdict }) => verdict),
      ["UNDECIDED"],
    );
    assert.match(report.sources[0]?.notes.join() ?? "", /leaves out 3 unchanged resources.*--show-sames/);
  });

  it("takes an empty preview for an empty stack", async () => {
    const { status, report } = await judge({ steps: [], changeSummary: {} });
    assert.equal(status, 0);
    assert.deepEqual(report.results, []);
  });
});

describe("check of other forms of a state", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  it("reads a checkpoint of a self-managed backend", async () => {
    const checkpoint = { stack: "dev", latest: { manifest: {}, resources: [stack, volume("bad", false)] } };
    assert.deepEqual(verdictsOf(await judge({ version: 3, checkpoint })), { bad: "NON_COMPLIANT" });
  });

  it("reads a newer version, and stacks that were never deployed", async () => {
    assert.deepEqual(
      verdictsOf(await judge({ version: 4, deployment: { resources: [stack, volume("v", true)] } })),
      { v: "COMPLIANT" },
    );
    for (const empty of [
      { version: 3, deployment: { manifest: {} } },
      { version: 3, deployment: null },
      { version: 3, checkpoint: { stack: "dev" } },
    ]) {
      const { status, report } = await judge(empty);
      assert.deepEqual([status, report.results], [0, []]);
    }
  });
});
