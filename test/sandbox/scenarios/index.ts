import type { Scenario } from "../scenario";
import { defaults } from "./defaults";
import { machinery } from "./machinery";

/** Every scenario, in the order in which they run. */
export const scenarios: readonly Scenario[] = [...machinery, ...defaults];
