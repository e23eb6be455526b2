import type { Policies } from "../engine";
import { ebs } from "./ebs";
import { ec2SecurityGroups } from "./ec2-security-groups";
import { ec2Unused } from "./ec2-unused";
import { rds } from "./rds";
import { s3 } from "./s3";
import { s3PublicAccess } from "./s3-public-access";

/** Every preventive policy, by the identifier of its managed rule. */
export const policies: Policies = {
  ...ebs,
  ...ec2SecurityGroups,
  ...ec2Unused,
  ...rds,
  ...s3,
  ...s3PublicAccess,
};
