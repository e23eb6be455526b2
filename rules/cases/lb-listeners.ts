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
const listener = resource("aws:lb/listener:Listener");
const albListener = resource("aws:alb/listener:Listener");
const rule = resource("aws:lb/listenerRule:ListenerRule");

const ACM = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
const IAM = "arn:aws:iam::111122223333:server-certificate/web";
const APP = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1234567890abcdef";
const GATEWAY = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/gwy/in/1234567890abcdef";

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const forward = { type: "forward", targetGroupArn: "arn:t" };
const refuse = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } };

const http = (...defaultActions: object[]): CaseResource =>
  listener({ loadBalancerArn: APP, protocol: "HTTP", port: 80, defaultActions });
const withRule = (action: object, path: string): { with: Readonly<Record<string, CaseResource>> } => ({
  with: {
    r: rule({
      listenerArn: ref("subject", "arn"),
      actions: [action],
      conditions: [{ pathPattern: { values: [path] } }],
    }),
  },
});
const https = (more: object): CaseResource => listener({ loadBalancerArn: APP, protocol: "HTTPS", ...more });
const ofBalancer = (more: object): CaseResource =>
  listener({ loadBalancerArn: ref("subject", "arn"), defaultActions: [forward], ...more });

export const lbListeners: Cases = {
  ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK: [
    compliantCase("redirects", http(redirect)),
    compliantCase(
      "redirects, by the other token",
      albListener({ protocol: "HTTP", defaultActions: [redirect] }),
    ),
    compliantCase("redirects in a rule and refuses the rest", http(refuse), withRule(redirect, "/app/*")),
    compliantCase(
      "redirects everything in a rule before its default",
      http(forward),
      withRule(redirect, "/*"),
    ),
    violatingCase("forwards", http(forward)),
    violatingCase(
      "redirects to HTTP",
      http({ type: "redirect", redirect: { protocol: "HTTP", statusCode: "HTTP_301" } }),
    ),
    violatingCase(
      "redirects by the protocol of the request",
      http({ type: "redirect", redirect: { host: "example.com", statusCode: "HTTP_301" } }),
    ),
    violatingCase(
      "forwards by default and redirects some paths in a rule",
      http(forward),
      withRule(redirect, "/app/*"),
    ),
    violatingCase(
      "redirects by default and forwards some paths in a rule",
      http(redirect),
      withRule(forward, "/app/*"),
    ),
    violatingCase("refuses everything", http(refuse)),
    violatingCase(
      "does not name its protocol and forwards",
      listener({ loadBalancerArn: APP, port: 80, defaultActions: [forward] }),
    ),
    notApplicableCase("listens by HTTPS", https({ defaultActions: [forward] })),
    notApplicableCase("listens by TCP", listener({ protocol: "TCP", defaultActions: [forward] })),
    undecidedCase(
      "does not know where it redirects to",
      http({ type: "redirect", redirect: { protocol: unknown } }),
    ),
    undecidedCase(
      "does not know its protocol yet",
      listener({ protocol: unknown, defaultActions: [forward] }),
    ),
  ],
  ELBV2_ACM_CERTIFICATE_REQUIRED: [
    compliantCase("has a listener with a certificate of ACM", balancer({}), {
      with: { l: ofBalancer({ protocol: "HTTPS", certificateArn: ACM }) },
    }),
    compliantCase("has a listener with a certificate of the stack", balancer({}), {
      with: {
        c: resource("aws:acm/certificate:Certificate")({ domainName: "example.com" }),
        l: ofBalancer({ protocol: "TLS", certificateArn: ref("c", "arn") }),
      },
    }),
    compliantCase("has a listener with a validated certificate of the stack", balancer({}), {
      with: {
        c: resource("aws:acm/certificateValidation:CertificateValidation")({ certificateArn: ACM }),
        l: ofBalancer({ protocol: "HTTPS", certificateArn: ref("c", "certificateArn") }),
      },
    }),
    compliantCase("has a listener with an allowed certificate", balancer({}), {
      parameters: { AcmCertificatesAllowed: ACM },
      with: { l: ofBalancer({ protocol: "HTTPS", certificateArn: ACM }) },
    }),
    violatingCase("has a listener with another certificate", balancer({}), {
      parameters: { AcmCertificatesAllowed: `${ACM}0` },
      with: { l: ofBalancer({ protocol: "HTTPS", certificateArn: ACM }) },
    }),
    violatingCase("has a listener with a certificate of IAM", balancer({}), {
      with: { l: ofBalancer({ protocol: "HTTPS", certificateArn: IAM }) },
    }),
    violatingCase("has one listener of two without a certificate", balancer({}), {
      with: {
        a: ofBalancer({ protocol: "HTTPS", certificateArn: ACM }),
        b: ofBalancer({ protocol: "HTTP" }),
      },
    }),
    violatingCase(
      "is a listener of a load balancer elsewhere without a certificate",
      listener({ loadBalancerArn: APP, protocol: "HTTP", defaultActions: [forward] }),
    ),
    notApplicableCase("has no listeners", balancer({})),
    notApplicableCase("is a gateway", balancer({ loadBalancerType: "gateway" }), {
      with: { l: ofBalancer({}) },
    }),
    notApplicableCase(
      "is a listener of a gateway elsewhere",
      listener({ loadBalancerArn: GATEWAY, defaultActions: [forward] }),
    ),
    undecidedCase("has a listener whose certificate is not known yet", balancer({}), {
      with: { l: ofBalancer({ protocol: "HTTPS", certificateArn: unknown }) },
    }),
  ],
  ELBV2_LISTENER_ENCRYPTION_IN_TRANSIT: [
    compliantCase("listens by HTTPS", https({ certificateArn: ACM })),
    compliantCase("listens by TLS", listener({ protocol: "TLS", certificateArn: ACM })),
    violatingCase("listens by HTTP", http(forward)),
    violatingCase("listens by HTTP and redirects", http(redirect), {
      note: "The rule looks at the protocol of a listener only.",
    }),
    violatingCase("listens by TCP", listener({ protocol: "TCP", port: 443 })),
    violatingCase("does not say, which is HTTP", listener({ loadBalancerArn: ref("b", "arn"), port: 80 }), {
      with: { b: balancer({}) },
    }),
    notApplicableCase("is of a gateway", listener({ loadBalancerArn: GATEWAY })),
    undecidedCase("does not know its protocol yet", listener({ loadBalancerArn: APP, protocol: unknown })),
  ],
  ELBV2_PREDEFINED_SECURITY_POLICY_SSL_CHECK: [
    compliantCase("has a wanted policy", https({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }), {
      parameters: { sslPolicies: "ELBSecurityPolicy-TLS13-1-2-2021-06,ELBSecurityPolicy-TLS13-1-3-2021-06" },
    }),
    violatingCase("has another policy", https({ sslPolicy: "ELBSecurityPolicy-2016-08" }), {
      parameters: { sslPolicies: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
    }),
    violatingCase("does not say", https({ certificateArn: ACM }), {
      parameters: { sslPolicies: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
    }),
    notApplicableCase("listens by HTTP", http(forward), {
      parameters: { sslPolicies: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
    }),
    undecidedCase("does not know its policy yet", https({ sslPolicy: unknown }), {
      parameters: { sslPolicies: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
    }),
  ],
};
