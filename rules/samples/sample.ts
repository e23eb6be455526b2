import type { ResourceArgs, ResourceType } from "../catalog/generated/resource-types";
import type { ConfigurationItem, ItemRelationship } from "../custom/items";
import type { Path, Plain } from "../engine/paths";

/** One resource in both worlds: as a program declares it, and as AWS Config sends it with a change. */
export interface Sample {
  /** As AWS Config spells it, e.g. `AWS::S3::Bucket`. */
  readonly configType: string;
  /** As Pulumi spells it, e.g. `aws:s3/bucket:Bucket`. */
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly item: SampleItem;
  /** A scalar that both worlds have: its path in the inputs, and in the item. Without one, the tags are such a fact. */
  readonly shared?: readonly [string, string];
}

/** @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html */
export interface SampleItem extends ConfigurationItem {
  readonly configurationItemVersion: string;
}

/** Inputs as a program settles them: without outputs and promises, and complete. */
type Settled<T> =
  Plain<T> extends infer U
    ? U extends readonly (infer E)[]
      ? readonly Settled<E>[]
      : U extends object
        ? { readonly [K in keyof U]: Settled<U[K]> }
        : U
    : never;

/** What a sample does not share with all others. */
interface Described<T extends ResourceType, I extends string> {
  readonly id: string;
  readonly name?: string;
  readonly arn?: string;
  /** `global` for what lives in no region. */
  readonly region?: "global" | "us-east-1";
  /** Absent where a resource is in no zone. */
  readonly zone?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly inputs: Settled<ResourceArgs[T]>;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplement?: Readonly<Record<string, unknown>>;
  /** By the name of the relation: type and id of the other resource. */
  readonly related?: readonly (readonly [name: string, type: string, id: string])[];
  readonly shared?: readonly [I & Path<ResourceArgs[T], I>, string];
}

/** The account, the region and the tags of the samples. */
export const ACCOUNT = "123456789012";
export const REGION = "eu-west-1";
export const ZONE = "eu-west-1a";
export const TAGS = { Environment: "production", Owner: "orders-team" };

/** Ids of resources that samples of others speak of. */
export const VPC = "vpc-0a1b2c3d4e5f60718";
export const SUBNET = "subnet-0b2c3d4e5f6071829";
export const OTHER_SUBNET = "subnet-0c3d4e5f607182930";
export const GROUP = "sg-0d4e5f60718293041";
export const KEY_ID = "1b2c3d4e-5f60-4718-8293-0415263748a9";

/** An ARN of the samples' account and region. */
export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
/** An ARN of IAM, which is in no region. */
export const iamArn = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;

export const KEY = arn("kms", `key/${KEY_ID}`);

/**
 * A sample, whose inputs are checked when it is compiled.
 * @param configType - as AWS Config spells it.
 * @param type - the type token of Pulumi.
 */
export function sample<T extends ResourceType, I extends string>(
  configType: string,
  type: T,
  described: Described<T, I>,
): Sample {
  const { id, name, arn: ownArn, region = REGION, zone, tags = {}, related = [] } = described;
  return {
    configType,
    type,
    // Arguments of a resource class are always an object, which the compiler cannot tell of a type that is still open.
    inputs: described.inputs as Sample["inputs"],
    item: {
      configurationItemVersion: "1.3",
      configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
      configurationItemStatus: "OK",
      configurationStateId: "1772600767089",
      awsAccountId: ACCOUNT,
      resourceType: configType,
      resourceId: id,
      ...(name === undefined ? {} : { resourceName: name }),
      ...(ownArn === undefined ? {} : { ARN: ownArn }),
      awsRegion: region,
      availabilityZone: zone ?? "Not Applicable",
      resourceCreationTime: "2026-02-03T04:05:06.000Z",
      tags,
      relationships: related.map(([relation, resourceType, resourceId]): ItemRelationship => ({
        resourceType,
        resourceId,
        name: relation,
      })),
      configuration: described.configuration,
      supplementaryConfiguration: described.supplement ?? {},
    },
    ...(described.shared === undefined ? {} : { shared: described.shared }),
  };
}
