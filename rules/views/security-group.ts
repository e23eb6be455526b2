import type { ResourceArgs, ResourceType } from "../catalog/generated/resource-types";
import { UNKNOWN, isUnknown, textsOf, toNumber } from "../engine";
import type { Context, Items, Known, Place, Reader, Unknown } from "../engine";

/**
 * The effective security group. Rules come inline, as `SecurityGroupRule` (lists of networks) and as
 * `SecurityGroupIngressRule` or `SecurityGroupEgressRule` (one network each); a control reads them all in one form.
 */

export type Direction = "ingress" | "egress";

/** One rule of a group. */
export interface GroupRule {
  readonly place: Place;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number as text, or `-1` for all. */
  readonly protocol: string | Unknown;
  /** The ports, both included; the whole range where the protocol has all. Unknown when either end is. */
  readonly ports: { readonly from: number; readonly to: number } | Unknown;
  /** IPv4 and IPv6 networks. */
  readonly networks: Items<string>;
  readonly description: string | Unknown | undefined;
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  "6": "tcp",
  "17": "udp",
  "1": "icmp",
  "58": "icmpv6",
  all: "-1",
};
const ALL_PORTS = { from: 0, to: 65535 };

type GroupReader = Reader<ResourceArgs["aws:ec2/securityGroup:SecurityGroup"]>;

/** Every rule of a group in a direction; incomplete when some are not known yet or cannot be seen. */
export function groupRules(group: Reader<unknown>, context: Context, direction: Direction): Items<GroupRule> {
  const { node, stack } = context;
  // The default group has the same inline blocks as any other.
  const inline = (group as GroupReader).each(direction);
  const rules: GroupRule[] = inline.items.map((rule) =>
    ruleOf(rule, rule.place(""), ["cidrBlocks", "ipv6CidrBlocks"]),
  );
  let complete = inline.complete;
  const separate = stack.referrers(node, "aws:ec2/securityGroupRule:SecurityGroupRule", "securityGroupId");
  complete &&= !separate.uncertain || belongElsewhere(context, "aws:ec2/securityGroupRule:SecurityGroupRule");
  for (const rule of separate.nodes) {
    const reader = rule.reader("aws:ec2/securityGroupRule:SecurityGroupRule");
    const type = reader.value("type");
    if (isUnknown(type)) complete = false;
    else if (type === direction) rules.push(ownRule(reader, ["cidrBlocks", "ipv6CidrBlocks"]));
  }
  const single: ResourceType =
    direction === "ingress"
      ? "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
      : "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  const one = stack.referrers(node, single, "securityGroupId");
  complete &&= !one.uncertain || belongElsewhere(context, single);
  for (const rule of one.nodes) {
    rules.push(ownRule(rule.reader(single), ["cidrIpv4", "cidrIpv6"]));
  }
  return { items: rules, complete };
}

const GROUPS = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

/**
 * Whether every rule that may be of this group is certainly of a group of the other kind: a rule made from a security
 * group is not one of the default group.
 */
function belongElsewhere({ node, stack }: Context, type: ResourceType): boolean {
  const others = GROUPS.filter((group) => group !== node.type);
  return (
    !stack.partial &&
    stack.ofType(type).every((rule) => {
      const own = stack.targets(rule, "securityGroupId", node.type);
      if (!own.uncertain) return true;
      return others.some((group) => {
        const { nodes, uncertain } = stack.targets(rule, "securityGroupId", group);
        return nodes.length > 0 && !uncertain;
      });
    })
  );
}

function ruleOf<T>(reader: Reader<T>, place: Place, networks: readonly string[]): GroupRule {
  const value = (name: string): Known | Unknown | undefined => {
    const found = reader.at(name);
    return found.kind === "known" ? found.value : found.kind === "unknown" ? UNKNOWN : undefined;
  };
  const protocol = normalProtocol(value("protocol") ?? value("ipProtocol"));
  const lists = networks.map((name) => textsOf(value(name)));
  const description = value("description");
  return {
    place,
    protocol,
    ports: portsOf(protocol, value("fromPort"), value("toPort")),
    networks: {
      items: lists.flatMap(({ items }) => items),
      complete: lists.every(({ complete }) => complete),
    },
    description: isUnknown(description) ? UNKNOWN : typeof description === "string" ? description : undefined,
  };
}

/** A rule that is a resource of its own shows by its networks: by those that it sets. */
function ownRule<T>(reader: Reader<T>, networks: readonly string[]): GroupRule {
  const shown = networks.find((name) => reader.at(name).kind !== "absent") ?? networks[0] ?? "";
  return ruleOf(reader, reader.place(shown), networks);
}

/** A single rule, as one that a control judges while it is registered. */
export function singleRule<T>(reader: Reader<T>): GroupRule {
  const inline = reader.at("cidrBlocks").kind !== "absent" || reader.at("ipv6CidrBlocks").kind !== "absent";
  return ownRule(reader, inline ? ["cidrBlocks", "ipv6CidrBlocks"] : ["cidrIpv4", "cidrIpv6"]);
}

function normalProtocol(value: Known | Unknown | undefined): string | Unknown {
  if (isUnknown(value)) return UNKNOWN;
  const text = typeof value === "number" || typeof value === "string" ? String(value).toLowerCase() : "-1";
  return PROTOCOLS[text] ?? text;
}

function portsOf(
  protocol: string | Unknown,
  from: Known | Unknown | undefined,
  to: Known | Unknown | undefined,
): GroupRule["ports"] {
  if (protocol === "-1") return ALL_PORTS;
  // With all protocols the ports mean nothing, so that they are known only when the protocol is.
  if (isUnknown(protocol) || isUnknown(from) || isUnknown(to)) return UNKNOWN;
  const first = from === undefined ? Number.NaN : toNumber(from);
  const last = to === undefined ? first : toNumber(to);
  if (Number.isNaN(first) || first < 0) return ALL_PORTS;
  return { from: first, to: Number.isNaN(last) || last < first ? first : last };
}

/** Whether a rule lets a protocol through: its own, or all. */
export function carries(rule: GroupRule, protocol: "tcp" | "udp"): boolean | "unknown" {
  if (isUnknown(rule.protocol)) return "unknown";
  return rule.protocol === "-1" || rule.protocol === protocol;
}

/** Whether a rule's ports and a range have a port in common. */
export function overlaps(rule: GroupRule, from: number, to: number): boolean | "unknown" {
  if (isUnknown(rule.ports)) return "unknown";
  return rule.ports.from <= to && from <= rule.ports.to;
}
