import type { Scenario } from "../scenario";
import { adopting } from "./adopting";
import { agreement } from "./agreement";
import { customRules } from "./custom-rules";
import { defaults } from "./defaults";
import { delivery } from "./delivery";
import { everyPartOfIt } from "./every-part";
import { examples } from "./examples";
import { exemptions } from "./exemptions";
import { machinery } from "./machinery";
import { order } from "./order";
import { pipelineRuns } from "./pipeline";
import { prevention } from "./prevention";
import { profiles } from "./profiles";
import { publishing } from "./publishing";
import { strategies } from "./strategies";

/** Every scenario, in the order in which they run: the longest first, so that no place works alone at the end. */
export const scenarios: readonly Scenario[] = [
  ...pipelineRuns,
  ...order,
  ...machinery,
  ...defaults,
  ...everyPartOfIt,
  ...strategies,
  ...adopting,
  ...customRules,
  ...prevention,
  ...exemptions,
  ...profiles,
  ...publishing,
  ...delivery,
  ...examples,
  ...agreement,
];
