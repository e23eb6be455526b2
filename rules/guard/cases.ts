/** An item as AWS Config records it, which is not how CloudFormation declares the resource, and the verdict on it. */
export interface GuardCase {
  /** Completes "a resource that ...". */
  readonly title: string;
  readonly verdict: "COMPLIANT" | "NON_COMPLIANT" | "NOT_APPLICABLE";
  readonly item: GuardItem;
}

/** The part of a configuration item that policies look at. */
export interface GuardItem {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

const certificate = (configuration: Readonly<Record<string, unknown>>): GuardItem => ({
  resourceType: "AWS::ACM::Certificate",
  resourceId: "arn:aws:acm:eu-west-1:123456789012:certificate/7b2f",
  configuration: { domainName: "example.org", status: "ISSUED", type: "AMAZON_ISSUED", ...configuration },
});

const renewal = (renewalStatus: unknown): GuardItem => certificate({ renewalSummary: { renewalStatus } });

const table = (configuration: Readonly<Record<string, unknown>>): GuardItem => ({
  resourceType: "AWS::DynamoDB::Table",
  resourceId: "orders",
  configuration: { tableName: "orders", tableStatus: "ACTIVE", ...configuration },
});

const encryptedTable = (more: Readonly<Record<string, unknown>>): GuardItem =>
  table({ ssedescription: { status: "ENABLED", ssetype: "KMS", ...more } });

const instance = (configuration: Readonly<Record<string, unknown>>): GuardItem => ({
  resourceType: "AWS::RDS::DBInstance",
  resourceId: "db-ABCDEFGHIJKL",
  configuration: { dBInstanceIdentifier: "orders", engine: "postgres", ...configuration },
});

/** The cases of each Guard control, by its name. */
export const guardCases: Readonly<Record<string, readonly GuardCase[]>> = {
  "acm-certificate-renewal-unblocked": [
    { title: "was renewed", verdict: "COMPLIANT", item: renewal("SUCCESS") },
    { title: "is being renewed", verdict: "COMPLIANT", item: renewal("PENDING_AUTO_RENEWAL") },
    { title: "waits for validation", verdict: "NON_COMPLIANT", item: renewal("PENDING_VALIDATION") },
    { title: "could not be renewed", verdict: "NON_COMPLIANT", item: renewal("FAILED") },
    { title: "has a state that AWS added later", verdict: "NON_COMPLIANT", item: renewal("ON_HOLD") },
    { title: "does not say its state", verdict: "NON_COMPLIANT", item: certificate({ renewalSummary: {} }) },
    { title: "was never up for renewal", verdict: "NOT_APPLICABLE", item: certificate({}) },
    { title: "has no summary", verdict: "NOT_APPLICABLE", item: certificate({ renewalSummary: null }) },
    { title: "is no certificate", verdict: "NOT_APPLICABLE", item: table({ renewalSummary: {} }) },
  ],
  "dynamodb-table-key-accessible": [
    { title: "uses its key", verdict: "COMPLIANT", item: encryptedTable({}) },
    {
      title: "uses its key, with the time of a loss as null",
      verdict: "COMPLIANT",
      item: encryptedTable({ inaccessibleEncryptionDateTime: null }),
    },
    {
      title: "lost its key, with the time in milliseconds",
      verdict: "NON_COMPLIANT",
      item: encryptedTable({ inaccessibleEncryptionDateTime: 1_772_600_767_000 }),
    },
    {
      title: "lost its key, with the time as text",
      verdict: "NON_COMPLIANT",
      item: encryptedTable({ inaccessibleEncryptionDateTime: "2026-03-04T05:06:07.000Z" }),
    },
    { title: "is encrypted by DynamoDB itself", verdict: "NOT_APPLICABLE", item: table({}) },
    { title: "has no description", verdict: "NOT_APPLICABLE", item: table({ ssedescription: null }) },
    { title: "is no table", verdict: "NOT_APPLICABLE", item: certificate({ ssedescription: {} }) },
  ],
  "rds-instance-key-accessible": [
    {
      title: "works",
      verdict: "COMPLIANT",
      item: instance({ storageEncrypted: true, dBInstanceStatus: "available" }),
    },
    {
      title: "is stopped on purpose",
      verdict: "COMPLIANT",
      item: instance({ storageEncrypted: true, dBInstanceStatus: "stopped" }),
    },
    {
      title: "lost its key",
      verdict: "NON_COMPLIANT",
      item: instance({ storageEncrypted: true, dBInstanceStatus: "inaccessible-encryption-credentials" }),
    },
    {
      title: "lost its key and can be recovered",
      verdict: "NON_COMPLIANT",
      item: instance({
        storageEncrypted: true,
        dBInstanceStatus: "inaccessible-encryption-credentials-recoverable",
      }),
    },
    {
      title: "does not say its state",
      verdict: "NON_COMPLIANT",
      item: instance({ storageEncrypted: true }),
    },
    {
      title: "is not encrypted",
      verdict: "NOT_APPLICABLE",
      item: instance({ storageEncrypted: false, dBInstanceStatus: "available" }),
    },
    {
      title: "is no instance",
      verdict: "NOT_APPLICABLE",
      item: table({ storageEncrypted: true, dBInstanceStatus: "available" }),
    },
  ],
};
