import { policy } from "../engine";
import type { Policies } from "../engine";

export const rds: Policies = {
  RDS_MULTI_AZ_SUPPORT: policy("RDS instances have a standby in another Availability Zone.", {
    "aws:rds/instance:Instance": (db) => db.isTrue("multiAz"),
  }),
};
