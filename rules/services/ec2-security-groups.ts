import { all, compliant, isUnknown, notApplicable, stackPolicy, undecided, violation } from "../engine";
import type { Check, Checks, Context, Items, Outcome, Policies, Reader } from "../engine";
import { closedToEverybody, isOpenToEverybody, ruleKey } from "../views/open-ports";
import type { Opening } from "../views/open-ports";
import { loneRule } from "../views/parts";
import { groupRules, singleRule } from "../views/security-group";
import type { GroupRule } from "../views/security-group";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

type Judge<P> = (rules: Items<GroupRule>, parameters: P) => Outcome;

/**
 * Judges the ingress rules of a group where the group is in the stack. A rule that names a group elsewhere, or that is
 * registered before the stack is known, is judged by itself.
 */
function ingressChecks<P>(
  judge: Judge<P>,
): Checks<P, typeof GROUP | typeof DEFAULT_GROUP | typeof RULE | typeof INGRESS> {
  const ofGroup: Check<unknown, P> = (group, parameters, context) =>
    judge(groupRules(group, context, "ingress"), parameters);
  const alone = <T>(rule: Reader<T>, parameters: P, context: Context): Outcome =>
    aloneOrOfGroup(context, () => judge({ items: [singleRule(rule)], complete: true }, parameters));
  return {
    [GROUP]: ofGroup,
    [DEFAULT_GROUP]: ofGroup,
    [RULE]: (rule, parameters, context) => {
      const type = rule.value("type");
      if (!isUnknown(type)) return type === "ingress" ? alone(rule, parameters, context) : notApplicable();
      const outcome = alone(rule, parameters, context);
      return outcome.verdict === "NON_COMPLIANT" ? undecided(...outcome.reasons) : outcome;
    },
    [INGRESS]: alone,
  };
}

const aloneOrOfGroup = (context: Context, judge: () => Outcome): Outcome =>
  loneRule(context, "securityGroupId", [GROUP, DEFAULT_GROUP], judge);

const openings = (
  protocols: readonly Opening["protocol"][],
  ports: readonly number[],
  version?: Opening["version"],
): readonly Opening[] =>
  protocols.flatMap((protocol) =>
    ports.map((port) => ({ protocol, port, ...(version === undefined ? {} : { version }) })),
  );

const numbers = (texts: readonly string[] | undefined): readonly number[] =>
  (texts ?? []).map(Number).filter((port) => Number.isInteger(port));

/** `443,1020-1025` as ranges. */
const rangesOf = (text: string | undefined): readonly (readonly [number, number])[] =>
  (text ?? "").split(",").flatMap((part) => {
    const [from = "", to = from] = part.trim().split("-");
    return from.trim() === "" ? [] : [[Number(from), Number(to)] as const];
  });

interface Authorized {
  readonly authorizedTcpPorts?: string | undefined;
  readonly authorizedUdpPorts?: string | undefined;
}

/** A rule that lets everybody in names only authorised ports; other protocols than TCP and UDP are not looked at. */
function authorizedRule(rule: GroupRule, { authorizedTcpPorts, authorizedUdpPorts }: Authorized): Outcome {
  const open = isOpenToEverybody(rule);
  if (open === false) return notApplicable();
  const reason = {
    ...rule.place,
    found: `${ruleKey(rule, rule.networks.items)} ${open === true ? "is" : "may be"} open to everybody`,
    fix: "open only authorised ports to everybody",
    key: ruleKey(rule, rule.networks.items),
  };
  const { protocol, ports } = rule;
  if (isUnknown(protocol)) return undecided(reason);
  if (protocol !== "-1" && protocol !== "tcp" && protocol !== "udp") return compliant();
  if (isUnknown(ports)) return undecided(reason);
  const ranges = rangesOf(protocol === "tcp" ? authorizedTcpPorts : authorizedUdpPorts);
  const within = protocol !== "-1" && isWithin(ports.from, ports.to, ranges);
  if (open !== true) return undecided(reason);
  return within ? compliant() : violation(reason);
}

/** Whether every port of a range is in one of several ranges, which may touch each other. */
function isWithin(from: number, to: number, ranges: readonly (readonly [number, number])[]): boolean {
  let next = from;
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (first <= next && last >= next) next = last + 1;
  }
  return next > to;
}

const SSH = 22;

export const ec2SecurityGroups: Policies = {
  INCOMING_SSH_DISABLED: stackPolicy(
    "Security groups do not open SSH (TCP port 22) to everybody.",
    ingressChecks((rules) => closedToEverybody(rules, openings(["tcp"], [SSH]))),
  ),

  RESTRICTED_INCOMING_TRAFFIC: stackPolicy(
    "Security groups do not open the blocked TCP ports to everybody.",
    ingressChecks((rules, p) =>
      closedToEverybody(
        rules,
        openings(
          ["tcp"],
          [
            p.blockedPort1,
            p.blockedPort2,
            p.blockedPort3,
            p.blockedPort4,
            p.blockedPort5,
            ...numbers(p.blockedPorts),
          ],
        ),
      ),
    ),
  ),

  // With one protocol named, rules for all protocols count too: they open that protocol.
  VPC_SG_PORT_RESTRICTION_CHECK: stackPolicy(
    "Security groups do not open the restricted ports to everybody.",
    ingressChecks((rules, p) => {
      const protocol = p.protocolType?.toLowerCase();
      const version = p.ipType?.toLowerCase();
      return closedToEverybody(
        rules,
        openings(
          protocol === "tcp" || protocol === "udp" ? [protocol] : ["tcp", "udp"],
          p.restrictPorts === undefined ? [SSH, 3389] : numbers(p.restrictPorts),
          version === "ipv4" || version === "ipv6" ? version : undefined,
        ),
      );
    }),
  ),

  VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS: stackPolicy(
    "Security groups open only authorised ports to everybody.",
    ingressChecks(({ items, complete }, p) => {
      const unseen = complete
        ? notApplicable()
        : undecided({
            found: "some rules of the group are not known yet",
            fix: "open only authorised ports to everybody",
          });
      return all(...items.map((rule) => authorizedRule(rule, p)), unseen);
    }),
  ),
};
