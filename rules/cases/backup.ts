import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { CaseResource, Cases } from "./types";

const plan = (...rules: object[]): CaseResource =>
  resource("aws:backup/plan:Plan")({
    name: "daily",
    rules: rules.map((rule) => ({ ruleName: "r", targetVaultName: "v", ...rule })),
  });
const daily = { schedule: "cron(0 12 * * ? *)" };
const kept = (deleteAfter: unknown): object => ({ lifecycle: { deleteAfter } });
const hourly = { requiredFrequencyValue: "1", requiredFrequencyUnit: "hours" };

const vault = resource("aws:backup/vault:Vault")({ name: "main" });
const ALL = [
  "backup:DeleteRecoveryPoint",
  "backup:UpdateRecoveryPointLifecycle",
  "backup:PutBackupVaultAccessPolicy",
];
const statement = (more: object = {}): object => ({
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: ALL,
  Resource: "*",
  ...more,
});
const guarded = (
  policy: unknown,
  backupVaultName: unknown = ref("subject", "name"),
): { with: { p: CaseResource } } => ({
  with: { p: resource("aws:backup/vaultPolicy:VaultPolicy")({ backupVaultName, policy }) },
});
const document = (more: object = {}): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement(more)] });
const ROLE = "arn:aws:iam::111122223333:role/operator";

export const backup: Cases = {
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: [
    compliantCase("runs each day and keeps backups for 35 days", plan({ ...daily, ...kept(35) })),
    compliantCase("never deletes", plan(daily)),
    compliantCase("does not say when, which means each day", plan(kept(40))),
    compliantCase(
      "has one good rule of two",
      plan({ schedule: "cron(0 12 ? * MON *)", ...kept(365) }, { ...daily, ...kept(35) }),
    ),
    compliantCase("runs each hour", plan({ schedule: "cron(0 0/1 * * ? *)", ...kept(35) }), {
      parameters: hourly,
    }),
    compliantCase("runs each half hour by a rate", plan({ schedule: "rate(30 minutes)", ...kept(35) }), {
      parameters: hourly,
    }),
    violatingCase("keeps backups for 34 days", plan({ ...daily, ...kept(34) })),
    violatingCase("runs each week", plan({ schedule: "cron(0 12 ? * SUN *)", ...kept(365) })),
    violatingCase("runs on working days", plan({ schedule: "cron(0 12 ? * MON-FRI *)", ...kept(365) })),
    violatingCase("runs each month", plan({ schedule: "cron(0 12 1 * ? *)" })),
    violatingCase("runs each day where each hour is asked for", plan(daily), { parameters: hourly }),
    violatingCase(
      "has one rule that runs and another that keeps",
      plan({ ...daily, ...kept(7) }, { schedule: "cron(0 12 1 * ? *)", ...kept(365) }),
    ),
    undecidedCase("does not know its schedule yet", plan({ schedule: unknown, ...kept(35) })),
    undecidedCase(
      "runs on the last day of a month, which is no fixed day",
      plan({ schedule: "cron(0 12 L * ? *)", ...kept(35) }),
    ),
  ],
  BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED: [
    compliantCase("denies everybody", vault, guarded(document())),
    compliantCase(
      "denies every action to everybody",
      vault,
      guarded(document({ Principal: "*", Action: "backup:*" })),
    ),
    compliantCase(
      "has a policy that is an object and names it by text",
      vault,
      guarded({ Statement: statement() }, "main"),
    ),
    compliantCase("denies everybody but the principals that are not looked at", vault, {
      ...guarded(document({ Condition: { ArnNotEquals: { "aws:PrincipalArn": ROLE } } })),
      parameters: { principalArnList: ROLE },
    }),
    violatingCase("denies only the principals that are not looked at", vault, {
      ...guarded(document({ Principal: { AWS: [ROLE] } })),
      parameters: { principalArnList: ROLE },
      note: "The parameter lists principals for the rule not to check; the statement's own principal must be a wildcard.",
    }),
    violatingCase(
      "denies the deletion of one recovery point",
      vault,
      guarded(document({ Resource: "arn:aws:backup:eu-west-1:123456789012:recovery-point:1EB3B5E7" })),
    ),
    undecidedCase("denies the deletion of what a pattern means", vault, {
      ...guarded(document({ Resource: "arn:aws:backup:eu-west-1:123456789012:recovery-point:*" })),
      note: "The documentation asks for a wildcard and does not say whether one at the end of a name is enough.",
    }),
    violatingCase("has no policy", vault),
    violatingCase(
      "denies some of the actions",
      vault,
      guarded(document({ Action: ["backup:DeleteRecoveryPoint"] })),
    ),
    violatingCase("allows", vault, guarded(document({ Effect: "Allow" }))),
    violatingCase("denies one principal", vault, guarded(document({ Principal: { AWS: ROLE } }))),
    violatingCase("is beside the policy of another vault", vault, guarded(document(), "other")),
    undecidedCase("does not know its policy yet", vault, guarded(unknown)),
  ],
};
