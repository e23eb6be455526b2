import { all, compliant, notApplicable, policy, stackPolicy, undecided, violation } from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { keyAmong } from "../views/kms";
import { lonePart } from "../views/parts";
import { SUBNET_TYPES } from "../views/zones";

const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
const ACCESS_POINT = "aws:efs/accessPoint:AccessPoint";
const BACKUP = "aws:efs/backupPolicy:BackupPolicy";
const MOUNT_TARGET = "aws:efs/mountTarget:MountTarget";

type FileSystem = Reader<ResourceArgs["aws:efs/fileSystem:FileSystem"]>;

const isEncrypted = (fileSystem: FileSystem, keys: readonly string[] | undefined): Outcome =>
  all(
    fileSystem.isTrue("encrypted"),
    keys === undefined ? notApplicable() : keyAmong(fileSystem, "kmsKeyId", keys),
  );

function isBackedUp(fileSystem: FileSystem, _: unknown, { node, stack }: Context): Outcome {
  const { nodes, uncertain } = stack.referrers(node, BACKUP, "fileSystemId");
  if (nodes.length > 0)
    return all(...nodes.map((backup) => backup.reader(BACKUP).equals("backupPolicy.status", "ENABLED")));
  const reason = {
    found: "the file system has no backup policy",
    fix: 'add a BackupPolicy with "status" ENABLED',
  };
  // AWS backs up file systems of one zone unless told otherwise.
  const oneZone = fileSystem.present("availabilityZoneName");
  if (oneZone.verdict === "COMPLIANT" && fileSystem.read("availabilityZoneName").kind === "known")
    return uncertain ? undecided(reason) : compliant();
  return uncertain || fileSystem.read("availabilityZoneName").kind === "unknown"
    ? undecided(reason)
    : violation(reason);
}

function isInPrivateSubnet(target: Reader<unknown>, _: unknown, { node, stack }: Context): Outcome {
  for (const type of SUBNET_TYPES) {
    const { nodes, uncertain } = stack.targets(node, "subnetId", type);
    const [subnet] = nodes;
    if (subnet !== undefined && !uncertain) return subnet.reader(type).isFalse("mapPublicIpOnLaunch");
  }
  return undecided({
    ...target.reason("subnetId", "use a subnet that gives no public addresses"),
    found: "the subnet is not known here",
  });
}

const idsAmong = (
  point: Reader<ResourceArgs["aws:efs/accessPoint:AccessPoint"]>,
  path: "posixUser.uid" | "posixUser.gid",
  ids: readonly string[] | undefined,
): Outcome => (ids === undefined ? point.present(path) : point.oneOf(path, ids));

export const efs: Policies = {
  EFS_ACCESS_POINT_ENFORCE_ROOT_DIRECTORY: policy("EFS access points lead to a directory below the root.", {
    [ACCESS_POINT]: (point, p) =>
      p.approvedDirectories === undefined
        ? point.test(
            "rootDirectory.path",
            (path) => path !== "/" && path !== "",
            'set "rootDirectory.path" to a directory below the root',
          )
        : point.oneOf("rootDirectory.path", p.approvedDirectories),
  }),

  EFS_ACCESS_POINT_ENFORCE_USER_IDENTITY: policy("EFS access points have a user of their own.", {
    [ACCESS_POINT]: (point, p) =>
      all(idsAmong(point, "posixUser.uid", p.approvedUids), idsAmong(point, "posixUser.gid", p.approvedGids)),
  }),

  EFS_AUTOMATIC_BACKUPS_ENABLED: stackPolicy("EFS file systems are backed up.", {
    [FILE_SYSTEM]: isBackedUp,
    [BACKUP]: (backup, _, context) =>
      lonePart(context, "fileSystemId", [FILE_SYSTEM], () => backup.equals("backupPolicy.status", "ENABLED")),
  }),

  EFS_ENCRYPTED_CHECK: policy("EFS file systems are encrypted.", {
    [FILE_SYSTEM]: (fileSystem, p) =>
      isEncrypted(fileSystem, p.KmsKeyId === undefined ? undefined : [p.KmsKeyId]),
  }),

  EFS_FILESYSTEM_CT_ENCRYPTED: policy("EFS file systems are encrypted with a key of KMS.", {
    [FILE_SYSTEM]: (fileSystem, p) =>
      isEncrypted(
        fileSystem,
        p.kmsKeyArns?.split(",").map((key) => key.trim()),
      ),
  }),

  EFS_MOUNT_TARGET_PUBLIC_ACCESSIBLE: stackPolicy(
    "EFS mount targets lie in subnets without public addresses.",
    {
      [MOUNT_TARGET]: isInPrivateSubnet,
    },
  ),
};
