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

/** Every scenario, in the order in which they run. */
export const scenarios: readonly Scenario[] = [
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
  ...pipelineRuns,
  ...examples,
  ...agreement,
  ...order,
];
