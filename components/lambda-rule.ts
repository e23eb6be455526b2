import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import type { ConfigRecorder } from "./config-recorder";
import { CHANGE_MESSAGES, scopeInputs } from "./custom-rule-limits";
import type { Location } from "./documents/principals";
import {
  type LambdaControl,
  type LambdaRuleChoices,
  type LambdaRuleInstance,
  lambdaRuleProblems,
} from "./lambda-rule-limits";
import { plainName } from "./physical-names";
import { refuse } from "./problems";
import { RuleFunction } from "./rule-function";

/** Arguments of {@link LambdaRule}. */
export interface LambdaRuleArgs extends LambdaRuleChoices {
  /** The recorder whose region the rules belong to and whose start they wait for. */
  readonly recorder: Pick<ConfigRecorder, "region" | "status">;
  /** Topics of the region that hear of events that the function could not handle. @defaultValue nobody */
  readonly alarmTopicArns?: readonly pulumi.Input<string>[] | undefined;
  /**
   * ARN of the key that encrypts the log; its policy must admit CloudWatch Logs for the log group.
   * @defaultValue the encryption of CloudWatch Logs itself
   */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
  /** ARN of the policy that limits the function's role. @defaultValue that of `boundBy`, if any */
  readonly permissionsBoundary?: pulumi.Input<string> | undefined;
}

interface Watched {
  readonly functionName: string;
  readonly region: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly topics: readonly pulumi.Input<string>[];
}

/**
 * A custom control as rules of AWS Config: a function that judges, with no more permissions than the control declares,
 * and a queue with an alarm for events that it could not handle.
 *
 * @example
 * ```ts
 * new LambdaRule("lambda-function-url-iam", { recorder, control, code: "dist/rules/lambda-function-url-iam" });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html
 */
export class LambdaRule extends pulumi.ComponentResource {
  /** ARN of the function. */
  public readonly functionArn: pulumi.Output<string>;
  /** ARN of the queue with events that the function could not handle. */
  public readonly deadLetterArn: pulumi.Output<string>;
  /** ARNs of the rules by their names. */
  public readonly ruleArns: pulumi.Output<Readonly<Record<string, string>>>;

  public constructor(name: string, args: LambdaRuleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:LambdaRule", name, NO_INPUTS, opts);
    const { control, recorder, rules = [{}], tags } = args;
    const { region } = recorder;
    refuse(this, `LambdaRule "${name}"`, lambdaRuleProblems({ ...args, region }));
    const common = { region, ...(tags === undefined ? {} : { tags }) };
    const functionName = plainName(control.name);
    const location = this.locationOf(region);

    const judge = new RuleFunction(name, { ...args, functionName, region, location }, { parent: this });
    this.functionArn = judge.arn;
    this.deadLetterArn = judge.deadLetterArn;
    this.watch(name, { ...common, functionName, topics: args.alarmTopicArns ?? [] });
    const permission = new aws.lambda.Permission(
      name,
      {
        function: judge.functionName,
        region,
        action: "lambda:InvokeFunction",
        principal: "config.amazonaws.com",
        // The ARN of a rule holds an id that exists only after AWS Config has found this permission.
        sourceAccount: location.apply(({ account }) => account),
      },
      { parent: this },
    );
    const started = recorder.status === undefined ? [] : [recorder.status];
    const created = rules.map((rule) => {
      const ruleName = rule.name ?? control.name;
      return {
        ruleName,
        arn: new aws.cfg.Rule(
          rule.name === undefined ? name : `${name}-${rule.name}`,
          { ...common, ...ruleInputs(ruleName, rule, control), source: sourceOf(judge.arn, rule, control) },
          { parent: this, deleteBeforeReplace: true, dependsOn: [permission, ...started] },
        ).arn,
      };
    });
    this.ruleArns = pulumi
      .all(created.map(({ arn }) => arn))
      .apply((arns) =>
        Object.fromEntries(created.map(({ ruleName }, index) => [ruleName, arns[index] ?? ""])),
      );
    this.registerOutputs({
      functionArn: this.functionArn,
      deadLetterArn: this.deadLetterArn,
      ruleArns: this.ruleArns,
    });
  }

  private locationOf(region: string): pulumi.Output<Location> {
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    return pulumi
      .all([partition, accountId])
      .apply(([inPartition, account]) => ({ partition: inPartition, account, region }));
  }

  private watch(name: string, at: Watched): void {
    const { functionName, topics, ...common } = at;
    new aws.cloudwatch.MetricAlarm(
      `${name}-dead-letters`,
      {
        ...common,
        name: `${functionName}-dead-letters`,
        alarmDescription: `A custom rule could not judge; the events lie in the queue ${functionName}, the reasons in the log.`,
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: functionName },
        statistic: "Maximum",
        period: 300,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        // No messages at all is the good state.
        treatMissingData: "notBreaching",
        alarmActions: [...topics],
      },
      { parent: this },
    );
  }
}

function ruleInputs(
  name: string,
  { description, parameters = {}, scope = {} }: LambdaRuleInstance,
  { title, resourceTypes, triggerTypes }: LambdaControl,
): Omit<aws.cfg.RuleArgs, "source"> {
  return {
    name,
    description: description ?? title.slice(0, 256),
    ...(Object.keys(parameters).length === 0 ? {} : { inputParameters: JSON.stringify(parameters) }),
    ...(triggerTypes.includes("ConfigurationChange") ? { scope: scopeInputs(scope, resourceTypes) } : {}),
  };
}

function sourceOf(
  functionArn: pulumi.Output<string>,
  { frequency = "TwentyFour_Hours" }: LambdaRuleInstance,
  { triggerTypes }: LambdaControl,
): aws.cfg.RuleArgs["source"] {
  return {
    owner: "CUSTOM_LAMBDA",
    sourceIdentifier: functionArn,
    sourceDetails: [
      ...(triggerTypes.includes("ConfigurationChange")
        ? CHANGE_MESSAGES.map((messageType) => ({ messageType }))
        : []),
      // AWS Config takes the frequency here, beside the message that it is about, and refuses it for changes.
      ...(triggerTypes.includes("Periodic")
        ? [{ messageType: "ScheduledNotification", maximumExecutionFrequency: frequency }]
        : []),
    ],
  };
}
