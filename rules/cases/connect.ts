import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

export const connect: Cases = {
  CONNECT_INSTANCE_LOGGING_ENABLED: settingCases(
    resource("aws:connect/instance:Instance"),
    "contactFlowLogsEnabled",
    { good: [true], bad: [false], absent: "violates" },
  ),
};
