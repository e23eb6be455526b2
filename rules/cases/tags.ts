import { tags as policies } from "../services/tags";
import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Case, CaseResource, Cases } from "./types";

type Inputs = Readonly<Record<string, unknown>>;

/** The generated provider class turns its settings into JSON text. */
const providerWith = (tags: Readonly<Record<string, string>>): CaseResource => ({
  type: "pulumi:providers:aws",
  inputs: { region: "us-east-1", defaultTags: JSON.stringify({ tags }) },
});

/** What holds for the tags of every type. */
export function casesOf(type: string, base: Inputs = {}): readonly Case[] {
  const subject = resource(type);
  const tagged = (tags: unknown): CaseResource => subject({ ...base, tags });
  const required = { parameters: { requiredKeyTags: "owner,cost-center" } };
  return [
    compliantCase("has a tag", tagged({ owner: "platform" })),
    compliantCase("has every required tag", tagged({ owner: "a", "cost-center": "42", more: "" }), required),
    compliantCase("has a tag whose value is not known yet", tagged({ owner: unknown }), {
      parameters: { requiredKeyTags: "owner" },
    }),
    compliantCase("has the default tags of its provider", subject(base, { provider: "p" }), {
      with: { p: providerWith({ owner: "platform" }) },
      parameters: { requiredKeyTags: "owner" },
    }),
    compliantCase(
      "has one required tag itself and one by its provider",
      subject({ ...base, tags: { "cost-center": "42" } }, { provider: "p" }),
      { ...required, with: { p: providerWith({ owner: "platform" }) } },
    ),
    violatingCase("has no tags", subject(base)),
    violatingCase("has an empty map of tags", tagged({})),
    violatingCase("has tags of AWS only", tagged({ "aws:cloudformation:stack-name": "web" })),
    violatingCase("lacks a required tag", tagged({ owner: "platform" }), required),
    violatingCase("has a required tag in other letters", tagged({ Owner: "platform" }), {
      parameters: { requiredKeyTags: "owner" },
    }),
    undecidedCase("does not know its tags yet", tagged(unknown)),
  ];
}

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const ofKind = (loadBalancerType: string): CaseResource => resource(balancer)({ loadBalancerType });

/** Listeners that name no protocol have the kind of their load balancer. */
const byBalancer = (kind: string, other: string): readonly Case[] => [
  violatingCase(
    "has no tags and a load balancer of the kind",
    resource(listener)({ loadBalancerArn: ref("b", "arn") }),
    {
      with: { b: ofKind(kind) },
    },
  ),
  notApplicableCase(
    "has a load balancer of another kind",
    resource(listener)({ loadBalancerArn: ref("b", "arn") }),
    {
      with: { b: ofKind(other) },
    },
  ),
  undecidedCase(
    "has a load balancer that is not known yet",
    resource(listener)({ loadBalancerArn: unknown }),
  ),
];

const environment = resource("aws:batch/computeEnvironment:ComputeEnvironment");
const managed = (tags: unknown): CaseResource =>
  environment({ type: "MANAGED", computeResources: { type: "EC2", maxVcpus: 4, tags } });

const special: Cases = {
  ALB_TAGGED: [
    ...casesOf(balancer),
    ...casesOf("aws:alb/loadBalancer:LoadBalancer", { loadBalancerType: "application" }),
    notApplicableCase("is a network load balancer", ofKind("network")),
  ],
  GLB_TAGGED: [
    ...casesOf(balancer, { loadBalancerType: "gateway" }),
    notApplicableCase("is an Application Load Balancer", resource(balancer)({})),
  ],
  NLB_TAGGED: [
    ...casesOf(balancer, { loadBalancerType: "network" }),
    notApplicableCase("is an Application Load Balancer", ofKind("application")),
    undecidedCase("does not know its kind yet", resource(balancer)({ loadBalancerType: unknown })),
  ],
  ALB_LISTENER_TAGGED: [
    ...casesOf(listener, { loadBalancerArn: "arn:1", protocol: "HTTPS", port: 443 }),
    notApplicableCase("listens to TCP", resource(listener)({ loadBalancerArn: "arn:1", protocol: "TCP" })),
    ...byBalancer("application", "gateway"),
  ],
  GLB_LISTENER_TAGGED: [
    ...casesOf(listener, {
      loadBalancerArn:
        "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/gwy/inspect/1234567890abcdef",
    }),
    notApplicableCase("listens to HTTP", resource(listener)({ loadBalancerArn: "arn:1", protocol: "HTTP" })),
    ...byBalancer("gateway", "network"),
  ],
  NLB_LISTENER_TAGGED: [
    ...casesOf(listener, { loadBalancerArn: "arn:1", protocol: "TLS", port: 443 }),
    notApplicableCase(
      "listens to HTTPS",
      resource(listener)({ loadBalancerArn: "arn:1", protocol: "HTTPS" }),
    ),
    ...byBalancer("network", "application"),
  ],
  BATCH_MANAGED_COMPUTE_ENV_COMPUTE_RESOURCES_TAGGED: [
    compliantCase("tags its instances", managed({ owner: "platform" })),
    compliantCase("tags its instances with every required tag", managed({ owner: "platform" }), {
      parameters: { requiredKeyTags: "owner" },
    }),
    violatingCase("does not tag its instances", managed({})),
    violatingCase("has tags itself only", environment({ type: "MANAGED", tags: { owner: "platform" } })),
    violatingCase("lacks a required tag", managed({ owner: "platform" }), {
      parameters: { requiredKeyTags: "owner,cost-center" },
    }),
    notApplicableCase("is not managed", environment({ type: "UNMANAGED" })),
    undecidedCase("does not know the tags yet", managed(unknown)),
  ],
};

/** Of every control that asks for tags: the same examples for its type, and others where it is not one type. */
export const tags: Cases = {
  ...Object.fromEntries(
    Object.entries(policies).flatMap(([id, policy]) =>
      [...policy.checks.keys()].map((type) => [id, casesOf(type)] as const),
    ),
  ),
  ...special,
};
