import type { After, CustomCase } from "../cases";
import { recordedItem, sharingCases } from "../sharing-cases";

const OPEN = { Statement: { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" } };
const bucket = { type: "aws:s3/bucket:Bucket", inputs: { bucket: "orders" } };
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

const recorded = (policyText: string | null): After<undefined> => ({
  item: recordedItem("AWS::S3::Bucket", "orders", {
    ARN: "arn:aws:s3:::orders",
    configuration: { name: "orders" },
    supplementaryConfiguration: { BucketPolicy: { policyText } },
  }),
  read: undefined,
});

const shared = sharingCases({
  action: "s3:GetObject",
  declared: (policy) => ({ resources: [bucket, { type: POLICY, inputs: { bucket: "orders", policy } }] }),
  recorded,
});

export const cases: readonly CustomCase[] = [
  ...shared,
  {
    title: "lets in everybody through access points of its own account",
    verdict: "COMPLIANT",
    before: { never: "which account it is stands in the provider" },
    after: recorded(
      JSON.stringify({
        Statement: {
          ...OPEN.Statement,
          Condition: { StringEquals: { "s3:DataAccessPointAccount": "123456789012" } },
        },
      }),
    ),
  },
  {
    title: "lets in an origin access identity of CloudFront, whose account cannot be told",
    verdict: "NON_COMPLIANT",
    before: {
      resources: [
        bucket,
        {
          type: POLICY,
          inputs: {
            bucket: "orders",
            policy: {
              Statement: {
                ...OPEN.Statement,
                Principal: {
                  AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE1234",
                },
              },
            },
          },
        },
      ],
    },
    after: recorded(
      JSON.stringify({
        Statement: {
          ...OPEN.Statement,
          Principal: { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE1234" },
        },
      }),
    ),
  },
  {
    title: "is declared by its older name, and lets in everybody by a policy of its own",
    verdict: "NON_COMPLIANT",
    before: {
      resources: [
        { type: "aws:s3/bucketV2:BucketV2", inputs: { bucket: "orders", policy: JSON.stringify(OPEN) } },
      ],
    },
    after: recorded(JSON.stringify(OPEN)),
  },
  {
    title: "has a policy, and is not of the program",
    verdict: "NON_COMPLIANT",
    before: { resources: [{ type: POLICY, inputs: { bucket: "orders", policy: OPEN } }] },
    after: { never: "AWS records every bucket" },
  },
  {
    title: "has no policy",
    verdict: "COMPLIANT",
    before: { resources: [bucket] },
    after: recorded(null),
  },
];
