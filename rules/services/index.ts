import type { Policies } from "../engine";
import { ebs } from "./ebs";
import { rds } from "./rds";

/** Every preventive policy, by the identifier of its managed rule. */
export const policies: Policies = { ...ebs, ...rds };
