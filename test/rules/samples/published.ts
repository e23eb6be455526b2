import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";

/**
 * What AWS publishes about configuration items: names and types of properties, by dotted paths on which lists are not
 * marked. Section 8 of `rules/catalog/source/DATA.md` says what is missing there.
 * @see https://github.com/awslabs/aws-config-resource-schema
 */

type Properties = Readonly<Record<string, string>>;

const data = JSON.parse(
  readFileSync(join(__dirname, "../../../rules/catalog/source/config-item-properties.json"), "utf8"),
) as {
  readonly source: string;
  readonly common: Properties;
  readonly types: Readonly<Record<string, Properties>>;
};

/** Where the file comes from: repository, folder, commit, day and licence. */
export const SOURCE = data.source;

/** The types of which properties are published. */
export const publishedTypes: readonly string[] = Object.keys(data.types);

/**
 * The fields of every item by their names in a change event, where those are not the ones of the API.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 */
const EVENT_NAMES: Properties = {
  ARN: "arn",
  awsAccountId: "accountId",
  configurationItemVersion: "version",
};

/** The published type of what is at a path; `undefined` when no such path is published. */
export const publishedAt = (type: string, path: string): string | undefined =>
  data.types[type]?.[path] ?? data.common[EVENT_NAMES[path] ?? path];

/** Whether a path, or anything below it, is published. */
export const isPublished = (type: string, path: string): boolean =>
  publishedAt(type, path) !== undefined ||
  [...Object.keys(data.types[type] ?? {}), ...Object.keys(data.common)].some((one) =>
    one.startsWith(`${path}.`),
  );

/** Every scalar with its path; a list or object that is empty has the path by itself. */
export function* leaves(value: unknown, path: string): Generator<readonly [path: string, value: unknown]> {
  if (typeof value !== "object" || value === null) {
    yield [path, value];
    return;
  }
  const parts = Array.isArray(value)
    ? value.map((part: unknown) => [path, part] as const)
    : Object.entries(value).map(
        ([name, part]: [string, unknown]) => [path === "" ? name : `${path}.${name}`, part] as const,
      );
  if (parts.length === 0) yield [path, value];
  for (const [inner, part] of parts) yield* leaves(part, inner);
}

/** Whether a value is one of the published type. `null` stands for a property that a resource does not have. */
export function fits(type: string, value: unknown): boolean {
  if (value === null) return true;
  switch (type) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isSafeInteger(value);
    case "float":
      return typeof value === "number" && Number.isFinite(value);
    case "date":
      return (
        typeof value === "string" && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value))
      );
    case "ip":
      return typeof value === "string" && isIP(value) > 0;
    case "cidr_block": {
      const [address = "", bits = ""] = typeof value === "string" ? value.split("/") : [];
      return isIP(address) > 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
    }
    default:
      throw new Error(`AWS publishes a type "${type}" that this test does not know.`);
  }
}

const IAM = "https://docs.aws.amazon.com/IAM/latest/APIReference";

/** What an item has and AWS does not publish: documents as JSON texts, by type and path, with AWS's page on each. */
export const JSON_TEXTS: Properties = {
  "AWS::IAM::Group configuration.groupPolicyList.policyDocument": `${IAM}/API_PolicyDetail.html`,
  "AWS::IAM::Policy configuration.policyVersionList.document": `${IAM}/API_PolicyVersion.html`,
  "AWS::IAM::Role configuration.assumeRolePolicyDocument": `${IAM}/API_RoleDetail.html`,
  "AWS::IAM::Role configuration.rolePolicyList.policyDocument": `${IAM}/API_PolicyDetail.html`,
  "AWS::IAM::User configuration.userPolicyList.policyDocument": `${IAM}/API_PolicyDetail.html`,
  "AWS::S3::Bucket supplementaryConfiguration.BucketPolicy.policyText":
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html",
  "AWS::SNS::Topic configuration.Policy":
    "https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html",
  "AWS::SQS::Queue configuration.Policy":
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html",
};
