import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const DEFAULT_SUBNET = "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html";

export const ec2Network: ServiceDefaults = {
  "aws:ec2/defaultSubnet:DefaultSubnet": { mapPublicIpOnLaunch: aws(true, DEFAULT_SUBNET) },
  "aws:ec2/instance:Instance": { sourceDestCheck: provider(true) },
  "aws:ec2/networkAclRule:NetworkAclRule": { egress: provider(false) },
  "aws:ec2/networkInterface:NetworkInterface": { sourceDestCheck: provider(true) },
  "aws:ec2/subnet:Subnet": { mapPublicIpOnLaunch: provider(false) },
};
