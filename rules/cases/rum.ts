import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

export const rum: Cases = {
  RUM_APP_MONITOR_CLOUDWATCH_LOGS_ENABLED: settingCases(
    resource("aws:rum/appMonitor:AppMonitor"),
    "cwLogEnabled",
    { good: [true], bad: [false], absent: "violates" },
  ),
};
