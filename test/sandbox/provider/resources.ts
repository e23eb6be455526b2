import { type AnyResourceType, type ResourceTypes } from "./resource-type";

/** The services whose resources are created for real; each is loaded, with its client, when it is first met. */
const SERVICES: Readonly<Record<string, () => Promise<ResourceTypes>>> = {
  chatbot: async () => (await import("./services/chatbot")).chatbot,
  cloudfront: async () => (await import("./services/cloudfront")).cloudfront,
  cloudtrail: async () => (await import("./services/cloudtrail")).cloudtrail,
  cloudwatch: async () => (await import("./services/cloudwatch")).cloudwatch,
  codebuild: async () => (await import("./services/codebuild")).codebuild,
  codeconnections: async () => (await import("./services/codeconnections")).codeconnections,
  codepipeline: async () => (await import("./services/codepipeline")).codepipeline,
  dynamodb: async () => (await import("./services/dynamodb")).dynamodb,
  kinesis: async () => (await import("./services/kinesis")).kinesis,
  lambda: async () => (await import("./services/lambda")).lambda,
  secretsmanager: async () => (await import("./services/secretsmanager")).secretsmanager,
  sns: async () => (await import("./services/sns")).sns,
  sqs: async () => (await import("./services/sqs")).sqs,
  wafv2: async () => (await import("./services/wafv2")).wafv2,
  cfg: async () => (await import("./services/cfg")).cfg,
  iam: async () => (await import("./services/iam")).iam,
  kms: async () => (await import("./services/kms")).kms,
  s3: async () => (await import("./services/s3")).s3,
};

/** How a type such as `aws:s3/bucket:Bucket` is created, or `undefined` for a type that is only previewed. */
export async function resourceTypeOf(token: string): Promise<AnyResourceType | undefined> {
  const service = /^aws:(\w+)\//.exec(token)?.[1] ?? "";
  const load = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  const types = await load?.();
  return types !== undefined && Object.hasOwn(types, token) ? types[token] : undefined;
}
