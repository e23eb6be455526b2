import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { deliverDeploy } from "../../../cli/deliver/deploy";
import { deliverPreview } from "../../../cli/deliver/preview";
import { UsageError } from "../../../cli/errors";
import { removeFolders } from "../support";
import {
  BUCKET,
  COMMIT,
  error,
  GOOD,
  NOW,
  Place,
  STACK,
  state,
  step,
  summary,
  violation,
  WELL,
} from "./support";
import type { Settings } from "./support";

const minutesLater = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

/** A place with an approved preview. */
async function approved(settings: Settings = {}, plan = true): Promise<Place> {
  const place = new Place({ ...GOOD, ...settings });
  const out = place.path("out");
  const flags = { stack: "dev", program: place.root, out, plan, secrets: true, ...packs(place) };
  assert.equal(await deliverPreview(flags, place.context()), 0);
  return place;
}

const packs = (place: Place): { policyPack: string[]; policyPackConfig: string[] } => ({
  policyPack: [place.path("pack")],
  policyPackConfig: [place.path("config.json")],
});

function deploy(
  place: Place,
  {
    now = minutesLater(1),
    env = {},
    maxAge = 1440,
    ...more
  }: Readonly<Record<string, never>> | Partial<Options> = {},
): Promise<number> {
  const flags = {
    stack: "dev",
    program: place.root,
    from: place.path("out"),
    maxAge,
    ...packs(place),
    ...more,
  };
  return deliverDeploy(flags, place.context(now, env));
}

interface Options {
  readonly now: Date;
  readonly env: Readonly<Record<string, string>>;
  readonly maxAge: number;
  readonly policyPack: readonly string[];
  readonly policyPackConfig: readonly string[];
  readonly stack: string;
}

/** The differences that a refusal lists, by what they are about. */
const refused = ({ err }: Place): readonly string[] =>
  [...err.matchAll(/^ {2}- ([^:]+):/gm)].map(([, what]) => what ?? "");

