import * as assert from "node:assert/strict";
import { definition } from "../../../rules/custom/config-rules-as-declared/handler";
import { Refusal } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";
import { ACCOUNT, evaluation, scheduled } from "../lambda/support";
import { ruleRun } from "./rule-run";

/** What the rule reads from AWS Config. The parity test has the verdicts. */

const TYPE = "AWS::::Account";

describe("the rule config-rules-as-declared", () => {
  const { aws, run: answer } = ruleRun(definition);
  const run = (): Promise<readonly Json[]> =>
    answer(scheduled({}, { ruleParameters: JSON.stringify({ expectedRules: "buckets,queues" }) }));

  const rule = (name: string): Json => ({ ConfigRuleName: name, ConfigRuleState: "ACTIVE" });
  const status = (name: string, more: Json = {}): Json => ({
    ConfigRuleName: name,
    FirstEvaluationStarted: true,
    LastSuccessfulEvaluationTime: 1_772_600_000,
    ...more,
  });

  /** Two pages each, so that a reader that stops at the first misses the rest. */
  function answers(more: Json = {}): void {
    aws.answer("DescribeConfigRules", () => ({ ConfigRules: [rule("buckets")], NextToken: "2" }));
    aws.answer("DescribeConfigRules", () => ({ ConfigRules: [rule("queues")] }));
    aws.answer("DescribeConfigRuleEvaluationStatus", () => ({
      ConfigRulesEvaluationStatus: [status("buckets")],
      NextToken: "2",
    }));
    aws.answer("DescribeConfigRuleEvaluationStatus", () => ({
      ConfigRulesEvaluationStatus: [status("queues", more)],
    }));
    aws.answer("DescribeConfigurationRecorderStatus", () => ({
      ConfigurationRecordersStatus: [{ recording: true, lastStatus: "SUCCESS" }],
    }));
  }

  it("reads rules and statuses page by page, and reports on the account", async () => {
    answers();
    assert.deepEqual(await run(), [evaluation("COMPLIANT", ACCOUNT, undefined, TYPE)]);
  });

  it("finds a rule that has failed since it last worked", async () => {
    answers({ LastFailedEvaluationTime: 1_772_600_001 });
    const message = 'The rule "queues" fails; mend "queues": AWS Config shows its last error.';
    assert.deepEqual(await run(), [evaluation("NON_COMPLIANT", ACCOUNT, message, TYPE)]);
  });

  it("compares what a rule runs, and its own clock with the last evaluation", async () => {
    const source = (SourceIdentifier: string): Json => ({ Owner: "AWS", SourceIdentifier });
    const hourly = { MaximumExecutionFrequency: "One_Hour" };
    const both: [Json, number][] = [
      [{ ...rule("eip-attached"), ...hourly, Source: source("EIP_ATTACHED") }, Date.now() / 1000 - 1800],
      [{ ...rule("s3-bucket-tagged"), ...hourly, Source: source("EIP_ATTACHED") }, Date.now() / 1000 - 9000],
    ];
    aws.answer("DescribeConfigRules", () => ({ ConfigRules: both.map(([one]) => one) }));
    aws.answer("DescribeConfigRuleEvaluationStatus", () => ({
      ConfigRulesEvaluationStatus: both.map(([{ ConfigRuleName }, LastSuccessfulEvaluationTime]) =>
        status(String(ConfigRuleName), { LastSuccessfulEvaluationTime }),
      ),
    }));
    aws.answer("DescribeConfigurationRecorderStatus", () => ({
      ConfigurationRecordersStatus: [{ recording: true, lastStatus: "SUCCESS" }],
    }));
    const ruleParameters = JSON.stringify({ expectedRules: "eip-attached,s3-*", functionRules: "config-*" });
    const message =
      'The rule "s3-bucket-tagged" runs other code than declared (AWS EIP_ATTACHED) and the rule "s3-bucket-tagged" has had no good evaluation for more than 2 hours; deploy "s3-bucket-tagged" again, and start an evaluation of "s3-bucket-tagged".';
    assert.deepEqual(await answer(scheduled({}, { ruleParameters })), [
      evaluation("NON_COMPLIANT", ACCOUNT, message, TYPE),
    ]);
  });

  it("says which permissions it needs when it lacks one", async () => {
    aws.answer("DescribeConfigRules", () => {
      throw new Refusal(
        "AccessDeniedException",
        "not authorized to perform: config:DescribeConfigRules",
        403,
      );
    });
    await assert.rejects(run(), {
      name: "AccessDeniedException",
      message: /needs config:DescribeConfigRule/,
    });
  });
});
