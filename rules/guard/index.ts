import type { Severity } from "../catalog";

/**
 * A control whose rule is a policy in Guard, which AWS Config evaluates itself: no function, no role, no run-time.
 *
 * The better choice where one item decides by few of its properties, and where they are known only after the
 * deployment, so that a predicate shared with a policy would have nothing to share. Where a program can know the
 * answer, write a folder in `rules/custom/` instead.
 */
export interface GuardControl {
  /** The name of rule, policy file `rules/guard/NAME.guard` and cases. */
  readonly name: string;
  /** What the control asks for: one sentence that states the good condition. */
  readonly title: string;
  readonly severity: Severity;
  /** The types that the rule reports on, as AWS Config spells them. */
  readonly resourceTypes: readonly string[];
  /** Why nothing can be decided before the deployment: a clause. */
  readonly detectOnly: string;
}

/** Where the policy of a shipped control is in this repository. */
export const policyPath = (name: string): string => `rules/guard/${name}.guard`;

/** The Guard controls that are shipped, by name in alphabetical order. */
export const guardControls: readonly GuardControl[] = [
  {
    name: "acm-certificate-renewal-unblocked",
    title: "Certificates that ACM renews neither fail to renew nor wait for their owner.",
    severity: "high",
    resourceTypes: ["AWS::ACM::Certificate"],
    detectOnly: "ACM renews a certificate long after its deployment, and only then says how that goes",
  },
  {
    name: "dynamodb-table-key-accessible",
    title: "DynamoDB tables have access to the key that encrypts them.",
    severity: "high",
    resourceTypes: ["AWS::DynamoDB::Table"],
    detectOnly:
      "a table loses its key when somebody disables the key or takes a grant away, not by a change of its own",
  },
  {
    name: "rds-instance-key-accessible",
    title: "Encrypted RDS instances have access to the key that encrypts them.",
    severity: "high",
    resourceTypes: ["AWS::RDS::DBInstance"],
    detectOnly:
      "an instance loses its key when somebody disables the key or takes a grant away, not by a change of its own",
  },
];
