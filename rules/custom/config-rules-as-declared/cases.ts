import type { Verdict } from "../../engine/outcome";
import type { CustomCase } from "../cases";
import type { AccountRules } from ".";

type Rule = AccountRules["rules"][number];
type Status = AccountRules["statuses"][number];

const EARLIER = new Date("2026-03-04T05:06:07.089Z");
const LATER = new Date("2026-03-05T05:06:07.089Z");
/** 25 hours after the earlier evaluation, and one after the later. */
const NOW = new Date("2026-03-05T06:06:07.089Z");
const RECORDING = [{ recording: true, lastStatus: "SUCCESS" }];

/** A rule with what AWS Config says of its evaluations. */
const deployed = (name: string, status: Status = {}, rule: Rule = {}): readonly [Rule, Status] => [
  { ConfigRuleName: name, ConfigRuleState: "ACTIVE", ...rule },
  { ConfigRuleName: name, FirstEvaluationStarted: true, LastSuccessfulEvaluationTime: EARLIER, ...status },
];

const account = (
  title: string,
  verdict: Verdict,
  rules: readonly (readonly [Rule, Status])[],
  recorders: AccountRules["recorders"] = RECORDING,
  parameters: Readonly<Record<string, string>> = {},
): CustomCase<AccountRules> => ({
  title,
  verdict,
  parameters: { expectedRules: "buckets, queues", ...parameters },
  before: { never: "only what is deployed can differ from what was declared" },
  after: {
    account: {
      rules: rules.map(([rule]) => rule),
      statuses: rules.map(([, status]) => status),
      recorders,
      now: NOW,
    },
  },
});

const both = [deployed("buckets"), deployed("queues")];

const PLACE = "us-east-1:111122223333";

/** A rule that runs some code. */
const running = (name: string, Owner: string, SourceIdentifier?: string): readonly [Rule, Status] =>
  deployed(
    name,
    {},
    { Source: { Owner, SourceIdentifier }, ConfigRuleArn: `arn:aws:config:${PLACE}:config-rule/x` },
  );

const functionOf = (name: string, place = PLACE): string => `arn:aws:lambda:${place}:function:${name}`;

/** A control of each kind; the first is not named like AWS's identifier. */
const managed = running("restricted-ssh", "AWS", "INCOMING_SSH_DISABLED");
const owned = running("topics-shared", "CUSTOM_LAMBDA", functionOf("acme-prod-topics-shared"));
const guarded = running("table-key-accessible", "CUSTOM_POLICY");

const sources = (
  title: string,
  verdict: Verdict,
  ...rules: readonly (readonly [Rule, Status])[]
): CustomCase<AccountRules> =>
  account(title, verdict, rules, RECORDING, {
    expectedRules: "restricted-ssh,topics-shared,table-*",
    functionRules: "topics-shared",
    guardRules: "table-*",
  });

/** What AWS calls the schedule of a custom rule. */
const everyHour: Rule = {
  Source: {
    SourceDetails: [{ MessageType: "ScheduledNotification", MaximumExecutionFrequency: "One_Hour" }],
  },
};

const aged = (
  title: string,
  verdict: Verdict,
  rule: Rule,
  status: Status = {},
  parameters: Readonly<Record<string, string>> = {},
): CustomCase<AccountRules> =>
  account(
    title,
    verdict,
    [deployed("buckets", { LastSuccessfulEvaluationTime: LATER }), deployed("queues", status, rule)],
    RECORDING,
    parameters,
  );

