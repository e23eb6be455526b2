import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { estimate } from "../../../cli/commands/estimate";
import type { EstimateOptions } from "../../../cli/commands/estimate";
import { dollars } from "../../../cli/estimate/amounts";
import { SHIPPED_USAGES } from "../../../cli/estimate/inputs";
import { UsageError } from "../../../cli/errors";
import { compliance, folder, removeFolders, ROOT } from "../support";
import { run } from "./support";

interface Estimate {
  readonly selection: { readonly controls: number };
  readonly regions: { readonly count: number; readonly names?: readonly string[] };
  readonly recording: { readonly strategy: unknown; readonly recordingMode: unknown };
  readonly lines: readonly {
    readonly id: string;
    readonly quantity: { readonly expected: number };
    readonly microDollars: { readonly expected: number };
  }[];
  readonly microDollars: { readonly low: number; readonly expected: number; readonly high: number };
  readonly prices: { readonly asOf: string; readonly unverified: readonly string[] };
  readonly notes: readonly string[];
}

type Flags = Omit<EstimateOptions, "today">;

const print = (flags: Flags): Promise<{ readonly status: number; readonly out: string }> =>
  run((io) => estimate({ ...flags, today: "2026-01-01" }, io));

async function json(flags: Flags): Promise<Estimate> {
  const { status, out } = await print({ ...flags, format: "json" });
  assert.equal(status, 0);
  return JSON.parse(out) as Estimate;
}

const refused = (flags: Flags, ...patterns: readonly RegExp[]): Promise<void> =>
  assert.rejects(
    () => print(flags),
    (error) => {
      assert.ok(error instanceof UsageError, String(error));
      for (const pattern of patterns) assert.match(error.line, pattern);
      return true;
    },
  );

describe("compliance estimate", () => {
  after(removeFolders);

  for (const usage of SHIPPED_USAGES) {
    it(`reckons the shipped ${usage} usage in the published form, the same each time`, async () => {
      const schema: unknown = JSON.parse(
        readFileSync(join(ROOT, "docs/schemas/estimate.schema.json"), "utf8"),
      );
      assert.ok(typeof schema === "object" && schema !== null);
      const validate = new Ajv({ allErrors: true }).compile(schema);
      const { out } = await print({ usage, format: "json" });
      const report = JSON.parse(out) as Estimate;
      assert.ok(validate(report), JSON.stringify(validate.errors));
      assert.equal(out, (await print({ usage, format: "json" })).out);
      assert.deepEqual(
        report.notes.filter((note) => note.includes("correct the usage file")),
        [],
      );
    });
  }

  it("finds a large account dearer than a small one, in each case", async () => {
    const [small, medium, large] = await Promise.all(SHIPPED_USAGES.map((usage) => json({ usage })));
    assert.ok(small && medium && large);
    for (const name of ["low", "expected", "high"] as const) {
      assert.ok(small.microDollars[name] < medium.microDollars[name]);
      assert.ok(medium.microDollars[name] < large.microDollars[name]);
    }
  });

  it("shows lines, total, first month, drivers, changes and what its prices are worth", async () => {
    const { status, out } = await print({ usage: "medium" });
    assert.equal(status, 0);
    const total = (await json({ usage: "medium" })).microDollars.expected;
    assert.match(out, new RegExp(`^Total .* ${dollars(BigInt(total))} `, "m"));
    for (const pattern of [
      /^A month of \d+ rules in 2 regions, in dollars\.$/m,
      /^Configuration items, continuous {2,}[\d,]+ {2}configuration items {2,}[\d,.]+ {2,}[\d,.]+ {2,}[\d,.]+$/m,
      /^Pipeline, builds .* price unverified$/m,
      /^First month, on top /m,
      /^AWS::EC2::NetworkInterface +[\d,]+ +0 +[\d.]+$/m,
      /^restricted-ssh +[\d,]+ +[\d.]+$/m,
      /Record only the types that a rule evaluates/,
      /no compliance timelines/,
      /^Prices of us-east-1 as of \d{4}-\d{2}-\d{2}, from rules\/cost\/prices\.json/m,
      /^Never verified at AWS: build\.minute\.$/m,
    ]) {
      assert.match(out, pattern);
    }
  });

  it("takes the selection, and the medium usage without another", async () => {
    const root = folder({ "s.yaml": "controls: [s3-bucket-versioning-enabled]\n" });
    const { selection, lines } = await json({ selection: join(root, "s.yaml") });
    assert.equal(selection.controls, 1);
    const evaluations = lines.find(({ id }) => id === "config.evaluations");
    assert.equal(evaluations?.quantity.expected, 2 * 80 * 0.05 * 30);
  });

  it("takes the number of regions, or their names, and a frequency for everything", async () => {
    assert.equal((await json({ regions: "7" })).regions.count, 7);
    const { regions, recording, lines } = await json({
      regions: "eu-central-1, us-east-1",
      recording: "daily",
    });
    assert.deepEqual(regions, { count: 2, names: ["eu-central-1", "us-east-1"] });
    assert.deepEqual(recording.recordingMode, { frequency: "DAILY" });
    assert.ok(!lines.some(({ id }) => id === "config.items"));
  });

  it("takes own prices and marks them", async () => {
    const root = folder({ "p.yaml": 'asOf: "2027-02-03"\nprices: { build.minute: 0.005 }\n' });
    const { prices, lines } = await json({ prices: join(root, "p.yaml") });
    assert.deepEqual([prices.asOf, prices.unverified], ["2027-02-03", []]);
    assert.equal(lines.find(({ id }) => id === "pipeline.buildMinutes")?.microDollars.expected, 9_000_000);
    const { out } = await print({ prices: join(root, "p.yaml") });
    assert.match(out, /^Pipeline, builds .* price given$/m);
    assert.match(out, /^Given by you: build\.minute\.$/m);
  });

  it("warns that China and GovCloud have other prices", async () => {
    const { notes } = await json({ regions: "us-gov-west-1" });
    assert.ok(notes.some((note) => note.includes("us-gov-west-1") && note.includes("--prices")));
  });

  it("lists the types that rules evaluate and the usage file does not have, and what looks misspelt", async () => {
    const root = folder({ "u.yaml": "resources: { 'AWS::S3::Buckett': { count: 1 } }\n" });
    const { notes } = await json({ usage: join(root, "u.yaml") });
    assert.ok(notes.some((note) => note.includes("count as none") && note.includes("AWS::EC2::Instance")));
    assert.ok(notes.some((note) => note.includes("If you mean AWS::S3::Bucket")));
  });

  it("names every problem of a usage file with its line", async () => {
    const root = folder({ "u.yaml": "regions: 0\nresources:\n  AWS::S3::Bucket: { count: -3 }\n" });
    await refused(
      { usage: join(root, "u.yaml") },
      /u\.yaml: The usage file has 2 problems/,
      /regions \(1:1\): The number 0/,
      /resources\["AWS::S3::Bucket"\]\.count \(3:22\): The number -3/,
    );
  });

  it("names every problem of a price file", async () => {
    const root = folder({ "p.json": { prices: { "kms.keys": 1, "s3.put": -1 } } });
    await refused(
      { prices: join(root, "p.json") },
      /has 2 problems/,
      /Did you mean "kms\.key"/,
      /The number -1/,
    );
  });

  it("refuses a usage that is no file, no YAML, or too much", async () => {
    await refused({ usage: "huge" }, /no such file.*small, medium, large/);
    const count = Number.MAX_SAFE_INTEGER;
    const root = folder({
      "bad.yaml": "resources: {",
      "much.json": { resources: { "AWS::S3::Bucket": { count, changesPerDay: count } } },
    });
    await refused({ usage: join(root, "bad.yaml") }, /bad\.yaml:1:\d+: The YAML is malformed/);
    await refused({ usage: join(root, "much.json") }, /over 2\^53 - 1/);
  });

  for (const regions of ["0", "101", "1.5", "everywhere", "us-east-1,us-east-1", ""]) {
    it(`refuses "${regions}" as regions`, () => refused({ regions }, /^--regions: /));
  }
});

