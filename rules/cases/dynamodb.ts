import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { CaseResource, Cases } from "./types";

const table = resource("aws:dynamodb/table:Table");
const cluster = resource("aws:dax/cluster:Cluster");
const target = resource("aws:appautoscaling/target:Target");

const base = { attributes: [{ name: "id", type: "S" }], hashKey: "id" };
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234";
const scaling = (dimension: string, more: object = {}): ReturnType<typeof target> =>
  target({
    serviceNamespace: "dynamodb",
    resourceId: ref("subject", "name"),
    scalableDimension: `dynamodb:table:${dimension}CapacityUnits`,
    minCapacity: 5,
    maxCapacity: 100,
    ...more,
  });

/** The policy of a target, which takes its names from there. */
const tracking = (target: string, dimension: string, targetValue: unknown): CaseResource =>
  resource("aws:appautoscaling/policy:Policy")({
    policyType: "TargetTrackingScaling",
    serviceNamespace: "dynamodb",
    resourceId: ref(target, "resourceId"),
    scalableDimension: `dynamodb:table:${dimension}CapacityUnits`,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: `DynamoDB${dimension}CapacityUtilization` },
      targetValue,
    },
  });

export const dynamodb: Cases = {
  DAX_ENCRYPTION_ENABLED: [
    compliantCase(
      "is encrypted",
      cluster({ nodeType: "dax.r5.large", serverSideEncryption: { enabled: true } }),
    ),
    violatingCase("is not encrypted", cluster({ serverSideEncryption: { enabled: false } })),
    violatingCase("does not say", cluster({ nodeType: "dax.r5.large" })),
    undecidedCase("does not know yet", cluster({ serverSideEncryption: { enabled: unknown } })),
  ],
  DAX_TLS_ENDPOINT_ENCRYPTION: [
    compliantCase("speaks TLS", cluster({ clusterEndpointEncryptionType: "TLS" })),
    violatingCase("does not", cluster({ clusterEndpointEncryptionType: "NONE" })),
    violatingCase("does not say", cluster({ nodeType: "dax.r5.large" })),
    undecidedCase("does not know yet", cluster({ clusterEndpointEncryptionType: unknown })),
  ],
  DYNAMODB_AUTOSCALING_ENABLED: [
    compliantCase("is billed by request", table({ ...base, billingMode: "PAY_PER_REQUEST" })),
    compliantCase("scales in both dimensions", table({ ...base, readCapacity: 5, writeCapacity: 5 }), {
      with: { r: scaling("Read"), w: scaling("Write") },
    }),
    compliantCase("scales by its name", table({ ...base, name: "orders" }), {
      with: {
        r: scaling("Read", { resourceId: "table/orders" }),
        w: scaling("Write", { resourceId: "table/orders" }),
      },
    }),
    violatingCase(
      "is provisioned and does not scale",
      table({ ...base, billingMode: "PROVISIONED", readCapacity: 5, writeCapacity: 5 }),
    ),
    violatingCase("does not say how it is billed", table({ ...base, readCapacity: 5, writeCapacity: 5 })),
    violatingCase("scales in one dimension", table(base), { with: { r: scaling("Read") } }),
    violatingCase("scales too far", table(base), {
      with: { r: scaling("Read", { maxCapacity: 1000 }), w: scaling("Write") },
      parameters: { maxProvisionedReadCapacity: "500" },
    }),
    compliantCase("follows the utilization that is asked for", table(base), {
      with: {
        r: scaling("Read"),
        w: scaling("Write"),
        p: tracking("r", "Read", 70),
        q: tracking("w", "Write", 70),
      },
      parameters: { targetReadUtilization: "70", targetWriteUtilization: "70.0" },
    }),
    violatingCase("follows another utilization", table(base), {
      with: { r: scaling("Read"), w: scaling("Write"), p: tracking("r", "Read", 90) },
      parameters: { targetReadUtilization: "70" },
    }),
    undecidedCase("follows an unknown utilization", table(base), {
      with: { r: scaling("Read"), w: scaling("Write"), p: tracking("r", "Read", unknown) },
      parameters: { targetReadUtilization: "70" },
    }),
    undecidedCase("is billed in an unknown way", table({ ...base, billingMode: unknown })),
  ],
  DYNAMODB_PITR_ENABLED: [
    compliantCase("can be restored", table({ ...base, pointInTimeRecovery: { enabled: true } })),
    violatingCase("cannot", table({ ...base, pointInTimeRecovery: { enabled: false } })),
    violatingCase("does not say", table(base)),
    undecidedCase("does not know yet", table({ ...base, pointInTimeRecovery: { enabled: unknown } })),
  ],
  DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED: [
    compliantCase("is protected", table({ ...base, deletionProtectionEnabled: true })),
    violatingCase("does not say", table(base)),
    undecidedCase("does not know yet", table({ ...base, deletionProtectionEnabled: unknown })),
  ],
  DYNAMODB_TABLE_ENCRYPTED_KMS: [
    compliantCase("has a key of KMS", table({ ...base, serverSideEncryption: { enabled: true } })),
    compliantCase(
      "has a listed key",
      table({ ...base, serverSideEncryption: { enabled: true, kmsKeyArn: KEY } }),
      { parameters: { kmsKeyArns: KEY } },
    ),
    violatingCase("has a key of AWS's own", table({ ...base, serverSideEncryption: { enabled: false } })),
    violatingCase("does not say", table(base)),
    violatingCase(
      "has another key",
      table({ ...base, serverSideEncryption: { enabled: true, kmsKeyArn: KEY } }),
      { parameters: { kmsKeyArns: "arn:aws:kms:eu-west-1:123456789012:key/5678" } },
    ),
    undecidedCase("does not know yet", table({ ...base, serverSideEncryption: { enabled: unknown } })),
  ],
  DYNAMODB_TABLE_ENCRYPTION_ENABLED: [
    compliantCase(
      "is encrypted with a key of KMS",
      table({ ...base, serverSideEncryption: { enabled: true } }),
    ),
    compliantCase("does not say", table(base), {
      note: "Every table is encrypted at rest since November 2018; the documentation does not say what the rule makes of a table with a key of AWS's own.",
    }),
    violatingCase("turns the key of KMS off", table({ ...base, serverSideEncryption: { enabled: false } })),
    violatingCase("does not say where it must", table(base), { strict: true }),
    undecidedCase("does not know yet", table({ ...base, serverSideEncryption: { enabled: unknown } })),
  ],
};
