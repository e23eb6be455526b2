import { ebs } from "./ebs";
import { ec2SecurityGroups } from "./ec2-security-groups";
import { ec2Unused } from "./ec2-unused";
import { rds } from "./rds";
import { s3 } from "./s3";
import { s3PublicAccess } from "./s3-public-access";
import type { Case, Cases } from "./types";

export { caseFacts, caseGraph, caseUrn } from "./build";
export type { Case, CaseResource } from "./types";

const services: readonly Cases[] = [ebs, ec2SecurityGroups, ec2Unused, rds, s3, s3PublicAccess];

/** The cases of every control that has a policy, by identifier. */
export const cases: ReadonlyMap<string, readonly Case[]> = new Map(
  services.flatMap((service) => Object.entries(service)),
);