describe("compliance estimate --stack", () => {
  const stack = (config: object): string =>
    folder({
      "Pulumi.yaml": "name: fixture\nruntime: nodejs\n",
      "Pulumi.prod.yaml": { config },
      "own.yaml": "controls: [s3-bucket-versioning-enabled, restricted-ssh]\n",
    });
  const inStack = (config: object, ...flags: readonly string[]) =>
    compliance(["estimate", "--stack", "prod", "--format", "json", ...flags], { cwd: stack(config) });
  after(removeFolders);

  it("takes regions, recording and selection of the stack", async () => {
    const { stdout, stderr, status } = await inStack({
      "compliance:regions": ["eu-central-1", "us-east-1"],
      "compliance:homeRegion": "us-east-1",
      "compliance:recorder": {
        role: { serviceLinked: "existing" },
        strategy: { exclude: ["AWS::EC2::NetworkInterface"] },
        recordingMode: { override: { resourceTypes: ["AWS::ECS::Service"] } },
      },
      "compliance:selection": "own.yaml",
    });
    assert.equal(status, 0, stderr);
    const { regions, recording, selection } = JSON.parse(stdout) as Estimate;
    assert.deepEqual(regions.names, ["us-east-1", "eu-central-1"]);
    assert.deepEqual(recording, {
      strategy: { exclude: ["AWS::EC2::NetworkInterface"] },
      recordingMode: {
        frequency: "CONTINUOUS",
        override: { frequency: "DAILY", resourceTypes: ["AWS::ECS::Service"] },
      },
    });
    assert.equal(selection.controls, 2);
  });

  it("puts flags before it", async () => {
    const { stdout } = await inStack({ "aws:region": "us-east-1" }, "--regions", "3", "--recording", "daily");
    const { regions, recording } = JSON.parse(stdout) as Estimate;
    assert.deepEqual([regions.count, recording.recordingMode], [3, { frequency: "DAILY" }]);
  });

  it("says that items are paid for beside a recorder of somebody else", async () => {
    const { stdout } = await inStack({
      "compliance:recorder": { mode: "existing" },
      "aws:region": "us-east-1",
    });
    assert.ok((JSON.parse(stdout) as Estimate).notes.some((note) => note.includes("Somebody else")));
  });

  it("names every problem of what it reads", async () => {
    const { status, stdout, stderr } = await inStack({
      "compliance:regions": ["mars"],
      "compliance:recorder": { strategy: "some" },
    });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /Pulumi\.prod\.yaml: The stack's configuration has 2 problems/);
    assert.match(stderr, /"mars" is not a region/);
    assert.match(stderr, /"some" is not allowed here/);
  });
});

describe("dollars", () => {
  const values: readonly (readonly [bigint, string])[] = [
    [0n, "0.00"],
    [1n, "<0.01"],
    [4999n, "<0.01"],
    [5000n, "0.01"],
    [-4999n, ">-0.01"],
    [-1_234_567_890_000n, "-1,234,567.89"],
    [999_995_000n, "1,000.00"],
  ];
  for (const [microDollars, text] of values) {
    it(`writes ${microDollars} micro-dollars as ${text}`, () => assert.equal(dollars(microDollars), text));
  }
});
