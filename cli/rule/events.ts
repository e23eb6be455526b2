/** Events as AWS Config sends them, made for a run outside of Lambda. */

export interface EventParts {
  /** Parameters of the rule as text, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly account: string;
  readonly rule: string;
}

/** An account for examples. */
export const EXAMPLE_ACCOUNT = "123456789012";

const eventOf = (message: unknown, { parameters, account, rule }: EventParts): unknown => ({
  version: "1.0",
  invokingEvent: JSON.stringify(message),
  ruleParameters: JSON.stringify(parameters),
  // With this token AWS Config itself would keep nothing.
  resultToken: "TESTMODE",
  eventLeftScope: false,
  accountId: account,
  configRuleName: rule,
  configRuleArn: `arn:aws:config:us-east-1:${account}:config-rule/config-rule-rehearsal`,
  configRuleId: "config-rule-rehearsal",
});

/** The event of a change. */
export const changeEvent = (item: unknown, parts: EventParts): unknown =>
  eventOf({ messageType: "ConfigurationItemChangeNotification", configurationItem: item }, parts);

/** The event of a schedule. */
export const scheduleEvent = (time: string, parts: EventParts): unknown =>
  eventOf(
    {
      messageType: "ScheduledNotification",
      awsAccountId: parts.account,
      notificationCreationTime: time,
      recordVersion: "1.0",
    },
    parts,
  );
