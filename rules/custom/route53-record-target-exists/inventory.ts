import { ApiGatewayV2Client, GetDomainNamesCommand } from "@aws-sdk/client-apigatewayv2";
import { CloudFrontClient, paginateListDistributions } from "@aws-sdk/client-cloudfront";
import {
  DescribeRegionsCommand,
  EC2Client,
  paginateDescribeNetworkInterfaces,
  DescribeAddressesCommand,
} from "@aws-sdk/client-ec2";
import {
  CheckDNSAvailabilityCommand,
  DescribeEnvironmentsCommand,
  ElasticBeanstalkClient,
} from "@aws-sdk/client-elastic-beanstalk";
import {
  ElasticLoadBalancingClient,
  paginateDescribeLoadBalancers as paginateClassic,
} from "@aws-sdk/client-elastic-load-balancing";
import {
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { HeadBucketCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { ClientConfig } from "../../lambda";
import type { Presence } from ".";
import { bareName } from "./targets";
import type { Target, TargetKind } from "./targets";

/** What the account has, in all of its regions; each list is read once, and only when a record asks for it. */

/** The clients of a region. */
interface Regional {
  readonly ec2: EC2Client;
  readonly balancers: ElasticLoadBalancingV2Client;
  readonly classic: ElasticLoadBalancingClient;
  readonly environments: ElasticBeanstalkClient;
  readonly apis: ApiGatewayV2Client;
}

/** Clients by region, made when they are needed. */
export class Regions {
  private readonly made = new Map<string, Regional>();

  public constructor(private readonly config: ClientConfig) {}

  /** @param region - Default: the function's own. */
  public in(region = ""): Regional {
    const config = { ...this.config, ...(region === "" ? {} : { region }) };
    const clients = this.made.get(region) ?? {
      ec2: new EC2Client(config),
      balancers: new ElasticLoadBalancingV2Client(config),
      classic: new ElasticLoadBalancingClient(config),
      environments: new ElasticBeanstalkClient(config),
      apis: new ApiGatewayV2Client(config),
    };
    this.made.set(region, clients);
    return clients;
  }

  public destroy(): void {
    for (const { ec2, balancers, classic, environments, apis } of this.made.values())
      for (const client of [ec2, balancers, classic, environments, apis]) client.destroy();
    this.made.clear();
  }
}

export interface InventoryClients {
  readonly s3: S3Client;
  readonly cloudfront: CloudFrontClient;
  readonly regions: Regions;
}

export const inventoryClients = (config: ClientConfig): InventoryClients => ({
  // A bucket's name does not say where it is, and one with dots fits no certificate as a part of the host's.
  s3: new S3Client({ ...config, followRegionRedirects: true, forcePathStyle: true }),
  cloudfront: new CloudFrontClient(config),
  regions: new Regions(config),
});

/** The most interfaces that a page may have. */
const PAGE = 1000;

/** The names that Elastic Beanstalk lets a customer choose. */
const CHOSEN = /^([a-z0-9-]{4,63})\.[^.]+\.elasticbeanstalk\.com(?:\.cn)?$/;

/** Says of a target whether it exists. */
export class Inventory {
  private readonly lists = new Map<string, Promise<ReadonlySet<string>>>();

  public constructor(
    private readonly account: string,
    private readonly clients: InventoryClients,
  ) {}

  public async presenceOf(target: Target): Promise<Presence> {
    const { kind, name, region } = target;
    switch (kind) {
      case "S3 bucket":
        return this.bucket(name);
      case "CloudFront distribution":
        return presence(await this.once(kind, () => this.distributions()), name);
      case "address":
        return presence(await this.once(kind, () => this.addresses()), name);
      case "Elastic Beanstalk environment":
      case "load balancer":
      case "API":
        return this.inRegion(kind, name, region);
    }
  }

  private async inRegion(kind: TargetKind, name: string, region: string | undefined): Promise<Presence> {
    if (region === undefined) return "unknown";
    // In a region that is switched off, or of another partition, the account has nothing, and nothing can be asked.
    if (!(await this.once("region", () => this.regions())).has(region)) return "elsewhere";
    const own = await this.once(`${kind} ${region}`, () => this.names(kind, region));
    const chosen = CHOSEN.exec(name)?.[1];
    return own.has(name) || kind !== "Elastic Beanstalk environment" || chosen === undefined
      ? presence(own, name)
      : this.environment(chosen, region);
  }

  private names(kind: TargetKind, region: string): Promise<readonly (string | undefined)[]> {
    if (kind === "load balancer") return this.balancers(region);
    return kind === "API" ? this.apis(region) : this.environments(region);
  }

  private once(
    key: string,
    read: () => Promise<readonly (string | undefined)[]>,
  ): Promise<ReadonlySet<string>> {
    const list =
      this.lists.get(key) ??
      read().then((names) => new Set(names.flatMap((name) => (name === undefined ? [] : [bareName(name)]))));
    this.lists.set(key, list);
    return list;
  }

  /**
   * Names of buckets are unique among all accounts of a partition.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
   */
  private async bucket(name: string): Promise<Presence> {
    // No bucket has such a name, and S3 is not asked for it.
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) return "gone";
    try {
      await this.clients.s3.send(new HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: this.account }));
      return "exists";
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
      const status = error.$metadata.httpStatusCode;
      if (status === 404) return "gone";
      if (status === 403) return "elsewhere";
      throw error;
    }
  }

  private async environment(prefix: string, region: string): Promise<Presence> {
    const { environments } = this.clients.regions.in(region);
    const answer = await environments.send(new CheckDNSAvailabilityCommand({ CNAMEPrefix: prefix }));
    if (answer.Available === undefined) return "unknown";
    return answer.Available ? "gone" : "elsewhere";
  }

  private async environments(region: string): Promise<readonly (string | undefined)[]> {
    const names: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const answer = await this.clients.regions
        .in(region)
        .environments.send(new DescribeEnvironmentsCommand({ IncludeDeleted: false, NextToken }));
      names.push(...(answer.Environments ?? []).flatMap(({ CNAME, EndpointURL }) => [CNAME, EndpointURL]));
      ({ NextToken } = answer);
    } while (NextToken !== undefined);
    return names;
  }

  private async balancers(region: string): Promise<readonly (string | undefined)[]> {
    const { balancers, classic } = this.clients.regions.in(region);
    const names: (string | undefined)[] = [];
    for await (const page of paginateDescribeLoadBalancers({ client: balancers }, {}))
      names.push(...(page.LoadBalancers ?? []).map(({ DNSName }) => DNSName));
    for await (const page of paginateClassic({ client: classic }, {}))
      names.push(...(page.LoadBalancerDescriptions ?? []).map(({ DNSName }) => DNSName));
    return names;
  }

  private async apis(region: string): Promise<readonly (string | undefined)[]> {
    const names: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const answer = await this.clients.regions
        .in(region)
        .apis.send(new GetDomainNamesCommand({ NextToken }));
      for (const { DomainNameConfigurations: ways } of answer.Items ?? [])
        names.push(...(ways ?? []).map(({ ApiGatewayDomainName }) => ApiGatewayDomainName));
      ({ NextToken } = answer);
    } while (NextToken !== undefined);
    return names;
  }

  private async distributions(): Promise<readonly (string | undefined)[]> {
    const names: (string | undefined)[] = [];
    for await (const page of paginateListDistributions({ client: this.clients.cloudfront }, {}))
      names.push(...(page.DistributionList?.Items ?? []).map(({ DomainName }) => DomainName));
    return names;
  }

  private async regions(): Promise<readonly (string | undefined)[]> {
    const answer = await this.clients.regions.in().ec2.send(new DescribeRegionsCommand({}));
    return (answer.Regions ?? []).map(({ RegionName }) => RegionName);
  }

  /** Elastic IP addresses, and those that network interfaces got from AWS. */
  private async addresses(): Promise<readonly (string | undefined)[]> {
    const found: (string | undefined)[] = [];
    for (const region of await this.once("region", () => this.regions())) {
      const { ec2 } = this.clients.regions.in(region);
      const answer = await ec2.send(new DescribeAddressesCommand({}));
      found.push(...(answer.Addresses ?? []).map(({ PublicIp }) => PublicIp));
      for await (const page of paginateDescribeNetworkInterfaces({ client: ec2, pageSize: PAGE }, {})) {
        for (const { PrivateIpAddresses: addresses } of page.NetworkInterfaces ?? [])
          found.push(...(addresses ?? []).map(({ Association }) => Association?.PublicIp));
      }
    }
    return found;
  }
}

const presence = (own: ReadonlySet<string>, name: string): Presence =>
  own.has(name) ? "exists" : "elsewhere";
