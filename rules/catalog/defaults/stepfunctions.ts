import { aws } from "./types";
import type { ServiceDefaults } from "./types";

const LOGGING =
  "https://docs.aws.amazon.com/step-functions/latest/apireference/API_LoggingConfiguration.html";

export const stepfunctions: ServiceDefaults = {
  "aws:sfn/stateMachine:StateMachine": { "loggingConfiguration.level": aws("OFF", LOGGING) },
};
