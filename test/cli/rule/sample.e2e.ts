import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { samples } from "../../../rules/samples";
import { compliance, folder, removeFolders, ROOT } from "../support";

const sample = (...args: readonly string[]) => compliance(["rule", "sample", ...args]);

describe("compliance rule sample", () => {
  after(removeFolders);

  it("prints the item and the program of a type, whoever spells it", async () => {
    const { status, stdout, stderr } = await sample("AWS::SNS::Topic");
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^AWS::SNS::Topic as AWS Config sends it with a change\n\{\n {2}"configurationItemVersion"/,
    );
    assert.match(stdout, /\n {2}"resourceType": "AWS::SNS::Topic",\n/);
    assert.match(stdout, /\naws:sns\/topic:Topic as a program declares it\n.*new aws\.sns\.Topic\("/);
    for (const same of ["aws:sns/topic:Topic", "aws::sns::topic"])
      assert.equal((await sample(same)).stdout, stdout, same);
  });

  it("prints the same as JSON", async () => {
    const { stdout } = await sample("AWS::SNS::Topic", "--format", "json");
    const { configType, type, item, inputs } =
      samples().find((one) => one.configType === "AWS::SNS::Topic") ?? assert.fail();
    assert.deepEqual(JSON.parse(stdout), { configType, type, item, inputs });
  });

  it("prints one part for another command", async () => {
    const [wanted] = samples().filter(({ configType }) => configType === "AWS::SNS::Topic");
    for (const format of ["text", "json"]) {
      const item = await sample("AWS::SNS::Topic", "--only", "item", "--format", format);
      assert.deepEqual(JSON.parse(item.stdout), wanted?.item);
      const inputs = await sample("AWS::SNS::Topic", "--only", "inputs", "--format", format);
      assert.deepEqual(JSON.parse(inputs.stdout), wanted?.inputs);
    }
  });

  it("prints an item that a rule judges", async () => {
    const { stdout: input } = await sample("AWS::SNS::Topic", "--only", "item");
    const judged = await compliance(["rule", "test", "sns-topic-shared-in-organization", "--item", "-"], {
      input,
    });
    assert.deepEqual(judged, {
      status: 0,
      signal: null,
      stdout: "COMPLIANT  AWS::SNS::Topic arn:aws:sns:eu-west-1:123456789012:orders\n",
      stderr: "",
    });
  });

  it("lists the types in both spellings", async () => {
    const { stdout } = await sample("--list");
    assert.match(stdout, /^AWS CONFIG +PULUMI\n/);
    assert.match(stdout, /^AWS::EC2::Volume +aws:ebs\/volume:Volume$/m);
    assert.match(stdout, new RegExp(`\n${samples().length} types\\.`));
    const { types } = JSON.parse((await sample("--list", "--format", "json")).stdout) as { types: unknown[] };
    assert.equal(types.length, samples().length);
    assert.deepEqual(types[0], {
      configType: "AWS::ACM::Certificate",
      type: "aws:acm/certificate:Certificate",
    });
  });

  it("writes to a file", async () => {
    const file = join(folder(), "item.json");
    const { stdout } = await sample("AWS::SNS::Topic", "--only", "item", "--output", file);
    assert.equal(stdout, "");
    assert.match(readFileSync(file, "utf8"), /"AWS::SNS::Topic"/);
  });

  for (const [what, args, message] of [
    [
      "a misspelt type of AWS Config",
      ["AWS::S3::Buket"],
      /There is no sample of "AWS::S3::Buket"\. Did you mean "AWS::S3::Bucket"\? "compliance rule sample --list" lists/,
    ],
    ["a misspelt type of Pulumi", ["aws:s3/bucket:Buckt"], /Did you mean "aws:s3\/bucket:Bucket"\?/],
    [
      "a type that is like none",
      ["something"],
      /There is no sample of "something"\. "compliance rule sample --list"/,
    ],
    ["no type", [], /Give either a resource type, e\.g\. "AWS::S3::Bucket", or "--list"\./],
    ["a type and --list", ["AWS::S3::Bucket", "--list"], /Give either a resource type/],
    [
      "a part of a list",
      ["--list", "--only", "item"],
      /Give a resource type, of whose sample "--only" prints/,
    ],
    ["an unknown part", ["AWS::S3::Bucket", "--only", "tags"], /Allowed choices are item, inputs/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, stdout, stderr } = await sample(...args);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
    });
  }

  it("leaves the samples beside the command, which reads them here only", () => {
    const bundled = join(
      ROOT,
      "node_modules/.cache",
      `compliance-cli-${process.env["MOCHA_WORKER_ID"] ?? "0"}`,
    );
    const command = readFileSync(join(bundled, "bundle/compliance.js"), "utf8");
    assert.match(command, /require\("\.\/samples\.json"\)/);
    assert.doesNotMatch(command, /AROAORDERSFUNCTION001/);
    assert.match(readFileSync(join(bundled, "samples.json"), "utf8"), /AROAORDERSFUNCTION001/);
  });
});
