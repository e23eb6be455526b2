import { policy, when } from "../engine";
import type { Policies } from "../engine";

/** Services of which one setting is looked at. */
export const smallServices: Policies = {
  APPSTREAM_FLEET_IN_VPC: policy("AppStream fleets are in a VPC.", {
    "aws:appstream/fleet:Fleet": (fleet) => fleet.nonEmpty("vpcConfig.subnetIds"),
  }),

  CONNECT_INSTANCE_LOGGING_ENABLED: policy("Connect instances log the flow of contacts.", {
    "aws:connect/instance:Instance": (instance) => instance.isTrue("contactFlowLogsEnabled"),
  }),

  DATASYNC_LOCATION_OBJECT_STORAGE_USING_HTTPS: policy("DataSync reaches object storage by HTTPS.", {
    "aws:datasync/locationObjectStorage:LocationObjectStorage": (location) =>
      location.equals("serverProtocol", "HTTPS"),
  }),

  IMAGEBUILDER_IMAGERECIPE_EBS_VOLUMES_ENCRYPTED: policy("Image recipes encrypt every volume.", {
    "aws:imagebuilder/imageRecipe:ImageRecipe": (recipe) =>
      recipe.every("blockDeviceMappings", (mapping) =>
        when(mapping.present("ebs"), () => mapping.isTrue("ebs.encrypted")),
      ),
  }),

  IOT_AUTHORIZER_TOKEN_SIGNING_ENABLED: policy("IoT authorizers check the signature of tokens.", {
    "aws:iot/authorizer:Authorizer": (authorizer) => authorizer.isFalse("signingDisabled"),
  }),

  RUM_APP_MONITOR_CLOUDWATCH_LOGS_ENABLED: policy("RUM keeps what it collects in CloudWatch Logs.", {
    "aws:rum/appMonitor:AppMonitor": (monitor) => monitor.isTrue("cwLogEnabled"),
  }),

  SES_MALWARE_SCANNING_ENABLED: policy("SES scans the mail that it receives.", {
    "aws:ses/receiptRule:ReceiptRule": (rule) => rule.isTrue("scanEnabled"),
  }),

  SES_SENDING_TLS_REQUIRED: policy("SES sends over TLS only.", {
    "aws:ses/configurationSet:ConfigurationSet": (set) => set.equals("deliveryOptions.tlsPolicy", "Require"),
    "aws:sesv2/configurationSet:ConfigurationSet": (set) =>
      set.equals("deliveryOptions.tlsPolicy", "REQUIRE"),
  }),
};
