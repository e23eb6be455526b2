import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const trail = resource("aws:cloudtrail/trail:Trail");
const store = resource("aws:cloudtrail/eventDataStore:EventDataStore");
const bucket = resource("aws:s3/bucket:Bucket");
const logging = resource("aws:s3/bucketLogging:BucketLogging");
const block = resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");

const logs = (more: object = {}): ReturnType<typeof trail> => trail({ s3BucketName: "logs", ...more });
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:trail";

const s3Events = (values: unknown, more: object = {}): object => ({
  eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values }], ...more }],
});
const field = (name: string, equals: unknown): object => ({ field: name, equals: [equals] });
const advanced = (...fieldSelectors: object[]): object => ({ advancedEventSelectors: [{ fieldSelectors }] });
const s3Data = [field("eventCategory", "Data"), field("resources.type", "AWS::S3::Object")];
const best = { isMultiRegionTrail: true, enableLogFileValidation: true, kmsKeyId: KEY };

const dataEvents = (access: string, other: string, isReadOnly: string): Cases[keyof Cases] & object => [
  compliantCase(
    "records all data events of all buckets",
    logs({ isMultiRegionTrail: true, ...s3Events(["arn:aws:s3"]) }),
  ),
  compliantCase("names all buckets another way", {
    ...logs({ isMultiRegionTrail: true, ...s3Events(["arn:aws:s3:::"], { readWriteType: access }) }),
  }),
  compliantCase(
    "records them by an advanced selector",
    logs({ isMultiRegionTrail: true, ...advanced(...s3Data) }),
  ),
  compliantCase(
    "records only them by an advanced selector",
    logs({ isMultiRegionTrail: true, ...advanced(...s3Data, field("readOnly", isReadOnly)) }),
  ),
  compliantCase(
    "records all buckets by the prefix of their ARNs in an advanced selector",
    logs({
      isMultiRegionTrail: true,
      ...advanced(...s3Data, { field: "resources.ARN", startsWiths: ["arn:aws:s3:::"] }),
    }),
  ),
  compliantCase("is not the trail that records them, which another does", logs(), {
    with: { other: logs({ isMultiRegionTrail: true, ...s3Events(["arn:aws:s3"]) }) },
  }),
  violatingCase("records no data events", logs({ isMultiRegionTrail: true })),
  violatingCase("records one region", logs(s3Events(["arn:aws:s3"]))),
  violatingCase(
    "records one bucket",
    logs({ isMultiRegionTrail: true, ...s3Events(["arn:aws:s3:::data/"]) }),
  ),
  violatingCase(
    "records the other kind only",
    logs({ isMultiRegionTrail: true, ...s3Events(["arn:aws:s3"], { readWriteType: other }) }),
  ),
  violatingCase(
    "records the other kind only by an advanced selector",
    logs({
      isMultiRegionTrail: true,
      ...advanced(...s3Data, field("readOnly", isReadOnly === "true" ? "false" : "true")),
    }),
  ),
  violatingCase(
    "records one bucket by an advanced selector",
    logs({
      isMultiRegionTrail: true,
      ...advanced(...s3Data, { field: "resources.ARN", startsWiths: ["arn:aws:s3:::data/"] }),
    }),
  ),
  undecidedCase(
    "records buckets that are not known yet",
    logs({ isMultiRegionTrail: true, ...s3Events([unknown]) }),
  ),
];

