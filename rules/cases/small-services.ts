import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const onlyTrue = { good: [true], bad: [false], absent: "violates" } as const;
const imageRecipe = resource("aws:imagebuilder/imageRecipe:ImageRecipe");
const recipe = (...volumes: readonly object[]): ReturnType<typeof imageRecipe> =>
  imageRecipe({
    name: "base",
    blockDeviceMappings: volumes.map((ebs, index) => ({ deviceName: `/dev/sd${index}`, ebs })),
  });

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
  IMAGEBUILDER_IMAGERECIPE_EBS_VOLUMES_ENCRYPTED: [
    compliantCase("encrypts its volumes", recipe({ encrypted: "true" }, { encrypted: true })),
    violatingCase(
      "has a volume that is not encrypted",
      recipe({ encrypted: "true" }, { encrypted: "false" }),
    ),
    violatingCase("leaves it to the parent image", recipe({ volumeSize: 20 }), {
      note: "AWS Config looks at the recipe alone; what a parent image has is not in it.",
    }),
    undecidedCase("does not know it yet", recipe({ encrypted: unknown })),
  ],
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
  SES_MALWARE_SCANNING_ENABLED: settingCases(
    resource("aws:ses/receiptRule:ReceiptRule"),
    "scanEnabled",
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
