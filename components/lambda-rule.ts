import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { actionsOf } from "../rules/custom/control";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import type { ConfigRecorder } from "./config-recorder";
import { CHANGE_MESSAGES, scopeInputs } from "./custom-rule-limits";
import {
  failedEvents,
  functionTrust,
  ruleFunctionPermissions,
  ruleLogGroupOf,
} from "./documents/lambda-rules";
import { queueArnOf } from "./documents/notifications";
import type { Location } from "./documents/principals";
import { policyText } from "./documents/statement";
import {
  type LambdaControl,
  type LambdaRuleChoices,
  type LambdaRuleInstance,
  lambdaRuleProblems,
} from "./lambda-rule-limits";
import { refuse } from "./problems";
import { ServiceRole } from "./service-role";

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
}

/** The newest one that Lambda supports for long. */
const RUNTIME = "nodejs24.x";
const LONGEST_NAME = 64;
const DEAD_LETTER_SECONDS = 14 * 86_400;

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
    const functionName = physicalName(control.name);
    const location = this.locationOf(region);

    this.deadLetterArn = this.makeQueue(name, { ...common, functionName, location });
    this.watchQueue(name, { ...common, functionName, topics: args.alarmTopicArns ?? [] });
    const judge = this.makeFunction(name, { ...args, functionName, location });
    this.functionArn = judge.arn;
    const permission = new aws.lambda.Permission(
      name,
      {
        function: judge.name,
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

  /** Events lie here as long as SQS keeps them. SQS encrypts them with a key of its own, which nothing can take away. */
  private makeQueue(
    name: string,
    { location, functionName, ...common }: Common & Named,
  ): pulumi.Output<string> {
    const queue = new aws.sqs.Queue(
      `${name}-dead-letters`,
      {
        ...common,
        name: functionName,
        messageRetentionSeconds: DEAD_LETTER_SECONDS,
        sqsManagedSseEnabled: true,
      },
      { parent: this },
    );
    new aws.sqs.QueuePolicy(
      `${name}-dead-letters`,
      {
        queueUrl: queue.url,
        region: common.region,
        policy: location.apply((here) => policyText(failedEvents(queueArnOf(here, functionName)))),
      },
      { parent: this },
    );
    return queue.arn;
  }

  private watchQueue(
    name: string,
    at: Common & Pick<Named, "functionName"> & { readonly topics: readonly pulumi.Input<string>[] },
  ): void {
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

  private makeFunction(name: string, args: LambdaRuleArgs & Named): aws.lambda.Function {
    const { control, code, location, functionName, kmsKeyArn } = args;
    const { region } = args.recorder;
    const common = { region, ...(args.tags === undefined ? {} : { tags: args.tags }) };
    const logGroupName = ruleLogGroupOf(functionName);
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      {
        ...common,
        name: logGroupName,
        retentionInDays: args.logRetentionDays ?? 365,
        ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
      },
      { parent: this },
    );
    const role = new ServiceRole(
      name,
      {
        // Roles are global, functions are not.
        roleName: physicalName(`${control.name}-${region}`),
        description: `The function of ${control.name} judges with this role.`,
        trust: [functionTrust],
        permissions: location.apply((here) =>
          ruleFunctionPermissions(here, {
            logGroupName,
            deadLetterArn: queueArnOf(here, functionName),
            onChanges: control.triggerTypes.includes("ConfigurationChange"),
            onSchedule: control.triggerTypes.includes("Periodic"),
            reads: actionsOf(control),
          }),
        ),
        tags: args.tags,
      },
      { parent: this },
    );
    return new aws.lambda.Function(
      name,
      {
        ...common,
        name: functionName,
        description: control.title.slice(0, 256),
        runtime: RUNTIME,
        architectures: ["arm64"],
        code: new pulumi.asset.FileArchive(code),
        handler: "index.handler",
        role: role.arn,
        timeout: args.timeoutSeconds ?? 300,
        memorySize: args.memoryMegabytes ?? 256,
        environment: { variables: { NODE_OPTIONS: "--enable-source-maps" } },
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
        deadLetterConfig: { targetArn: this.deadLetterArn },
      },
      { parent: this },
    );
  }
}

interface Common {
  readonly region: string;
  readonly tags?: Record<string, string>;
}

interface Named {
  readonly functionName: string;
  readonly location: pulumi.Output<Location>;
}

/** A name of 64 characters at most that says project and stack; a long one ends in a digest of what is cut off. */
function physicalName(suffix: string): string {
  const full = `${pulumi.getProject()}-${pulumi.getStack()}-${suffix}`;
  if (full.length <= LONGEST_NAME) return full;
  const digest = createHash("sha256").update(full).digest("hex").slice(0, 8);
  return `${full.slice(0, LONGEST_NAME - digest.length - 1)}-${digest}`;
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
