import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { CaseResource, Cases } from "./types";

const balancer = resource("aws:lb/loadBalancer:LoadBalancer");
const alb = resource("aws:alb/loadBalancer:LoadBalancer");
const classic = resource("aws:elb/loadBalancer:LoadBalancer");
const group = resource("aws:lb/targetGroup:TargetGroup");
const association = resource("aws:wafv2/webAclAssociation:WebAclAssociation");
const network = (inputs: object = {}): CaseResource => balancer({ loadBalancerType: "network", ...inputs });

const ACL = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/a1b2c3d4";

export const lb: Cases = {
  ALB_DESYNC_MODE_CHECK: [
    compliantCase("has a wanted mode", balancer({ desyncMitigationMode: "strictest" }), {
      parameters: { desyncMode: "Defensive,Strictest" },
    }),
    compliantCase("does not say, which is defensive", alb({}), { parameters: { desyncMode: "Defensive" } }),
    violatingCase("has another mode", balancer({ desyncMitigationMode: "monitor" }), {
      parameters: { desyncMode: "Defensive,Strictest" },
    }),
    notApplicableCase("is a network load balancer", network(), { parameters: { desyncMode: "Defensive" } }),
    undecidedCase("does not know its mode yet", balancer({ desyncMitigationMode: unknown }), {
      parameters: { desyncMode: "Defensive" },
    }),
  ],
  ALB_HTTP_DROP_INVALID_HEADER_ENABLED: [
    compliantCase("drops them", balancer({ dropInvalidHeaderFields: true })),
    compliantCase("drops them, by the other token", alb({ dropInvalidHeaderFields: true })),
    violatingCase("keeps them", balancer({ dropInvalidHeaderFields: false })),
    violatingCase("does not say", alb({ loadBalancerType: "application" })),
    notApplicableCase("is a network load balancer", network()),
    undecidedCase("does not know yet", balancer({ dropInvalidHeaderFields: unknown })),
  ],
  ALB_INTERNAL_SCHEME_CHECK: [
    compliantCase("is internal", balancer({ internal: true })),
    violatingCase("is not", balancer({ internal: false })),
    violatingCase("does not say", alb({})),
    notApplicableCase("is a network load balancer", network({ internal: false })),
    undecidedCase("does not know yet", balancer({ internal: unknown })),
  ],
  ALB_WAF_ENABLED: [
    compliantCase("has a web ACL", balancer({}), {
      with: { a: association({ resourceArn: ref("subject", "arn"), webAclArn: ACL }) },
    }),
    compliantCase("has a web ACL of the regional WAF", balancer({}), {
      parameters: { wafWebAclIds: "a1b2c3d4" },
      with: {
        a: resource("aws:wafregional/webAclAssociation:WebAclAssociation")({
          resourceArn: ref("subject", "arn"),
          webAclId: "a1b2c3d4",
        }),
      },
    }),
    compliantCase("has a wanted web ACL", balancer({}), {
      parameters: { wafWebAclIds: ACL },
      with: { a: association({ resourceArn: ref("subject", "arn"), webAclArn: ACL }) },
    }),
    violatingCase("has none", balancer({})),
    violatingCase("is beside the web ACL of another", balancer({}), {
      with: { a: association({ resourceArn: "arn:other", webAclArn: ACL }) },
    }),
    violatingCase("has another web ACL", balancer({}), {
      parameters: { wafWebAclIds: "other" },
      with: { a: association({ resourceArn: ref("subject", "arn"), webAclArn: ACL }) },
    }),
    notApplicableCase("is a network load balancer", network()),
    undecidedCase("may have a web ACL", balancer({}), {
      with: { a: association({ resourceArn: unknown, webAclArn: ACL }) },
    }),
  ],
  ELBV2_MULTIPLE_AZ: [
    compliantCase("names two subnets", balancer({ subnets: ["subnet-1", "subnet-2"] })),
    compliantCase("names two subnets of the stack", balancer({ subnets: [ref("a"), ref("b")] }), {
      with: {
        a: resource("aws:ec2/subnet:Subnet")({ vpcId: "vpc-1" }),
        b: resource("aws:ec2/subnet:Subnet")({ vpcId: "vpc-1" }),
      },
    }),
    compliantCase("names two default subnets", alb({ subnets: [ref("a"), ref("b")] }), {
      with: {
        a: resource("aws:ec2/defaultSubnet:DefaultSubnet")({ availabilityZone: "us-east-1a" }),
        b: resource("aws:ec2/defaultSubnet:DefaultSubnet")({ availabilityZone: "us-east-1b" }),
      },
    }),
    compliantCase(
      "maps two subnets",
      network({ subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }] }),
    ),
    violatingCase("names one subnet", network({ subnets: ["subnet-1"] })),
    violatingCase("maps one subnet", network({ subnetMappings: [{ subnetId: "subnet-1" }] })),
    violatingCase("names less than the parameter", balancer({ subnets: ["subnet-1", "subnet-2"] }), {
      parameters: { minAvailabilityZones: "3" },
    }),
    undecidedCase("does not know its subnets yet", balancer({ subnets: unknown })),
  ],
  ELBV2_TARGETGROUP_HEALTHCHECK_PROTOCOL_ENCRYPTED: [
    compliantCase("checks by HTTPS", group({ protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } })),
    violatingCase("checks by HTTP", group({ protocol: "HTTPS", healthCheck: { protocol: "HTTP" } })),
    violatingCase("does not say", group({ protocol: "HTTPS" })),
    violatingCase("checks by TCP", group({ protocol: "TLS", healthCheck: { protocol: "TCP" } })),
    notApplicableCase("leads to a function", group({ targetType: "lambda" })),
    undecidedCase("does not know yet", group({ protocol: "HTTPS", healthCheck: { protocol: unknown } })),
  ],
  ELBV2_TARGETGROUP_PROTOCOL_ENCRYPTED: [
    compliantCase("is reached by HTTPS", group({ protocol: "HTTPS", port: 443 })),
    compliantCase("is reached by TLS", group({ protocol: "TLS", port: 443 })),
    violatingCase("is reached by HTTP", group({ protocol: "HTTP", port: 80 })),
    violatingCase("is reached by TCP", group({ protocol: "TCP", port: 443 })),
    notApplicableCase("leads to a function", group({ targetType: "lambda" })),
    notApplicableCase("leads to a load balancer", group({ targetType: "alb", protocol: "TCP" })),
    notApplicableCase("is of a gateway", group({ protocol: "GENEVE", port: 6081 })),
    undecidedCase("does not know its protocol yet", group({ protocol: unknown, port: 443 })),
  ],
  ELB_DELETION_PROTECTION_ENABLED: [
    compliantCase("is protected", balancer({ enableDeletionProtection: true })),
    compliantCase("is a protected network load balancer", network({ enableDeletionProtection: true })),
    violatingCase("is not", balancer({ enableDeletionProtection: false })),
    violatingCase("does not say", alb({})),
    undecidedCase("does not know yet", balancer({ enableDeletionProtection: unknown })),
  ],
  ELB_LOGGING_ENABLED: [
    compliantCase("logs", balancer({ accessLogs: { bucket: "logs", enabled: true } })),
    compliantCase(
      "is a Classic Load Balancer that names a bucket",
      classic({ accessLogs: { bucket: "logs" } }),
    ),
    compliantCase("logs to a wanted bucket", alb({ accessLogs: { bucket: "logs", enabled: true } }), {
      parameters: { s3BucketNames: "logs,more-logs" },
    }),
    violatingCase("logs to another bucket", balancer({ accessLogs: { bucket: "other", enabled: true } }), {
      parameters: { s3BucketNames: "logs" },
    }),
    violatingCase("names a bucket only", balancer({ accessLogs: { bucket: "logs" } })),
    violatingCase("does not log", balancer({ accessLogs: { bucket: "logs", enabled: false } })),
    violatingCase("does not say", alb({})),
    violatingCase("is a Classic Load Balancer that does not say", classic({ internal: true })),
    violatingCase(
      "is a Classic Load Balancer that does not log",
      classic({ accessLogs: { bucket: "logs", enabled: false } }),
    ),
    notApplicableCase("is a network load balancer", network()),
    undecidedCase("does not know yet", balancer({ accessLogs: { bucket: "logs", enabled: unknown } })),
  ],
  NLB_CROSS_ZONE_LOAD_BALANCING_ENABLED: [
    compliantCase("balances across zones", network({ enableCrossZoneLoadBalancing: true })),
    violatingCase("does not", network({ enableCrossZoneLoadBalancing: false })),
    violatingCase("does not say", network()),
    notApplicableCase("is an Application Load Balancer", balancer({})),
    undecidedCase("does not know yet", network({ enableCrossZoneLoadBalancing: unknown })),
  ],
  NLB_INTERNAL_SCHEME_CHECK: [
    compliantCase("is internal", network({ internal: true })),
    violatingCase("is not", network({ internal: false })),
    violatingCase("does not say", network()),
    notApplicableCase("is an Application Load Balancer", alb({})),
    undecidedCase("does not know its kind yet", balancer({ loadBalancerType: unknown })),
  ],
  NLB_LOGGING_ENABLED: [
    compliantCase("logs", network({ accessLogs: { bucket: "logs", enabled: true } })),
    violatingCase("names a bucket only", network({ accessLogs: { bucket: "logs" } })),
    violatingCase("does not say", network()),
    notApplicableCase("is an Application Load Balancer", balancer({})),
    undecidedCase("does not know yet", network({ accessLogs: { bucket: "logs", enabled: unknown } })),
  ],
};
