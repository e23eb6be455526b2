import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const fileSystem = resource("aws:efs/fileSystem:FileSystem");
const point = resource("aws:efs/accessPoint:AccessPoint");
const backup = resource("aws:efs/backupPolicy:BackupPolicy");
const mount = resource("aws:efs/mountTarget:MountTarget");
const subnet = resource("aws:ec2/subnet:Subnet");

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234";

export const efs: Cases = {
  EFS_ACCESS_POINT_ENFORCE_ROOT_DIRECTORY: [
    compliantCase("leads to a directory", point({ fileSystemId: "fs-1", rootDirectory: { path: "/app" } })),
    violatingCase("leads to the root", point({ fileSystemId: "fs-1", rootDirectory: { path: "/" } })),
    violatingCase("does not say", point({ fileSystemId: "fs-1" })),
    violatingCase(
      "leads to another directory",
      point({ fileSystemId: "fs-1", rootDirectory: { path: "/tmp" } }),
      { parameters: { approvedDirectories: "/app,/data" } },
    ),
    undecidedCase(
      "leads to an unknown directory",
      point({ fileSystemId: "fs-1", rootDirectory: { path: unknown } }),
    ),
  ],
  EFS_ACCESS_POINT_ENFORCE_USER_IDENTITY: [
    compliantCase("has a user", point({ fileSystemId: "fs-1", posixUser: { uid: 1000, gid: 1000 } })),
    violatingCase("has none", point({ fileSystemId: "fs-1" })),
    violatingCase(
      "has a user that is not listed",
      point({ fileSystemId: "fs-1", posixUser: { uid: 0, gid: 1000 } }),
      { parameters: { approvedUids: "1000" } },
    ),
    undecidedCase(
      "has an unknown user where only listed ones count",
      point({ fileSystemId: "fs-1", posixUser: { uid: unknown, gid: 1000 } }),
      { parameters: { approvedUids: "1000" } },
    ),
  ],
  EFS_AUTOMATIC_BACKUPS_ENABLED: [
    compliantCase("has a backup policy", fileSystem({}), {
      with: { b: backup({ fileSystemId: ref("subject"), backupPolicy: { status: "ENABLED" } }) },
    }),
    compliantCase("lies in one zone, which AWS backs up", fileSystem({ availabilityZoneName: "eu-west-1a" })),
    violatingCase("has a policy that is off", fileSystem({}), {
      with: { b: backup({ fileSystemId: ref("subject"), backupPolicy: { status: "DISABLED" } }) },
    }),
    violatingCase("has none", fileSystem({ encrypted: true })),
    violatingCase(
      "is a policy that is off, of a file system elsewhere",
      backup({ fileSystemId: "fs-12345678", backupPolicy: { status: "DISABLED" } }),
    ),
    undecidedCase("has a policy with an unknown status", fileSystem({}), {
      with: { b: backup({ fileSystemId: ref("subject"), backupPolicy: { status: unknown } }) },
    }),
  ],
  EFS_ENCRYPTED_CHECK: [
    compliantCase("is encrypted", fileSystem({ encrypted: true })),
    compliantCase("is encrypted with the key", fileSystem({ encrypted: true, kmsKeyId: KEY }), {
      parameters: { KmsKeyId: KEY },
    }),
    violatingCase("is not encrypted", fileSystem({ encrypted: false })),
    violatingCase("does not say", fileSystem({})),
    violatingCase("is encrypted with another key", fileSystem({ encrypted: true, kmsKeyId: KEY }), {
      parameters: { KmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/5678" },
    }),
    undecidedCase("does not know yet", fileSystem({ encrypted: unknown })),
  ],
  EFS_FILESYSTEM_CT_ENCRYPTED: [
    compliantCase("is encrypted", fileSystem({ encrypted: true })),
    compliantCase("is encrypted with a listed key", fileSystem({ encrypted: true, kmsKeyId: KEY }), {
      parameters: { kmsKeyArns: KEY },
    }),
    violatingCase("does not say", fileSystem({})),
    undecidedCase("does not know yet", fileSystem({ encrypted: unknown })),
  ],
  EFS_MOUNT_TARGET_PUBLIC_ACCESSIBLE: [
    compliantCase("lies in a private subnet", mount({ fileSystemId: "fs-1", subnetId: ref("net") }), {
      with: { net: subnet({ vpcId: "vpc-1" }) },
    }),
    violatingCase("lies in a public subnet", mount({ fileSystemId: "fs-1", subnetId: ref("net") }), {
      with: { net: subnet({ vpcId: "vpc-1", mapPublicIpOnLaunch: true }) },
    }),
    violatingCase("lies in a default subnet", mount({ fileSystemId: "fs-1", subnetId: ref("net") }), {
      with: { net: resource("aws:ec2/defaultSubnet:DefaultSubnet")({ availabilityZone: "eu-west-1a" }) },
    }),
    undecidedCase("lies in a subnet of another stack", mount({ fileSystemId: "fs-1", subnetId: "subnet-1" })),
  ],
};
