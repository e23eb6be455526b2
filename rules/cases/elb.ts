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

const balancer = resource("aws:elb/loadBalancer:LoadBalancer");
const policy = resource("aws:elb/loadBalancerPolicy:LoadBalancerPolicy");
const negotiation = resource("aws:elb/sslNegotiationPolicy:SslNegotiationPolicy");

const ACM = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
const IAM = "arn:aws:iam::111122223333:server-certificate/web";

const listener = (lbProtocol: unknown, more: object = {}): object => ({
  lbPort: 443,
  lbProtocol,
  instancePort: 80,
  instanceProtocol: "http",
  ...more,
});
const listening = (...listeners: object[]): CaseResource => balancer({ listeners });
const secure = balancer({ name: "web", listeners: [listener("https", { sslCertificateId: ACM })] });

const withPolicy = (attributes: object[]): { with: Readonly<Record<string, CaseResource>> } => ({
  with: {
    p: policy({
      loadBalancerName: ref("subject", "name"),
      policyName: "tls",
      policyTypeName: "SSLNegotiationPolicyType",
      policyAttributes: attributes,
    }),
  },
});
const custom = { parameters: { sslProtocolsAndCiphers: "Protocol-TLSv1.2, ECDHE-RSA-AES128-GCM-SHA256" } };
const predefined = { parameters: { predefinedPolicyName: "ELBSecurityPolicy-TLS-1-2-2017-01" } };
const on = (name: string, value: unknown = "true"): object => ({ name, value });

