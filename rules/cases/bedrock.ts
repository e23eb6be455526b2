import { compliantCase, resource, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const memory = resource("aws:bedrock/agentcoreMemory:AgentcoreMemory");

export const bedrock: Cases = {
  BEDROCKAGENTCORE_GATEWAY_AUTHORIZER_ENABLED: settingCases(
    resource("aws:bedrock/agentcoreGateway:AgentcoreGateway"),
    "authorizerType",
    { good: ["CUSTOM_JWT", "AWS_IAM"], bad: ["NONE"], absent: "violates" },
  ),
  BEDROCKAGENTCORE_RUNTIME_PRIVATE_NETWORK_REQUIRED: settingCases(
    resource("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime"),
    "networkConfiguration.networkMode",
    { good: ["VPC"], bad: ["PUBLIC"], absent: "violates" },
  ),
  BEDROCK_AGENTCORE_MEMORY_ENCRYPTION_ENABLED: [
    compliantCase("has a key", memory({ encryptionKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/a" })),
    compliantCase("has a key of the stack", memory({ encryptionKeyArn: unknown })),
    violatingCase("has none", memory({ name: "sessions" })),
  ],
};
