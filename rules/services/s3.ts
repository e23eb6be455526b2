import {
  both,
  coversAction,
  hasEffect,
  namesEverybody,
  someItem,
  someStatement,
  stackPolicy,
} from "../engine";
import type { Outcome, Policies, Reader, Statement, Ternary } from "../engine";
import { facet } from "../views/bucket";

const BUCKET = "aws:s3/bucket:Bucket";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

/** A statement that denies everybody every request without TLS. */
function deniesInsecureTransport(statement: Statement): Ternary {
  return both(
    hasEffect(statement, "Deny"),
    namesEverybody(statement),
    coversAction(statement, "s3:*"),
    someItem(statement.conditions, ({ operator, key, values }) =>
      both(
        /^bool(ifexists)?$/i.test(operator) && key === "aws:securetransport",
        someItem(values, (value) => value.toLowerCase() === "false"),
      ),
    ),
  );
}

const tlsOnly = <T>(reader: Reader<T>): Outcome =>
  someStatement(reader, "policy", deniesInsecureTransport, {
    found: "no statement denies requests without TLS",
    fix: 'add a Deny of s3:* for everybody under the condition {"Bool": {"aws:SecureTransport": "false"}}',
  });

export const s3: Policies = {
  S3_BUCKET_SSL_REQUESTS_ONLY: stackPolicy("S3 buckets refuse requests without TLS.", {
    [BUCKET]: (bucket, _, context) =>
      facet(bucket, context, {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        split: tlsOnly,
        inline: { property: "policy", check: tlsOnly },
        missing: {
          found: "the bucket has no policy",
          fix: "add a BucketPolicy that denies requests without TLS",
        },
      }),
  }),

  S3_BUCKET_VERSIONING_ENABLED: stackPolicy(
    "S3 buckets keep versions of their objects.",
    {
      [BUCKET]: (bucket, p, context) =>
        facet(bucket, context, {
          type: VERSIONING,
          split: (part) =>
            p.isMfaDeleteEnabled?.toLowerCase() === "true"
              ? part.equals("versioningConfiguration.mfaDelete", "Enabled")
              : part.equals("versioningConfiguration.status", "Enabled"),
          inline: { property: "versioning", check: (inline) => inline.isTrue("versioning.enabled") },
          missing: {
            found: "the bucket has no versioning",
            fix: 'add a BucketVersioning with "status" Enabled',
          },
        }),
    },
    { [VERSIONING]: (part) => part.equals("versioningConfiguration.status", "Enabled") },
  ),
};
