import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const instance = resource("aws:rds/instance:Instance");

export const rds: Cases = {
  RDS_MULTI_AZ_SUPPORT: [
    compliantCase("is multi-AZ", instance({ instanceClass: "db.t3.micro", multiAz: true })),
    violatingCase("is not multi-AZ", instance({ instanceClass: "db.t3.micro", multiAz: false })),
    violatingCase("does not say", instance({ instanceClass: "db.t3.micro" })),
    undecidedCase("does not know yet", instance({ instanceClass: "db.t3.micro", multiAz: unknown })),
  ],
};
