import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { create } from "xmlbuilder2";
import { exported, resource, ROOT } from "../support";
import { Bench, HOME, HOUR, NOW, stackRule } from "./support";
import type { Verification } from "./support";

const VERSIONING = "s3-bucket-versioning-enabled";
const PUBLIC = "s3-bucket-public-read-prohibited";
const HOSTILE = "<b>&|`@everyone`\u001b[31m\n# \uffff\ud800";
const CONTROL_CHARACTERS = new RegExp(String.raw`[\u0000-\u0008\u000b-\u001f]`);

const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(join(ROOT, "docs/schemas", name), "utf8")) as object;

describe("verify: formats", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
  });
  afterEach(() => bench.close());

  /** Every state of a rule, an exemption, an error, and names that try to break out of each format. */
  async function everything(
    format: "text" | "json" | "junit" | "markdown",
    all = true,
  ): Promise<Verification> {
    bench.aws.region(HOME).names.set("odd", HOSTILE);
    bench.aws.deploy(HOME, VERSIONING, {
      compliance: "NON_COMPLIANT",
      violations: [
        { type: "AWS::S3::Bucket", id: HOSTILE, annotation: HOSTILE },
        { type: "AWS::S3::Bucket", id: "odd" },
        { type: "AWS::S3::Bucket", id: "excused" },
      ],
    });
    bench.aws.deploy(HOME, PUBLIC);
    bench.aws.deploy(HOME, "s3-bucket-public-write-prohibited", { compliance: "INSUFFICIENT_DATA" });
    const failed = { evaluationFailed: NOW, error: ["E", HOSTILE] as const, takes: undefined };
    bench.aws.deploy(HOME, "iam-user-mfa-enabled", failed);
    bench.aws.region("eu-west-1").recorders = [];
    const exemption = { control: VERSIONING, reason: HOSTILE, owner: "@team", ticket: "S-1" };
    const selection = {
      controls: [
        VERSIONING,
        PUBLIC,
        "s3-bucket-public-write-prohibited",
        "iam-user-mfa-enabled",
        "encrypted-volumes",
      ],
      exemptions: [
        { ...exemption, resource: "excused", expires: "2027-01-01" },
        { ...exemption, resource: "old", expires: "2026-01-01" },
      ],
    };
    const bucket = resource("aws:s3/bucket:Bucket", "site", { bucket: "excused" }, { id: "excused" });
    const state = exported([stackRule(VERSIONING), bucket]);
    const flags = { format, all, timeout: 1, region: [HOME, "eu-west-1"] };
    const run = await bench.run(selection, flags, [state]);
    assert.equal(run.status, 2);
    return run;
  }

  it("json satisfies its schema", async () => {
    const ajv = addFormats(new Ajv({ allErrors: true })).addSchema(schemaOf("report.schema.json"));
    const validate = ajv.compile(schemaOf("verify.schema.json"));
    const { out } = await everything("json");
    assert.equal(validate(JSON.parse(out)), true, JSON.stringify(validate.errors));
    assert.equal(validate({ version: 1 }), false);
  });

  it("json gives the same bytes for the same answers", async () => {
    const first = await everything("json");
    bench.clock.time = NOW;
    assert.equal((await everything("json")).out, first.out);
  });

  it("text holds no control character, and shows each section", async () => {
    const { out } = await everything("text");
    assert.doesNotMatch(out.replaceAll("\n", ""), CONTROL_CHARACTERS);
    for (const part of [
      "Rules that are not deployed as declared\n",
      "Rules that did not report\n",
      "Rules that found nothing to evaluate\n    s3-bucket-public-write-prohibited\n",
      "Compliant rules\n    s3-bucket-public-read-prohibited\n",
      "Expired exemptions, which are not applied\n",
      "excused  AWS::S3::Bucket  site in the stack\n    exempted  s3-bucket-versioning-enabled\n",
      "Accepted by @team until 2027-01-01 (200 days left)",
      "eu-west-1  not verified",
    ]) {
      assert.ok(out.includes(part), part);
    }
  });

  it("text is brief unless everything is asked for", async () => {
    const { out } = await everything("text", false);
    assert.doesNotMatch(out, /Compliant rules|nothing to evaluate\n/);
  });

  it("junit counts what it holds, and is well-formed", async () => {
    const { out } = await everything("junit");
    const suites = create(out).root();
    const cases = [...out.matchAll(/<testcase /g)].length;
    const tests = [...out.matchAll(/<testsuite .*?tests="(\d+)"/g)].map(([, count]) => Number(count));
    assert.equal(
      tests.reduce((sum, count) => sum + count, 0),
      cases,
    );
    assert.match(
      suites.toString(),
      /<testsuites name="compliance verify" tests="8" failures="4" errors="1">/,
    );
    assert.match(out, /<testsuite name="us-east-1" tests="7" failures="4" errors="0" skipped="2">/);
    assert.match(out, /skipped message="It found nothing to evaluate\."/);
    assert.match(out, /skipped message="Exempted until 2027-01-01 by @team/);
    assert.match(out, /<failure type="critical|medium|low/);
  });

  it("markdown lets nothing break out of its table", async () => {
    const { out } = await everything("markdown");
    assert.match(out, /^<!-- compliance-verify -->\n## Compliance of the account: 1 error\n/);
    assert.doesNotMatch(out, /<b>|@everyone|@team/);
    for (const line of out.split("\n").filter((text) => text.startsWith("| medium | [s3"))) {
      assert.equal(line.split("|").length, 7, line);
    }
    assert.match(out, /2 rules of which nothing is known/);
    assert.match(out, /1 exempted/);
  });

  it("markdown never grows beyond a comment", async () => {
    const violations = Array.from({ length: 2000 }, (_, index) => ({
      type: "AWS::S3::Bucket",
      id: `bucket-${index}-${"x".repeat(40)}`,
    }));
    bench.aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations, evaluated: NOW - HOUR });
    const { out } = await bench.run({ controls: [VERSIONING] }, { format: "markdown" });
    assert.ok(Buffer.byteLength(out) <= 65_536);
    assert.match(out, /more do not fit into a comment/);
  });
});
