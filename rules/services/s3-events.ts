import { all, any, check, compliant, given, notApplicable, stackPolicy, undecided } from "../engine";
import type { Items, Outcome, Policies, Reader } from "../engine";
import type { ResourceArgs } from "../catalog/generated/resource-types";
import { facet } from "../views/bucket";
import { namesBucket } from "../views/linked-name";

const BUCKET = "aws:s3/bucket:Bucket";
const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";

interface Wanted {
  readonly destinationArn?: string | undefined;
  readonly eventTypes?: readonly string[] | undefined;
}

/** A type stands for itself and, when it ends in `*`, for all below it. */
const isCovered = (type: string, { items }: Items<string>): boolean =>
  items.some((event) => event === type || (event.endsWith("*") && type.startsWith(event.slice(0, -1))));

/** A notification of the wanted kind: to EventBridge, which gets every event, or to a queue, topic or function. */
function notifies(notification: Reader<ResourceArgs[typeof NOTIFICATION]>, p: Wanted): Outcome {
  const fix = "notify a queue, a topic or a function of the events that are asked for";
  const hasEvents = <T>(target: Reader<T>, events: Items<string>): Outcome =>
    given(p.eventTypes, (types) => {
      const reason = {
        ...target.place("events"),
        found: `"${target.name("events")}" lacks a wanted event`,
        fix,
      };
      const missing = types.some((type) => !isCovered(type, events));
      return missing && !events.complete ? undecided(reason) : check(!missing, reason);
    });
  return any(
    p.destinationArn === undefined ? notification.isTrue("eventbridge") : notApplicable(),
    notification.some(
      "queues",
      (queue) =>
        all(
          compliant(),
          given(p.destinationArn, (arn) => queue.equals("queueArn", arn)),
          hasEvents(queue, queue.texts("events")),
        ),
      fix,
    ),
    notification.some(
      "topics",
      (topic) =>
        all(
          compliant(),
          given(p.destinationArn, (arn) => topic.equals("topicArn", arn)),
          hasEvents(topic, topic.texts("events")),
        ),
      fix,
    ),
    notification.some(
      "lambdaFunctions",
      (target) =>
        all(
          compliant(),
          given(p.destinationArn, (arn) => target.equals("lambdaFunctionArn", arn)),
          hasEvents(target, target.texts("events")),
        ),
      fix,
    ),
  );
}

export const s3Events: Policies = {
  S3_BUCKET_LOGGING_ENABLED: stackPolicy("S3 buckets log the requests that they get.", {
    [BUCKET]: (bucket, p, context) =>
      facet(bucket, context, {
        type: "aws:s3/bucketLogging:BucketLogging",
        split: (part) =>
          all(
            part.present("targetBucket"),
            given(p.targetBucket, (name) => namesBucket(part, "targetBucket", context, name)),
            given(p.targetPrefix, (prefix) => part.equals("targetPrefix", prefix)),
          ),
        inline: {
          property: "logging",
          check: (inline) =>
            all(
              inline.present("logging.targetBucket"),
              given(p.targetBucket, (name) => namesBucket(inline, "logging.targetBucket", context, name)),
              given(p.targetPrefix, (prefix) => inline.equals("logging.targetPrefix", prefix)),
            ),
        },
        missing: { found: "the bucket does not log its requests", fix: "add a BucketLogging" },
      }),
  }),

  S3_EVENT_NOTIFICATIONS_ENABLED: stackPolicy("S3 buckets tell of their events.", {
    [BUCKET]: (bucket, p, context) =>
      facet(bucket, context, {
        type: NOTIFICATION,
        split: (part) => notifies(part, p),
        missing: { found: "the bucket has no event notifications", fix: "add a BucketNotification" },
      }),
  }),
};
