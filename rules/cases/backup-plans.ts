import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Case, CaseResource, Cases } from "./types";

type Inputs = Readonly<Record<string, unknown>>;

const plan = resource("aws:backup/plan:Plan");
const selection = (inputs: Inputs): CaseResource =>
  resource("aws:backup/selection:Selection")({ iamRoleArn: "arn:role", planId: "plan-1", ...inputs });

const byTag = { selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] };
const onCondition = {
  resources: ["*"],
  conditions: [{ stringEquals: [{ key: "aws:ResourceTag/backup", value: "daily" }] }],
};

/** What holds for every type that a backup selection can choose. */
function chosenCases(type: string, arnOfAll: string): readonly Case[] {
  const subject = resource(type);
  const tagged = (value: unknown): CaseResource => subject({ tags: { backup: value } });
  return [
    compliantCase("is named by a selection", subject({}), {
      with: { s: selection({ resources: [ref("subject", "arn")] }) },
    }),
    compliantCase("is of a type that a selection names", subject({}), {
      with: { s: selection({ resources: [arnOfAll] }) },
    }),
    compliantCase("is chosen with everything else", subject({}), {
      with: { s: selection({ resources: ["*"] }) },
    }),
    compliantCase("has a tag that a selection chooses", tagged("daily"), { with: { s: selection(byTag) } }),
    compliantCase("meets the condition of a selection", tagged("daily"), {
      with: { s: selection(onCondition) },
    }),
    violatingCase("is beside no selection", subject({}), {
      note: "A selection of another stack cannot be seen.",
    }),
    violatingCase("has another value of the tag", tagged("never"), { with: { s: selection(byTag) } }),
    violatingCase("is left out of a selection", subject({}), {
      with: { s: selection({ resources: ["*"], notResources: [ref("subject", "arn")] }) },
    }),
    violatingCase("does not meet the condition of a selection", subject({}), {
      with: { s: selection(onCondition) },
    }),
    violatingCase("is of another type than a selection names", subject({}), {
      with: { s: selection({ resources: ["arn:aws:storagegateway:*:*:gateway/*"] }) },
    }),
    undecidedCase("does not know its tags yet", subject({ tags: unknown }), {
      with: { s: selection(byTag) },
    }),
    undecidedCase("may be named by a selection", subject({}), {
      with: { s: selection({ resources: unknown }) },
    }),
  ];
}

/** What the parameters of the rules about protection add. */
function protectedCases(type: string, arnOfAll: string): readonly Case[] {
  const subject = resource(type);
  const kept = (deleteAfter: number): { with: Readonly<Record<string, CaseResource>> } => ({
    with: {
      p: plan({ rules: [{ ruleName: "daily", targetVaultName: "v", lifecycle: { deleteAfter } }] }),
      s: selection({ planId: ref("p"), resources: [ref("subject", "arn")] }),
    },
  });
  const wanted = { parameters: { resourceTags: '{"stage":"prod"}' } };
  return [
    ...chosenCases(type, arnOfAll),
    compliantCase("is kept long enough", subject({}), {
      parameters: { minRetentionDays: "30" },
      ...kept(35),
    }),
    violatingCase("is not kept long enough", subject({}), {
      parameters: { minRetentionDays: "30" },
      ...kept(7),
    }),
    violatingCase(
      "has the tags of the parameter and no backup",
      subject({ tags: { stage: "prod" } }),
      wanted,
    ),
    notApplicableCase("has not the tags of the parameter", subject({ tags: { stage: "dev" } }), wanted),
  ];
}

const table = ["aws:dynamodb/table:Table", "arn:aws:dynamodb:*:*:table/*"] as const;
const volume = ["aws:ebs/volume:Volume", "arn:aws:ec2:*:*:volume/*"] as const;
const instance = ["aws:ec2/instance:Instance", "arn:aws:ec2:*:*:instance/*"] as const;
const files = ["aws:efs/fileSystem:FileSystem", "arn:aws:elasticfilesystem:*:*:file-system/*"] as const;
const database = ["aws:rds/instance:Instance", "arn:aws:rds:*:*:db:*"] as const;

const automatic = compliantCase("is backed up by EFS itself", resource(files[0])({}), {
  with: {
    b: resource("aws:efs/backupPolicy:BackupPolicy")({
      fileSystemId: ref("subject"),
      backupPolicy: { status: "ENABLED" },
    }),
  },
});

const orders = resource(table[0])({ name: "orders" });
const named = (name: string): { with: Readonly<Record<string, CaseResource>> } => ({
  with: { s: selection({ resources: [`arn:aws:dynamodb:us-east-1:111122223333:table/${name}`] }) },
});

export const backupPlans: Cases = {
  AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protectedCases(
    "aws:rds/cluster:Cluster",
    "arn:aws:rds:*:*:cluster:*",
  ),
  DYNAMODB_IN_BACKUP_PLAN: [
    ...chosenCases(...table),
    compliantCase("is named in full by a selection", orders, named("orders")),
    violatingCase("has another name than a selection gives", orders, named("users")),
  ],
  DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protectedCases(...table),
  EBS_IN_BACKUP_PLAN: chosenCases(...volume),
  EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protectedCases(...volume),
  EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protectedCases(...instance),
  EFS_IN_BACKUP_PLAN: [...chosenCases(...files), automatic],
  EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN: [...protectedCases(...files), automatic],
  FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN: [
    ...protectedCases("aws:fsx/windowsFileSystem:WindowsFileSystem", "arn:aws:fsx:*:*:file-system/*"),
    ...chosenCases("aws:fsx/lustreFileSystem:LustreFileSystem", "arn:aws:fsx:*:*:file-system/*"),
  ],
  RDS_IN_BACKUP_PLAN: chosenCases(...database),
  RDS_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protectedCases(...database),
  S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protectedCases("aws:s3/bucket:Bucket", "arn:aws:s3:::*"),
};
