import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const group = resource("aws:athena/workgroup:Workgroup");
const results = (more: object): object => ({
  configuration: { resultConfiguration: { outputLocation: "s3://results", ...more } },
});

export const athena: Cases = {
  ATHENA_WORKGROUP_ENCRYPTED_AT_REST: [
    compliantCase(
      "encrypts with keys of S3",
      group({ ...results({ encryptionConfiguration: { encryptionOption: "SSE_S3" } }) }),
    ),
    compliantCase(
      "encrypts with a KMS key",
      group({
        ...results({ encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: "arn:aws:kms:x" } }),
      }),
    ),
    violatingCase("does not say", group({ ...results({}) })),
    violatingCase("has no configuration", group({ name: "reports" })),
    undecidedCase("does not know its configuration yet", group({ configuration: unknown })),
  ],
  ATHENA_WORKGROUP_ENFORCE_WORKGROUP_CONFIGURATION: settingCases(
    group,
    "configuration.enforceWorkgroupConfiguration",
    {
      good: [true],
      bad: [false],
      absent: "complies",
    },
  ),
  ATHENA_WORKGROUP_ENGINE_VERSION_AUTO_UPGRADE: settingCases(
    group,
    "configuration.engineVersion.selectedEngineVersion",
    {
      good: ["AUTO"],
      bad: ["Athena engine version 3"],
      absent: "complies",
    },
  ),
  ATHENA_WORKGROUP_LOGGING_ENABLED: settingCases(group, "configuration.publishCloudwatchMetricsEnabled", {
    good: [true],
    bad: [false],
    absent: "complies",
  }),
};
