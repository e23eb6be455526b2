import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

export const iot: Cases = {
  IOT_AUTHORIZER_TOKEN_SIGNING_ENABLED: settingCases(
    resource("aws:iot/authorizer:Authorizer"),
    "signingDisabled",
    { good: [false], bad: [true], absent: "complies" },
  ),
};
