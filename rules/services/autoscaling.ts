import type { ResourceArgs } from "../catalog/generated/resource-types";
import {
  all,
  any,
  compliant,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  violation,
  when,
} from "../engine";
import type { Context, Outcome, Policies, Reader } from "../engine";
import { spansZones } from "../views/zones";

const GROUP = "aws:autoscaling/group:Group";
const SOURCE = "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment";
const LAUNCH_CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

type GroupReader = Reader<ResourceArgs[typeof GROUP]>;

/** The group has a load balancer of its own, or by an attachment that names it. */
function isBalanced(group: GroupReader, { stack, node }: Context): Outcome {
  const attachments = stack.referrers(node, "aws:autoscaling/attachment:Attachment", "autoscalingGroupName");
  const sources = stack.referrers(node, SOURCE, "autoscalingGroupName");
  const none = { found: "the group has no load balancer", fix: "attach it to a load balancer" };
  const unseen = attachments.uncertain || sources.uncertain ? undecided(none) : violation(none);
  return any(
    group.nonEmpty("loadBalancers"),
    group.nonEmpty("targetGroupArns"),
    group.some("trafficSources", (source) => source.noneOf("type", ["vpc-lattice"]), none.fix),
    ...sources.nodes.map((source) => source.reader(SOURCE).noneOf("trafficSource.type", ["vpc-lattice"])),
    attachments.nodes.length > 0 ? compliant() : unseen,
  );
}

/** Types given one by one; a group that describes what it needs is not looked at. */
function hasSeveralTypes(group: GroupReader): Outcome {
  const path = "mixedInstancesPolicy.launchTemplate.overrides";
  const { items, complete } = group.each(path);
  const fix = `name at least two instance types in "${path}"`;
  if (items.some((override) => override.at("instanceRequirements").kind === "known")) return notApplicable();
  const types = items.map((override) => override.read("instanceType"));
  const named = new Set(types.flatMap((type) => (type.kind === "known" ? [type.value] : [])));
  const reason = group.reason(path, fix);
  const mayDescribe = items.some((override) => override.at("instanceRequirements").kind === "unknown");
  if (!mayDescribe && named.size > 1) return compliant();
  const settled = complete && !mayDescribe && types.every((type) => type.kind !== "unknown");
  return settled ? violation(reason) : undecided(reason);
}

/** By zones that it names, or by the zones of its subnets. */
function isInZones(group: GroupReader, context: Context, minimum: number): Outcome {
  const subnets = (): Outcome => spansZones(group, "vpcZoneIdentifiers", context, minimum);
  if (group.at("availabilityZones").kind === "absent") return subnets();
  const { items, complete } = group.texts("availabilityZones");
  if (new Set(items).size >= minimum) return compliant();
  const reason = group.reason("availabilityZones", `name at least ${minimum} Availability Zones`);
  const named = complete ? violation(reason) : undecided(reason);
  return group.at("vpcZoneIdentifiers").kind === "absent" ? named : any(named, subnets());
}

export const autoscaling: Policies = {
  AUTOSCALING_CAPACITY_REBALANCING: policy("Auto Scaling groups rebalance their Spot capacity.", {
    [GROUP]: (group) => group.isTrue("capacityRebalance"),
  }),

  AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED: stackPolicy(
    "Auto Scaling groups behind a load balancer use its health checks.",
    {
      [GROUP]: (group, _, context) =>
        when(isBalanced(group, context), () =>
          group.test(
            "healthCheckType",
            (value) => typeof value === "string" && /(^|,)\s*elb\s*(,|$)/i.test(value),
            'set "healthCheckType" to "ELB"',
          ),
        ),
    },
  ),

  AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2: policy(
    "Launch configurations require session tokens for instance metadata (IMDSv2).",
    {
      [LAUNCH_CONFIGURATION]: (configuration) =>
        configuration.equals("metadataOptions.httpTokens", "required"),
    },
  ),

  AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT: policy("Metadata tokens of launched instances travel one hop.", {
    [LAUNCH_CONFIGURATION]: (configuration) =>
      configuration.atMost("metadataOptions.httpPutResponseHopLimit", 1),
  }),

  AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED: policy("Launch configurations give no public IP addresses.", {
    [LAUNCH_CONFIGURATION]: (configuration) => configuration.isFalse("associatePublicIpAddress"),
  }),

  AUTOSCALING_LAUNCH_TEMPLATE: policy("Auto Scaling groups are made from a launch template.", {
    [GROUP]: (group) =>
      all(
        any(group.present("launchTemplate"), group.present("mixedInstancesPolicy.launchTemplate")),
        group.absent("launchConfiguration", "use a launch template in its place"),
      ),
  }),

  AUTOSCALING_MULTIPLE_AZ: stackPolicy("Auto Scaling groups span several Availability Zones.", {
    [GROUP]: (group, p, context) => isInZones(group, context, p.minAvailabilityZones ?? 2),
  }),

  AUTOSCALING_MULTIPLE_INSTANCE_TYPES: policy("Auto Scaling groups use several instance types.", {
    [GROUP]: hasSeveralTypes,
  }),
};