export const cloudtrail: Cases = {
  CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED: [
    compliantCase("sends its events to a log group", logs({ cloudWatchLogsGroupArn: `${GROUP}:*` })),
    compliantCase("sends its events to a log group of the stack", logs({ cloudWatchLogsGroupArn: unknown })),
    violatingCase("does not", logs()),
  ],
  CLOUD_TRAIL_ENABLED: [
    compliantCase("is logging by default", logs()),
    compliantCase(
      "delivers to the places asked for",
      {
        ...logs({ snsTopicName: "trail", cloudWatchLogsGroupArn: `${GROUP}:*` }),
      },
      {
        parameters: {
          s3BucketName: "logs",
          snsTopicArn: "arn:aws:sns:eu-west-1:111122223333:trail",
          cloudWatchLogsLogGroupArn: GROUP,
        },
      },
    ),
    compliantCase(
      "delivers to a bucket of the stack that has the name asked for",
      trail({ s3BucketName: ref("b") }),
      { parameters: { s3BucketName: "logs" }, with: { b: bucket({ bucket: "logs" }) } },
    ),
    compliantCase("is off, and another trail is logging", logs({ enableLogging: false }), {
      with: { other: logs() },
    }),
    violatingCase("is off", logs({ enableLogging: false })),
    violatingCase("delivers to another bucket than is asked for", logs(), {
      parameters: { s3BucketName: "other" },
    }),
    violatingCase(
      "delivers to a bucket of the stack that has another name than is asked for",
      trail({ s3BucketName: ref("b") }),
      { parameters: { s3BucketName: "other" }, with: { b: bucket({ bucket: "logs" }) } },
    ),
    undecidedCase("gets it from an unknown value", logs({ enableLogging: unknown })),
  ],
  CLOUD_TRAIL_ENCRYPTION_ENABLED: [
    compliantCase("has a KMS key", logs({ kmsKeyId: KEY })),
    compliantCase("has a KMS key of the stack", logs({ kmsKeyId: unknown })),
    violatingCase("has none", logs()),
  ],
  CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED: [
    compliantCase("makes its files verifiable", logs({ enableLogFileValidation: true })),
    violatingCase("says that it does not", logs({ enableLogFileValidation: false })),
    violatingCase("does not say", logs()),
    undecidedCase("gets it from an unknown value", logs({ enableLogFileValidation: unknown })),
  ],
  CLOUDTRAIL_ALL_READ_S3_DATA_EVENT_CHECK: dataEvents("ReadOnly", "WriteOnly", "true"),
  CLOUDTRAIL_ALL_WRITE_S3_DATA_EVENT_CHECK: dataEvents("WriteOnly", "ReadOnly", "false"),
  CLOUDTRAIL_EVENT_DATA_STORE_MULTI_REGION: [
    compliantCase("takes all regions by default", store({})),
    compliantCase("takes all regions", store({ multiRegionEnabled: true })),
    violatingCase("takes one region", store({ multiRegionEnabled: false })),
    undecidedCase("gets it from an unknown value", store({ multiRegionEnabled: unknown })),
  ],
  CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING: [
    compliantCase("has a bucket that logs", trail({ s3BucketName: ref("b", "bucket") }), {
      with: { b: bucket({}), l: logging({ bucket: ref("b"), targetBucket: "access", targetPrefix: "" }) },
    }),
    compliantCase("has a bucket that logs inline", logs(), {
      with: { b: bucket({ bucket: "logs", logging: { targetBucket: "access" } }) },
    }),
    violatingCase("has a bucket that does not log", logs(), { with: { b: bucket({ bucket: "logs" }) } }),
    undecidedCase("has a bucket outside of the stack", logs(), { with: { b: bucket({ bucket: "other" }) } }),
  ],
  CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED: [
    compliantCase("has a private bucket", logs(), { with: { b: bucket({ bucket: "logs" }) } }),
    compliantCase("has a bucket that blocks public access", trail({ s3BucketName: ref("b") }), {
      with: {
        b: bucket({}),
        a: block({
          bucket: ref("b"),
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        }),
      },
    }),
    violatingCase("has a bucket that everybody may read", logs(), {
      with: { b: bucket({ bucket: "logs", acl: "public-read" }) },
    }),
    violatingCase("has a bucket whose access block is off", logs(), {
      with: { b: bucket({ bucket: "logs" }), a: block({ bucket: "logs", blockPublicAcls: false }) },
    }),
    undecidedCase("has a bucket outside of the stack", logs()),
  ],
  CLOUDTRAIL_S3_DATAEVENTS_ENABLED: [
    compliantCase("records all buckets", logs(s3Events(["arn:aws:s3"]))),
    compliantCase("records all buckets of another partition", logs(s3Events("arn:aws-us-gov:s3:::"))),
    compliantCase("records the bucket that is asked for", logs(s3Events(["arn:aws:s3:::data/"])), {
      parameters: { S3BucketNames: "data" },
    }),
    compliantCase("records all buckets by an advanced selector", logs(advanced(...s3Data))),
    compliantCase(
      "records the buckets that are asked for by an advanced selector",
      logs(
        advanced(...s3Data, {
          field: "resources.ARN",
          startsWiths: ["arn:aws:s3:::data/", "arn:aws:s3:::site/"],
        }),
      ),
      { parameters: { S3BucketNames: "data, site" } },
    ),
    violatingCase("records management events only", logs()),
    violatingCase("records one bucket", logs(s3Events(["arn:aws:s3:::data/"]))),
    violatingCase("records another bucket than is asked for", logs(s3Events(["arn:aws:s3:::data/"])), {
      parameters: { S3BucketNames: "data,site" },
    }),
    violatingCase("records functions", {
      ...logs({
        eventSelectors: [{ dataResources: [{ type: "AWS::Lambda::Function", values: ["arn:aws:lambda"] }] }],
      }),
    }),
    undecidedCase("has selectors that are not known yet", logs({ eventSelectors: unknown })),
  ],
  CLOUDTRAIL_SECURITY_TRAIL_ENABLED: [
    compliantCase("does everything", logs(best)),
    compliantCase(
      "does everything, with empty lists of selectors",
      logs({ ...best, eventSelectors: [], advancedEventSelectors: [] }),
    ),
    compliantCase("does everything and records data events", {
      ...logs({
        ...best,
        ...s3Events(["arn:aws:s3"], { readWriteType: "All", includeManagementEvents: true }),
      }),
    }),
    compliantCase("does everything by an advanced selector", {
      ...logs({ ...best, ...advanced(field("eventCategory", "Management")) }),
    }),
    violatingCase("records one region", logs({ ...best, isMultiRegionTrail: false })),
    violatingCase("leaves global services out", logs({ ...best, includeGlobalServiceEvents: false })),
    violatingCase("has no KMS key", logs({ ...best, kmsKeyId: undefined })),
    violatingCase("has no validation", logs({ ...best, enableLogFileValidation: false })),
    violatingCase("records writes only", {
      ...logs({ ...best, eventSelectors: [{ readWriteType: "WriteOnly" }] }),
    }),
    violatingCase("leaves KMS out", {
      ...logs({ ...best, eventSelectors: [{ excludeManagementEventSources: ["kms.amazonaws.com"] }] }),
    }),
    violatingCase("records data events only", logs({ ...best, ...advanced(...s3Data) })),
    undecidedCase("gets its regions from an unknown value", logs({ ...best, isMultiRegionTrail: unknown })),
  ],
  EVENT_DATA_STORE_CMK_ENCRYPTION_ENABLED: [
    compliantCase("has a KMS key", store({ kmsKeyId: KEY })),
    compliantCase("has a key that is listed", store({ kmsKeyId: KEY }), { parameters: { kmsKeyArns: KEY } }),
    violatingCase("has none", store({})),
    violatingCase("has a key that is not listed", store({ kmsKeyId: `${KEY}2` }), {
      parameters: { kmsKeyArns: KEY },
    }),
    undecidedCase("has an unknown key where keys are listed", store({ kmsKeyId: unknown }), {
      parameters: { kmsKeyArns: KEY },
    }),
  ],
  MULTI_REGION_CLOUD_TRAIL_ENABLED: [
    compliantCase("records all regions", logs({ isMultiRegionTrail: true })),
    compliantCase("records one region, and another trail all", logs(), {
      with: { other: logs({ isMultiRegionTrail: true }) },
    }),
    compliantCase(
      "records the management events asked for",
      {
        ...logs({ isMultiRegionTrail: true, eventSelectors: [{ readWriteType: "All" }] }),
      },
      { parameters: { includeManagementEvents: "true", readWriteType: "ALL" } },
    ),
    violatingCase("records one region", logs({ isMultiRegionTrail: false })),
    violatingCase("does not say", logs()),
    violatingCase("leaves KMS out", {
      ...logs({
        isMultiRegionTrail: true,
        eventSelectors: [{ excludeManagementEventSources: ["kms.amazonaws.com"] }],
      }),
    }),
    violatingCase("leaves KMS out by an advanced selector", {
      ...logs({
        isMultiRegionTrail: true,
        ...advanced(field("eventCategory", "Management"), {
          field: "eventSource",
          notEquals: ["kms.amazonaws.com"],
        }),
      }),
    }),
    compliantCase(
      "records all management events by an advanced selector",
      logs({ isMultiRegionTrail: true, ...advanced(field("eventCategory", "Management")) }),
    ),
    violatingCase(
      "records reads where all is asked for",
      {
        ...logs({ isMultiRegionTrail: true, eventSelectors: [{ readWriteType: "ReadOnly" }] }),
      },
      { parameters: { readWriteType: "ALL" } },
    ),
    undecidedCase("gets it from an unknown value", logs({ isMultiRegionTrail: unknown })),
  ],
};
