import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { CaseResource, Cases } from "./types";

const of = resource("aws:cloudfront/distribution:Distribution");
const BUCKET = "site.s3.eu-west-1.amazonaws.com";
/** An origin that is a bucket. */
export const bucket = (more: object = {}): object => ({ originId: "site", domainName: BUCKET, ...more });
/** An origin that is a server. */
export const custom = (config: object, domainName: unknown = "api.example.com"): object => ({
  originId: "api",
  domainName,
  customOriginConfig: {
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: ["TLSv1.2"],
    ...config,
  },
});
/** A cache behaviour that redirects to HTTPS. */
export const behavior = (more: object = {}): object => ({
  targetOriginId: "site",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET"],
  cachedMethods: ["GET"],
  ...more,
});
/** A distribution with a bucket and the certificate of CloudFront. */
export const distribution = (more: object = {}): CaseResource =>
  of({
    enabled: true,
    origins: [bucket()],
    defaultCacheBehavior: behavior(),
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
    ...more,
  });
/** A distribution with some origins. */
export const from = (...origins: object[]): CaseResource => distribution({ origins });
const certificate = (more: object = {}): CaseResource =>
  distribution({
    viewerCertificate: {
      acmCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
      sslSupportMethod: "sni-only",
      ...more,
    },
  });
const ACL = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/1";

