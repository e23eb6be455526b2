import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import { settingCases } from "./settings";
import type { CaseResource, Cases } from "./types";

const firewall = resource("aws:networkfirewall/firewall:Firewall");
const policy = resource("aws:networkfirewall/firewallPolicy:FirewallPolicy");
const group = resource("aws:networkfirewall/ruleGroup:RuleGroup");
const logged = (firewallArn: unknown, logType = "ALERT"): { with: { l: CaseResource } } => ({
  with: {
    l: resource("aws:networkfirewall/loggingConfiguration:LoggingConfiguration")({
      firewallArn,
      loggingConfiguration: {
        logDestinationConfigs: [
          { logType, logDestinationType: "S3", logDestination: { bucketName: "logs" } },
        ],
      },
    }),
  },
});
const on = { good: [true], bad: [false], absent: "violates" } as const;
const rules = (statelessRules: unknown): object => ({
  type: "STATELESS",
  ruleGroup: { rulesSource: { statelessRulesAndCustomActions: { statelessRules } } },
});

export const networkfirewall: Cases = {
  NETFW_DELETION_PROTECTION_ENABLED: settingCases(firewall, "deleteProtection", on),
  NETFW_LOGGING_ENABLED: [
    compliantCase("is logged", firewall({ vpcId: "vpc-1" }), logged(ref("subject", "arn"))),
    compliantCase("writes the log that is asked for", firewall({ vpcId: "vpc-1" }), {
      ...logged(ref("subject", "arn")),
      parameters: { logType: "ALERT" },
    }),
    compliantCase(
      "is the logging of a firewall elsewhere",
      logged("arn:aws:network-firewall:us-east-1:111122223333:firewall/in").with.l,
    ),
    violatingCase("has a logging without a destination", firewall({ vpcId: "vpc-1" }), {
      with: {
        l: resource("aws:networkfirewall/loggingConfiguration:LoggingConfiguration")({
          firewallArn: ref("subject", "arn"),
          loggingConfiguration: { logDestinationConfigs: [] },
        }),
      },
    }),
    violatingCase("is not logged", firewall({ vpcId: "vpc-1" })),
    violatingCase("writes another log", firewall({ vpcId: "vpc-1" }), {
      ...logged(ref("subject", "arn"), "FLOW"),
      parameters: { logType: "ALERT" },
    }),
    undecidedCase("may be what a logging configuration names", firewall({ vpcId: "vpc-1" }), logged(unknown)),
  ],
  NETFW_MULTI_AZ_ENABLED: [
    compliantCase(
      "has two subnets",
      firewall({ subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }] }),
    ),
    compliantCase(
      "has two zones of a transit gateway",
      firewall({ availabilityZoneMappings: [{ availabilityZoneId: "a" }, { availabilityZoneId: "b" }] }),
    ),
    violatingCase("has one subnet", firewall({ subnetMappings: [{ subnetId: "subnet-1" }] })),
    violatingCase(
      "has fewer subnets than asked for",
      firewall({ subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }] }),
      {
        parameters: { availabilityZones: "3" },
      },
    ),
    undecidedCase("does not know its subnets yet", firewall({ subnetMappings: unknown })),
  ],
  NETFW_POLICY_DEFAULT_ACTION_FRAGMENT_PACKETS: settingCases(
    policy,
    "firewallPolicy.statelessFragmentDefaultActions",
    {
      good: [["aws:drop"], ["aws:forward_to_sfe"]],
      bad: [["aws:pass"], []],
      absent: "violates",
      parameters: { statelessFragmentDefaultActions: "aws:drop,aws:forward_to_sfe" },
    },
  ),
  NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS: settingCases(policy, "firewallPolicy.statelessDefaultActions", {
    good: [["aws:drop"], ["aws:forward_to_sfe"]],
    bad: [["aws:pass"], []],
    absent: "violates",
    parameters: { statelessDefaultActions: "aws:drop,aws:forward_to_sfe" },
  }),
  NETFW_POLICY_RULE_GROUP_ASSOCIATED: [
    ...settingCases(policy, "firewallPolicy.statefulRuleGroupReferences", {
      good: [[{ resourceArn: "arn:aws:network-firewall:x" }]],
      bad: [[]],
      absent: "violates",
    }),
    compliantCase(
      "has a stateless group",
      policy({
        firewallPolicy: { statelessRuleGroupReferences: [{ priority: 1, resourceArn: "arn:aws:x" }] },
      }),
    ),
  ],
  NETFW_STATELESS_RULE_GROUP_NOT_EMPTY: [
    compliantCase("has a rule", group({ ...rules([{ priority: 1 }]) })),
    violatingCase("has no rule", group({ ...rules([]) })),
    violatingCase("does not say", group({ type: "STATELESS" })),
    undecidedCase("does not know its rules yet", group({ ...rules(unknown) })),
    notApplicableCase("is stateful", group({ type: "STATEFUL" })),
  ],
  NETFW_SUBNET_CHANGE_PROTECTION_ENABLED: settingCases(firewall, "subnetChangeProtection", on),
};
