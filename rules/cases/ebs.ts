import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Case, Cases } from "./types";

const volume = resource("aws:ebs/volume:Volume");
const snapshot = resource("aws:ebs/snapshot:Snapshot");
const instance = resource("aws:ec2/instance:Instance");
const template = resource("aws:ec2/launchTemplate:LaunchTemplate");
const fromTemplate = instance({ launchTemplate: { id: ref("t"), version: "$Latest" } });
const fleet = resource("aws:ec2/spotFleetRequest:SpotFleetRequest");
const byDefault = resource("aws:ebs/encryptionByDefault:EncryptionByDefault");
const block = resource("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess");

const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const templates: readonly Case[] = [
  compliantCase(
    "encrypts, with a boolean as text",
    template({
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 20 } }],
    }),
  ),
  compliantCase(
    "encrypts its volume and has an instance store",
    template({
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { encrypted: true } },
        { deviceName: "/dev/xvdb", virtualName: "ephemeral0" },
      ],
    }),
  ),
  violatingCase(
    "encrypts one of two volumes",
    template({
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
        { deviceName: "/dev/xvdb", ebs: { encrypted: "false" } },
      ],
    }),
  ),
  violatingCase("does not say", template({ blockDeviceMappings: [{ ebs: { volumeSize: 20 } }] })),
  undecidedCase(
    "gets its encryption from an unknown value",
    template({ blockDeviceMappings: [{ ebs: { encrypted: unknown } }] }),
  ),
  notApplicableCase("names no volumes", template({ imageId: "ami-1" }), {
    note: "The volumes of the image are not a part of the template.",
  }),
];

export const ebs: Cases = {
  EBS_SNAPSHOT_BLOCK_PUBLIC_ACCESS: [
    compliantCase("blocks all sharing", block({ state: "block-all-sharing" })),
    violatingCase("blocks new sharing only", block({ state: "block-new-sharing" })),
    violatingCase("blocks nothing", block({ state: "unblocked" })),
    undecidedCase("does not know its state yet", block({ state: unknown })),
  ],
  EC2_EBS_ENCRYPTION_BY_DEFAULT: [
    compliantCase("turns encryption on", byDefault({ enabled: true })),
    compliantCase("does not say, which turns it on", byDefault({})),
    violatingCase("turns it off", byDefault({ enabled: false })),
    violatingCase(
      "turns it off in its region, whatever another says",
      byDefault({ enabled: false, region: "us-east-1" }),
      { with: { other: byDefault({ enabled: true, region: "eu-west-1" }) } },
    ),
    compliantCase("turns it on in its region", byDefault({ enabled: true, region: "us-east-1" }), {
      with: { other: byDefault({ enabled: true, region: "eu-west-1" }) },
    }),
    undecidedCase("does not know yet", byDefault({ enabled: unknown })),
  ],
  EC2_LAUNCHTEMPLATE_EBS_ENCRYPTED: templates,
  EC2_LAUNCH_TEMPLATES_EBS_VOLUME_ENCRYPTED: templates,
  EC2_SPOT_FLEET_REQUEST_CT_ENCRYPTION_AT_REST: [
    compliantCase(
      "encrypts every device",
      fleet({
        launchSpecifications: [
          {
            ami: "ami-1",
            rootBlockDevices: [{ encrypted: true }],
            ebsBlockDevices: [{ deviceName: "/dev/xvdb", encrypted: true }],
          },
        ],
      }),
    ),
    compliantCase("names no devices", fleet({ launchSpecifications: [{ ami: "ami-1" }] })),
    violatingCase(
      "does not encrypt the root device",
      fleet({ launchSpecifications: [{ ami: "ami-1", rootBlockDevices: [{ encrypted: false }] }] }),
    ),
    violatingCase(
      "does not say for a device of its second specification",
      fleet({
        launchSpecifications: [
          { ami: "ami-1" },
          { ami: "ami-1", ebsBlockDevices: [{ deviceName: "/dev/xvdb", volumeSize: 8 }] },
        ],
      }),
    ),
    undecidedCase(
      "gets its encryption from an unknown value",
      fleet({ launchSpecifications: [{ ami: "ami-1", rootBlockDevices: [{ encrypted: unknown }] }] }),
    ),
    notApplicableCase(
      "launches from a template",
      fleet({ launchTemplateConfigs: [{ launchTemplateSpecification: { id: "lt-1", version: "1" } }] }),
    ),
  ],
  ENCRYPTED_VOLUMES: [
    compliantCase("is encrypted", volume({ availabilityZone: "us-east-1a", size: 8, encrypted: true })),
    compliantCase("uses the key of the parameter", volume({ encrypted: true, kmsKeyId: KEY }), {
      parameters: { kmsId: "1234abcd-12ab-34cd-56ef-1234567890ab" },
    }),
    compliantCase("is made from a snapshot of an encrypted volume", volume({ snapshotId: ref("s") }), {
      with: { s: snapshot({ volumeId: ref("v") }), v: volume({ encrypted: true }) },
    }),
    compliantCase(
      "is an instance with encrypted devices",
      instance({
        ami: "ami-1",
        rootBlockDevice: { encrypted: true },
        ebsBlockDevices: [{ deviceName: "/dev/xvdb", encrypted: true }],
      }),
    ),
    violatingCase(
      "says that it is not encrypted",
      volume({ availabilityZone: "us-east-1a", size: 8, encrypted: false }),
    ),
    violatingCase("does not say", volume({ availabilityZone: "us-east-1a", size: 8 }), {
      note: "Encryption by default is a setting of the account that a stack cannot see; it is off until somebody turns it on.",
    }),
    violatingCase("uses another key than the parameter", volume({ encrypted: true, kmsKeyId: KEY }), {
      parameters: { kmsId: "arn:aws:kms:us-east-1:111122223333:key/other" },
    }),
    violatingCase("is made from a snapshot of a plain volume", volume({ snapshotId: ref("s") }), {
      with: { s: snapshot({ volumeId: ref("v") }), v: volume({ size: 8 }) },
    }),
    violatingCase(
      "is an instance with a plain root device",
      instance({ ami: "ami-1", rootBlockDevice: { encrypted: false } }),
    ),
    violatingCase(
      "is an instance with a device that does not say",
      instance({ ami: "ami-1", ebsBlockDevices: [{ deviceName: "/dev/xvdb", volumeSize: 8 }] }),
    ),
    notApplicableCase("is an instance whose image decides", instance({ ami: "ami-1" })),
    compliantCase("is an instance with encrypted devices by its template", fromTemplate, {
      with: { t: template({ blockDeviceMappings: [{ ebs: { encrypted: "true" } }] }) },
    }),
    violatingCase("is an instance with a plain device by its template", fromTemplate, {
      with: { t: template({ blockDeviceMappings: [{ ebs: { volumeSize: 20 } }] }) },
    }),
    notApplicableCase("is an instance whose template leaves it to the image", fromTemplate, {
      with: { t: template({ imageId: "ami-1" }) },
    }),
    undecidedCase(
      "is an instance of a template that is not in the stack",
      instance({ launchTemplate: { id: "lt-0123456789" } }),
    ),
    undecidedCase(
      "gets its encryption from an unknown value",
      volume({ availabilityZone: "us-east-1a", encrypted: unknown }),
    ),
    undecidedCase("is made from a snapshot that is not in the stack", volume({ snapshotId: "snap-1" })),
    undecidedCase(
      "is an instance with a device from a snapshot that is not in the stack",
      instance({ ebsBlockDevices: [{ deviceName: "/dev/xvdb", snapshotId: "snap-1" }] }),
    ),
  ],
};