export const cases: readonly CustomCase<AccountRules>[] = [
  account("has the declared rules", "COMPLIANT", both),
  account("lacks one of the declared rules", "NON_COMPLIANT", [deployed("buckets")]),
  account("has no rules", "NON_COMPLIANT", []),
  account("has a rule that is not declared", "NON_COMPLIANT", [...both, deployed("extra")]),
  account("has another rule where others are allowed", "COMPLIANT", [...both, deployed("extra")], RECORDING, {
    othersAllowed: "true",
  }),
  account("has rules that a service keeps", "COMPLIANT", [
    ...both,
    deployed(
      "securityhub-x",
      { LastFailedEvaluationTime: LATER },
      { CreatedBy: "securityhub.amazonaws.com" },
    ),
  ]),
  account("has a declared rule by the hand of a service only", "NON_COMPLIANT", [
    deployed("buckets"),
    deployed("queues", {}, { CreatedBy: "config-conforms.amazonaws.com" }),
  ]),
  account("has a rule whose name only differs by case", "NON_COMPLIANT", [
    deployed("buckets"),
    deployed("Queues"),
  ]),
  account("has a rule that is being deleted", "NON_COMPLIANT", [
    deployed("buckets"),
    deployed("queues", {}, { ConfigRuleState: "DELETING" }),
  ]),
  account("has a rule whose last evaluation failed", "NON_COMPLIANT", [
    deployed("buckets"),
    deployed("queues", { LastFailedEvaluationTime: LATER }),
  ]),
  account("has a rule whose function fails", "NON_COMPLIANT", [
    deployed("buckets"),
    deployed("queues", { LastFailedInvocationTime: LATER }),
  ]),
  account("has a rule that failed and works again", "COMPLIANT", [
    deployed("buckets"),
    deployed("queues", { LastFailedEvaluationTime: EARLIER, LastSuccessfulEvaluationTime: LATER }),
  ]),
  account("has a rule that was not evaluated yet", "UNDECIDED", [
    deployed("buckets"),
    deployed("queues", { FirstEvaluationStarted: false }),
  ]),
  account("has a rule without a status", "UNDECIDED", [
    deployed("buckets"),
    [{ ConfigRuleName: "queues", ConfigRuleState: "ACTIVE" }, {}],
  ]),
  account("has no recorder", "NON_COMPLIANT", both, []),
  account("has a recorder of a service only", "NON_COMPLIANT", both, [
    { recording: true, lastStatus: "SUCCESS", servicePrincipal: "observabilityadmin.amazonaws.com" },
  ]),
  account("has a recorder that is stopped", "NON_COMPLIANT", both, [{ recording: false }]),
  account("has a recorder that fails", "NON_COMPLIANT", both, [{ recording: true, lastStatus: "Failure" }]),
  account("has a recorder of unknown state", "UNDECIDED", both, [{}]),
  account("has as many rules as the patterns stand for", "COMPLIANT", both, RECORDING, {
    expectedRules: "*",
    ruleCount: "2",
  }),
  account("has fewer rules than the patterns stand for", "NON_COMPLIANT", both, RECORDING, {
    expectedRules: "buckets,q*",
    ruleCount: "3",
  }),

  sources("has rules that run the code of their names", "COMPLIANT", managed, owned, guarded),
  sources(
    "has a rule whose function has a name that had to be shortened",
    "COMPLIANT",
    managed,
    running("topics-shared", "CUSTOM_LAMBDA", functionOf(`${"acme-".repeat(11)}-0123abcd`)),
    guarded,
  ),
  sources(
    "has another rule of AWS by that name",
    "NON_COMPLIANT",
    running("restricted-ssh", "AWS", "EIP_ATTACHED"),
    owned,
    guarded,
  ),
  sources(
    "has a function in the place of a rule of AWS",
    "NON_COMPLIANT",
    running("restricted-ssh", "CUSTOM_LAMBDA", functionOf("acme-prod-restricted-ssh")),
    owned,
    guarded,
  ),
  sources(
    "has a policy in Guard in the place of a function",
    "NON_COMPLIANT",
    managed,
    running("topics-shared", "CUSTOM_POLICY"),
    guarded,
  ),
  sources(
    "has a function in the place of a policy in Guard",
    "NON_COMPLIANT",
    managed,
    owned,
    running("table-key-accessible", "CUSTOM_LAMBDA", functionOf("acme-prod-table-key-accessible")),
  ),
  sources(
    "has a rule that runs another function",
    "NON_COMPLIANT",
    managed,
    running("topics-shared", "CUSTOM_LAMBDA", functionOf("always-compliant")),
    guarded,
  ),
  sources(
    "has a rule that runs a function of another account",
    "NON_COMPLIANT",
    managed,
    running(
      "topics-shared",
      "CUSTOM_LAMBDA",
      functionOf("acme-prod-topics-shared", "us-east-1:999999999999"),
    ),
    guarded,
  ),
  sources(
    "has a rule that does not say whose code it runs",
    "UNDECIDED",
    deployed("restricted-ssh"),
    owned,
    guarded,
  ),
  account("has other code behind a rule, and nothing is said of it", "COMPLIANT", [
    deployed("buckets"),
    running("queues", "AWS", "EIP_ATTACHED"),
  ]),

  aged("has a rule that nothing has made run for long", "COMPLIANT", {}),
  aged("has a rule that is older than is allowed", "NON_COMPLIANT", {}, {}, { maxAgeHours: "24" }),
  aged("has a rule that is just as old as is allowed", "COMPLIANT", {}, {}, { maxAgeHours: "25" }),
  aged(
    "has a rule whose age is not known",
    "UNDECIDED",
    {},
    { LastSuccessfulEvaluationTime: undefined },
    { maxAgeHours: "24" },
  ),
  aged(
    "has a rule of which only the call of the function is known, long ago",
    "NON_COMPLIANT",
    { Source: { Owner: "CUSTOM_LAMBDA" } },
    { LastSuccessfulEvaluationTime: undefined, LastSuccessfulInvocationTime: EARLIER },
    { maxAgeHours: "24" },
  ),
  aged("has an hourly rule that has not run for a day", "NON_COMPLIANT", {
    MaximumExecutionFrequency: "One_Hour",
  }),
  aged("has an hourly rule of its own that has not run for a day", "NON_COMPLIANT", everyHour),
  aged("has an hourly rule that ran an hour ago", "COMPLIANT", everyHour, {
    LastSuccessfulEvaluationTime: LATER,
  }),
  aged("has a daily rule that is late, and was not left out", "COMPLIANT", {
    MaximumExecutionFrequency: "TwentyFour_Hours",
  }),
  aged(
    "has a daily rule whose age is more than is allowed of others",
    "COMPLIANT",
    { MaximumExecutionFrequency: "TwentyFour_Hours" },
    {},
    { maxAgeHours: "1" },
  ),
  aged(
    "has a daily rule, as AWS says by saying nothing, that was left out once",
    "NON_COMPLIANT",
    { Source: { SourceDetails: [{ MessageType: "ScheduledNotification" }] } },
    { LastSuccessfulEvaluationTime: new Date("2026-03-03T06:00:00Z") },
  ),
];
