import { ebs } from "./ebs";
import { rds } from "./rds";
import type { Default, ServiceDefaults } from "./types";

const services: readonly ServiceDefaults[] = [ebs, rds];

/** Type token to dotted path to what an absent property means. */
export const defaults: ReadonlyMap<string, ReadonlyMap<string, Default>> = new Map(
  services
    .flatMap((service) => Object.entries(service))
    .map(([token, paths]) => [token, new Map(Object.entries(paths))]),
);
