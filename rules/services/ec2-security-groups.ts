import { all, both, compliant, isUnknown, stackPolicy, undecided, violation } from "../engine";
import type { Context, Outcome, Policies, Reader, Ternary } from "../engine";
import { everywhere } from "../views/networks";
import { carries, groupRules, overlaps, singleRule } from "../views/security-group";
import type { GroupRule } from "../views/security-group";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** Whether the networks of a rule, unknown ones aside, let everybody in. */
function isOpenToEverybody(rule: GroupRule): Ternary {
  if (everywhere(rule.networks.items).length > 0) return true;
  return rule.networks.complete ? false : "unknown";
}

const describePorts = ({ ports }: GroupRule): string =>
  isUnknown(ports) ? "?" : ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`;

const describeProtocol = ({ protocol }: GroupRule): string =>
  isUnknown(protocol) ? "?" : protocol === "-1" ? "all" : protocol;

/** No rule lets everybody in to a port; the key names protocol, ports and networks. */
function closedRule(rule: GroupRule, protocol: "tcp" | "udp", port: number): Outcome {
  const fact = both(isOpenToEverybody(rule), carries(rule, protocol), overlaps(rule, port, port));
  const networks = everywhere(rule.networks.items).join(" ");
  const reason = {
    property: rule.property,
    found: `${protocol} port ${port} is open to ${networks === "" ? "networks that are not known yet" : networks}`,
    fix: "name the networks that need it",
    key: `${describeProtocol(rule)}/${describePorts(rule)} ${networks}`.trim(),
  };
  return fact === true ? violation(reason) : fact === false ? compliant() : undecided(reason);
}

/** No ingress rule of a group lets everybody in to a port. */
function closedPort(
  group: Reader<unknown>,
  context: Context,
  protocol: "tcp" | "udp",
  port: number,
): Outcome {
  const { items, complete } = groupRules(group, context, "ingress");
  const rest = complete
    ? compliant()
    : undecided({
        found: "some ingress rules of the group are not known yet",
        fix: `open ${protocol} port ${port} to named networks only`,
      });
  return all(...items.map((rule) => closedRule(rule, protocol, port)), rest);
}

const SSH = 22;

export const ec2SecurityGroups: Policies = {
  INCOMING_SSH_DISABLED: stackPolicy(
    "Security groups do not open SSH (TCP port 22) to everybody.",
    {
      [GROUP]: (group, _, context) => closedPort(group, context, "tcp", SSH),
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (group, _, context) =>
        closedPort(group, context, "tcp", SSH),
    },
    {
      "aws:ec2/securityGroupRule:SecurityGroupRule": (rule, _, { node }) => {
        const type = rule.read("type");
        return type.kind === "known" && type.value === "ingress"
          ? closedRule(singleRule(rule, node), "tcp", SSH)
          : compliant();
      },
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (rule, _, { node }) =>
        closedRule(singleRule(rule, node), "tcp", SSH),
    },
  ),
};
