import { any, given, policy, stackPolicy, undecided, violation, when } from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { hasSomeText } from "../views/lists";
import { lonePart } from "../views/parts";

const FIREWALL = "aws:networkfirewall/firewall:Firewall";
const POLICY = "aws:networkfirewall/firewallPolicy:FirewallPolicy";
const LOGGING = "aws:networkfirewall/loggingConfiguration:LoggingConfiguration";

type Logging = Reader<ResourceArgs[typeof LOGGING]>;
type Firewall = Reader<ResourceArgs[typeof FIREWALL]>;

/** A list with at least some entries, whatever is in them. */
const hasEntries = (
  firewall: Firewall,
  path: "subnetMappings" | "availabilityZoneMappings",
  count: number,
): Outcome =>
  firewall.test(
    path,
    (list) => Array.isArray(list) && list.length >= count,
    `name ${count} entries or more in "${path}"`,
  );

/** A destination for logs, of the type that a parameter asks for. */
const writesLog = (logging: Logging, type: string | undefined): Outcome =>
  type === undefined
    ? logging.nonEmpty("loggingConfiguration.logDestinationConfigs")
    : logging.some(
        "loggingConfiguration.logDestinationConfigs",
        (config) => config.oneOf("logType", [type], { ignoreCase: true }),
        `add a destination with "logType" ${type}`,
      );

function isLogged({ node, stack }: Context, type: string | undefined): Outcome {
  const { nodes, uncertain } = stack.referrers(node, LOGGING, "firewallArn");
  const missing = {
    found: type === undefined ? "the firewall has no logging" : `the firewall has no logging of type ${type}`,
    fix: "add a LoggingConfiguration for the firewall",
  };
  if (nodes.length > 0) return any(...nodes.map((logging) => writesLog(logging.reader(LOGGING), type)));
  return uncertain ? undecided(missing) : violation(missing);
}

export const networkfirewall: Policies = {
  NETFW_DELETION_PROTECTION_ENABLED: policy("Network firewalls are protected against deletion.", {
    [FIREWALL]: (firewall) => firewall.isTrue("deleteProtection"),
  }),

  NETFW_LOGGING_ENABLED: stackPolicy("Network firewalls write logs.", {
    [FIREWALL]: (_, { logType }, context) => isLogged(context, logType),
    [LOGGING]: (logging, { logType }, context) =>
      lonePart(context, "firewallArn", [FIREWALL], () => writesLog(logging, logType)),
  }),

  // Each subnet of a firewall is in another zone: AWS refuses two in one.
  NETFW_MULTI_AZ_ENABLED: policy("Network firewalls are in several Availability Zones.", {
    [FIREWALL]: (firewall, { availabilityZones }) =>
      any(
        hasEntries(firewall, "subnetMappings", availabilityZones ?? 2),
        hasEntries(firewall, "availabilityZoneMappings", availabilityZones ?? 2),
      ),
  }),

  NETFW_POLICY_DEFAULT_ACTION_FRAGMENT_PACKETS: policy(
    "Firewall policies handle fragmented packets by default as they are asked to.",
    {
      [POLICY]: (owner, { statelessFragmentDefaultActions: actions }) =>
        given(actions, (wanted) =>
          hasSomeText(owner, "firewallPolicy.statelessFragmentDefaultActions", wanted),
        ),
    },
  ),

  NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS: policy(
    "Firewall policies handle full packets by default as they are asked to.",
    {
      [POLICY]: (owner, { statelessDefaultActions: actions }) =>
        given(actions, (wanted) => hasSomeText(owner, "firewallPolicy.statelessDefaultActions", wanted)),
    },
  ),

  NETFW_POLICY_RULE_GROUP_ASSOCIATED: policy("Firewall policies have rule groups.", {
    [POLICY]: (owner) =>
      any(
        owner.nonEmpty("firewallPolicy.statefulRuleGroupReferences"),
        owner.nonEmpty("firewallPolicy.statelessRuleGroupReferences"),
      ),
  }),

  NETFW_STATELESS_RULE_GROUP_NOT_EMPTY: policy("Stateless rule groups have rules.", {
    "aws:networkfirewall/ruleGroup:RuleGroup": (group) =>
      when(group.equals("type", "STATELESS"), () =>
        group.nonEmpty("ruleGroup.rulesSource.statelessRulesAndCustomActions.statelessRules"),
      ),
  }),

  NETFW_SUBNET_CHANGE_PROTECTION_ENABLED: policy(
    "Network firewalls are protected against changes of their subnets.",
    {
      [FIREWALL]: (firewall) => firewall.isTrue("subnetChangeProtection"),
    },
  ),
};
