import type { ResourceArgs } from "../catalog/generated/resource-types";
import { isUnknown } from "../engine";
import type { Context, Reader } from "../engine";

/** What kind of load balancer a listener belongs to. */

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

export type ListenerReader = Reader<ResourceArgs["aws:lb/listener:Listener"]>;
export type BalancerReader = Reader<ResourceArgs[typeof BALANCER]>;
export type BalancerKind = "application" | "network" | "gateway";

const isKind = (value: unknown): value is BalancerKind =>
  value === "application" || value === "network" || value === "gateway";

/** As ARNs name the kinds, e.g. `loadbalancer/app/web/50dc6c495c0c9188`. */
const IN_ARNS: readonly (readonly [pattern: RegExp, kind: BalancerKind])[] = [
  [/:loadbalancer\/app\//, "application"],
  [/:loadbalancer\/net\//, "network"],
  [/:loadbalancer\/gwy\//, "gateway"],
];

/** The kind of a load balancer; `undefined` while it is not known. */
export function balancerKind(balancer: BalancerReader): BalancerKind | undefined {
  const type = balancer.value("loadBalancerType");
  return isKind(type) ? type : undefined;
}

/** By its protocol, else by its load balancer, else by the ARN of that; `undefined` when none shows it. */
export function listenerKind(listener: ListenerReader, { stack, node }: Context): BalancerKind | undefined {
  const protocol = listener.value("protocol");
  const text = typeof protocol === "string" ? protocol.toUpperCase() : "";
  if (text === "HTTP" || text === "HTTPS") return "application";
  if (text === "GENEVE") return "gateway";
  if (text !== "") return "network";
  const { nodes, uncertain } = stack.targets(node, "loadBalancerArn", BALANCER);
  const [balancer] = nodes;
  if (balancer !== undefined && nodes.length === 1 && !uncertain)
    return balancerKind(balancer.reader(BALANCER));
  const arn = listener.value("loadBalancerArn");
  if (isUnknown(arn) || typeof arn !== "string") return undefined;
  return IN_ARNS.find(([pattern]) => pattern.test(arn))?.[1];
}
