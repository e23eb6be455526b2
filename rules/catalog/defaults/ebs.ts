import { account, provider } from "./types";
import type { ServiceDefaults } from "./types";

const BY_DEFAULT = "https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html";

export const ebs: ServiceDefaults = {
  "aws:ebs/encryptionByDefault:EncryptionByDefault": { enabled: provider(true) },
  "aws:ebs/volume:Volume": { encrypted: account(false, BY_DEFAULT) },
  "aws:ec2/instance:Instance": {
    "ebsBlockDevices.encrypted": account(false, BY_DEFAULT),
    "rootBlockDevice.encrypted": account(false, BY_DEFAULT),
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    "blockDeviceMappings.ebs.encrypted": account(false, BY_DEFAULT),
  },
  "aws:ec2/spotFleetRequest:SpotFleetRequest": {
    "launchSpecifications.ebsBlockDevices.encrypted": account(false, BY_DEFAULT),
    "launchSpecifications.rootBlockDevices.encrypted": account(false, BY_DEFAULT),
  },
};
