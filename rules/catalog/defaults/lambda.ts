import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const LOGGING = "https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html";

export const lambda: ServiceDefaults = {
  "aws:lambda/function:Function": {
    "loggingConfig.applicationLogLevel": aws("INFO", LOGGING),
    "loggingConfig.logFormat": aws("Text", LOGGING),
    "loggingConfig.systemLogLevel": aws("INFO", LOGGING),
    memorySize: provider(128),
    packageType: provider("Zip"),
    reservedConcurrentExecutions: provider(-1),
    timeout: provider(3),
    "tracingConfig.mode": aws(
      "PassThrough",
      "https://docs.aws.amazon.com/lambda/latest/api/API_TracingConfig.html",
    ),
  },
};
