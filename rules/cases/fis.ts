import { compliantCase, resource, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const template = resource("aws:fis/experimentTemplate:ExperimentTemplate");

export const fis: Cases = {
  FIS_EXPERIMENT_TEMPLATE_LOG_CONFIGURATION_EXISTS: [
    compliantCase(
      "logs to a bucket",
      template({ logConfiguration: { logSchemaVersion: 2, s3Configuration: { bucketName: "logs" } } }),
    ),
    compliantCase(
      "logs to a group of the stack",
      template({
        logConfiguration: { logSchemaVersion: 2, cloudwatchLogsConfiguration: { logGroupArn: unknown } },
      }),
    ),
    violatingCase("does not log", template({ description: "stop a zone" })),
  ],
};
