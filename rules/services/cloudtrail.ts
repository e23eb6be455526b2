import { all, compliant, given, notApplicable, policy, stackPolicy, undecided } from "../engine";
import type { Check, Context, Outcome, Policies, Reader } from "../engine";
import type { ResourceArgs } from "../catalog/generated/resource-types";
import { facet, facetParts } from "../views/bucket";
import { keyAmong } from "../views/kms";
import { namesBucket } from "../views/linked-name";
import { excludesNoSource, recordsManagement, recordsS3 } from "../views/trail";
import type { Access } from "../views/trail";
import { isPrivate } from "./s3-public-access";

const TRAIL = "aws:cloudtrail/trail:Trail";
const BUCKET = "aws:s3/bucket:Bucket";

type TrailArgs = ResourceArgs[typeof TRAIL];
type Trail = Reader<TrailArgs>;

/**
 * Judges a trail where one good trail is enough for the account: it complies when another trail of the stack does. What
 * other stacks have is not seen.
 */
const someTrail =
  <P>(check: (trail: Trail, parameters: P, context: Context) => Outcome): Check<TrailArgs, P> =>
  (trail, parameters, context) => {
    const { stack, node } = context;
    const own = check(trail, parameters, context);
    if (own.verdict !== "NON_COMPLIANT") return own;
    if (stack.partial) return undecided(...own.reasons);
    let hidden = false;
    for (const other of stack.ofType(TRAIL)) {
      if (other === node) continue;
      const { verdict } = check(other.reader(TRAIL), parameters, context);
      if (verdict === "COMPLIANT") return compliant();
      if (verdict === "UNDECIDED") hidden = true;
    }
    return hidden ? undecided(...own.reasons) : own;
  };

interface Places {
  readonly s3BucketName?: string | undefined;
  readonly snsTopicArn?: string | undefined;
  readonly cloudWatchLogsLogGroupArn?: string | undefined;
}

/** A trail delivers to the places that the parameters name. CloudTrail takes a log group with `:*` behind its ARN. */
const deliversTo = (trail: Trail, p: Places, context: Context): Outcome =>
  all(
    given(p.s3BucketName, (name) => namesBucket(trail, "s3BucketName", context, name)),
    given(p.snsTopicArn, (arn) => trail.oneOf("snsTopicName", [arn, arn.slice(arn.lastIndexOf(":") + 1)])),
    given(p.cloudWatchLogsLogGroupArn, (arn) => {
      const group = arn.replace(/:\*$/, "");
      return trail.oneOf("cloudWatchLogsGroupArn", [group, `${group}:*`]);
    }),
  );

const accessOf = (text: string): Access =>
  text.toLowerCase() === "readonly" ? "ReadOnly" : text.toLowerCase() === "writeonly" ? "WriteOnly" : "All";

/** Judges the bucket of a trail. One that is no resource of the stack cannot be judged. */
function bucketOf(
  trail: Trail,
  context: Context,
  judge: (bucket: Reader<ResourceArgs[typeof BUCKET]>, context: Context) => Outcome,
): Outcome {
  const { nodes, uncertain } = context.stack.targets(context.node, "s3BucketName", BUCKET);
  const [node] = nodes;
  if (node === undefined || uncertain) {
    const reason = trail.reason("s3BucketName", "keep the bucket in the stack of the trail");
    return undecided({ ...reason, found: "the bucket of the trail is not in the stack" });
  }
  return judge(node.reader(BUCKET), { ...context, node });
}

