import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const domain = resource("aws:opensearch/domain:Domain");
const collection = resource("aws:opensearch/serverlessCollection:ServerlessCollection");
const GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:search";
const log = (logType: unknown, more: object = {}): object => ({
  logType,
  cloudwatchLogGroupArn: `${GROUP}:*`,
  ...more,
});

export const opensearch: Cases = {
  OPENSEARCHSERVERLESS_COLLECTION_STANDBYREPLICAS_ENABLED: [
    compliantCase("does not say, which means yes", collection({ name: "docs" })),
    compliantCase("says so", collection({ standbyReplicas: "ENABLED" })),
    violatingCase("has none", collection({ standbyReplicas: "DISABLED" })),
    undecidedCase("does not know yet", collection({ standbyReplicas: unknown })),
  ],
  OPENSEARCH_ACCESS_CONTROL_ENABLED: [
    compliantCase("has it", domain({ advancedSecurityOptions: { enabled: true } })),
    violatingCase("does not say", domain({})),
    violatingCase("has it turned off", domain({ advancedSecurityOptions: { enabled: false } })),
    undecidedCase("does not know yet", domain({ advancedSecurityOptions: { enabled: unknown } })),
  ],
  OPENSEARCH_AUDIT_LOGGING_ENABLED: [
    compliantCase(
      "writes one",
      domain({ logPublishingOptions: [log("INDEX_SLOW_LOGS"), log("AUDIT_LOGS")] }),
    ),
    compliantCase(
      "writes one to a group of the stack",
      domain({ logPublishingOptions: [log("AUDIT_LOGS", { cloudwatchLogGroupArn: ref("g", "arn") })] }),
      {
        with: { g: resource("aws:cloudwatch/logGroup:LogGroup")({}) },
      },
    ),
    compliantCase("writes one to a listed group", domain({ logPublishingOptions: [log("AUDIT_LOGS")] }), {
      parameters: { cloudWatchLogsLogGroupArnList: GROUP },
    }),
    violatingCase("writes other logs", domain({ logPublishingOptions: [log("INDEX_SLOW_LOGS")] })),
    violatingCase(
      "has it turned off",
      domain({ logPublishingOptions: [log("AUDIT_LOGS", { enabled: false })] }),
    ),
    violatingCase("writes none", domain({})),
    violatingCase("writes one to another group", domain({ logPublishingOptions: [log("AUDIT_LOGS")] }), {
      parameters: { cloudWatchLogsLogGroupArnList: "arn:aws:logs:eu-west-1:111122223333:log-group:audit" },
    }),
    undecidedCase("does not know the type of a log yet", domain({ logPublishingOptions: [log(unknown)] })),
  ],
  OPENSEARCH_DATA_NODE_FAULT_TOLERANCE: [
    compliantCase(
      "has three nodes in several zones",
      domain({ clusterConfig: { instanceCount: 3, zoneAwarenessEnabled: true } }),
    ),
    violatingCase(
      "has two nodes",
      domain({ clusterConfig: { instanceCount: 2, zoneAwarenessEnabled: true } }),
    ),
    violatingCase("has all nodes in one zone", domain({ clusterConfig: { instanceCount: 3 } })),
    violatingCase(
      "says that all nodes are in one zone",
      domain({ clusterConfig: { instanceCount: 3, zoneAwarenessEnabled: false } }),
    ),
    violatingCase("does not say", domain({})),
    undecidedCase(
      "does not know the number of nodes yet",
      domain({ clusterConfig: { instanceCount: unknown, zoneAwarenessEnabled: true } }),
    ),
  ],
  OPENSEARCH_ENCRYPTED_AT_REST: [
    compliantCase("is encrypted", domain({ encryptAtRest: { enabled: true } })),
    violatingCase("does not say", domain({})),
    violatingCase("is not encrypted", domain({ encryptAtRest: { enabled: false } })),
    undecidedCase("does not know yet", domain({ encryptAtRest: { enabled: unknown } })),
  ],
  OPENSEARCH_HTTPS_REQUIRED: [
    compliantCase("says so", domain({ domainEndpointOptions: { enforceHttps: true } })),
    compliantCase(
      "has endpoint options that do not say",
      domain({ domainEndpointOptions: { tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" } }),
      { note: "The provider turns it on inside the block." },
    ),
    compliantCase(
      "has an allowed TLS policy",
      domain({
        domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      }),
      { parameters: { tlsPolicies: "Policy-Min-TLS-1-2-2019-07,Policy-Min-TLS-1-2-PFS-2023-10" } },
    ),
    violatingCase("has no endpoint options", domain({}), { note: "AWS takes HTTP then." }),
    violatingCase("takes HTTP", domain({ domainEndpointOptions: { enforceHttps: false } })),
    violatingCase(
      "has another TLS policy",
      domain({
        domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-0-2019-07" },
      }),
      {
        parameters: { tlsPolicies: "Policy-Min-TLS-1-2-2019-07" },
      },
    ),
    violatingCase(
      "has no TLS policy where some are asked for",
      domain({ domainEndpointOptions: { enforceHttps: true } }),
      {
        parameters: { tlsPolicies: "Policy-Min-TLS-1-2-2019-07" },
      },
    ),
    undecidedCase("does not know yet", domain({ domainEndpointOptions: { enforceHttps: unknown } })),
  ],
  OPENSEARCH_IN_VPC_ONLY: [
    compliantCase(
      "has subnets",
      domain({ vpcOptions: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] } }),
    ),
    violatingCase("has no VPC options", domain({})),
    violatingCase("has no subnet", domain({ vpcOptions: { securityGroupIds: ["sg-1"] } })),
    undecidedCase("does not know its subnets yet", domain({ vpcOptions: { subnetIds: unknown } })),
  ],
  OPENSEARCH_LOGS_TO_CLOUDWATCH: [
    compliantCase("sends one log", domain({ logPublishingOptions: [log("INDEX_SLOW_LOGS")] })),
    compliantCase(
      "sends the log that is asked for",
      domain({ logPublishingOptions: [log("ES_APPLICATION_LOGS")] }),
      {
        parameters: { logTypes: "error" },
      },
    ),
    violatingCase("sends none", domain({})),
    violatingCase("has an empty list", domain({ logPublishingOptions: [] })),
    violatingCase(
      "has its log turned off",
      domain({ logPublishingOptions: [log("INDEX_SLOW_LOGS", { enabled: false })] }),
    ),
    violatingCase(
      "sends another log than the one asked for",
      domain({ logPublishingOptions: [log("INDEX_SLOW_LOGS")] }),
      {
        parameters: { logTypes: "error" },
      },
    ),
    undecidedCase("does not know its logs yet", domain({ logPublishingOptions: unknown })),
  ],
  OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK: [
    compliantCase("encrypts", domain({ nodeToNodeEncryption: { enabled: true } })),
    violatingCase("does not say", domain({})),
    violatingCase("does not encrypt", domain({ nodeToNodeEncryption: { enabled: false } })),
    undecidedCase("does not know yet", domain({ nodeToNodeEncryption: { enabled: unknown } })),
  ],
  OPENSEARCH_PRIMARY_NODE_FAULT_TOLERANCE: [
    compliantCase(
      "has three",
      domain({ clusterConfig: { dedicatedMasterEnabled: true, dedicatedMasterCount: 3 } }),
    ),
    violatingCase(
      "has two",
      domain({ clusterConfig: { dedicatedMasterEnabled: true, dedicatedMasterCount: 2 } }),
    ),
    violatingCase(
      "has them turned off",
      domain({ clusterConfig: { dedicatedMasterEnabled: false, dedicatedMasterCount: 3 } }),
    ),
    violatingCase("does not say", domain({})),
    undecidedCase(
      "does not know their number yet",
      domain({ clusterConfig: { dedicatedMasterEnabled: true, dedicatedMasterCount: unknown } }),
    ),
  ],
};
