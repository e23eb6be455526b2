import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Case, CaseResource, Cases } from "./types";

const of = resource("aws:eks/cluster:Cluster");
const cluster = (more: object = {}): CaseResource =>
  of({ roleArn: "arn:aws:iam::111122223333:role/eks", vpcConfig: { subnetIds: ["subnet-1"] }, ...more });
const nodes = (more: object = {}): CaseResource =>
  resource("aws:eks/nodeGroup:NodeGroup")({
    nodeRoleArn: "arn:aws:iam::111122223333:role/nodes",
    subnetIds: ["subnet-1"],
    ...more,
  });
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const encrypted = (keyArn: unknown = KEY, resources: unknown = ["secrets"]): object => ({
  encryptionConfig: { provider: { keyArn }, resources },
});
const ALL = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const oldest = { oldestVersionSupported: "1.30" };

const secrets: readonly Case[] = [
  compliantCase("encrypts secrets", cluster(encrypted())),
  compliantCase("encrypts secrets with a key of the stack", cluster(encrypted(ref("k", "arn"))), {
    with: { k: resource("aws:kms/key:Key")({}) },
  }),
  compliantCase("encrypts secrets with a listed key", cluster(encrypted()), {
    parameters: { kmsKeyArns: KEY },
  }),
  violatingCase("does not say", cluster()),
  violatingCase("encrypts nothing", cluster(encrypted(KEY, []))),
  violatingCase("encrypts secrets with another key than the listed", cluster(encrypted()), {
    parameters: { kmsKeyArns: "arn:aws:kms:eu-west-1:111122223333:key/other" },
  }),
  undecidedCase("does not know what it encrypts yet", cluster(encrypted(KEY, unknown))),
  undecidedCase("does not know its key yet where keys are listed", cluster(encrypted(unknown)), {
    parameters: { kmsKeyArns: KEY },
  }),
];

export const eks: Cases = {
  EKS_CLUSTER_LOGGING_ENABLED: [
    compliantCase("writes all logs", cluster({ enabledClusterLogTypes: ALL })),
    violatingCase("writes some", cluster({ enabledClusterLogTypes: ["api", "audit"] })),
    violatingCase("writes none", cluster()),
    undecidedCase("does not know its logs yet", cluster({ enabledClusterLogTypes: unknown })),
  ],
  EKS_CLUSTER_LOG_ENABLED: [
    compliantCase("writes all logs", cluster({ enabledClusterLogTypes: ALL })),
    compliantCase(
      "writes the logs that are asked for",
      cluster({ enabledClusterLogTypes: ["audit", "api"] }),
      {
        parameters: { logTypes: "audit" },
      },
    ),
    violatingCase("writes none", cluster()),
    violatingCase("has an empty list", cluster({ enabledClusterLogTypes: [] })),
    violatingCase("does not write a log that is asked for", cluster({ enabledClusterLogTypes: ["api"] }), {
      parameters: { logTypes: "api,audit" },
    }),
    undecidedCase("does not know its logs yet", cluster({ enabledClusterLogTypes: unknown })),
  ],
  EKS_CLUSTER_OLDEST_SUPPORTED_VERSION: [
    compliantCase("runs a later version", cluster({ version: "1.31" }), { parameters: oldest }),
    compliantCase("does not say, which means the latest", cluster(), { parameters: oldest }),
    violatingCase("runs the oldest version", cluster({ version: "1.30" }), { parameters: oldest }),
    violatingCase("runs a version that is older still", cluster({ version: "1.9" }), {
      parameters: oldest,
      note: "The rule speaks of the oldest version only; what is older is no better.",
    }),
    undecidedCase("does not know its version yet", cluster({ version: unknown }), { parameters: oldest }),
  ],
  EKS_CLUSTER_SECRETS_ENCRYPTED: secrets,
  EKS_CLUSTER_SUPPORTED_VERSION: [
    compliantCase("runs the oldest version", cluster({ version: "1.30" }), { parameters: oldest }),
    compliantCase("does not say, which means the latest", cluster(), { parameters: oldest }),
    violatingCase("runs an older version", cluster({ version: "1.29" }), { parameters: oldest }),
    violatingCase("runs a version that is older as a number, not as text", cluster({ version: "1.9" }), {
      parameters: oldest,
    }),
    undecidedCase("does not know its version yet", cluster({ version: unknown }), { parameters: oldest }),
  ],
  EKS_ENDPOINT_NO_PUBLIC_ACCESS: [
    compliantCase(
      "has none",
      cluster({
        vpcConfig: { subnetIds: ["subnet-1"], endpointPublicAccess: false, endpointPrivateAccess: true },
      }),
    ),
    violatingCase("does not say, which means yes", cluster()),
    violatingCase(
      "has one for some networks",
      cluster({
        vpcConfig: { subnetIds: ["subnet-1"], endpointPublicAccess: true, publicAccessCidrs: ["10.0.0.0/8"] },
      }),
    ),
    undecidedCase(
      "does not know yet",
      cluster({ vpcConfig: { subnetIds: ["subnet-1"], endpointPublicAccess: unknown } }),
    ),
  ],
  EKS_NODEGROUP_SUPPORTED_VERSION_CHECK: [
    compliantCase("runs a supported version", nodes({ clusterName: "app", version: "1.31" }), {
      parameters: oldest,
    }),
    compliantCase("has the version of its cluster", nodes({ clusterName: ref("c", "name") }), {
      parameters: oldest,
      with: { c: cluster({ version: "1.31" }) },
    }),
    violatingCase("runs an older version", nodes({ clusterName: "app", version: "1.29" }), {
      parameters: oldest,
    }),
    violatingCase("has the older version of its cluster", nodes({ clusterName: ref("c", "name") }), {
      parameters: oldest,
      with: { c: cluster({ version: "1.28" }) },
    }),
    undecidedCase("has the version of a cluster of another stack", nodes({ clusterName: "app" }), {
      parameters: oldest,
    }),
    undecidedCase("does not know its version yet", nodes({ clusterName: "app", version: unknown }), {
      parameters: oldest,
    }),
  ],
  EKS_SECRETS_ENCRYPTED: secrets,
};