describe("deliver deploy", () => {
  after(removeFolders);

  it("deploys the plan with the packs again", async () => {
    const place = await approved();
    assert.equal(await deploy(place), 0);
    const [call = "", ...others] = place.callsOf("up");
    assert.deepEqual(others, []);
    assert.match(
      call,
      /^up --yes --message Deploy 0123\S+ --plan \S+compliance-deploy-\S+\/plan\.json --stack dev --event-log \S+ --policy-pack \S+pack --policy-pack-config \S+config\.json --non-interactive/,
    );
    assert.doesNotMatch(call, /--skip-preview/);
    assert.match(place.out, new RegExp(`Deployed the plan of commit ${COMMIT} to "dev"\\.`));
  });

  it("is allowed when the state was only written again", async () => {
    const secret = (ciphertext: string): object => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext,
    });
    const resources = (ciphertext: string): readonly object[] => [
      { urn: STACK, outputs: { password: secret(ciphertext) } },
      { urn: BUCKET, inputs: { a: [secret(ciphertext)] }, modified: "2026-01-01T00:00:00Z" },
    ];
    const place = await approved({
      "stack export": { stdout: state(resources("v1:a"), { time: "1", magic: "m" }) },
    });
    place.set({
      "stack export": { stdout: state([...resources("v1:b")].reverse(), { time: "2", magic: "n" }) },
    });
    assert.equal(await deploy(place), 0, place.err);
  });

  const changes: readonly {
    readonly what: string;
    readonly change?: (place: Place) => void;
    readonly options?: Partial<Options>;
  }[] = [
    { what: "commit", options: { env: { CODEBUILD_RESOLVED_SOURCE_VERSION: "f".repeat(40) } } },
    { what: "lock file", change: (place) => writeFileSync(place.path("package-lock.json"), '{"a":1}') },
    { what: "stack file", change: (place) => appendFileSync(place.path("Pulumi.dev.yaml"), "# changed\n") },
    { what: "policy pack", change: (place) => writeFileSync(place.path("pack/bin/index.js"), "// changed") },
    {
      what: "configuration of policy pack",
      change: (place) => writeFileSync(place.path("config.json"), '{"all":"disabled"}'),
    },
    { what: "number of policy packs", options: { policyPack: [], policyPackConfig: [] } },
    { what: "Pulumi CLI", change: (place) => place.set({ version: { stdout: "v3.275.0" } }) },
    {
      what: "state of the stack",
      change: (place) => place.set({ "stack export": { stdout: state([{ urn: STACK, modified: "now" }]) } }),
    },
    { what: "plan.json", change: (place) => appendFileSync(place.path("out/plan.json"), " ") },
    { what: "plan.json", change: (place) => rmSync(place.path("out/plan.json")) },
    { what: "steps.json", change: (place) => writeFileSync(place.path("out/steps.json"), "[]") },
    { what: "age", options: { now: minutesLater(1441) } },
    { what: "age", options: { now: minutesLater(-6) } },
  ];
  for (const { what, change, options = {} } of changes) {
    it(`refuses when something changed: ${what}`, async () => {
      const place = await approved();
      change?.(place);
      assert.equal(await deploy(place, options), 1);
      assert.deepEqual(refused(place), [what]);
      assert.match(place.err, /^error: "dev" is not deployed, for it is not what was approved:\n {2}- /);
      assert.deepEqual(place.callsOf("up"), []);
    });
  }

  it("lists all differences at once, with what is approved, what is now and what to do", async () => {
    const place = await approved();
    place.set({ version: { stdout: "v3.275.0" } });
    writeFileSync(place.path("package-lock.json"), "other");
    assert.equal(await deploy(place, { now: minutesLater(2000) }), 1);
    assert.deepEqual(refused(place), ["lock file", "Pulumi CLI", "age"]);
    assert.match(
      place.err,
      /Pulumi CLI: approved is 3\.274\.1, now it is 3\.275\.0\. Put the approved version on PATH, or preview again\./,
    );
    assert.match(
      place.err,
      /the preview is 2000 minutes old \(2026-11-25T12:00:00\.000Z\), allowed are 1440\./,
    );
  });

  it("refuses the preview of another stack", async () => {
    const place = await approved();
    writeFileSync(place.path("Pulumi.prod.yaml"), readFileSync(place.path("Pulumi.dev.yaml")));
    assert.equal(await deploy(place, { stack: "prod" }), 1);
    assert.deepEqual(refused(place), ["stack"]);
  });

  it("takes a preview that is exactly as old as allowed", async () => {
    assert.equal(await deploy(await approved(), { now: minutesLater(30), maxAge: 30 }), 0);
  });

  for (const [what, text, expected] of [
    [
      "missing",
      undefined,
      /There is no manifest of a preview\. There is no such file[^]*ended with status 0/,
    ],
    ["no JSON", "{", /The manifest cannot be used: it is no JSON\. Preview again/],
    ["no object", "[]", /it is no JSON object/],
    ["of another version", '{"version":2}', /its version is 2, and 1 is known/],
    ["without a commit", '{"version":1,"time":"2026-01-01","stack":"a"}', /"commit" is no text/],
    ["without a time", '{"version":1,"time":"soon"}', /"time" is no time/],
  ] as const) {
    it(`refuses a manifest that is ${what}`, async () => {
      const place = await approved();
      if (text === undefined) rmSync(place.path("out/manifest.json"));
      else writeFileSync(place.path("out/manifest.json"), text);
      await assert.rejects(deploy(place), expected);
      assert.deepEqual(place.callsOf("up"), []);
    });
  }

  it("says that the program plans something else than the plan", async () => {
    const events = [error(`resource ${BUCKET} violates plan: properties changed: ~tags`), summary()];
    const place = await approved({ up: { status: 1, events } });
    assert.equal(await deploy(place), 1);
    assert.match(
      place.err,
      /plan: resource urn:\S+ violates plan: properties changed: ~tags\. [^]*Preview again\./,
    );
  });

  it("ends with 1 when policies stop the update", async () => {
    const place = await approved({ up: { status: 1, events: [violation("p", "No."), summary()] } });
    assert.equal(await deploy(place), 1);
    assert.match(place.err, /The deployment of "dev" was stopped by policies/);
  });

  it("ends with 2 when the update fails, and says what to do", async () => {
    const place = await approved({ up: { status: 255, events: [error("AccessDenied"), summary()] } });
    assert.equal(await deploy(place), 2);
    assert.match(
      place.err,
      /failed \(pulumi ended with status 255\)[^]*What was done before is in the state/,
    );
  });

  it("never deploys the pipeline's own stack", async () => {
    const place = await approved();
    const env = { COMPLIANCE_PIPELINE_STACK: "organization/shop/dev" };
    await assert.rejects(deploy(place, { env }), /A pipeline never delivers its own stack/);
  });

  describe("without a plan", () => {
    it("previews anew and deploys the same steps", async () => {
      const place = await approved({}, false);
      assert.equal(await deploy(place), 0, place.err);
      assert.equal(place.callsOf("preview").length, 2);
      assert.match(place.callsOf("up")[0] ?? "", /^up --yes --message Deploy \S+ --skip-preview --stack dev/);
    });

    it("takes generated names and the engine's order for the same", async () => {
      const other = BUCKET.replace("data", "logs");
      const events = (suffix: string): readonly object[] => [
        step("create", other, { a: 1 }),
        step("create", BUCKET, { __defaults: ["bucket"], bucket: `data-${suffix}`, tags: { b: 1, a: 2 } }),
      ];
      const place = await approved({ preview: { events: [...events("1"), summary()] } }, false);
      place.set({ preview: { events: [...[...events("2")].reverse(), summary()] } });
      assert.equal(await deploy(place), 0, place.err);
    });

    it("compares with the steps that were checked, whatever the program writes meanwhile", async () => {
      const place = await approved({}, false);
      const events = [step("same", STACK), step("delete", BUCKET), summary()];
      const forged = [{ op: "delete", urn: BUCKET, type: "", diffs: [], inputs: "" }];
      place.set({
        preview: { events, write: { [place.path("out/steps.json")]: JSON.stringify(forged) } },
      });
      assert.equal(await deploy(place), 1);
      assert.match(place.err, /approved is create, now it is delete/);
    });

    it("refuses a state that changed after it was compared, with a plan as well", async () => {
      const place = await approved({}, true);
      const [same, other] = [state(), state([{ urn: BUCKET, type: "aws:s3/bucket:Bucket" }])];
      // The preview's, that of the comparison, and that right before the update.
      place.set({ "stack export": [{ stdout: same }, { stdout: same }, { stdout: other }] });
      assert.equal(await deploy(place), 1);
      assert.deepEqual(refused(place), ["state of the stack"]);
      assert.deepEqual(place.callsOf("up"), []);
    });

    it("refuses a state that changed while the steps were compared", async () => {
      const place = await approved({}, false);
      const changed = { "stack export": { stdout: state([{ urn: BUCKET, type: "aws:s3/bucket:Bucket" }]) } };
      place.set({ preview: { ...WELL.preview, then: changed } });
      assert.equal(await deploy(place), 1);
      assert.deepEqual(refused(place), ["state of the stack"]);
      assert.deepEqual(place.callsOf("up"), []);
    });

    it("refuses steps that are no JSON although the manifest has their hash", async () => {
      const place = await approved({}, false);
      const manifest = place.json("out/manifest.json") as object;
      writeFileSync(place.path("out/steps.json"), "[");
      const steps = createHash("sha256").update("[").digest("hex");
      writeFileSync(place.path("out/manifest.json"), JSON.stringify({ ...manifest, steps }));
      await assert.rejects(
        deploy(place),
        (error) => error instanceof UsageError && error.line.includes("no JSON"),
      );
    });

    for (const [what, now, expected] of [
      [
        "one more",
        [step("create", BUCKET, { bucket: "data" }), step("delete", `${BUCKET}2`)],
        /approved is no change, now it is delete/,
      ],
      ["one less", [], /approved is create, now it is no change/],
      [
        "another operation",
        [step("replace", BUCKET, { bucket: "data" })],
        /approved is create, now it is replace/,
      ],
      [
        "another value",
        [step("create", BUCKET, { bucket: "other" }, { detailedDiff: { bucket: {} } })],
        /: create with other values \(bucket\)/,
      ],
    ] as const) {
      it(`refuses when the steps differ: ${what}`, async () => {
        const place = await approved({}, false);
        place.set({ preview: { events: [step("same", STACK), ...now, summary()] } });
        assert.equal(await deploy(place), 1);
        assert.match(place.err, expected);
        assert.deepEqual(place.callsOf("up"), []);
      });
    }

    it("ends with 1 when policies stop the preview", async () => {
      const place = await approved({}, false);
      place.set({ preview: { status: 1, events: [violation("p", "No."), summary()] } });
      assert.equal(await deploy(place), 1);
      assert.match(place.err, /Its preview of "dev" was stopped by policies/);
      assert.deepEqual(place.callsOf("up"), []);
    });
  });
});
