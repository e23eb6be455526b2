import { policy } from "../engine";
import type { Policies } from "../engine";

export const connect: Policies = {
  CONNECT_INSTANCE_LOGGING_ENABLED: policy("Connect instances log the flow of contacts.", {
    "aws:connect/instance:Instance": (instance) => instance.isTrue("contactFlowLogsEnabled"),
  }),
};
