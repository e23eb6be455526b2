import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const onlyTrue = { good: [true], bad: [false], absent: "violates" } as const;

export const smallServices: Cases = {
  APPSTREAM_FLEET_IN_VPC: settingCases(resource("aws:appstream/fleet:Fleet"), "vpcConfig.subnetIds", {
    good: [["subnet-1"]],
    bad: [[]],
    absent: "violates",
  }),
  CONNECT_INSTANCE_LOGGING_ENABLED: settingCases(
    resource("aws:connect/instance:Instance"),
    "contactFlowLogsEnabled",
    onlyTrue,
  ),
  DATASYNC_LOCATION_OBJECT_STORAGE_USING_HTTPS: settingCases(
    resource("aws:datasync/locationObjectStorage:LocationObjectStorage"),
    "serverProtocol",
    { good: ["HTTPS"], bad: ["HTTP"], absent: "complies" },
  ),
  IOT_AUTHORIZER_TOKEN_SIGNING_ENABLED: settingCases(
    resource("aws:iot/authorizer:Authorizer"),
    "signingDisabled",
    { good: [false], bad: [true], absent: "complies" },
  ),
  RUM_APP_MONITOR_CLOUDWATCH_LOGS_ENABLED: settingCases(
    resource("aws:rum/appMonitor:AppMonitor"),
    "cwLogEnabled",
    onlyTrue,
  ),
  SES_SENDING_TLS_REQUIRED: [
    ...settingCases(resource("aws:sesv2/configurationSet:ConfigurationSet"), "deliveryOptions.tlsPolicy", {
      good: ["REQUIRE"],
      bad: ["OPTIONAL"],
      absent: "violates",
    }),
    ...settingCases(resource("aws:ses/configurationSet:ConfigurationSet"), "deliveryOptions.tlsPolicy", {
      good: ["Require"],
      bad: ["Optional"],
      absent: "violates",
    }).map((one) => ({ ...one, title: `${one.title}, by the older API` })),
  ],
};
