import type { Scenario } from "../scenario";
import { adopting } from "./adopting";
import { defaults } from "./defaults";
import { exemptions } from "./exemptions";
import { machinery } from "./machinery";
import { prevention } from "./prevention";
import { strategies } from "./strategies";

/** Every scenario, in the order in which they run. */
export const scenarios: readonly Scenario[] = [
  ...machinery,
  ...defaults,
  ...strategies,
  ...adopting,
  ...prevention,
  ...exemptions,
];
