import { policy } from "../engine";
import type { Policies } from "../engine";

export const appstream: Policies = {
  APPSTREAM_FLEET_IN_VPC: policy("AppStream fleets are in a VPC.", {
    "aws:appstream/fleet:Fleet": (fleet) => fleet.nonEmpty("vpcConfig.subnetIds"),
  }),
};
