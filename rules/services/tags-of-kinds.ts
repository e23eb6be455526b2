import type { ResourceArgs } from "../catalog/generated/resource-types";
import { all, check, policy, stackPolicy, undecided, when } from "../engine";
import type { Outcome, Policies, Policy, Reader } from "../engine";
import { listenerKind } from "../views/load-balancer";
import type { BalancerKind } from "../views/load-balancer";
import { hasTags } from "./generators";
import type { TagParameters } from "./generators";

/** Tags of resources of which only one kind is looked at. */

/** Load balancers of one kind. */
const taggedBalancer = (kind: BalancerKind, noun: string): Policy<TagParameters> =>
  policy(`${noun} have tags.`, {
    "aws:lb/loadBalancer:LoadBalancer": (balancer, parameters: TagParameters, context) =>
      when(balancer.equals("loadBalancerType", kind), () => hasTags(balancer, parameters, context)),
  });

/** Listeners of load balancers of one kind. */
const taggedListener = (kind: BalancerKind, noun: string): Policy<TagParameters> =>
  stackPolicy(`Listeners of ${noun} have tags.`, {
    "aws:lb/listener:Listener": (listener, parameters: TagParameters, context) => {
      const found = listenerKind(listener, context);
      const reason = listener.reason("loadBalancerArn", "make the load balancer known");
      const isOfKind = found === undefined ? undecided(reason) : check(found === kind, reason);
      return when(isOfKind, () => hasTags(listener, parameters, context));
    },
  });

/** What a managed compute environment gives its instances; default tags of the provider do not reach them. */
function taggedComputeResources(
  environment: Reader<ResourceArgs["aws:batch/computeEnvironment:ComputeEnvironment"]>,
  { requiredKeyTags }: TagParameters,
): Outcome {
  const path = "computeResources.tags";
  return when(environment.oneOf("type", ["MANAGED"], { ignoreCase: true }), () =>
    requiredKeyTags === undefined
      ? environment.nonEmpty(path)
      : all(
          ...requiredKeyTags.map((key) => {
            const tag = environment.at(`${path}.${key}`);
            const reason = environment.reason(path, `add "${key}" to "${path}"`);
            const isSeen = environment.at(path).kind !== "unknown";
            return isSeen ? check(tag.kind !== "absent", reason) : undecided(reason);
          }),
        ),
  );
}

export const tagsOfKinds: Policies = {
  ALB_LISTENER_TAGGED: taggedListener("application", "Application Load Balancers"),
  ALB_TAGGED: taggedBalancer("application", "Application Load Balancers"),
  GLB_LISTENER_TAGGED: taggedListener("gateway", "Gateway Load Balancers"),
  GLB_TAGGED: taggedBalancer("gateway", "Gateway Load Balancers"),
  NLB_LISTENER_TAGGED: taggedListener("network", "Network Load Balancers"),
  NLB_TAGGED: taggedBalancer("network", "Network Load Balancers"),

  BATCH_MANAGED_COMPUTE_ENV_COMPUTE_RESOURCES_TAGGED: policy(
    "Compute resources of managed Batch environments have tags.",
    { "aws:batch/computeEnvironment:ComputeEnvironment": taggedComputeResources },
  ),
};
