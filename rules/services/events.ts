import { compliant, policy, stackPolicy, undecided, violation } from "../engine";
import type { Policies } from "../engine";

/** A policy as a whole, or a statement that EventBridge adds to it. */
const POLICIES = [
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  "aws:cloudwatch/eventPermission:EventPermission",
];

export const events: Policies = {
  CUSTOM_EVENTBUS_POLICY_ATTACHED: stackPolicy("Custom event buses have a policy.", {
    "aws:cloudwatch/eventBus:EventBus": (_, __, { node, stack }) => {
      const related = POLICIES.map((type) => stack.referrers(node, type, "eventBusName"));
      if (related.some(({ nodes }) => nodes.length > 0)) return compliant();
      const reason = {
        found: "the event bus has no policy",
        fix: "add an EventBusPolicy that names who may send and manage",
      };
      return related.some(({ uncertain }) => uncertain) ? undecided(reason) : violation(reason);
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
