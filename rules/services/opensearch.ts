import { all, compliant, given, policy, violation } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { publishesLog, publishesLogs } from "../views/search-logs";

const DOMAIN = "aws:opensearch/domain:Domain";

type Domain = Reader<ResourceArgs[typeof DOMAIN]>;

/** Fewer nodes cannot survive the loss of a zone. */
const MIN_NODES = 3;

/** Without the block AWS takes plain HTTP too; inside the block the provider refuses it by default. */
function requiresHttps(domain: Domain): Outcome {
  const fix = 'set "domainEndpointOptions.enforceHttps" to true';
  const options = domain.read("domainEndpointOptions");
  if (options.kind === "absent") return violation(domain.reason("domainEndpointOptions", fix));
  const enforced = domain.read("domainEndpointOptions.enforceHttps");
  return enforced.kind === "absent" ? compliant() : domain.isTrue("domainEndpointOptions.enforceHttps");
}

/** A log group is named with or without `:*` behind it. */
const groupName = (arn: string): string => arn.replace(/:\*$/, "");

const isAmongGroups = (option: Reader<unknown>, groups: readonly string[]): Outcome =>
  (option as Reader<{ cloudwatchLogGroupArn?: string }>).test(
    "cloudwatchLogGroupArn",
    (arn) => typeof arn === "string" && groups.map(groupName).includes(groupName(arn)),
    `set "${option.name("cloudwatchLogGroupArn")}" to one of ${groups.join(", ")}`,
  );

export const opensearch: Policies = {
  OPENSEARCHSERVERLESS_COLLECTION_STANDBYREPLICAS_ENABLED: policy(
    "OpenSearch Serverless collections have standby replicas.",
    {
      "aws:opensearch/serverlessCollection:ServerlessCollection": (collection) =>
        collection.equals("standbyReplicas", "ENABLED"),
    },
  ),

  OPENSEARCH_ACCESS_CONTROL_ENABLED: policy("OpenSearch domains have fine-grained access control.", {
    [DOMAIN]: (domain) => domain.isTrue("advancedSecurityOptions.enabled"),
  }),

  OPENSEARCH_AUDIT_LOGGING_ENABLED: policy("OpenSearch domains write an audit log.", {
    [DOMAIN]: (domain, { cloudWatchLogsLogGroupArnList: groups }) =>
      publishesLog(domain, "AUDIT_LOGS", (option) =>
        given(groups, (wanted) => isAmongGroups(option, wanted)),
      ),
  }),

  OPENSEARCH_DATA_NODE_FAULT_TOLERANCE: policy(
    "OpenSearch domains have three data nodes or more, in several zones.",
    {
      [DOMAIN]: (domain) =>
        all(
          domain.atLeast("clusterConfig.instanceCount", MIN_NODES),
          domain.isTrue("clusterConfig.zoneAwarenessEnabled"),
        ),
    },
  ),

  OPENSEARCH_ENCRYPTED_AT_REST: policy("OpenSearch domains encrypt data at rest.", {
    [DOMAIN]: (domain) => domain.isTrue("encryptAtRest.enabled"),
  }),

  OPENSEARCH_HTTPS_REQUIRED: policy("OpenSearch domains take only HTTPS.", {
    [DOMAIN]: (domain, { tlsPolicies }) =>
      all(
        requiresHttps(domain),
        given(tlsPolicies, (allowed) => domain.oneOf("domainEndpointOptions.tlsSecurityPolicy", allowed)),
      ),
  }),

  OPENSEARCH_IN_VPC_ONLY: policy("OpenSearch domains are in a VPC.", {
    [DOMAIN]: (domain) => domain.nonEmpty("vpcOptions.subnetIds"),
  }),

  OPENSEARCH_LOGS_TO_CLOUDWATCH: policy("OpenSearch domains send logs to CloudWatch.", {
    [DOMAIN]: (domain, p) => publishesLogs(domain, p.logTypes),
  }),

  OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK: policy(
    "OpenSearch domains encrypt the traffic between their nodes.",
    { [DOMAIN]: (domain) => domain.isTrue("nodeToNodeEncryption.enabled") },
  ),

  OPENSEARCH_PRIMARY_NODE_FAULT_TOLERANCE: policy(
    "OpenSearch domains have three dedicated master nodes or more.",
    {
      [DOMAIN]: (domain) =>
        all(
          domain.isTrue("clusterConfig.dedicatedMasterEnabled"),
          domain.atLeast("clusterConfig.dedicatedMasterCount", MIN_NODES),
        ),
    },
  ),
};
