import * as assert from "node:assert/strict";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LambdaRule, type LambdaRuleArgs } from "../../components/lambda-rule";
import type { LambdaControl } from "../../components/lambda-rule-limits";
import { record, type Recording } from "../support/pulumi-mocks";

export const RULE = "aws:cfg/rule:Rule";
export const POLICY = "aws:iam/policy:Policy";
export const CODE = join(__dirname, "fixtures", "rule-code");
export const REGION = "eu-west-1";

export const control: LambdaControl = {
  name: "s3-bucket-named-well",
  title: "S3 buckets have names that say whose they are.",
  resourceTypes: ["AWS::S3::Bucket", "AWS::S3::AccessPoint"],
  triggerTypes: ["ConfigurationChange", "Periodic"],
  parameters: { prefix: { type: "String", description: "What names begin with.", pattern: /[a-z]+/ } },
  sources: {},
  listing: ["s3:ListAllMyBuckets"],
};
export const onChanges: LambdaControl = { ...control, triggerTypes: ["ConfigurationChange"], listing: [] };
export const onSchedule: LambdaControl = { ...control, triggerTypes: ["Periodic"] };
export const given = { parameters: { prefix: "acme" } };

const named = (args: Partial<LambdaRuleArgs>): LambdaRule =>
  new LambdaRule("named", {
    recorder: { region: REGION, status: undefined },
    control,
    code: CODE,
    rules: [given],
    ...args,
  });

/** A rule of the control, with what a test is about. */
export const make = (args: Partial<LambdaRuleArgs> = {}): Promise<Recording<LambdaRule>> =>
  record(() => named(args));

/** The message of the refusal; nothing may have been created before it. */
export async function refusal(args: Partial<LambdaRuleArgs>): Promise<string> {
  let problem: unknown;
  const recording = await record(() => {
    try {
      named(args);
    } catch (error) {
      problem = error;
    }
  });
  assert.ok(problem instanceof pulumi.ResourceError);
  assert.deepEqual(recording.names(), [["compliance:aws:LambdaRule", "named"]]);
  return problem.message;
}
