import type { NamedBucket } from "../bucket-names";
import type { EvidenceBucketArgs, EvidenceBucketChoice } from "../evidence-bucket";
import type { Section } from "./section";

/** The entry `evidence`: where AWS Config delivers. */
export function evidencePart(root: Section): EvidenceBucketArgs {
  const evidence = root.section("evidence", ["bucket", "prefix", "sourceAccounts"]);
  return {
    bucket: evidence.has("bucket") ? bucketChoice(evidence) : undefined,
    prefix: evidence.text("prefix"),
    sourceAccounts: evidence.accounts("sourceAccounts"),
  };
}

/** The bucket that the entry speaks of. */
export function evidenceBucket({ bucket = { create: {} } }: EvidenceBucketArgs): NamedBucket {
  const purpose = "evidence";
  return "existing" in bucket
    ? { path: "evidence.bucket.existing.bucketName", purpose, name: bucket.existing.bucketName }
    : { path: "evidence.bucket.create.bucketName", purpose, name: bucket.create.bucketName, isLogged: true };
}

function bucketChoice(evidence: Section): EvidenceBucketChoice {
  const bucket = evidence.section("bucket", ["create", "existing"]);
  if (bucket.choice(["create", "existing"]) === "existing") {
    const existing = bucket.section("existing", ["bucketName", "kmsKeyArn"]);
    return {
      existing: {
        bucketName: existing.requiredText("bucketName", "The name of the bucket"),
        ...optional("kmsKeyArn", existing.text("kmsKeyArn")),
      },
    };
  }
  const create = bucket.section("create", [
    "bucketName",
    "kmsKeyArn",
    "retain",
    "expireDays",
    "noncurrentDays",
    "accessLogDays",
    "objectLock",
  ]);
  return {
    create: {
      bucketName: create.text("bucketName"),
      ...optional("kmsKeyArn", create.text("kmsKeyArn")),
      retain: create.flag("retain"),
      expireDays: create.number("expireDays"),
      noncurrentDays: create.number("noncurrentDays"),
      accessLogDays: create.number("accessLogDays"),
      objectLock: create.flag("objectLock"),
    },
  };
}

/** `pulumi.Input` leaves no room for `undefined` beside an output. */
function optional<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  if (value !== undefined) found[name] = value;
  return found;
}
