import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const cloudwatch: ServiceDefaults = {
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { actionsEnabled: provider(true) },
  "aws:cloudwatch/logGroup:LogGroup": { retentionInDays: provider(0) },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { actionsEnabled: provider(true) },
};
