import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const domain = resource("aws:elasticsearch/domain:Domain");
const group = resource("aws:cloudwatch/logGroup:LogGroup");
const GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:search";
const log = (logType: unknown, enabled?: unknown): object => ({
  logType,
  cloudwatchLogGroupArn: GROUP,
  ...(enabled === undefined ? {} : { enabled }),
});

export const elasticsearch: Cases = {
  ELASTICSEARCH_ENCRYPTED_AT_REST: [
    compliantCase("is encrypted", domain({ encryptAtRest: { enabled: true } })),
    violatingCase("does not say", domain({ elasticsearchVersion: "7.10" })),
    violatingCase("is not encrypted", domain({ encryptAtRest: { enabled: false } })),
    undecidedCase("does not know yet", domain({ encryptAtRest: { enabled: unknown } })),
  ],
  ELASTICSEARCH_IN_VPC_ONLY: [
    compliantCase("has subnets", domain({ vpcOptions: { subnetIds: ["subnet-1"] } })),
    compliantCase("has a subnet of the stack", domain({ vpcOptions: { subnetIds: [ref("s")] } }), {
      with: { s: resource("aws:ec2/subnet:Subnet")({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" }) },
    }),
    violatingCase("has no VPC options", domain({})),
    violatingCase("has no subnet", domain({ vpcOptions: { subnetIds: [] } })),
    undecidedCase("does not know its subnets yet", domain({ vpcOptions: { subnetIds: unknown } })),
  ],
  ELASTICSEARCH_LOGS_TO_CLOUDWATCH: [
    compliantCase("sends one log", domain({ logPublishingOptions: [log("INDEX_SLOW_LOGS")] })),
    compliantCase(
      "sends a log to a group of the stack",
      domain({
        logPublishingOptions: [{ logType: "ES_APPLICATION_LOGS", cloudwatchLogGroupArn: ref("g", "arn") }],
      }),
      { with: { g: group({}) } },
    ),
    compliantCase(
      "sends the logs that are asked for",
      domain({ logPublishingOptions: [log("SEARCH_SLOW_LOGS"), log("ES_APPLICATION_LOGS")] }),
      {
        parameters: { logTypes: "search,error" },
      },
    ),
    violatingCase("sends none", domain({})),
    violatingCase("has a log turned off", domain({ logPublishingOptions: [log("INDEX_SLOW_LOGS", false)] })),
    violatingCase(
      "does not send all logs that are asked for",
      domain({ logPublishingOptions: [log("SEARCH_SLOW_LOGS")] }),
      {
        parameters: { logTypes: "search,index" },
      },
    ),
    undecidedCase("does not know its logs yet", domain({ logPublishingOptions: unknown })),
  ],
  ELASTICSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK: [
    compliantCase("encrypts", domain({ nodeToNodeEncryption: { enabled: true } })),
    violatingCase("does not say", domain({})),
    violatingCase("does not encrypt", domain({ nodeToNodeEncryption: { enabled: false } })),
    undecidedCase("does not know yet", domain({ nodeToNodeEncryption: unknown })),
  ],
};
