import {
  all,
  both,
  compliant,
  coversAction,
  hasEffect,
  isUnknown,
  namesEverybody,
  policy,
  someItem,
  someStatement,
  stackPolicy,
  undecided,
  violation,
  any,
} from "../engine";
import type { Outcome, Policies, Reader, Statement, Ternary } from "../engine";
import { longestGap } from "../views/schedule";

const VAULT = "aws:backup/vault:Vault";
const VAULT_POLICY = "aws:backup/vaultPolicy:VaultPolicy";

const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;

interface Rule {
  readonly schedule?: string;
  readonly lifecycle?: { readonly deleteAfter?: number };
}

/** The rule of a plan runs often enough. */
function runsOften(rule: Reader<Rule>, minutes: number): Outcome {
  const reason = rule.reason("schedule", `run at least every ${minutes / MINUTES_PER_HOUR} hours`);
  const schedule = rule.value("schedule");
  const gap = typeof schedule === "string" ? longestGap(schedule) : undefined;
  if (isUnknown(schedule) || gap === undefined) return undecided(reason);
  return gap <= minutes ? compliant() : violation(reason);
}

/** What is not deleted by the plan stays. */
const keepsLong = (rule: Reader<Rule>, days: number): Outcome =>
  rule.read("lifecycle.deleteAfter").kind === "absent"
    ? compliant()
    : rule.atLeast("lifecycle.deleteAfter", days);

const DELETING = [
  "backup:DeleteRecoveryPoint",
  "backup:UpdateRecoveryPointLifecycle",
  "backup:PutBackupVaultAccessPolicy",
];

/**
 * A statement that denies everybody to delete what is in the vault. The rule asks for wildcards: one that names
 * principals or a resource is none; whether a part of a name may stand before the wildcard is not said. The principals
 * of the rule's parameter are those that it does not look at, and change nothing about the statement.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/backup-recovery-point-manual-deletion-disabled.html
 */
const deniesDeletion = (statement: Statement): Ternary =>
  both(
    hasEffect(statement, "Deny"),
    ...DELETING.map((action) => coversAction(statement, action)),
    namesEverybody(statement),
    someItem(statement.resources, (name) => name === "*" || (name.includes("*") && "unknown")),
  );

const MISSING = {
  found: "no statement denies the deletion of recovery points",
  fix: `deny everybody ${DELETING.join(", ")} by a VaultPolicy`,
};

export const backup: Policies = {
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: policy(
    "Backup plans have a rule that runs often and keeps backups long.",
    {
      "aws:backup/plan:Plan": (plan, p) => {
        const hours =
          p.requiredFrequencyValue * (/^hours?$/i.test(p.requiredFrequencyUnit) ? 1 : HOURS_PER_DAY);
        return plan.some(
          "rules",
          (rule) => {
            const plain = rule as unknown as Reader<Rule>;
            return all(runsOften(plain, hours * MINUTES_PER_HOUR), keepsLong(plain, p.requiredRetentionDays));
          },
          `add a rule that runs at least every ${hours} hours and keeps backups for ${p.requiredRetentionDays} days or more`,
        );
      },
    },
  ),

  BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED: stackPolicy(
    "Backup vaults let nobody delete recovery points.",
    {
      [VAULT]: (_, __, { node, stack }) => {
        const { nodes, uncertain } = stack.referrers(node, VAULT_POLICY, "backupVaultName");
        const outcomes = nodes.map((owner) =>
          someStatement(owner.reader(VAULT_POLICY), "policy", deniesDeletion, MISSING),
        );
        return any(...outcomes, uncertain ? undecided(MISSING) : violation(MISSING));
      },
    },
  ),
};
