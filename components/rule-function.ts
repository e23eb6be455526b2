import * as pulumi from "@pulumi/pulumi";
import { assumedRole } from "../rules/custom/access-parameters";
import { actionsOf } from "../rules/custom/control";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import {
  failedEvents,
  functionTrust,
  ruleFunctionPermissions,
  ruleLogGroupOf,
} from "./documents/lambda-rules";
import { queueArnOf } from "./documents/notifications";
import type { Location } from "./documents/principals";
import { policyText } from "./documents/statement";
import type { LambdaRuleChoices } from "./lambda-rule-limits";
import { physicalName, RULE_ROLE } from "./physical-names";
import { ServiceRole } from "./service-role";

/** Arguments of {@link RuleFunction}. */
export interface RuleFunctionArgs extends LambdaRuleChoices {
  /** Physical name of function and queue, at most 64 characters. */
  readonly functionName: string;
  readonly region: string;
  readonly location: pulumi.Output<Location>;
  /** ARN of the key that encrypts the log. @defaultValue the encryption of CloudWatch Logs itself */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
  /** ARN of the policy that limits the function's role. @defaultValue that of `boundBy`, if any */
  readonly permissionsBoundary?: pulumi.Input<string> | undefined;
}

/** The newest one that Lambda supports for long. */
const RUNTIME = "nodejs24.x";
/** As long as SQS keeps anything. */
const DEAD_LETTER_SECONDS = 14 * 86_400;

/**
 * The function that judges by a custom control: its role, its log, and the queue for events that it could not handle.
 *
 * @example
 * ```ts
 * new RuleFunction("named", { control, code, functionName: "acme-named", region, location });
 * ```
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export class RuleFunction extends pulumi.ComponentResource {
  /** ARN of the function. */
  public readonly arn: pulumi.Output<string>;
  /** Physical name of the function, known when it exists. */
  public readonly functionName: pulumi.Output<string>;
  /** ARN of the queue with events that the function could not handle. */
  public readonly deadLetterArn: pulumi.Output<string>;

  public constructor(name: string, args: RuleFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:RuleFunction", name, NO_INPUTS, opts);
    const { control, code, functionName, region, kmsKeyArn } = args;
    const { timeoutSeconds = 300, memoryMegabytes = 256, logRetentionDays = 365 } = args;
    const common = { region, ...(args.tags === undefined ? {} : { tags: args.tags }) };

    this.deadLetterArn = this.makeQueue(name, args, common);
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      {
        ...common,
        name: ruleLogGroupOf(functionName),
        retentionInDays: logRetentionDays,
        ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
      },
      { parent: this },
    );
    const judge = new aws.lambda.Function(
      name,
      {
        ...common,
        name: functionName,
        description: control.title.slice(0, 256),
        runtime: RUNTIME,
        architectures: ["arm64"],
        code: new pulumi.asset.FileArchive(code),
        handler: "index.handler",
        role: this.makeRole(name, args),
        timeout: timeoutSeconds,
        memorySize: memoryMegabytes,
        environment: { variables: { NODE_OPTIONS: "--enable-source-maps" } },
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
        deadLetterConfig: { targetArn: this.deadLetterArn },
      },
      { parent: this },
    );
    this.arn = judge.arn;
    this.functionName = judge.name;
    this.registerOutputs({
      arn: this.arn,
      functionName: this.functionName,
      deadLetterArn: this.deadLetterArn,
    });
  }

  /** SQS encrypts the events with a key of its own, which nobody can take away. */
  private makeQueue(
    name: string,
    { location, functionName }: RuleFunctionArgs,
    common: Pick<aws.sqs.QueueArgs, "tags"> & { readonly region: string },
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

  private makeRole(name: string, args: RuleFunctionArgs): pulumi.Output<string> {
    const { control, rules = [], functionName, region, location, permissionsBoundary, tags } = args;
    const assumes = new Set(rules.flatMap(({ parameters = {} }) => assumedRole(parameters) ?? []));
    return new ServiceRole(
      name,
      {
        // Roles are global, functions are not.
        roleName: physicalName(`${RULE_ROLE}${control.name}-${region}`),
        description: `The function of ${control.name} judges with this role.`,
        trust: [functionTrust],
        permissions: location.apply((here) =>
          ruleFunctionPermissions(here, {
            logGroupName: ruleLogGroupOf(functionName),
            deadLetterArn: queueArnOf(here, functionName),
            onChanges: control.triggerTypes.includes("ConfigurationChange"),
            onSchedule: control.triggerTypes.includes("Periodic"),
            reads: actionsOf(control),
            assumes: [...assumes].sort(),
          }),
        ),
        permissionsBoundary,
        tags,
      },
      { parent: this },
    ).arn;
  }
}
