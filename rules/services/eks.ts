import { all, given, policy, stackPolicy, undecided } from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { keyAmong } from "../views/kms";
import { hasTexts } from "../views/lists";
import { latestOrAtLeast, versionAtLeast } from "../views/versions";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

type Cluster = Reader<ResourceArgs[typeof CLUSTER]>;
type NodeGroup = Reader<ResourceArgs[typeof NODE_GROUP]>;

const ALL_LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const encryptsSecrets = (cluster: Cluster, keys: readonly string[] | undefined): Outcome =>
  all(
    hasTexts(cluster, "encryptionConfig.resources", ["secrets"]),
    given(keys, (allowed) => keyAmong(cluster, "encryptionConfig.provider.keyArn", allowed)),
  );

/** Nodes without a version have that of their cluster. */
function nodeVersion(nodes: NodeGroup, oldest: string, { node, stack }: Context): Outcome {
  if (nodes.read("version").kind !== "absent") return versionAtLeast(nodes, "version", oldest);
  const { nodes: clusters, uncertain } = stack.targets(node, "clusterName", CLUSTER);
  const [cluster] = clusters;
  if (cluster === undefined || clusters.length > 1 || uncertain) {
    return undecided({
      ...nodes.reason("version", `set "version" to ${oldest} or later`),
      found: "the version of the cluster is not known here",
    });
  }
  return latestOrAtLeast(cluster.reader(CLUSTER), "version", oldest);
}

/** The version after one: EKS counts minor versions of one major. */
function nextVersion(version: string): string {
  const [major = "1", minor = "0"] = version.trim().split(".");
  return `${major}.${Number(minor) + 1}`;
}

export const eks: Policies = {
  EKS_CLUSTER_LOGGING_ENABLED: policy("EKS clusters write all logs of their control plane.", {
    [CLUSTER]: (cluster) => hasTexts(cluster, "enabledClusterLogTypes", ALL_LOGS),
  }),

  EKS_CLUSTER_LOG_ENABLED: policy("EKS clusters write the logs of their control plane that are asked for.", {
    [CLUSTER]: (cluster, { logTypes }) =>
      logTypes === undefined
        ? cluster.nonEmpty("enabledClusterLogTypes")
        : hasTexts(cluster, "enabledClusterLogTypes", logTypes),
  }),

  EKS_CLUSTER_OLDEST_SUPPORTED_VERSION: policy(
    "EKS clusters run a later version than the oldest that is supported.",
    {
      [CLUSTER]: (cluster, p) =>
        given(p.oldestVersionSupported, (oldest) => latestOrAtLeast(cluster, "version", nextVersion(oldest))),
    },
  ),

  EKS_CLUSTER_SECRETS_ENCRYPTED: policy("EKS clusters encrypt Kubernetes secrets with a KMS key.", {
    [CLUSTER]: (cluster, p) => encryptsSecrets(cluster, p.kmsKeyArns),
  }),

  EKS_CLUSTER_SUPPORTED_VERSION: policy("EKS clusters run a supported version of Kubernetes.", {
    [CLUSTER]: (cluster, p) =>
      given(p.oldestVersionSupported, (oldest) => latestOrAtLeast(cluster, "version", oldest)),
  }),

  EKS_ENDPOINT_NO_PUBLIC_ACCESS: policy("EKS clusters have no public endpoint.", {
    [CLUSTER]: (cluster) => cluster.isFalse("vpcConfig.endpointPublicAccess"),
  }),

  EKS_NODEGROUP_SUPPORTED_VERSION_CHECK: stackPolicy(
    "EKS node groups run a supported version of Kubernetes.",
    {
      [NODE_GROUP]: (nodes, p, context) =>
        given(p.oldestVersionSupported, (oldest) => nodeVersion(nodes, oldest, context)),
    },
  ),

  EKS_SECRETS_ENCRYPTED: policy("EKS clusters encrypt Kubernetes secrets with a KMS key.", {
    [CLUSTER]: (cluster, p) => encryptsSecrets(cluster, p.kmsKeyArns),
  }),
};
