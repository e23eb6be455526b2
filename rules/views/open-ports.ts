import { all, both, compliant, isUnknown, undecided, violation } from "../engine";
import type { Items, Outcome, Ternary } from "../engine";
import { everywhere } from "./networks";
import { carries, overlaps } from "./security-group";
import type { GroupRule } from "./security-group";

/** Whether the rules of a security group let everybody in to a port. */

/** A port, and whether it is looked at for one IP version only. */
export interface Opening {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  /** Default both. */
  readonly version?: "ipv4" | "ipv6";
}

const describePorts = ({ ports }: GroupRule): string =>
  isUnknown(ports) ? "?" : ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`;

const describeProtocol = ({ protocol }: GroupRule): string =>
  isUnknown(protocol) ? "?" : protocol === "-1" ? "all" : protocol;

/** Tells the rules of a group apart, e.g. `tcp/22 0.0.0.0/0`. */
export const ruleKey = (rule: GroupRule, networks: readonly string[]): string =>
  `${describeProtocol(rule)}/${describePorts(rule)} ${networks.join(" ")}`.trim();

function networksOf(rule: GroupRule, version: Opening["version"]): readonly string[] {
  if (version === undefined) return rule.networks.items;
  return rule.networks.items.filter((network) => network.includes(":") === (version === "ipv6"));
}

/** Whether the networks of a rule, unknown ones aside, let everybody in. */
export function isOpenToEverybody(rule: GroupRule, version?: Opening["version"]): Ternary {
  if (everywhere(networksOf(rule, version)).length > 0) return true;
  return rule.networks.complete ? false : "unknown";
}

const covers = (rule: GroupRule, { protocol, port }: Opening): Ternary =>
  both(carries(rule, protocol), overlaps(rule, port, port));

function closedRule(rule: GroupRule, opening: Opening): Outcome {
  const fact = both(isOpenToEverybody(rule, opening.version), covers(rule, opening));
  if (fact === false) return compliant();
  const networks = everywhere(networksOf(rule, opening.version));
  const to = networks.length === 0 ? "networks that are not known yet" : networks.join(" and ");
  const reason = {
    ...rule.place,
    found: `${opening.protocol} port ${opening.port} ${fact === true ? "is" : "may be"} open to ${to}`,
    fix: "name the networks that need it",
    key: ruleKey(rule, networks),
  };
  return fact === true ? violation(reason) : undecided(reason);
}

/** Several rules together are open to everybody although none of them is alone, e.g. each to one half of all addresses. */
function closedTogether(rules: readonly GroupRule[], opening: Opening): Outcome {
  const networks = (wanted: readonly Ternary[]): readonly string[] =>
    everywhere(
      rules
        .filter((rule) => wanted.includes(covers(rule, opening)))
        .flatMap((rule) => networksOf(rule, opening.version)),
    );
  const certain = networks([true]);
  const possible = networks([true, "unknown"]);
  if (possible.length === 0) return compliant();
  const reason = {
    found: `${opening.protocol} port ${opening.port} ${certain.length > 0 ? "is" : "may be"} open to ${possible.join(" and ")}`,
    fix: "name the networks that need it",
    key: `${opening.protocol}/${opening.port} ${certain.join(" ")}`.trim(),
  };
  return certain.length > 0 ? violation(reason) : undecided(reason);
}

/** No rule, and no rules together, let everybody in to a port; each finding is told apart by its rule. */
export function closedToEverybody(
  { items, complete }: Items<GroupRule>,
  openings: readonly Opening[],
): Outcome {
  const outcomes = openings.map((opening) => {
    const single = all(...items.map((rule) => closedRule(rule, opening)));
    return single.verdict === "NON_COMPLIANT" ? single : all(single, closedTogether(items, opening));
  });
  const unseen = complete
    ? compliant()
    : undecided({
        found: "some rules of the group are not known yet",
        fix: "open ports to named networks only",
      });
  return all(...outcomes, unseen);
}
