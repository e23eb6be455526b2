import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

export const ses: Cases = {
  SES_MALWARE_SCANNING_ENABLED: settingCases(resource("aws:ses/receiptRule:ReceiptRule"), "scanEnabled", {
    good: [true],
    bad: [false],
    absent: "violates",
  }),
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
