import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";

import { type Credentials, type Settings } from "./settings";

/** What every client of the AWS SDK is built with. */
interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials?: Credentials;
  readonly forcePathStyle: boolean;
  readonly requestHandler: NodeHttpHandler;
}

// Some clients, such as that of Kinesis, would speak HTTP/2, which a local AWS does not.
const requestHandler = new NodeHttpHandler();

/** The clients of one region of the local AWS. */
export class Session {
  private readonly clients = new Map<string, unknown>();
  private readonly regions: Map<string, Session>;
  private identity: Promise<string> | undefined;

  constructor(
    readonly settings: Settings,
    readonly region: string = settings.region,
    regions = new Map<string, Session>(),
  ) {
    this.regions = regions.set(region, this);
  }

  /** The partition of the region, such as `aws-us-gov`. */
  get partition(): string {
    if (this.region.startsWith("cn-")) return "aws-cn";
    return this.region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** The domain of the partition's endpoints. */
  get domain(): string {
    return this.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  }

  /** The session of another region with the same settings. */
  in(region: string): Session {
    return this.regions.get(region) ?? new Session(this.settings, region, this.regions);
  }

  /**
   * The client of a service, made once.
   *
   * @param service - its name in the provider's `endpoints`, such as `configservice`
   */
  client<C extends object>(Client: new (settings: ClientSettings) => C, service: string): C {
    const known = this.clients.get(service);
    if (known instanceof Client) return known;
    const { credentials, endpoint } = this.settings;
    const client = new Client({
      region: this.region,
      endpoint: endpoint(service),
      ...(credentials === undefined ? {} : { credentials }),
      // Bucket names in the host name would need name resolution, which a loopback address has not.
      forcePathStyle: true,
      requestHandler,
    });
    this.clients.set(service, client);
    return client;
  }

  /** The keys that the clients sign with. */
  credentials(): Promise<Credentials> {
    const { credentials } = this.settings;
    return credentials === undefined
      ? this.client(STSClient, "sts").config.credentials()
      : Promise.resolve(credentials);
  }

  /** The id of the account that the credentials belong to. */
  account(): Promise<string> {
    this.identity ??= this.client(STSClient, "sts")
      .send(new GetCallerIdentityCommand({}))
      .then(({ Account }) => Account ?? "");
    return this.identity;
  }

  /** An ARN in this region and account. */
  async arn(service: string, resource: string): Promise<string> {
    return `arn:${this.partition}:${service}:${this.region}:${await this.account()}:${resource}`;
  }

  /**
   * Makes sure that the account may be worked on.
   *
   * @throws Error that names the account when it is forbidden or not among the allowed ones
   */
  async checkAccount(): Promise<void> {
    const { allowedAccountIds, forbiddenAccountIds } = this.settings;
    if (allowedAccountIds.length === 0 && forbiddenAccountIds.length === 0) return;
    const account = await this.account();
    if (
      forbiddenAccountIds.includes(account) ||
      (allowedAccountIds.length > 0 && !allowedAccountIds.includes(account))
    ) {
      throw new Error(
        `AWS account ID not allowed: ${account}; "allowedAccountIds" or "forbiddenAccountIds" of the provider rules it out.`,
      );
    }
  }
}
