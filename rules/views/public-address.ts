import type { ResourceType } from "../catalog/generated/resource-types";
import { all, compliant, undecided, violation } from "../engine";
import type { Context, Outcome, ResourceNode } from "../engine";
import { orTemplate } from "./instance";
import type { InstanceReader, TemplateReader } from "./instance";

/**
 * Whether an instance gets a public IPv4 address: by itself, by its launch template, by its subnet, or later by an
 * Elastic IP address.
 */

const SUBNET_TYPES = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"] as const;

const INSTANCE = "aws:ec2/instance:Instance";

type Pointer = readonly [type: ResourceType, property: string];

const OF_INSTANCE: readonly Pointer[] = [
  ["aws:ec2/eip:Eip", "instance"],
  ["aws:ec2/eipAssociation:EipAssociation", "instanceId"],
];

const OF_INTERFACE: readonly Pointer[] = [
  ["aws:ec2/eip:Eip", "networkInterface"],
  ["aws:ec2/eipAssociation:EipAssociation", "networkInterfaceId"],
];

/** Where an instance names interfaces that are made already. */
const INTERFACES = ["networkInterfaces.networkInterfaceId", "primaryNetworkInterface.networkInterfaceId"];

const INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

const FIX = 'set "associatePublicIpAddress" to false';

/** The subnets that a property names give no public addresses at launch. */
export function privateSubnets(
  { stack }: Pick<Context, "stack">,
  node: ResourceNode,
  path: string,
  fix = 'set "mapPublicIpOnLaunch" of the subnet to false',
): Outcome {
  const related = SUBNET_TYPES.map((type) => ({ type, ...stack.targets(node, path, type) }));
  const outcomes = related.flatMap(({ type, nodes }) =>
    nodes.map((subnet) => subnet.reader(type).isFalse("mapPublicIpOnLaunch")),
  );
  const seen = outcomes.length > 0 && !related.some(({ uncertain, nodes }) => uncertain && nodes.length > 0);
  return all(
    ...outcomes,
    seen
      ? compliant()
      : undecided({ property: path, found: `"${path}" is a subnet that is not in this stack`, fix }),
  );
}

/** An address is given to the instance, or to the interface that it is given; the first of several cannot be told. */
function noElasticAddress({ stack, node }: Context): Outcome {
  const interfaces = INTERFACES.flatMap((path) => stack.targets(node, path, INTERFACE).nodes);
  const own = OF_INSTANCE.map(([type, property]) => stack.referrers(node, type, property));
  const others = interfaces.flatMap((one) =>
    OF_INTERFACE.map(([type, property]) => stack.referrers(one, type, property)),
  );
  const reason = { found: "the instance has an Elastic IP address", fix: "remove the association" };
  const blocks = node.reader(INSTANCE).each("networkInterfaces").items;
  const certain = interfaces.length === 1 && blocks.length <= 1 ? [...own, ...others] : own;
  if (certain.some(({ nodes }) => nodes.length > 0)) return violation(reason);
  const unseen = { ...reason, found: "the instance may have an Elastic IP address" };
  const mayHave =
    [...own, ...others].some(({ uncertain }) => uncertain) || others.some(({ nodes }) => nodes.length > 0);
  return mayHave ? undecided(unseen) : compliant();
}

/** Without a subnet the instance goes to the default subnet, which gives public addresses. */
function bySubnet(instance: InstanceReader, context: Context): Outcome {
  if (instance.read("subnetId").kind === "absent") return violation(instance.reason("subnetId", FIX));
  return privateSubnets(context, context.node, "subnetId", FIX);
}

/** The addresses of an interface that a template names. */
function givenInterface(template: ResourceNode, { stack }: Context): Outcome {
  const related = stack
    .targets(template, "networkInterfaces.networkInterfaceId", INTERFACE)
    .nodes.flatMap((one) => OF_INTERFACE.map(([type, property]) => stack.referrers(one, type, property)));
  const reason = {
    found: "the interface of the launch template has an Elastic IP address",
    fix: "remove the association",
  };
  if (related.some(({ nodes }) => nodes.length > 0)) return violation(reason);
  return related.some(({ uncertain }) => uncertain) ? undecided(reason) : compliant();
}

/** An interface of a template may be made already, or lie in a subnet of its own. */
function byTemplate(
  template: TemplateReader,
  node: ResourceNode,
  instance: InstanceReader,
  context: Context,
): Outcome {
  const { items, complete } = template.each("networkInterfaces");
  const set = items.filter((item) => item.at("associatePublicIpAddress").kind !== "absent");
  const rest = complete ? compliant() : undecided(template.reason("networkInterfaces", FIX));
  if (set.length > 0) return all(...set.map((item) => item.isFalse("associatePublicIpAddress")), rest);
  if (!complete) return rest;
  const names = (property: string): boolean => items.some((item) => item.at(property).kind !== "absent");
  if (names("networkInterfaceId")) return givenInterface(node, context);
  if (instance.read("subnetId").kind === "absent" && names("subnetId"))
    return privateSubnets(context, node, "networkInterfaces.subnetId", FIX);
  return bySubnet(instance, context);
}

/** The instance has no public address, as far as the stack shows. */
export function noPublicAddress(instance: InstanceReader, context: Context): Outcome {
  // The interfaces that an instance is given have their addresses already.
  const isGivenInterface =
    instance.at("networkInterfaces").kind !== "absent" ||
    instance.at("primaryNetworkInterface").kind !== "absent";
  const atLaunch = (): Outcome =>
    orTemplate(
      instance,
      context,
      "associatePublicIpAddress",
      () =>
        instance.read("associatePublicIpAddress").kind === "absent"
          ? bySubnet(instance, context)
          : instance.isFalse("associatePublicIpAddress"),
      (template, node) => byTemplate(template, node, instance, context),
    );
  return all(noElasticAddress(context), isGivenInterface ? compliant() : atLaunch());
}
