import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

export const appstream: Cases = {
  APPSTREAM_FLEET_IN_VPC: settingCases(resource("aws:appstream/fleet:Fleet"), "vpcConfig.subnetIds", {
    good: [["subnet-1"]],
    bad: [[]],
    absent: "violates",
  }),
};
