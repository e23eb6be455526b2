import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VERIFY_ACTIONS } from "../../../rules";
import { bundle, compliance, exported, folder, removeFolders } from "../support";
import type { Run } from "../support";
import { FakeAws } from "./fake-aws";
import { awsEnvironment, HOME, stackRule } from "./support";

const VERSIONING = "s3-bucket-versioning-enabled";
const GUARD = "dynamodb-table-key-accessible";

describe("compliance verify", () => {
  let aws: FakeAws;
  let env: Readonly<Record<string, string>>;
  before(async () => {
    await bundle();
  });
  beforeEach(async () => {
    aws = new FakeAws(Date);
    env = awsEnvironment(await aws.listen());
  });
  afterEach(async () => {
    await aws.close();
    removeFolders();
  });

  it("verifies an account from the command line, and asks for no more than the listed actions", async () => {
    const violations = [{ type: "AWS::S3::Bucket", id: "logs", annotation: "Versioning is off" }];
    const rule = aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations });
    delete rule.evaluated;
    aws.region(HOME).counts.set("AWS::S3::Bucket", 1);
    // What lies beside the bundle has the declared text.
    aws.deploy(HOME, GUARD, { owner: "CUSTOM_POLICY", identifier: "" });
    const cwd = folder({ "s.yaml": `controls: [${VERSIONING}, ${GUARD}]\n` });
    const input = JSON.stringify(exported([stackRule(VERSIONING), stackRule(GUARD)]));
    const args = ["verify", "--selection", "s.yaml", "--stack-file", "-", "--output", "report.txt"];
    const { status, stdout, stderr } = await compliance(args, { cwd, env, input });
    assert.equal(status, 1, stderr);
    assert.equal(stdout, "");
    assert.equal(stderr, "");
    const report = readFileSync(join(cwd, "report.txt"), "utf8");
    assert.match(report, /logs {2}AWS::S3::Bucket\n.*\n +Versioning is off\./);
    assert.match(report, /1 compliant, 1 violated/);
    const asked = [...new Set(aws.calls.map(({ operation }) => `config:${operation}`))].sort();
    assert.deepEqual(asked, VERIFY_ACTIONS.map(({ action }) => action).sort());
  });

  it("verifies what the stack deploys, and nothing else of the project's selection", async () => {
    aws.deploy(HOME, VERSIONING);
    const cwd = folder({
      "Pulumi.yaml": "name: fixture\nruntime: nodejs\n",
      "Pulumi.prod.yaml": `config:\n  compliance:selection: { controls: [${VERSIONING}] }\n`,
      "Pulumi.other.yaml": "config: {}\n",
      "selection.yaml": `controls: [${VERSIONING}, s3-bucket-public-read-prohibited]\n`,
    });
    const input = JSON.stringify(exported([stackRule(VERSIONING)]));
    const verified = (stack: string): Promise<Run> =>
      compliance(["verify", "--stack", stack, "--stack-file", "-", "--timeout", "1"], { cwd, env, input });
    const { status, stdout, stderr } = await verified("prod");
    assert.equal(status, 0, stdout + stderr);
    assert.equal(stderr, "");
    const other = await verified("other");
    assert.equal(other.status, 1);
    assert.match(other.stdout, /s3-bucket-public-read-prohibited/);
    const both = ["verify", "--stack", "prod", "--selection", "selection.yaml", "--stack-file", "-"];
    const chosen = await compliance([...both, "--timeout", "1"], { cwd, env, input });
    assert.match(chosen.stdout, /s3-bucket-public-read-prohibited/);
    assert.equal(
      chosen.stderr,
      'note: "--stack prod" is ignored: the selection is that of selection.yaml.\n',
    );
  });

  it("publishes metrics from the command line", async () => {
    aws.deploy(HOME, VERSIONING);
    const cwd = folder({ "s.yaml": `controls: [${VERSIONING}]\n` });
    const args = ["verify", "--metrics", "--selection", "s.yaml", "--region", HOME, "--format", "json"];
    const { status, stdout, stderr } = await compliance(args, { cwd, env });
    assert.equal(status, 0, stderr);
    assert.equal((JSON.parse(stdout) as { readonly version: number }).version, 1);
    assert.match(stderr, /^16 metrics published in us-east-1/);
    assert.equal(aws.bodies("PutMetricData").length, 1);
  });

  const REFUSED: readonly (readonly [readonly string[], RegExp])[] = [
    [["--region", "nowhere"], /'nowhere' is invalid\. Allowed is a region such as "eu-west-1"/],
    [["--timeout", "0"], /Allowed is a number of minutes from 1 to 480/],
    [["--timeout", "soon"], /Allowed is a number of minutes from 1 to 480/],
    [["--format", "sarif"], /Allowed choices are text, json, junit, markdown/],
    [["--evaluate", "some"], /Allowed choices are changed, all, none/],
    [["--fail-on", "fatal"], /Allowed choices are low, medium, high, critical, never/],
    [["--stack-file", "missing.json"], /missing\.json: The file cannot be read/],
    [["--selection", "missing.yaml"], /missing\.yaml: The file cannot be read/],
    [["extra"], /too many arguments/],
  ];
  for (const [args, message] of REFUSED) {
    it(`refuses "${args.join(" ")}" before anything is asked of AWS`, async () => {
      const { status, stdout, stderr } = await compliance(["verify", ...args], { cwd: folder(), env });
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.equal(stdout, "");
      assert.deepEqual(aws.calls, []);
    });
  }

  it("leaves the SDK alone until it runs", async () => {
    const { status, stderr } = await compliance(["catalog", "versioning"], {
      env: { ...env, NODE_DEBUG: "module" },
    });
    assert.equal(status, 0);
    assert.doesNotMatch(stderr, /@aws-sdk/);
  });
});
