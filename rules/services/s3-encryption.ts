import {
  any,
  both,
  compliant,
  coversAction,
  given,
  all,
  hasEffect,
  namesEverybody,
  someItem,
  someStatement,
  stackPolicy,
  violation,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs, Statement, Ternary } from "../engine";
import { facet, loneFacet } from "../views/bucket";
import type { BucketReader } from "../views/bucket";
import { keyAmong } from "../views/kms";

const BUCKET = "aws:s3/bucket:Bucket";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const HEADER = "s3:x-amz-server-side-encryption";

/** A statement that denies everybody to put an object that is not encrypted by the request. */
function deniesUnencrypted(statement: Statement): Ternary {
  return both(
    hasEffect(statement, "Deny"),
    namesEverybody(statement),
    coversAction(statement, "s3:PutObject"),
    someItem(statement.conditions, ({ operator, key, values }) =>
      both(
        key === HEADER,
        /^stringnotequals/i.test(operator) ||
          both(
            /^null$/i.test(operator),
            someItem(values, (value) => value.toLowerCase() === "true"),
          ),
      ),
    ),
  );
}

const denial = <T>(reader: Reader<T>): Outcome =>
  someStatement(reader, "policy", deniesUnencrypted, {
    found: "no statement denies uploads without encryption",
    fix: `add a Deny of s3:PutObject under a StringNotEquals on ${HEADER}`,
  });

/** S3 encrypts every object with its own keys since January 2023, so that only a strict reading asks for more. */
function isEncrypted(bucket: BucketReader, _: unknown, context: Context): Outcome {
  if (!context.strict) return compliant();
  const configured = facet(bucket, context, {
    type: ENCRYPTION,
    split: (part) => part.present("rules.applyServerSideEncryptionByDefault.sseAlgorithm"),
    inline: {
      property: "serverSideEncryptionConfiguration",
      check: (inline) =>
        inline.present(
          "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm",
        ),
    },
    missing: {
      found: "the bucket has no default encryption of its own",
      fix: "add a BucketServerSideEncryptionConfiguration",
    },
  });
  const denied = facet(bucket, context, {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    split: denial,
    inline: { property: "policy", check: denial },
    missing: {
      found: "no policy denies uploads without encryption",
      fix: "deny them by a BucketPolicy",
    },
  });
  return any(configured, denied);
}

const KMS = ["aws:kms", "aws:kms:dsse"];

/** The default encryption uses KMS, with one of the keys that the parameter names. */
const usesKms = (
  part: Reader<ResourceArgs[typeof ENCRYPTION]>,
  { kmsKeyArns }: { readonly kmsKeyArns?: readonly string[] | undefined },
): Outcome =>
  all(
    part.oneOf("rules.applyServerSideEncryptionByDefault.sseAlgorithm", KMS),
    given(kmsKeyArns, (keys) =>
      keyAmong(part, "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId", keys),
    ),
  );

export const s3Encryption: Policies = {
  S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED: stackPolicy("S3 buckets encrypt their objects.", {
    [BUCKET]: isEncrypted,
  }),

  S3_DEFAULT_ENCRYPTION_KMS: stackPolicy("S3 buckets encrypt their objects with KMS keys by default.", {
    [BUCKET]: (bucket, p, context) =>
      facet(bucket, context, {
        type: ENCRYPTION,
        split: (part) => usesKms(part, p),
        inline: {
          property: "serverSideEncryptionConfiguration",
          check: (inline) =>
            all(
              inline.oneOf(
                "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm",
                KMS,
              ),
              given(p.kmsKeyArns, (keys) =>
                keyAmong(
                  inline,
                  "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.kmsMasterKeyId",
                  keys,
                ),
              ),
            ),
        },
        missing: violation({
          found: "the bucket has no default encryption with a KMS key",
          fix: 'add a BucketServerSideEncryptionConfiguration with "sseAlgorithm" aws:kms',
        }),
      }),
    [ENCRYPTION]: (part, p, context) => loneFacet(context, () => usesKms(part, p)),
  }),
};
