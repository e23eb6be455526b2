import { policy } from "../engine";
import type { Policies } from "../engine";

export const rum: Policies = {
  RUM_APP_MONITOR_CLOUDWATCH_LOGS_ENABLED: policy("RUM keeps what it collects in CloudWatch Logs.", {
    "aws:rum/appMonitor:AppMonitor": (monitor) => monitor.isTrue("cwLogEnabled"),
  }),
};
