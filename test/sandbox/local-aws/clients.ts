import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";

/** Clients of the local AWS, as scenarios and the gap filler use them. */
export interface AwsClients {
  readonly config: ConfigServiceClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
}

/**
 * Makes clients with literal credentials.
 *
 * @param endpoint - a loopback address; any other is refused, so that no mistake can reach AWS.
 */
export function awsClients(endpoint: string, region: string): AwsClients {
  if (new URL(endpoint).hostname !== "127.0.0.1") throw new Error(`"${endpoint}" is no loopback address.`);
  const settings = { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  return {
    config: new ConfigServiceClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sns: new SNSClient(settings),
  };
}
