import { compliant, policy, stackPolicy, undecided, violation } from "../engine";
import type { Policies } from "../engine";

export const events: Policies = {
  CUSTOM_EVENTBUS_POLICY_ATTACHED: stackPolicy("Custom event buses have a policy.", {
    "aws:cloudwatch/eventBus:EventBus": (_, __, { node, stack }) => {
      const { nodes, uncertain } = stack.referrers(
        node,
        "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
        "eventBusName",
      );
      if (nodes.length > 0) return compliant();
      const reason = {
        found: "the event bus has no policy",
        fix: "add an EventBusPolicy that names who may send and manage",
      };
      return uncertain ? undecided(reason) : violation(reason);
    },
  }),

  GLOBAL_ENDPOINT_EVENT_REPLICATION_ENABLED: policy(
    "Global endpoints of EventBridge replicate their events.",
    {
      "aws:cloudwatch/eventEndpoint:EventEndpoint": (endpoint) =>
        endpoint.equals("replicationConfig.state", "ENABLED"),
    },
  ),
};
