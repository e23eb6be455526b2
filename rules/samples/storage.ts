import { ACCOUNT, arn, iamArn, KEY, sample, TAGS } from "./sample";
import type { Sample } from "./sample";

const FILES = "fs-0c1d2e3f405162738";
const PLAN = "405162738-4950-4a1b-8c2d-3e4f50617283";
const BLOCKED = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

export const storage: readonly Sample[] = [
  sample("AWS::S3::Bucket", "aws:s3/bucket:Bucket", {
    id: "acme-orders",
    name: "acme-orders",
    arn: "arn:aws:s3:::acme-orders",
    zone: "Regional",
    tags: TAGS,
    inputs: { bucket: "acme-orders", forceDestroy: false, objectLockEnabled: true, tags: TAGS },
    configuration: { name: "acme-orders", creationDate: "2026-02-03T04:05:06.000Z" },
    supplement: {
      // A bucket without a policy has the place for it all the same.
      BucketPolicy: { policyText: null },
      BucketVersioningConfiguration: { status: "Enabled", isMfaDeleteEnabled: null },
      IsRequesterPaysEnabled: false,
      ObjectLockConfiguration: { objectLockEnabled: "Enabled" },
      PublicAccessBlockConfiguration: BLOCKED,
      ServerSideEncryptionConfiguration: {
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyID: KEY },
            bucketKeyEnabled: true,
          },
        ],
      },
    },
    shared: ["bucket", "configuration.name"],
  }),
  sample("AWS::S3::AccessPoint", "aws:s3/accessPoint:AccessPoint", {
    id: arn("s3", "accesspoint/orders"),
    name: "orders",
    arn: arn("s3", "accesspoint/orders"),
    inputs: {
      name: "orders",
      bucket: "acme-orders",
      publicAccessBlockConfiguration: BLOCKED,
    },
    configuration: {
      Name: "orders",
      Arn: arn("s3", "accesspoint/orders"),
      Bucket: "acme-orders",
      BucketAccountId: ACCOUNT,
      NetworkOrigin: "Internet",
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
    shared: [
      "publicAccessBlockConfiguration.blockPublicPolicy",
      "configuration.PublicAccessBlockConfiguration.BlockPublicPolicy",
    ],
  }),
  sample("AWS::S3::AccountPublicAccessBlock", "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", {
    id: ACCOUNT,
    inputs: BLOCKED,
    configuration: BLOCKED,
    shared: ["blockPublicPolicy", "configuration.blockPublicPolicy"],
  }),
  sample("AWS::EFS::FileSystem", "aws:efs/fileSystem:FileSystem", {
    id: FILES,
    name: FILES,
    arn: arn("elasticfilesystem", `file-system/${FILES}`),
    tags: TAGS,
    inputs: {
      encrypted: true,
      kmsKeyId: KEY,
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      tags: TAGS,
    },
    configuration: {
      FileSystemId: FILES,
      Arn: arn("elasticfilesystem", `file-system/${FILES}`),
      Encrypted: true,
      KmsKeyId: KEY,
      PerformanceMode: "generalPurpose",
      ThroughputMode: "elastic",
      BackupPolicy: { Status: "ENABLED" },
    },
    shared: ["encrypted", "configuration.Encrypted"],
  }),
  sample("AWS::EFS::AccessPoint", "aws:efs/accessPoint:AccessPoint", {
    id: "fsap-0d1e2f30415263748",
    arn: arn("elasticfilesystem", "access-point/fsap-0d1e2f30415263748"),
    tags: TAGS,
    inputs: {
      fileSystemId: FILES,
      posixUser: { uid: 1000, gid: 1000 },
      rootDirectory: {
        path: "/orders",
        creationInfo: { ownerUid: 1000, ownerGid: 1000, permissions: "0750" },
      },
      tags: TAGS,
    },
    configuration: {
      AccessPointId: "fsap-0d1e2f30415263748",
      Arn: arn("elasticfilesystem", "access-point/fsap-0d1e2f30415263748"),
      FileSystemId: FILES,
      PosixUser: { Uid: "1000", Gid: "1000" },
      RootDirectory: {
        Path: "/orders",
        CreationInfo: { OwnerUid: "1000", OwnerGid: "1000", Permissions: "0750" },
      },
    },
    shared: ["rootDirectory.path", "configuration.RootDirectory.Path"],
  }),
  sample("AWS::Backup::BackupVault", "aws:backup/vault:Vault", {
    id: "orders",
    name: "orders",
    arn: arn("backup", "backup-vault:orders"),
    tags: TAGS,
    inputs: { name: "orders", kmsKeyArn: KEY, tags: TAGS },
    configuration: {
      BackupVaultName: "orders",
      BackupVaultArn: arn("backup", "backup-vault:orders"),
      EncryptionKeyArn: KEY,
    },
    shared: ["kmsKeyArn", "configuration.EncryptionKeyArn"],
  }),
  sample("AWS::Backup::BackupPlan", "aws:backup/plan:Plan", {
    id: PLAN,
    name: "orders",
    arn: arn("backup", `backup-plan:${PLAN}`),
    tags: TAGS,
    inputs: {
      name: "orders",
      rules: [
        {
          ruleName: "daily",
          targetVaultName: "orders",
          schedule: "cron(0 3 * * ? *)",
          enableContinuousBackup: true,
          lifecycle: { deleteAfter: 35 },
        },
      ],
      tags: TAGS,
    },
    configuration: {
      BackupPlanId: PLAN,
      BackupPlanArn: arn("backup", `backup-plan:${PLAN}`),
      VersionId: "NTA2MTcyODM5NGE1YjZjN2Q4ZTlm",
      BackupPlan: {
        BackupPlanName: "orders",
        BackupPlanRule: [
          {
            RuleName: "daily",
            TargetBackupVault: "orders",
            ScheduleExpression: "cron(0 3 * * ? *)",
            EnableContinuousBackup: true,
            Lifecycle: { DeleteAfterDays: 35 },
          },
        ],
      },
    },
    shared: ["name", "configuration.BackupPlan.BackupPlanName"],
  }),
  sample("AWS::Backup::BackupSelection", "aws:backup/selection:Selection", {
    id: `${PLAN}_61728394-a5b6-47c8-9d0e-1f2a3b4c5d6e`,
    name: "orders",
    inputs: {
      name: "orders",
      planId: PLAN,
      iamRoleArn: iamArn("role/backup"),
      resources: [arn("dynamodb", "table/orders")],
    },
    configuration: {
      BackupPlanId: PLAN,
      SelectionId: "61728394-a5b6-47c8-9d0e-1f2a3b4c5d6e",
      BackupSelection: {
        SelectionName: "orders",
        IamRoleArn: iamArn("role/backup"),
        Resources: [arn("dynamodb", "table/orders")],
      },
    },
    shared: ["iamRoleArn", "configuration.BackupSelection.IamRoleArn"],
  }),
];
