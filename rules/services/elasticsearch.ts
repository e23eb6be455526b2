import { policy } from "../engine";
import type { Policies } from "../engine";
import { publishesLogs } from "../views/search-logs";

const DOMAIN = "aws:elasticsearch/domain:Domain";

export const elasticsearch: Policies = {
  ELASTICSEARCH_ENCRYPTED_AT_REST: policy("Elasticsearch domains encrypt data at rest.", {
    [DOMAIN]: (domain) => domain.isTrue("encryptAtRest.enabled"),
  }),

  ELASTICSEARCH_IN_VPC_ONLY: policy("Elasticsearch domains are in a VPC.", {
    [DOMAIN]: (domain) => domain.nonEmpty("vpcOptions.subnetIds"),
  }),

  ELASTICSEARCH_LOGS_TO_CLOUDWATCH: policy("Elasticsearch domains send logs to CloudWatch.", {
    [DOMAIN]: (domain, p) => publishesLogs(domain, p.logTypes),
  }),

  ELASTICSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK: policy(
    "Elasticsearch domains encrypt the traffic between their nodes.",
    { [DOMAIN]: (domain) => domain.isTrue("nodeToNodeEncryption.enabled") },
  ),
};
