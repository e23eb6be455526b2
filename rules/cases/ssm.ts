import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const setting = resource("aws:ssm/serviceSetting:ServiceSetting");
const document = resource("aws:ssm/document:Document");
const shared = (permissions: unknown): ReturnType<typeof document> =>
  document({ content: "{}", documentType: "Command", permissions });
const SHARING = "/ssm/documents/console/public-sharing-permission";
const LOGGING = "/ssm/automation/customer-script-log-destination";
const ARN = "arn:aws:ssm:eu-west-1:111122223333:servicesetting";

export const ssm: Cases = {
  SSM_AUTOMATION_BLOCK_PUBLIC_SHARING: [
    compliantCase("blocks sharing", setting({ settingId: SHARING, settingValue: "Disable" })),
    compliantCase(
      "blocks sharing by the ARN",
      setting({ settingId: ARN + SHARING, settingValue: "Disable" }),
    ),
    notApplicableCase("is another setting", setting({ settingId: LOGGING, settingValue: "CloudWatch" })),
    violatingCase("allows sharing", setting({ settingId: SHARING, settingValue: "Enable" })),
    undecidedCase("gets it from an unknown value", setting({ settingId: SHARING, settingValue: unknown })),
  ],
  SSM_AUTOMATION_LOGGING_ENABLED: [
    compliantCase("logs to CloudWatch", setting({ settingId: LOGGING, settingValue: "CloudWatch" })),
    notApplicableCase("is another setting", setting({ settingId: SHARING, settingValue: "Enable" })),
    violatingCase("logs nowhere", setting({ settingId: ARN + LOGGING, settingValue: "None" })),
    undecidedCase("gets it from an unknown value", setting({ settingId: LOGGING, settingValue: unknown })),
  ],
  SSM_DOCUMENT_NOT_PUBLIC: [
    compliantCase("is not shared", document({ content: "{}", documentType: "Command" })),
    compliantCase(
      "is shared with accounts",
      shared({ type: "Share", account_ids: "111122223333,444455556666" }),
    ),
    violatingCase("is shared with everybody", shared({ type: "Share", account_ids: "All" })),
    violatingCase("is shared with everybody in other words", shared({ type: "Share", accountIds: "all" })),
    undecidedCase("is shared with unknown accounts", shared({ type: "Share", account_ids: unknown })),
  ],
};
