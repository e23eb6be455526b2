import { policy } from "../engine";
import type { Policies } from "../engine";

export const ses: Policies = {
  SES_MALWARE_SCANNING_ENABLED: policy("SES scans the mail that it receives.", {
    "aws:ses/receiptRule:ReceiptRule": (rule) => rule.isTrue("scanEnabled"),
  }),

  SES_SENDING_TLS_REQUIRED: policy("SES sends over TLS only.", {
    "aws:ses/configurationSet:ConfigurationSet": (set) => set.equals("deliveryOptions.tlsPolicy", "Require"),
    "aws:sesv2/configurationSet:ConfigurationSet": (set) =>
      set.equals("deliveryOptions.tlsPolicy", "REQUIRE"),
  }),
};
