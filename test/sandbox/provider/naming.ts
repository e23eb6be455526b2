import { createHash } from "node:crypto";

import { type TypeFacts } from "./facts";
import { type Properties } from "./values";

/** How a resource type gets its physical name when the program gives none. */
export interface NameRule {
  /** The property that holds the name. */
  readonly property: string;
  /** The longest name that AWS takes. */
  readonly maxLength: number;
  /** Adapts the logical name before the random part is added. */
  readonly adapt?: (name: string) => string;
  /** Adapts the whole name; sees the other inputs. */
  readonly finish?: (name: string, inputs: Properties) => string;
}

/** What the engine asks for in stack configuration (`pulumi:autonaming`). */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposal: string;
}

const HEX_DIGITS = 7;
const lower = (name: string): string => name.toLowerCase();
const fifo = (property: string) => (name: string, inputs: Properties) =>
  inputs[property] === true ? `${name}.fifo` : name;
const bucket: NameRule = { property: "bucket", maxLength: 63, adapt: lower };

/** Types whose names follow a rule of their own; every other type with an optional `name` gets one of up to 255 characters. */
const RULES: Readonly<Record<string, NameRule>> = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
  "aws:iam/role:Role": { property: "name", maxLength: 64 },
  "aws:iam/user:User": { property: "name", maxLength: 64 },
  "aws:iam/policy:Policy": { property: "name", maxLength: 128 },
  "aws:iam/rolePolicy:RolePolicy": { property: "name", maxLength: 128 },
  "aws:iam/instanceProfile:InstanceProfile": { property: "name", maxLength: 128 },
  "aws:kms/alias:Alias": {
    property: "name",
    maxLength: 255,
    adapt: (name) => `alias/${name.replace(/^alias\//, "")}`,
  },
  "aws:lambda/function:Function": { property: "name", maxLength: 64 },
  "aws:lambda/permission:Permission": { property: "statementId", maxLength: 100 },
  "aws:sns/topic:Topic": { property: "name", maxLength: 256, finish: fifo("fifoTopic") },
  "aws:sqs/queue:Queue": { property: "name", maxLength: 80, finish: fifo("fifoQueue") },
  "aws:cloudwatch/eventRule:EventRule": { property: "name", maxLength: 64 },
  "aws:cloudwatch/logGroup:LogGroup": { property: "name", maxLength: 512 },
  "aws:rds/instance:Instance": { property: "identifier", maxLength: 63, adapt: lower },
  "aws:lb/loadBalancer:LoadBalancer": { property: "name", maxLength: 32 },
  "aws:alb/loadBalancer:LoadBalancer": { property: "name", maxLength: 32 },
  "aws:lb/targetGroup:TargetGroup": { property: "name", maxLength: 32 },
  "aws:alb/targetGroup:TargetGroup": { property: "name", maxLength: 32 },
  "aws:ecr/repository:Repository": { property: "name", maxLength: 256, adapt: lower },
};

/** The rule by which a type is named, or `undefined` when it has no name to fill in. */
export function nameRuleOf(token: string, facts: TypeFacts): NameRule | undefined {
  const rule = RULES[token] ?? { property: "name", maxLength: 255 };
  const fact = facts.inputs.get(rule.property);
  return fact?.shape.kind === "scalar" && !fact.isRequired ? rule : undefined;
}

/**
 * The name that the bridge would fill in: the logical name and seven hexadecimal digits that follow from the engine's seed.
 *
 * @returns `undefined` when the name is left to AWS: automatic names are off, or a prefix is given instead
 * @throws Error when the name would be too long
 */
export function autoName(
  rule: NameRule,
  logicalName: string,
  seed: Uint8Array,
  inputs: Properties,
  autonaming?: Autonaming,
): string | undefined {
  const prefixes = ["namePrefix", `${rule.property}Prefix`];
  if (prefixes.some((prefix) => inputs[prefix] !== undefined)) return undefined;
  if (autonaming?.mode === "disable") return undefined;
  if (autonaming?.mode === "enforce") return autonaming.proposal;
  const adapt = rule.adapt ?? ((name: string) => name);
  const digits = createHash("sha256").update(seed).digest("hex").slice(0, HEX_DIGITS);
  const base = autonaming ? adapt(autonaming.proposal) : `${adapt(logicalName)}-${digits}`;
  const name = rule.finish?.(base, inputs) ?? base;
  if (name.length > rule.maxLength) {
    throw new Error(
      `The automatic name "${name}" has ${name.length} characters and at most ${rule.maxLength} are allowed; ` +
        `set "${rule.property}" or give the resource a shorter name.`,
    );
  }
  return name;
}
