import {
  all,
  any,
  both,
  compliant,
  either,
  isUnknown,
  notApplicable,
  policy,
  stackPolicy,
  toNumber,
  undecided,
  violation,
} from "../engine";
import { hasUnknownName, identitiesOf } from "../engine";
import type {
  Context,
  Known,
  Outcome,
  Policies,
  Reader,
  ResourceArgs,
  ResourceNode,
  Ternary,
  Unknown,
} from "../engine";
import { keyAmong } from "../views/kms";
import { readerOf } from "../views/parts";

const TABLE = "aws:dynamodb/table:Table";
const TARGET = "aws:appautoscaling/target:Target";
const SCALING = "aws:appautoscaling/policy:Policy";
const CLUSTER = "aws:dax/cluster:Cluster";

type Table = Reader<ResourceArgs["aws:dynamodb/table:Table"]>;

/** The limits that a dimension's capacity must keep. */
interface Limits {
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  /** The utilization in percent that the capacity follows. */
  readonly utilization?: number | undefined;
}

/** Whether a scaling target is that of a table; the resource id is `table/NAME`. */
function scales(target: ResourceNode, table: ResourceNode): boolean | "unknown" {
  const id = target.reader(TARGET).read("resourceId");
  if (id.kind === "known") {
    if (identitiesOf(table).some((name) => id.value === `table/${name}`)) return true;
    return hasUnknownName(table) ? "unknown" : false;
  }
  const dependencies = target.facts.propertyDependencies?.["resourceId"] ?? [];
  return dependencies.length === 0 ? "unknown" : dependencies.includes(table.urn);
}

const within = (
  value: Known | Unknown | undefined,
  holds: (number: number) => boolean,
): boolean | "unknown" => (isUnknown(value) ? "unknown" : value !== undefined && holds(toNumber(value)));

const valueAt = (node: ResourceNode, path: string): Known | Unknown | undefined =>
  readerOf(node).valueAt(path);

/** Whether a scaling policy is that of a target; both name the same resource, or the policy takes the name from the target. */
function isPolicyOf(policy: ResourceNode, target: ResourceNode, dimension: string): Ternary {
  const [id, of] = [valueAt(policy, "resourceId"), valueAt(target, "resourceId")];
  const from = policy.facts.propertyDependencies?.["resourceId"] ?? [];
  const source = target.facts.propertyDependencies?.["resourceId"] ?? [];
  const isOfTarget =
    from.includes(target.urn) || (from.length > 0 && from.some((urn) => source.includes(urn)));
  const named: Ternary =
    isUnknown(id) || isUnknown(of) ? isOfTarget || (from.length === 0 && "unknown") : id === of;
  const wanted = valueAt(policy, "scalableDimension");
  const taken = policy.facts.propertyDependencies?.["scalableDimension"] ?? [];
  const ofDimension: Ternary = isUnknown(wanted)
    ? taken.includes(target.urn) || (taken.length === 0 && "unknown")
    : wanted === dimension;
  return both(named, ofDimension);
}

/** A policy of the target follows the wanted utilization. */
const follows = (target: ResourceNode, dimension: string, wanted: number, { stack }: Context): Ternary =>
  either(
    ...stack.ofType(SCALING).map((policy) => {
      const value = valueAt(policy, "targetTrackingScalingPolicyConfiguration.targetValue");
      return both(
        isPolicyOf(policy, target, dimension),
        within(value, (number) => number === wanted),
      );
    }),
    stack.partial ? "unknown" : false,
  );

/** One dimension of a provisioned table scales by itself, between the limits. */
function scalesDimension(context: Context, dimension: string, limits: Limits): Outcome {
  const { node, stack } = context;
  const { minimum, maximum, utilization } = limits;
  const word = dimension === "dynamodb:table:ReadCapacityUnits" ? "read" : "write";
  const reason = {
    found: `the table's ${word} capacity does not scale by itself`,
    fix: `set "billingMode" to "PAY_PER_REQUEST", or add a scaling target and policy for ${dimension}`,
  };
  const outcomes = stack.ofType(TARGET).map((target): Outcome => {
    const reader = target.reader(TARGET);
    const own = reader.value("scalableDimension");
    const facts = [
      scales(target, node),
      isUnknown(own) ? "unknown" : own === dimension,
      minimum === undefined ? true : within(reader.value("minCapacity"), (value) => value >= minimum),
      maximum === undefined ? true : within(reader.value("maxCapacity"), (value) => value <= maximum),
      utilization === undefined ? true : follows(target, dimension, utilization, context),
    ];
    return facts.includes(false)
      ? violation(reason)
      : facts.includes("unknown")
        ? undecided(reason)
        : compliant();
  });
  return any(...outcomes, stack.partial ? undecided(reason) : violation(reason));
}

export const dynamodb: Policies = {
  DAX_ENCRYPTION_ENABLED: policy("DAX clusters encrypt what they store.", {
    [CLUSTER]: (cluster) => cluster.isTrue("serverSideEncryption.enabled"),
  }),

  DAX_TLS_ENDPOINT_ENCRYPTION: policy("DAX clusters speak TLS.", {
    [CLUSTER]: (cluster) => cluster.equals("clusterEndpointEncryptionType", "TLS"),
  }),

  DYNAMODB_AUTOSCALING_ENABLED: stackPolicy(
    "DynamoDB tables scale by themselves, or are billed by request.",
    {
      [TABLE]: (table, p, context) =>
        any(
          table.equals("billingMode", "PAY_PER_REQUEST"),
          all(
            scalesDimension(context, "dynamodb:table:ReadCapacityUnits", {
              minimum: p.minProvisionedReadCapacity,
              maximum: p.maxProvisionedReadCapacity,
              utilization: p.targetReadUtilization,
            }),
            scalesDimension(context, "dynamodb:table:WriteCapacityUnits", {
              minimum: p.minProvisionedWriteCapacity,
              maximum: p.maxProvisionedWriteCapacity,
              utilization: p.targetWriteUtilization,
            }),
          ),
        ),
    },
  ),

  DYNAMODB_PITR_ENABLED: policy("DynamoDB tables can be restored to any point in time.", {
    [TABLE]: (table) => table.isTrue("pointInTimeRecovery.enabled"),
  }),

  DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED: policy("DynamoDB tables are protected against deletion.", {
    [TABLE]: (table) => table.isTrue("deletionProtectionEnabled"),
  }),

  DYNAMODB_TABLE_ENCRYPTED_KMS: policy("DynamoDB tables are encrypted with a key of KMS.", {
    [TABLE]: (table, p) =>
      all(
        table.isTrue("serverSideEncryption.enabled"),
        p.kmsKeyArns === undefined
          ? notApplicable()
          : keyAmong(table, "serverSideEncryption.kmsKeyArn", p.kmsKeyArns),
      ),
  }),

  // Every table is encrypted with a key of AWS's own since 2018, so that saying nothing complies.
  DYNAMODB_TABLE_ENCRYPTION_ENABLED: policy("DynamoDB tables are encrypted.", {
    [TABLE]: (table: Table, _, { strict }) =>
      !strict && table.read("serverSideEncryption").kind === "absent"
        ? compliant()
        : table.isTrue("serverSideEncryption.enabled"),
  }),
};
