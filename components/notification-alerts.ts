import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import {
  complianceWatches,
  DELIVERY_FAILED,
  type EventPattern,
  RECORDER_CHANGED,
} from "./notification-events";
import {
  AWS_CONTROL_PAGES,
  complianceMessage,
  deliveryMessage,
  EXPLAIN_CONTROL,
  type InputTransformer,
  type Message,
  recorderMessage,
} from "./notification-messages";
import type { RetryChoices } from "./notifications-limits";

/** Arguments of {@link AlertRules}. */
export interface AlertRulesArgs {
  /** What the names of the event rules begin with, at most 47 characters. */
  readonly prefix: string;
  readonly region: string;
  /** Names of the AWS Config rules whose violations raise an alert. */
  readonly rules: readonly string[];
  /** Address of a control's page, with `{control}` in place of its name. @defaultValue AWS's page, or what to run */
  readonly controlPages?: string | undefined;
  /** ARN of the topic for people. */
  readonly alertsTopicArn: pulumi.Input<string>;
  /** ARN of the topic for chat channels. @defaultValue there are none */
  readonly chatTopicArn?: pulumi.Input<string> | undefined;
  /** ARN of the queue with what could not be published. */
  readonly deadLetterArn: pulumi.Input<string>;
  readonly retry?: RetryChoices | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

interface Alert {
  readonly name: string;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly message: Message;
}

/**
 * The event rules that turn what happens to AWS Config, and what it finds, into messages.
 *
 * @example
 * ```ts
 * new AlertRules("alerts", { prefix: "acme", region, rules: ["iam-user-mfa-enabled"], alertsTopicArn, deadLetterArn });
 * ```
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
 */
export class AlertRules extends pulumi.ComponentResource {
  public constructor(name: string, args: AlertRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:AlertRules", name, NO_INPUTS, opts);
    for (const alert of alertsOf(args)) this.createAlert(name, alert, args);
    this.registerOutputs({});
  }

  private createAlert(name: string, alert: Alert, args: AlertRulesArgs): void {
    const { prefix, region, tags, deadLetterArn, retry = {} } = args;
    const rule = new aws.cloudwatch.EventRule(
      `${name}-${alert.name}`,
      {
        name: `${prefix}-${alert.name}`,
        description: alert.description,
        region,
        eventPattern: JSON.stringify(alert.pattern),
        ...(tags === undefined ? {} : { tags }),
      },
      { parent: this },
    );
    const send = (role: string, arn: pulumi.Input<string>, { inputPaths, inputTemplate }: InputTransformer) =>
      new aws.cloudwatch.EventTarget(
        `${name}-${alert.name}-${role}`,
        {
          rule: rule.name,
          targetId: role,
          region,
          arn,
          inputTransformer: { inputPaths: { ...inputPaths }, inputTemplate },
          retryPolicy: {
            maximumRetryAttempts: retry.attempts ?? 185,
            maximumEventAgeInSeconds: retry.maxAgeSeconds ?? 86_400,
          },
          deadLetterConfig: { arn: deadLetterArn },
        },
        { parent: this },
      );
    send("alerts", args.alertsTopicArn, alert.message.text);
    if (args.chatTopicArn !== undefined) send("chat", args.chatTopicArn, alert.message.chat);
  }
}

function alertsOf({ rules, controlPages }: AlertRulesArgs): readonly Alert[] {
  const violations = complianceWatches(rules).map(({ severity, hasPage, number, pattern }) => ({
    name: `${severity}-${number}`,
    description: `Violations of AWS Config rules of severity ${severity}, list ${number}.`,
    pattern,
    message: complianceMessage(severity, controlPages ?? (hasPage ? AWS_CONTROL_PAGES : EXPLAIN_CONTROL)),
  }));
  return [
    ...violations,
    {
      name: "recorder-changed",
      description: "Recorder, delivery channel or retention of AWS Config stopped, changed or deleted.",
      pattern: RECORDER_CHANGED,
      message: recorderMessage(),
    },
    {
      name: "delivery-failed",
      description: "AWS Config could not deliver to the evidence bucket.",
      pattern: DELIVERY_FAILED,
      message: deliveryMessage(),
    },
  ];
}
