import { ebs } from "./ebs";
import { rds } from "./rds";
import type { Case, Cases } from "./types";

export { caseFacts, caseGraph, caseUrn } from "./build";
export type { Case, CaseResource } from "./types";

const services: readonly Cases[] = [ebs, rds];

/** The cases of every control that has a policy, by identifier. */
export const cases: ReadonlyMap<string, readonly Case[]> = new Map(
  services.flatMap((service) => Object.entries(service)),
);
