import { show } from "./limits";
import { partitionOf } from "./partitions";
import type { Problem } from "./problems";

const ARN =
  /^arn:(?<partition>[a-z-]+):(?<service>[a-z0-9-]+):(?<region>[a-z0-9-]*):(?<account>\d*|aws):(?<resource>.+)$/;

/** The parts of an ARN that checks compare. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Splits an ARN; `undefined` when the text is not one. */
export function parseArn(text: string): ArnParts | undefined {
  const parts = ARN.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { partition = "", service = "", region = "", account = "", resource = "" } = parts;
  return { partition, service, region, account, resource };
}

/** What an ARN is of. */
interface ArnKind {
  /** As messages name it. */
  readonly what: string;
  /** The first is the one of examples. */
  readonly services: readonly [string, ...string[]];
  readonly resource: RegExp;
  readonly example: string;
  /** `true`: its ARN names no region. */
  readonly isGlobal?: true;
  /** `true`: what stands in its place may be a secret, so that no message shows it. */
  readonly isHidden?: true;
}

const KINDS = {
  topic: { what: "an SNS topic", services: ["sns"], resource: /^[\w.-]+$/, example: "NAME" },
  key: { what: "a KMS key", services: ["kms"], resource: /^key\/[\w-]+$/, example: "key/KEY-ID" },
  queue: { what: "an SQS queue", services: ["sqs"], resource: /^[\w.-]+$/, example: "NAME" },
  function: {
    what: "a Lambda function",
    services: ["lambda"],
    resource: /^function:[\w-]+(:[\w$-]+)?$/,
    example: "function:NAME",
  },
  secret: {
    what: "a secret in Secrets Manager",
    services: ["secretsmanager"],
    resource: /^secret:[\w/+=.@!-]+$/,
    example: "secret:NAME-AbCdEf",
    isHidden: true,
  },
  connection: {
    what: "a connection",
    services: ["codeconnections", "codestar-connections"],
    resource: /^connection\/[\w-]+$/,
    example: "connection/ID",
  },
  role: {
    what: "an IAM role",
    services: ["iam"],
    resource: /^role\/./,
    example: "role/NAME",
    isGlobal: true,
  },
  policy: {
    what: "an IAM policy",
    services: ["iam"],
    resource: /^policy\/./,
    example: "policy/NAME",
    isGlobal: true,
  },
} as const satisfies Readonly<Record<string, ArnKind>>;

/**
 * What is wrong with an ARN: its kind, its account, or a partition that the stack does not reach.
 *
 * @param region - where it is used; `undefined` where that is not known. An ARN of another region is for others to
 * refuse: not every kind is bound to one
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnProblem(
  arn: string,
  kind: keyof typeof KINDS,
  region: string | undefined,
): string | undefined {
  const { what, services, resource, example, isGlobal, isHidden }: ArnKind = KINDS[kind];
  const here = region ?? "us-east-1";
  const good = [partitionOf(here), services[0], isGlobal ? "" : here, "111122223333", example];
  const given = isHidden ? "It" : show(arn);
  const fix = `write one such as ${show(`arn:${good.join(":")}`)}`;
  const parts = parseArn(arn);
  const isKind =
    parts !== undefined &&
    services.includes(parts.service) &&
    resource.test(parts.resource) &&
    (parts.region === "") === (isGlobal === true);
  if (!isKind) return `${given} is not the ARN of ${what}; ${fix}.`;
  // AWS's own policies may be used in every account.
  if (parts.account.length !== 12 && !(kind === "policy" && parts.account === "aws")) {
    const account = parts.account === "" ? "no account" : `the account ${show(parts.account)}`;
    return `${given} is not the ARN of ${what}: it holds ${account} in place of 12 digits; ${fix}.`;
  }
  for (const place of isGlobal ? [region] : [parts.region, region]) {
    if (place === undefined || partitionOf(place) === parts.partition) continue;
    const partitions = `it is of the partition ${show(parts.partition)}, but ${show(place)} is in ${show(partitionOf(place))}`;
    return `${given} cannot be used: ${partitions}; ${fix}.`;
  }
  return undefined;
}

/** The same as a list of problems. */
export function arnProblems(
  ...[path, ...arn]: [string, ...Parameters<typeof arnProblem>]
): readonly Problem[] {
  const message = arnProblem(...arn);
  return message === undefined ? [] : [{ path, message }];
}

/**
 * Checks the ARN of a topic that a service publishes to: each does only in its own region. A FIFO topic takes no message
 * without a group, and passes it on to queues alone.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/fifo-message-grouping.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
 */
export function topicProblems(
  path: string,
  arn: string,
  region: string,
  publisher: "AWS Config" | "CloudWatch" | "EventBridge",
): readonly Problem[] {
  const problems = arnProblems(path, arn, "topic", region);
  if (problems.length > 0) return problems;
  const parts = parseArn(arn);
  if (parts?.resource.endsWith(".fifo")) {
    const message = `${show(arn)} is a FIFO topic; ${publisher} publishes to standard topics only. Use one of these.`;
    return [{ path, message }];
  }
  if (parts?.region === region) return [];
  const message = `The topic is in ${show(parts?.region)}; ${publisher} publishes only to topics of its own region. Use one of ${show(region)}.`;
  return [{ path, message }];
}

/** Checks the ARN of a KMS key against the region of what it encrypts; an output is not known yet. */
export function keyProblems(
  path: string,
  arn: unknown,
  region: string | undefined,
  encrypted = "bucket",
): readonly Problem[] {
  if (typeof arn !== "string") return [];
  const problems = arnProblems(path, arn, "key", region);
  const parts = parseArn(arn);
  if (problems.length > 0 || region === undefined || parts?.region === region) return problems;
  const message = `The key is in ${show(parts?.region)}, but the ${encrypted} is in ${show(region)}; use a key of the ${encrypted}'s region.`;
  return [{ path, message }];
}
