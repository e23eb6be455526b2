import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

export const smallServices: ServiceDefaults = {
  "aws:connect/instance:Instance": { contactFlowLogsEnabled: provider(false) },
  "aws:datasync/locationObjectStorage:LocationObjectStorage": {
    serverProtocol: aws(
      "HTTPS",
      "https://docs.aws.amazon.com/datasync/latest/userguide/API_CreateLocationObjectStorage.html",
    ),
  },
  "aws:iot/authorizer:Authorizer": { signingDisabled: provider(false) },
  "aws:rum/appMonitor:AppMonitor": { cwLogEnabled: provider(false) },
  "aws:ses/receiptRule:ReceiptRule": {
    scanEnabled: provider(false, "terraform-provider-aws internal/service/ses/receipt_rule.go"),
  },
  "aws:ses/configurationSet:ConfigurationSet": { "deliveryOptions.tlsPolicy": provider("Optional") },
};
