import type { ResourceArgs } from "../catalog/generated/resource-types";
import { both, isUnknown, negate, someItem, textsOf, toBoolean, toNumber, UNKNOWN } from "../engine";
import type { Context, Holder, Items, Known, Reader, Ternary, Unknown } from "../engine";
import { everywhere } from "./networks";

/**
 * The effective network ACL: entries come inline and as `NetworkAclRule`. The entry with the lowest number that matches
 * decides, so that a denial before an allowance counts.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */

type AclReader = Reader<ResourceArgs["aws:ec2/networkAcl:NetworkAcl"]>;

/** One ingress entry. */
export interface AclEntry {
  readonly number: number | Unknown;
  readonly allows: Ternary;
  /** `tcp`, `udp`, `-1` for all, or another name or number. */
  readonly protocol: string | Unknown;
  readonly ports: { readonly from: number; readonly to: number } | Unknown;
  /** At most one network of each version. */
  readonly networks: Items<string>;
  /** The resource that the entry is, where it is not in the ACL itself. */
  readonly holder?: Holder;
}

const PROTOCOLS: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", all: "-1" };

type ReadAt = (name: string) => Known | Unknown | undefined;

const readAt =
  (reader: Reader<unknown>): ReadAt =>
  (name) =>
    reader.valueAt(name);

const textOf = (value: Known | Unknown | undefined): string =>
  typeof value === "string" || typeof value === "number" ? String(value).toLowerCase() : "";

function entryOf(read: ReadAt, number: string, action: string): AclEntry {
  const protocol = read("protocol");
  const [from, to] = [read("fromPort"), read("toPort")];
  const name = isUnknown(protocol) ? UNKNOWN : (PROTOCOLS[textOf(protocol)] ?? textOf(protocol));
  const networks = [textsOf(read("cidrBlock")), textsOf(read("ipv6CidrBlock"))];
  const order = read(number);
  const decision = read(action);
  return {
    number: isUnknown(order) || order === undefined ? UNKNOWN : toNumber(order),
    allows: isUnknown(decision) ? "unknown" : textOf(decision) === "allow",
    protocol: name,
    // With all protocols the ports mean nothing, so that they are known only when the protocol is.
    ports: isUnknown(name) ? UNKNOWN : name === "-1" ? { from: 0, to: 65535 } : portsOf(from, to),
    networks: {
      items: networks.flatMap(({ items }) => items),
      complete: networks.every(({ complete }) => complete),
    },
  };
}

function portsOf(from: Known | Unknown | undefined, to: Known | Unknown | undefined): AclEntry["ports"] {
  if (isUnknown(from) || isUnknown(to)) return UNKNOWN;
  const first = from === undefined ? Number.NaN : toNumber(from);
  const last = to === undefined ? first : toNumber(to);
  return Number.isNaN(first) ? { from: 0, to: 65535 } : { from: first, to: last };
}

/** Every ingress entry; incomplete when some are not known yet or cannot be seen. */
export function ingressEntries(acl: Reader<unknown>, { stack, node }: Context): Items<AclEntry> {
  // The default ACL has the same inline blocks as any other.
  const inline = (acl as AclReader).each("ingress");
  const entries = inline.items.map((entry) => entryOf(readAt(entry), "ruleNo", "action"));
  const separate = stack.referrers(node, "aws:ec2/networkAclRule:NetworkAclRule", "networkAclId");
  let complete = inline.complete && !separate.uncertain;
  for (const rule of separate.nodes) {
    const entry = ingressRule(rule.reader("aws:ec2/networkAclRule:NetworkAclRule"));
    if (isUnknown(entry)) complete = false;
    else if (entry !== undefined) entries.push({ ...entry, holder: rule.holder });
  }
  return { items: entries, complete };
}

/** The entry that a rule of its own type is; undefined for traffic that leaves, unknown while the direction is not known. */
export function ingressRule(rule: Reader<unknown>): AclEntry | Unknown | undefined {
  const read = readAt(rule);
  const egress = read("egress");
  if (isUnknown(egress)) return UNKNOWN;
  if (egress !== undefined && toBoolean(egress) === true) return undefined;
  return entryOf(read, "ruleNumber", "ruleAction");
}

function matches({ protocol, ports }: AclEntry, wanted: "tcp" | "udp", port: number): Ternary {
  const carries: Ternary = isUnknown(protocol) ? "unknown" : protocol === "-1" || protocol === wanted;
  return both(carries, isUnknown(ports) ? "unknown" : ports.from <= port && port <= ports.to);
}

/** Whether an entry denies a port to all networks of a version before another entry is reached. */
function shadows(
  denial: AclEntry,
  entry: AclEntry,
  protocol: "tcp" | "udp",
  port: number,
  version: "ipv4" | "ipv6",
): Ternary {
  const before: Ternary =
    isUnknown(denial.number) || isUnknown(entry.number) ? "unknown" : denial.number < entry.number;
  const whole = everywhere(networksOf(denial, version)).length > 0;
  return both(
    before,
    negate(denial.allows),
    matches(denial, protocol, port),
    whole || (denial.networks.complete ? false : "unknown"),
  );
}

const networksOf = ({ networks }: AclEntry, version: "ipv4" | "ipv6"): readonly string[] =>
  networks.items.filter((network) => network.includes(":") === (version === "ipv6"));

/** Whether an ACL lets everybody in, and by which entries: by each of them, or else by all together. */
export interface Admission {
  readonly fact: Ternary;
  readonly entries: readonly AclEntry[];
}

/** Whether the ACL lets everybody in to a port, over one version of IP. */
export function admitsEverybody(
  { items, complete }: Items<AclEntry>,
  protocol: "tcp" | "udp",
  port: number,
  version: "ipv4" | "ipv6",
): Admission {
  const reached = items.map((entry) => ({
    entry,
    fact: both(
      entry.allows,
      matches(entry, protocol, port),
      negate(someItem({ items, complete }, (denial) => shadows(denial, entry, protocol, port, version))),
    ),
  }));
  const by = (facts: readonly Ternary[]): readonly AclEntry[] =>
    reached
      .filter(({ entry, fact }) => facts.includes(fact) && networksOf(entry, version).length > 0)
      .map(({ entry }) => entry);
  const isOpen = (open: readonly AclEntry[]): boolean =>
    everywhere(open.flatMap((entry) => networksOf(entry, version))).length > 0;
  const certain = by([true]);
  const blamed = (open: readonly AclEntry[]): readonly AclEntry[] => {
    const alone = open.filter((entry) => isOpen([entry]));
    return alone.length > 0 ? alone : open;
  };
  if (isOpen(certain)) return { fact: true, entries: blamed(certain) };
  const possible = by([true, "unknown"]);
  const unseen = !complete || reached.some(({ entry, fact }) => fact !== false && !entry.networks.complete);
  return { fact: unseen || isOpen(possible) ? "unknown" : false, entries: blamed(possible) };
}
