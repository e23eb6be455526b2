import type { Scenario } from "../scenario";
import { adopting } from "./adopting";
import { defaults } from "./defaults";
import { machinery } from "./machinery";
import { strategies } from "./strategies";

/** Every scenario, in the order in which they run. */
export const scenarios: readonly Scenario[] = [...machinery, ...defaults, ...strategies, ...adopting];
