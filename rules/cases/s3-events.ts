import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const bucket = resource("aws:s3/bucket:Bucket");
const bucketV2 = resource("aws:s3/bucketV2:BucketV2");
const logging = resource("aws:s3/bucketLogging:BucketLogging");
const loggingV2 = resource("aws:s3/bucketLoggingV2:BucketLoggingV2");
const notification = resource("aws:s3/bucketNotification:BucketNotification");

const notified = (inputs: object): { with: { n: ReturnType<typeof notification> } } => ({
  with: { n: notification({ bucket: ref("subject"), ...inputs }) },
});
const queue = (queueArn: unknown, ...events: unknown[]): object => ({ queues: [{ queueArn, events }] });
const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:events";

export const s3Events: Cases = {
  S3_BUCKET_LOGGING_ENABLED: [
    compliantCase("logs by a resource of its own", bucket({}), {
      with: {
        l: logging({ bucket: ref("subject"), targetBucket: ref("logs"), targetPrefix: "" }),
        logs: bucket({}),
      },
    }),
    compliantCase("logs by a resource that names it by a literal", bucket({ bucket: "data" }), {
      with: { l: loggingV2({ bucket: "data", targetBucket: "logs", targetPrefix: "data/" }) },
    }),
    compliantCase(
      "logs to itself, which AWS advises against and the rule does not",
      bucket({ bucket: "logs" }),
      {
        with: { l: logging({ bucket: ref("subject"), targetBucket: ref("subject"), targetPrefix: "own/" }) },
      },
    ),
    compliantCase("logs inline", bucket({ logging: { targetBucket: "logs" } })),
    compliantCase("is a BucketV2 that logs inline", bucketV2({ loggings: [{ targetBucket: "logs" }] })),
    compliantCase("logs to the bucket and prefix asked for", bucket({}), {
      parameters: { targetBucket: "logs", targetPrefix: "data/" },
      with: { l: logging({ bucket: ref("subject"), targetBucket: "logs", targetPrefix: "data/" }) },
    }),
    compliantCase("logs to a bucket of the stack that has the name asked for", bucket({}), {
      parameters: { targetBucket: "logs" },
      with: {
        l: logging({ bucket: ref("subject"), targetBucket: ref("logs"), targetPrefix: "" }),
        logs: bucket({ bucket: "logs" }),
      },
    }),
    violatingCase("does not log", bucket({})),
    violatingCase(
      "logs to a bucket of the stack that has another name than is asked for",
      bucket({ logging: { targetBucket: ref("mine", "bucket") } }),
      { parameters: { targetBucket: "logs" }, with: { mine: bucket({ bucket: "mine" }) } },
    ),
    undecidedCase("logs to a bucket of the stack whose name is made up", bucket({}), {
      parameters: { targetBucket: "logs" },
      with: {
        l: logging({ bucket: ref("subject"), targetBucket: ref("logs"), targetPrefix: "" }),
        logs: bucket({}),
      },
    }),
    violatingCase("is only what others log to", bucket({ bucket: "logs" }), {
      with: { data: bucket({ bucket: "data", logging: { targetBucket: "logs" } }) },
      note: "The rule makes no exception for the bucket that takes the logs; it needs an exemption.",
    }),
    violatingCase("logs to another bucket than is asked for", bucket({ logging: { targetBucket: "mine" } }), {
      parameters: { targetBucket: "logs" },
    }),
    undecidedCase("logs to an unknown bucket where one is asked for", bucket({}), {
      parameters: { targetBucket: "logs" },
      with: { l: logging({ bucket: ref("subject"), targetBucket: unknown, targetPrefix: "" }) },
    }),
    undecidedCase("may be what a logging resource of an unknown bucket is for", bucket({}), {
      with: { l: logging({ bucket: unknown, targetBucket: "logs", targetPrefix: "" }) },
    }),
  ],
  S3_EVENT_NOTIFICATIONS_ENABLED: [
    compliantCase("tells a queue", bucket({}), notified(queue(QUEUE, "s3:ObjectCreated:*"))),
    compliantCase(
      "tells a function of the stack",
      bucket({}),
      notified({ lambdaFunctions: [{ lambdaFunctionArn: unknown, events: ["s3:ObjectRemoved:*"] }] }),
    ),
    compliantCase("tells EventBridge", bucket({}), notified({ eventbridge: true })),
    compliantCase("tells the destination asked for of the events asked for", bucket({}), {
      ...notified(queue(QUEUE, "s3:ObjectCreated:*", "s3:ObjectRemoved:Delete")),
      parameters: { destinationArn: QUEUE, eventTypes: "s3:ObjectCreated:Put,s3:ObjectRemoved:Delete" },
    }),
    violatingCase("tells nobody", bucket({})),
    violatingCase("has a notification without destinations", bucket({}), notified({})),
    violatingCase("tells another destination than is asked for", bucket({}), {
      ...notified({ eventbridge: true, topics: [{ topicArn: "arn:other", events: ["s3:ObjectCreated:*"] }] }),
      parameters: { destinationArn: QUEUE },
    }),
    violatingCase("does not tell of an event that is asked for", bucket({}), {
      ...notified(queue(QUEUE, "s3:ObjectCreated:*")),
      parameters: { eventTypes: "s3:ObjectRemoved:*" },
    }),
    undecidedCase("tells an unknown destination where one is asked for", bucket({}), {
      ...notified(queue(unknown, "s3:ObjectCreated:*")),
      parameters: { destinationArn: QUEUE },
    }),
  ],
};
