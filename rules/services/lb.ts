import {
  all,
  any,
  check,
  compliant,
  given,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  unless,
  violation,
  when,
} from "../engine";
import type { ResourceArgs } from "../catalog/generated/resource-types";
import type { Context, Outcome, Policies, Reader } from "../engine";
import { countsZones } from "../views/balancer-zones";
import type { BalancerKind, BalancerReader } from "../views/load-balancer";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

type TargetGroupReader = Reader<ResourceArgs[typeof TARGET_GROUP]>;

/** The control speaks of load balancers of one kind. */
const ofKind = (balancer: BalancerReader, kind: BalancerKind, then: () => Outcome): Outcome =>
  when(balancer.equals("loadBalancerType", kind), then);

/** Of the WAF of today and of the regional one before it. */
const WEB_ACL_ASSOCIATIONS = [
  ["aws:wafv2/webAclAssociation:WebAclAssociation", "webAclArn"],
  ["aws:wafregional/webAclAssociation:WebAclAssociation", "webAclId"],
] as const;

function hasWebAcl(ids: readonly string[] | undefined, { stack, node }: Context): Outcome {
  const missing = {
    found: "no web ACL is associated with the load balancer",
    fix: "add a WebAclAssociation",
  };
  const outcomes = WEB_ACL_ASSOCIATIONS.flatMap(([type, property]) => {
    const { nodes, uncertain } = stack.referrers(node, type, "resourceArn");
    const found = nodes.map((association): Outcome => {
      if (ids === undefined) return compliant();
      const reader: Reader<unknown> = association.reader(type);
      const reason = reader.reason(property, `associate one of ${ids.join(", ")}`);
      const read = reader.at(property);
      if (read.kind !== "known") return undecided(reason);
      const name = typeof read.value === "string" ? read.value : "";
      return check(
        ids.some((id) => id === name || name.endsWith(`/${id}`)),
        reason,
      );
    });
    return uncertain ? [...found, undecided(missing)] : found;
  });
  return any(...outcomes, violation(missing));
}

const logsTo = (balancer: BalancerReader, buckets: readonly string[] | undefined): Outcome =>
  all(
    balancer.isTrue("accessLogs.enabled"),
    given(buckets, (names) => balancer.oneOf("accessLogs.bucket", names)),
  );

/** Functions and load balancers as targets have no protocol of their own, and inspected traffic is what it is. */
const unencryptable = (group: TargetGroupReader): Outcome =>
  any(
    group.oneOf("targetType", ["lambda", "alb"]),
    group.oneOf("protocol", ["GENEVE"], { ignoreCase: true }),
  );

export const lb: Policies = {
  ALB_DESYNC_MODE_CHECK: policy("Application Load Balancers handle desync attacks in the wanted mode.", {
    [BALANCER]: (balancer, p) =>
      ofKind(balancer, "application", () =>
        given(p.desyncMode, (modes) => balancer.oneOf("desyncMitigationMode", modes, { ignoreCase: true })),
      ),
  }),

  ALB_HTTP_DROP_INVALID_HEADER_ENABLED: policy("Application Load Balancers drop invalid headers.", {
    [BALANCER]: (balancer) =>
      ofKind(balancer, "application", () => balancer.isTrue("dropInvalidHeaderFields")),
  }),

  ALB_INTERNAL_SCHEME_CHECK: policy("Application Load Balancers are internal.", {
    [BALANCER]: (balancer) => ofKind(balancer, "application", () => balancer.isTrue("internal")),
  }),

  ALB_WAF_ENABLED: stackPolicy("Application Load Balancers have a web ACL.", {
    [BALANCER]: (balancer, p, context) =>
      ofKind(balancer, "application", () => hasWebAcl(p.wafWebAclIds, context)),
  }),

  ELBV2_MULTIPLE_AZ: stackPolicy("Load balancers span several Availability Zones.", {
    [BALANCER]: (balancer, p, context) =>
      countsZones(
        balancer,
        [["subnets"], ["subnetMappings", "subnetId"]],
        context,
        p.minAvailabilityZones ?? 2,
      ),
  }),

  ELBV2_TARGETGROUP_HEALTHCHECK_PROTOCOL_ENCRYPTED: policy("Target groups check health by HTTPS.", {
    [TARGET_GROUP]: (group) =>
      unless(
        any(group.equals("targetType", "lambda"), group.oneOf("protocol", ["GENEVE"], { ignoreCase: true })),
        () => group.oneOf("healthCheck.protocol", ["HTTPS"], { ignoreCase: true }),
      ),
  }),

  ELBV2_TARGETGROUP_PROTOCOL_ENCRYPTED: policy("Target groups are reached by an encrypted protocol.", {
    [TARGET_GROUP]: (group) =>
      unless(unencryptable(group), () =>
        group.oneOf("protocol", ["HTTPS", "TLS", "QUIC", "TCP_QUIC"], { ignoreCase: true }),
      ),
  }),

  ELB_DELETION_PROTECTION_ENABLED: policy("Load balancers are protected against deletion.", {
    [BALANCER]: (balancer) => balancer.isTrue("enableDeletionProtection"),
  }),

  // Network Load Balancers have a rule of their own.
  ELB_LOGGING_ENABLED: policy("Application and Classic Load Balancers log requests.", {
    [BALANCER]: (balancer, p) => ofKind(balancer, "application", () => logsTo(balancer, p.s3BucketNames)),
    "aws:elb/loadBalancer:LoadBalancer": (balancer, p) =>
      all(
        balancer.present("accessLogs"),
        balancer.at("accessLogs").kind === "absent" ? notApplicable() : balancer.isTrue("accessLogs.enabled"),
        given(p.s3BucketNames, (names) => balancer.oneOf("accessLogs.bucket", names)),
      ),
  }),

  NLB_CROSS_ZONE_LOAD_BALANCING_ENABLED: policy("Network Load Balancers balance across zones.", {
    [BALANCER]: (balancer) =>
      ofKind(balancer, "network", () => balancer.isTrue("enableCrossZoneLoadBalancing")),
  }),

  NLB_INTERNAL_SCHEME_CHECK: policy("Network Load Balancers are internal.", {
    [BALANCER]: (balancer) => ofKind(balancer, "network", () => balancer.isTrue("internal")),
  }),

  NLB_LOGGING_ENABLED: policy("Network Load Balancers log requests.", {
    [BALANCER]: (balancer) => ofKind(balancer, "network", () => balancer.isTrue("accessLogs.enabled")),
  }),
};
