import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const ses: ServiceDefaults = {
  "aws:ses/receiptRule:ReceiptRule": {
    scanEnabled: provider(false, "terraform-provider-aws internal/service/ses/receipt_rule.go"),
  },
  "aws:ses/configurationSet:ConfigurationSet": { "deliveryOptions.tlsPolicy": provider("Optional") },
};
