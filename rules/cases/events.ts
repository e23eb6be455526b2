import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const bus = resource("aws:cloudwatch/eventBus:EventBus");
const policy = resource("aws:cloudwatch/eventBusPolicy:EventBusPolicy");
const permission = resource("aws:cloudwatch/eventPermission:EventPermission");
const endpoint = resource("aws:cloudwatch/eventEndpoint:EventEndpoint");

export const events: Cases = {
  CUSTOM_EVENTBUS_POLICY_ATTACHED: [
    compliantCase("has a policy", bus({ name: "orders" }), {
      with: { p: policy({ eventBusName: ref("subject", "name"), policy: "{}" }) },
    }),
    compliantCase("has a policy by its name", bus({ name: "orders" }), {
      with: { p: policy({ eventBusName: "orders", policy: "{}" }) },
    }),
    compliantCase("has a permission, which is a statement of its policy", bus({ name: "orders" }), {
      with: {
        p: permission({ eventBusName: ref("subject", "name"), principal: "111122223333", statementId: "a" }),
      },
    }),
    violatingCase("has the permission of the default bus", bus({ name: "orders" }), {
      with: { p: permission({ principal: "111122223333", statementId: "a" }) },
    }),
    violatingCase("has no policy", bus({ name: "orders" })),
    violatingCase("has the policy of another bus", bus({ name: "orders" }), {
      with: { p: policy({ eventBusName: "other", policy: "{}" }) },
    }),
    undecidedCase("may have the policy of an unknown bus", bus({ name: "orders" }), {
      with: { p: policy({ eventBusName: unknown, policy: "{}" }) },
    }),
  ],
  GLOBAL_ENDPOINT_EVENT_REPLICATION_ENABLED: [
    compliantCase("replicates", endpoint({ replicationConfig: { state: "ENABLED" } })),
    compliantCase("does not say", endpoint({})),
    violatingCase("does not replicate", endpoint({ replicationConfig: { state: "DISABLED" } })),
    undecidedCase("does not know yet", endpoint({ replicationConfig: { state: unknown } })),
  ],
};
