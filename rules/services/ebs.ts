import type { ResourceArgs } from "../catalog/generated/resource-types";
import { all, compliant, notApplicable, policy, stackPolicy, undecided } from "../engine";
import type { Context, Outcome, Policies, Reader } from "../engine";
import { orTemplate } from "../views/instance";
import { keyAmong } from "../views/kms";

const VOLUME = "aws:ebs/volume:Volume";
const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** A volume from an encrypted snapshot is encrypted, whatever else it says. */
function inheritsEncryption(
  volume: Reader<ResourceArgs[typeof VOLUME]>,
  { stack, node }: Context,
  depth = 0,
): Outcome {
  const snapshots = stack.targets(node, "snapshotId", "aws:ebs/snapshot:Snapshot").nodes;
  const [snapshot] = snapshots;
  const source = snapshot === undefined ? [] : stack.targets(snapshot, "volumeId", VOLUME).nodes;
  const [origin] = source;
  // A chain of snapshots that leads back to itself is no program that can run.
  if (origin !== undefined && source.length === 1 && snapshots.length === 1 && depth < 8) {
    return isEncrypted(origin.reader(VOLUME), { stack, node: origin, strict: false }, depth + 1);
  }
  return undecided(
    volume.reason("snapshotId", 'set "encrypted" to true, for the snapshot cannot be seen in this stack'),
  );
}

function isEncrypted(volume: Reader<ResourceArgs[typeof VOLUME]>, context: Context, depth = 0): Outcome {
  if (volume.read("snapshotId").kind === "absent" || volume.read("encrypted").kind !== "absent") {
    return volume.isTrue("encrypted");
  }
  return inheritsEncryption(volume, context, depth);
}

/** A block device that is made from a snapshot is encrypted when the snapshot is. */
const deviceIsEncrypted = <T>(device: Reader<T>): Outcome => {
  const encrypted = (device as unknown as Reader<{ encrypted?: boolean }>).isTrue("encrypted");
  const fromSnapshot = device.at("snapshotId").kind !== "absent" && device.at("encrypted").kind === "absent";
  return fromSnapshot && encrypted.verdict === "NON_COMPLIANT" ? undecided(...encrypted.reasons) : encrypted;
};

/** Where an instance describes its volumes. */
const DEVICES = ["rootBlockDevice", "ebsBlockDevices"] as const;

/** A block device is encrypted, and with the key that a parameter names. */
const isEncryptedDevice = <T>(device: Reader<T>, kmsId: string | undefined): Outcome =>
  all(
    deviceIsEncrypted(device),
    kmsId === undefined
      ? notApplicable()
      : keyAmong(device as unknown as Reader<{ kmsKeyId?: string }>, "kmsKeyId", [kmsId]),
  );

/** Every mapping that makes a volume; a mapping without an EBS block makes none. */
const templateIsEncrypted = (template: Reader<ResourceArgs[typeof TEMPLATE]>): Outcome =>
  template.every("blockDeviceMappings", (mapping) =>
    mapping.at("ebs").kind === "absent" ? notApplicable() : mapping.isTrue("ebs.encrypted"),
  );

export const ebs: Policies = {
  EBS_SNAPSHOT_BLOCK_PUBLIC_ACCESS: policy("Public sharing of EBS snapshots is blocked in the region.", {
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": (block) =>
      block.equals("state", "block-all-sharing"),
  }),

  EC2_EBS_ENCRYPTION_BY_DEFAULT: policy(
    "New EBS volumes are encrypted by default.",
    { "aws:ebs/encryptionByDefault:EncryptionByDefault": (setting) => setting.isTrue("enabled") },
    { partial: true },
  ),

  EC2_LAUNCHTEMPLATE_EBS_ENCRYPTED: policy("Launch templates encrypt their EBS volumes.", {
    [TEMPLATE]: templateIsEncrypted,
  }),

  EC2_LAUNCH_TEMPLATES_EBS_VOLUME_ENCRYPTED: policy("Launch templates encrypt their EBS volumes.", {
    [TEMPLATE]: templateIsEncrypted,
  }),

  // Requests that name launch templates are not evaluated.
  EC2_SPOT_FLEET_REQUEST_CT_ENCRYPTION_AT_REST: policy("Spot Fleet requests encrypt their EBS volumes.", {
    "aws:ec2/spotFleetRequest:SpotFleetRequest": (request) =>
      request.every("launchSpecifications", (specification) =>
        all(
          compliant(),
          specification.every("ebsBlockDevices", deviceIsEncrypted),
          specification.every("rootBlockDevices", deviceIsEncrypted),
        ),
      ),
  }),

  // The rule evaluates volumes, and the block devices of an instance become volumes. An instance without such blocks
  // has those of its launch template; else its image decides.
  ENCRYPTED_VOLUMES: stackPolicy("EBS volumes are encrypted.", {
    [VOLUME]: (volume, { kmsId }, context) =>
      all(
        isEncrypted(volume, context),
        kmsId === undefined ? notApplicable() : keyAmong(volume, "kmsKeyId", [kmsId]),
      ),
    [INSTANCE]: (instance, { kmsId }, context) => {
      const own = all(
        ...DEVICES.map((blocks) => instance.every(blocks, (device) => isEncryptedDevice(device, kmsId))),
      );
      if (DEVICES.some((blocks) => instance.at(blocks).kind !== "absent")) return own;
      return orTemplate(
        instance,
        context,
        "rootBlockDevice",
        () => own,
        (template) =>
          template.every("blockDeviceMappings", (mapping) =>
            mapping.at("ebs").kind === "absent"
              ? notApplicable()
              : isEncryptedDevice(mapping.block("ebs"), kmsId),
          ),
      );
    },
  }),
};
