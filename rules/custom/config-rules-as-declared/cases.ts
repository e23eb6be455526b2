import type { Verdict } from "../../engine/outcome";
import type { CustomCase } from "../cases";
import type { AccountRules } from ".";

type Rule = AccountRules["rules"][number];
type Status = AccountRules["statuses"][number];

const EARLIER = new Date("2026-03-04T05:06:07.089Z");
const LATER = new Date("2026-03-05T05:06:07.089Z");
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
    account: { rules: rules.map(([rule]) => rule), statuses: rules.map(([, status]) => status), recorders },
  },
});

const both = [deployed("buckets"), deployed("queues")];

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
];