export const cloudfront: Cases = {
  CLOUDFRONT_ACCESSLOGS_ENABLED: [
    compliantCase("logs to a bucket", distribution({ loggingConfig: { bucket: "logs.s3.amazonaws.com" } })),
    compliantCase(
      "logs to a bucket of the stack",
      distribution({ loggingConfig: { bucket: ref("b", "bucketDomainName") } }),
      {
        with: { b: resource("aws:s3/bucket:Bucket")({}) },
      },
    ),
    compliantCase(
      "logs to the bucket that is asked for",
      distribution({ loggingConfig: { bucket: "logs.s3.amazonaws.com" } }),
      {
        parameters: { S3BucketName: "logs" },
      },
    ),
    violatingCase("has no logging", distribution()),
    violatingCase("has logging without a bucket", distribution({ loggingConfig: { includeCookies: true } })),
    violatingCase(
      "logs to another bucket",
      distribution({ loggingConfig: { bucket: "logs.s3.amazonaws.com" } }),
      {
        parameters: { S3BucketName: "audit" },
      },
    ),
    undecidedCase(
      "does not know its bucket yet where one is asked for",
      distribution({ loggingConfig: { bucket: unknown } }),
      {
        parameters: { S3BucketName: "audit" },
      },
    ),
  ],
  CLOUDFRONT_ASSOCIATED_WITH_WAF: [
    compliantCase("has one", distribution({ webAclId: ACL })),
    compliantCase("has one of the stack", distribution({ webAclId: ref("w", "arn") }), {
      with: { w: resource("aws:wafv2/webAcl:WebAcl")({ scope: "CLOUDFRONT" }) },
    }),
    violatingCase("has none", distribution()),
    violatingCase("has an empty one", distribution({ webAclId: "" })),
    violatingCase("has another than the listed", distribution({ webAclId: ACL }), {
      parameters: { wafWebAclIds: `${ACL}0` },
    }),
    undecidedCase("does not know it yet where some are listed", distribution({ webAclId: unknown }), {
      parameters: { wafWebAclIds: ACL },
    }),
  ],
  CLOUDFRONT_CUSTOM_SSL_CERTIFICATE: [
    compliantCase("has one of ACM", certificate()),
    compliantCase(
      "has one of IAM",
      distribution({ viewerCertificate: { iamCertificateId: "ASCA1", sslSupportMethod: "sni-only" } }),
    ),
    violatingCase("has that of CloudFront", distribution()),
    violatingCase("has an empty block", distribution({ viewerCertificate: {} })),
  ],
  CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED: [
    compliantCase("has one", distribution({ defaultRootObject: "index.html" })),
    violatingCase("has none", distribution()),
    violatingCase("has an empty one", distribution({ defaultRootObject: "" })),
  ],
  CLOUDFRONT_DISTRIBUTION_KEY_GROUP_ENABLED: [
    compliantCase(
      "has key groups in every behaviour",
      distribution({ defaultCacheBehavior: behavior({ trustedKeyGroups: ["kg-1"] }) }),
    ),
    violatingCase("has none", distribution()),
    violatingCase(
      "has signers",
      distribution({ defaultCacheBehavior: behavior({ trustedSigners: ["self"] }) }),
    ),
    violatingCase(
      "has none in one behaviour",
      distribution({
        defaultCacheBehavior: behavior({ trustedKeyGroups: ["kg-1"] }),
        orderedCacheBehaviors: [behavior({ pathPattern: "/a/*" })],
      }),
    ),
    undecidedCase(
      "does not know its key groups yet",
      distribution({ defaultCacheBehavior: behavior({ trustedKeyGroups: unknown }) }),
    ),
  ],
  CLOUDFRONT_SECURITY_POLICY_CHECK: [
    compliantCase("asks for TLS 1.2", certificate({ minimumProtocolVersion: "TLSv1.2_2021" })),
    compliantCase("asks for TLS 1.3", certificate({ minimumProtocolVersion: "TLSv1.3_2025" })),
    violatingCase("takes TLS 1.1", certificate({ minimumProtocolVersion: "TLSv1.1_2016" })),
    violatingCase("does not say, which means TLS 1.0", certificate()),
    violatingCase("has the certificate of CloudFront", distribution()),
    violatingCase(
      "asks for TLS 1.2 with the certificate of CloudFront",
      distribution({
        viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1.2_2021" },
      }),
    ),
    undecidedCase("does not know its policy yet", certificate({ minimumProtocolVersion: unknown })),
  ],
  CLOUDFRONT_SNI_ENABLED: [
    compliantCase("uses it", certificate()),
    violatingCase("has an address of its own", certificate({ sslSupportMethod: "vip" })),
    undecidedCase("does not know yet", certificate({ sslSupportMethod: unknown })),
    notApplicableCase("has the certificate of CloudFront", distribution()),
  ],
  CLOUDFRONT_SSL_POLICY_CHECK: [
    compliantCase("has an approved one", certificate({ minimumProtocolVersion: "TLSv1.2_2021" }), {
      parameters: { securityPolicies: "TLSv1.2_2019,TLSv1.2_2021" },
    }),
    violatingCase("has another", certificate({ minimumProtocolVersion: "TLSv1.2_2018" }), {
      parameters: { securityPolicies: "TLSv1.2_2019,TLSv1.2_2021" },
    }),
    violatingCase("has the certificate of CloudFront", distribution(), {
      parameters: { securityPolicies: "TLSv1.2_2021" },
    }),
    undecidedCase("does not know its policy yet", certificate({ minimumProtocolVersion: unknown }), {
      parameters: { securityPolicies: "TLSv1.2_2021" },
    }),
  ],
  CLOUDFRONT_VIEWER_POLICY_HTTPS: [
    compliantCase("redirects", distribution()),
    compliantCase(
      "refuses HTTP",
      distribution({ defaultCacheBehavior: behavior({ viewerProtocolPolicy: "https-only" }) }),
    ),
    violatingCase(
      "takes HTTP",
      distribution({ defaultCacheBehavior: behavior({ viewerProtocolPolicy: "allow-all" }) }),
    ),
    violatingCase(
      "takes HTTP for a path",
      distribution({
        orderedCacheBehaviors: [behavior({ pathPattern: "/a/*", viewerProtocolPolicy: "allow-all" })],
      }),
    ),
    undecidedCase(
      "does not know yet",
      distribution({ defaultCacheBehavior: behavior({ viewerProtocolPolicy: unknown }) }),
    ),
  ],
};
