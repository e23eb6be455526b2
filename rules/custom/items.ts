import type { Path } from "../engine/paths";
import { ControlFailure } from "./judge";

/** Configuration items as AWS Config sends them with a change, which is not quite how its API answers with them. */

/**
 * What the configuration of a resource type can hold, by type. All of it is optional: AWS publishes names and types,
 * and promises nothing.
 * @see https://github.com/awslabs/aws-config-resource-schema
 */
export interface ItemConfigurations {
  readonly "AWS::IAM::Group": IdentityConfiguration & { readonly groupName?: string };
  readonly "AWS::IAM::Policy": IdentityConfiguration & { readonly policyName?: string };
  readonly "AWS::IAM::Role": IdentityConfiguration & {
    readonly assumeRolePolicyDocument?: unknown;
    readonly roleName?: string;
  };
  readonly "AWS::IAM::User": IdentityConfiguration & { readonly userName?: string };
  readonly "AWS::KMS::Key": {
    readonly arn?: string;
    readonly keyId?: string;
    /** `AWS` or `CUSTOMER`. */
    readonly keyManager?: string;
    readonly keyState?: string;
  };
  readonly "AWS::Lambda::Function": {
    readonly functionArn?: string;
    readonly functionName?: string;
    readonly packageType?: string;
    readonly role?: string;
    readonly runtime?: string;
    readonly version?: string;
  };
  readonly "AWS::SNS::Topic": {
    readonly Owner?: string;
    /** JSON text. */
    readonly Policy?: string;
    readonly TopicArn?: string;
  };
  readonly "AWS::SQS::Queue": {
    /** JSON text; absent for a queue without a policy. */
    readonly Policy?: string;
    readonly QueueArn?: string;
    readonly QueueName?: string;
    readonly QueueUrl?: string;
  };
  readonly "AWS::ECR::Repository": {
    readonly Arn?: string;
    readonly RepositoryName?: string;
  };
  readonly "AWS::SecretsManager::Secret": {
    readonly ARN?: string;
    readonly Name?: string;
  };
  readonly "AWS::EC2::SecurityGroup": {
    readonly groupId?: string;
    readonly groupName?: string;
    readonly ipPermissions?: readonly {
      readonly prefixListIds?: readonly { readonly prefixListId?: string }[];
    }[];
  };
}

/**
 * Where IAM's resources have policies; each type has one of the lists. AWS's list of properties leaves the policies
 * themselves out. `document` and `assumeRolePolicyDocument` stand in the sample items of AWS's Rule Development Kit, whose
 * `rolePolicyList` is empty: `policyDocument` is the name in IAM's API in the same spelling. `recordedDocument` reads all.
 * @see https://github.com/awslabs/aws-config-rdk/blob/master/rdk/template/example_ci/AWS_IAM_Policy.json
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyDetail.html
 */
export interface IdentityConfiguration {
  readonly arn?: string;
  readonly path?: string;
  readonly policyVersionList?: readonly {
    readonly document?: unknown;
    readonly isDefaultVersion?: boolean;
    readonly versionId?: string;
  }[];
  readonly rolePolicyList?: readonly InlinePolicy[];
  readonly userPolicyList?: readonly InlinePolicy[];
  readonly groupPolicyList?: readonly InlinePolicy[];
}

/** A policy of one role, user or group. */
export interface InlinePolicy {
  readonly policyName?: string;
  readonly policyDocument?: unknown;
}

/** The resource types whose configuration is typed. */
export type TypedItem = keyof ItemConfigurations;

type ConfigurationOf<T extends string> = T extends TypedItem
  ? ItemConfigurations[T]
  : Readonly<Record<string, unknown>>;

/**
 * The recorded state of one resource.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
export interface ConfigurationItem<T extends string = string> {
  readonly resourceType: T;
  readonly resourceId: string;
  readonly resourceName?: string;
  readonly ARN?: string;
  readonly awsAccountId?: string;
  readonly awsRegion?: string;
  readonly availabilityZone?: string;
  readonly configurationItemStatus: string;
  /** When the state was recorded; ISO 8601. */
  readonly configurationItemCaptureTime: string;
  readonly configurationStateId?: string;
  readonly resourceCreationTime?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly relationships: readonly ItemRelationship[];
  readonly configuration: ConfigurationOf<T>;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
}

export interface ItemRelationship {
  readonly resourceType?: string;
  readonly resourceId?: string;
  readonly resourceName?: string;
  /** E.g. `Is attached to ElasticIp`. */
  readonly name?: string;
}

/**
 * A text of an item that must be there.
 * @throws ControlFailure when it is not, naming type and path.
 */
export function textAt<T extends string, P extends string>(
  item: ConfigurationItem<T>,
  path: P & Path<ConfigurationItem<T>, P>,
): string {
  const value = valueAt(item, path);
  if (typeof value === "string" && value !== "") return value;
  throw new ControlFailure(`The configuration item of ${item.resourceType} has no text at "${path}".`);
}

/** A scalar of an item of any type, by its path; `undefined` where there is none. */
export function scalarAt(item: object, path: string): string | number | boolean | undefined {
  const value = valueAt(item, path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : undefined;
}

function valueAt(item: object, path: string): unknown {
  let current: unknown = item;
  for (const step of path.split(".")) {
    current =
      typeof current === "object" && current !== null && Object.hasOwn(current, step)
        ? (current as Readonly<Record<string, unknown>>)[step]
        : undefined;
  }
  return current;
}
