import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import { behavior, bucket, custom, distribution, from } from "./cloudfront";
import type { Cases } from "./types";

const HOST = "abc.lambda-url.eu-west-1.on.aws";
const functionUrl = {
  u: resource("aws:lambda/functionUrl:FunctionUrl")({ functionName: "app", authorizationType: "AWS_IAM" }),
};

export const cloudfrontOrigins: Cases = {
  CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS: [
    compliantCase("has TLS only", from(custom({}))),
    compliantCase("has a bucket only", distribution()),
    violatingCase("has SSLv3", from(custom({ originSslProtocols: ["SSLv3", "TLSv1.2"] }))),
    violatingCase(
      "has SSLv3 in one origin of two",
      from(bucket(), custom({ originSslProtocols: ["SSLv3"] })),
    ),
    undecidedCase("does not know its protocols yet", from(custom({ originSslProtocols: unknown }))),
  ],
  CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED: [
    compliantCase(
      "has one",
      from(bucket({ s3OriginConfig: { originAccessIdentity: "origin-access-identity/cloudfront/E1" } })),
    ),
    compliantCase(
      "has one of the stack",
      from(
        bucket({
          domainName: ref("b", "bucketRegionalDomainName"),
          s3OriginConfig: { originAccessIdentity: ref("i", "cloudfrontAccessIdentityPath") },
        }),
      ),
      {
        with: {
          b: resource("aws:s3/bucket:Bucket")({}),
          i: resource("aws:cloudfront/originAccessIdentity:OriginAccessIdentity")({}),
        },
      },
    ),
    violatingCase("has none", distribution()),
    violatingCase("has an empty one", from(bucket({ s3OriginConfig: { originAccessIdentity: "" } }))),
    violatingCase("has an origin access control instead", from(bucket({ originAccessControlId: "E2" }))),
    notApplicableCase("has no bucket", from(custom({}))),
    notApplicableCase(
      "has the website of a bucket",
      from(custom({}, "site.s3-website-eu-west-1.amazonaws.com")),
    ),
  ],
  CLOUDFRONT_ORIGIN_FAILOVER_ENABLED: [
    compliantCase(
      "has a group of two",
      distribution({
        originGroups: [
          {
            originId: "g",
            failoverCriteria: { statusCodes: [500] },
            members: [{ originId: "a" }, { originId: "b" }],
          },
        ],
      }),
    ),
    violatingCase("has no group", distribution()),
    violatingCase("has an empty list", distribution({ originGroups: [] })),
    undecidedCase("does not know its groups yet", distribution({ originGroups: unknown })),
  ],
  CLOUDFRONT_ORIGIN_LAMBDA_URL_OAC_ENABLED: [
    compliantCase("has one", from({ ...custom({}, HOST), originAccessControlId: "E1" })),
    compliantCase(
      "has one for a function of the stack",
      from({ ...custom({}, ref("u", "functionUrl")), originAccessControlId: "E1" }),
      { with: functionUrl },
    ),
    violatingCase("has none", from(custom({}, HOST))),
    violatingCase("has none for a function of the stack", from(custom({}, ref("u", "functionUrl"))), {
      with: functionUrl,
    }),
    undecidedCase("does not know its host yet", from(custom({}, unknown))),
    notApplicableCase("has another origin", from(custom({}))),
  ],
  CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED: [
    compliantCase("has one", from(bucket({ originAccessControlId: "E1" }))),
    compliantCase(
      "has one of the stack",
      from(
        bucket({ domainName: ref("b", "bucketRegionalDomainName"), originAccessControlId: ref("o", "id") }),
      ),
      {
        with: {
          b: resource("aws:s3/bucket:Bucket")({}),
          o: resource("aws:cloudfront/originAccessControl:OriginAccessControl")({
            originAccessControlOriginType: "s3",
          }),
        },
      },
    ),
    violatingCase("has none", distribution()),
    violatingCase(
      "has none for a bucket of the stack",
      from(bucket({ domainName: ref("b", "bucketRegionalDomainName") })),
      {
        with: { b: resource("aws:s3/bucket:Bucket")({}) },
      },
    ),
    violatingCase(
      "has an origin access identity instead",
      from(bucket({ s3OriginConfig: { originAccessIdentity: "origin-access-identity/cloudfront/E1" } })),
    ),
    notApplicableCase("has no bucket", from(custom({}))),
  ],
  CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED: [
    compliantCase("uses HTTPS", from(custom({}))),
    compliantCase(
      "does as viewers do, who use HTTPS",
      from(custom({ originProtocolPolicy: "match-viewer" })),
    ),
    compliantCase("has a bucket only", distribution()),
    violatingCase("uses HTTP", from(custom({ originProtocolPolicy: "http-only" }))),
    violatingCase(
      "does as viewers do, who may use HTTP",
      distribution({
        origins: [custom({ originProtocolPolicy: "match-viewer" })],
        defaultCacheBehavior: behavior({ viewerProtocolPolicy: "allow-all" }),
      }),
    ),
    undecidedCase("does not know its protocol yet", from(custom({ originProtocolPolicy: unknown }))),
  ],
};