/** No access block of a bucket leaves something open. Without one, the default of S3 blocks everything. */
function isBlocked(context: Context): Outcome {
  const { parts, uncertain } = facetParts(context, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
  const unseen = undecided({
    found: "it is not known yet whether the bucket of the trail blocks public access",
    fix: "set all four settings of its public access block to true",
  });
  return all(
    ...parts.map((block) =>
      all(
        block.isTrue("blockPublicAcls"),
        block.isTrue("blockPublicPolicy"),
        block.isTrue("ignorePublicAcls"),
        block.isTrue("restrictPublicBuckets"),
      ),
    ),
    uncertain ? unseen : notApplicable(),
  );
}

export const cloudtrail: Policies = {
  CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED: policy("Trails send their events to CloudWatch Logs.", {
    [TRAIL]: (trail) => trail.present("cloudWatchLogsGroupArn"),
  }),

  CLOUD_TRAIL_ENABLED: stackPolicy("A trail is logging.", {
    [TRAIL]: someTrail((trail, p, context) =>
      all(trail.isTrue("enableLogging"), deliversTo(trail, p, context)),
    ),
  }),

  CLOUD_TRAIL_ENCRYPTION_ENABLED: policy("Trails encrypt their files with a KMS key.", {
    [TRAIL]: (trail) => trail.present("kmsKeyId"),
  }),

  CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED: policy("Trails make their files verifiable.", {
    [TRAIL]: (trail) => trail.isTrue("enableLogFileValidation"),
  }),

  CLOUDTRAIL_ALL_READ_S3_DATA_EVENT_CHECK: stackPolicy(
    "A trail of all regions records every read of S3 objects.",
    {
      [TRAIL]: someTrail((trail) =>
        all(trail.isTrue("isMultiRegionTrail"), recordsS3(trail, ["All", "ReadOnly"])),
      ),
    },
  ),

  CLOUDTRAIL_ALL_WRITE_S3_DATA_EVENT_CHECK: stackPolicy(
    "A trail of all regions records every write of S3 objects.",
    {
      [TRAIL]: someTrail((trail) =>
        all(trail.isTrue("isMultiRegionTrail"), recordsS3(trail, ["All", "WriteOnly"])),
      ),
    },
  ),

  CLOUDTRAIL_EVENT_DATA_STORE_MULTI_REGION: policy("Event data stores take events of all regions.", {
    "aws:cloudtrail/eventDataStore:EventDataStore": (store) => store.isTrue("multiRegionEnabled"),
  }),

  CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING: stackPolicy("The bucket of a trail logs the requests that it gets.", {
    [TRAIL]: (trail, _, context) =>
      bucketOf(trail, context, (bucket, at) =>
        facet(bucket, at, {
          type: "aws:s3/bucketLogging:BucketLogging",
          split: (part) => part.present("targetBucket"),
          inline: { property: "logging", check: (inline) => inline.present("logging.targetBucket") },
          missing: { found: "the bucket of the trail does not log its requests", fix: "add a BucketLogging" },
        }),
      ),
  }),

  CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED: stackPolicy(
    "The bucket of a trail is closed to the public.",
    {
      [TRAIL]: (trail, _, context) =>
        bucketOf(trail, context, (bucket, at) => all(isPrivate(bucket, at), isBlocked(at))),
    },
  ),

  CLOUDTRAIL_S3_DATAEVENTS_ENABLED: stackPolicy("A trail records the data events of S3 buckets.", {
    [TRAIL]: someTrail((trail, p) =>
      recordsS3(
        trail,
        ["All", "ReadOnly", "WriteOnly"],
        p.S3BucketNames?.split(",").map((name) => name.trim()),
      ),
    ),
  }),

  CLOUDTRAIL_SECURITY_TRAIL_ENABLED: stackPolicy("A trail follows the best practices of security.", {
    [TRAIL]: someTrail((trail) =>
      all(
        trail.isTrue("includeGlobalServiceEvents"),
        trail.isTrue("isMultiRegionTrail"),
        trail.isTrue("enableLogFileValidation"),
        trail.present("kmsKeyId"),
        recordsManagement(trail, "All"),
      ),
    ),
  }),

  EVENT_DATA_STORE_CMK_ENCRYPTION_ENABLED: policy("Event data stores are encrypted with a KMS key.", {
    "aws:cloudtrail/eventDataStore:EventDataStore": (store, p) =>
      all(
        store.present("kmsKeyId"),
        given(p.kmsKeyArns, (keys) => keyAmong(store, "kmsKeyId", keys)),
      ),
  }),

  MULTI_REGION_CLOUD_TRAIL_ENABLED: stackPolicy("A trail records all regions.", {
    [TRAIL]: someTrail((trail, p, context) =>
      all(
        trail.isTrue("isMultiRegionTrail"),
        excludesNoSource(trail),
        deliversTo(trail, p, context),
        p.includeManagementEvents === true || p.readWriteType !== undefined
          ? recordsManagement(trail, accessOf(p.readWriteType ?? "All"))
          : notApplicable(),
      ),
    ),
  }),
};
