import { policy } from "../engine";
import type { Policies } from "../engine";

export const bedrock: Policies = {
  BEDROCKAGENTCORE_GATEWAY_AUTHORIZER_ENABLED: policy("AgentCore gateways ask who calls.", {
    "aws:bedrock/agentcoreGateway:AgentcoreGateway": (gateway) =>
      gateway.test(
        "authorizerType",
        (value) => value !== "NONE" && value !== "",
        'set "authorizerType" to "AWS_IAM" or "CUSTOM_JWT"',
      ),
  }),

  BEDROCKAGENTCORE_RUNTIME_PRIVATE_NETWORK_REQUIRED: policy("AgentCore runtimes are in a VPC.", {
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": (runtime) =>
      runtime.equals("networkConfiguration.networkMode", "VPC"),
  }),

  BEDROCK_AGENTCORE_MEMORY_ENCRYPTION_ENABLED: policy("AgentCore memories have a key of their own.", {
    "aws:bedrock/agentcoreMemory:AgentcoreMemory": (memory) => memory.present("encryptionKeyArn"),
  }),
};