export const elb: Cases = {
  CLB_DESYNC_MODE_CHECK: [
    compliantCase("has a wanted mode", balancer({ desyncMitigationMode: "strictest" }), {
      parameters: { desyncMode: "Defensive,Strictest" },
    }),
    compliantCase("does not say, which is defensive", balancer({ internal: true }), {
      parameters: { desyncMode: "Defensive" },
    }),
    violatingCase("has another mode", balancer({ desyncMitigationMode: "monitor" }), {
      parameters: { desyncMode: "Defensive,Strictest" },
    }),
    undecidedCase("does not know its mode yet", balancer({ desyncMitigationMode: unknown }), {
      parameters: { desyncMode: "Defensive" },
    }),
  ],
  CLB_MULTIPLE_AZ: [
    compliantCase("names two zones", balancer({ availabilityZones: ["us-east-1a", "us-east-1b"] })),
    compliantCase("names two subnets", balancer({ subnets: ["subnet-1", "subnet-2"] })),
    compliantCase("names two subnets of the stack", balancer({ subnets: [ref("a"), ref("b")] }), {
      with: {
        a: resource("aws:ec2/subnet:Subnet")({ vpcId: "vpc-1" }),
        b: resource("aws:ec2/subnet:Subnet")({ vpcId: "vpc-1" }),
      },
    }),
    violatingCase("names one zone", balancer({ availabilityZones: ["us-east-1a"] })),
    violatingCase("names one subnet", balancer({ subnets: ["subnet-1"] })),
    violatingCase("names less than the parameter", balancer({ subnets: ["subnet-1", "subnet-2"] }), {
      parameters: { minAvailabilityZones: "3" },
    }),
    undecidedCase("does not know its subnets yet", balancer({ subnets: unknown })),
  ],
  ELB_ACM_CERTIFICATE_REQUIRED: [
    compliantCase("has a certificate of ACM", secure),
    compliantCase(
      "has a certificate of the stack",
      listening(listener("https", { sslCertificateId: ref("c", "arn") })),
      {
        with: { c: resource("aws:acm/certificate:Certificate")({ domainName: "example.com" }) },
      },
    ),
    violatingCase("has a certificate of IAM", listening(listener("https", { sslCertificateId: IAM }))),
    violatingCase(
      "has a certificate of IAM of the stack",
      listening(listener("ssl", { sslCertificateId: ref("c", "arn") })),
      {
        with: { c: resource("aws:iam/serverCertificate:ServerCertificate")({ name: "web" }) },
      },
    ),
    violatingCase("has none", listening(listener("http"))),
    violatingCase(
      "has one listener of two without",
      listening(listener("https", { sslCertificateId: ACM }), listener("http", { lbPort: 80 })),
    ),
    undecidedCase(
      "does not know its certificate yet",
      listening(listener("https", { sslCertificateId: unknown })),
    ),
  ],
  ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED: [
    compliantCase("balances across zones", balancer({ crossZoneLoadBalancing: true })),
    compliantCase("does not say, which the provider turns on", balancer({ internal: true })),
    violatingCase("does not", balancer({ crossZoneLoadBalancing: false })),
    undecidedCase("does not know yet", balancer({ crossZoneLoadBalancing: unknown })),
  ],
  ELB_CUSTOM_SECURITY_POLICY_SSL_CHECK: [
    compliantCase("allows wanted names only", secure, {
      ...custom,
      ...withPolicy([
        on("Protocol-TLSv1.2"),
        on("ECDHE-RSA-AES128-GCM-SHA256"),
        on("Protocol-TLSv1", "false"),
      ]),
    }),
    compliantCase("allows wanted names only by a policy of its own type", secure, {
      ...custom,
      with: {
        p: negotiation({ loadBalancer: ref("subject"), lbPort: 443, attributes: [on("Protocol-TLSv1.2")] }),
      },
    }),
    violatingCase("allows another protocol", secure, {
      ...custom,
      ...withPolicy([on("Protocol-TLSv1.2"), on("Protocol-TLSv1")]),
    }),
    violatingCase("has a predefined policy", secure, {
      ...custom,
      ...withPolicy([on("Reference-Security-Policy", "ELBSecurityPolicy-2016-08")]),
    }),
    violatingCase("has no policy of its own", secure, custom),
    notApplicableCase("listens by HTTP", listening(listener("http")), custom),
    undecidedCase("does not know its policy yet", secure, {
      ...custom,
      ...withPolicy([on("Protocol-TLSv1.2"), on("Protocol-TLSv1", unknown)]),
    }),
  ],
  ELB_INTERNAL_SCHEME_CHECK: [
    compliantCase("is internal", balancer({ internal: true })),
    violatingCase("is not", balancer({ internal: false })),
    violatingCase("does not say, which faces the internet", balancer({ subnets: ["subnet-1"] })),
    undecidedCase("does not know yet", balancer({ internal: unknown })),
  ],
  ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK: [
    compliantCase("has the wanted policy", secure, {
      ...predefined,
      ...withPolicy([on("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01")]),
    }),
    compliantCase("has no policy, which means the wanted default", secure, {
      parameters: { predefinedPolicyName: "ELBSecurityPolicy-2016-08" },
    }),
    violatingCase("has another predefined policy", secure, {
      ...predefined,
      ...withPolicy([on("Reference-Security-Policy", "ELBSecurityPolicy-2015-05")]),
    }),
    violatingCase("has a custom policy", secure, { ...predefined, ...withPolicy([on("Protocol-TLSv1.2")]) }),
    violatingCase("has no policy of its own", secure, predefined),
    notApplicableCase("listens by TCP", listening(listener("tcp")), predefined),
    undecidedCase("does not know its policy yet", secure, {
      ...predefined,
      ...withPolicy([on("Reference-Security-Policy", unknown)]),
    }),
  ],
  ELB_TLS_HTTPS_LISTENERS_ONLY: [
    compliantCase("listens by HTTPS", secure),
    compliantCase(
      "listens by SSL, in capital letters",
      listening(listener("SSL", { sslCertificateId: ACM })),
    ),
    violatingCase("listens by HTTP", listening(listener("http"))),
    violatingCase("listens by HTTPS and TCP", listening(listener("https"), listener("tcp", { lbPort: 22 }))),
    notApplicableCase("has no listener", balancer({ listeners: [] })),
    undecidedCase("does not know its protocol yet", listening(listener(unknown))),
  ],
};
