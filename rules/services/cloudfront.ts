import {
  all,
  compliant,
  given,
  isUnknown,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  violation,
  when,
} from "../engine";
import type { Context, Outcome, Policies, Reader } from "../engine";
import { everyBehavior, everyOrigin, hasCertificate, ifBucket, minimumProtocol } from "../views/distribution";
import type { Distribution, Origin } from "../views/distribution";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl";

const ENCRYPTED = ["https-only", "redirect-to-https"];

/** A log bucket is named by the bucket or by its domain. */
const isBucket = (domain: unknown, bucket: string): boolean =>
  typeof domain === "string" &&
  (domain === bucket || domain.startsWith(`${bucket}.s3.`) || domain.startsWith(`${bucket}.s3-`));

/** The traffic to a custom origin is encrypted by itself, or because that of the viewers is. */
function encryptsTraffic(distribution: Distribution, origin: Reader<Origin>): Outcome {
  if (origin.read("customOriginConfig").kind === "absent") return compliant();
  const path = "customOriginConfig.originProtocolPolicy";
  const wanted = origin.reason(path, `set "${origin.name(path)}" to https-only`);
  const protocol = origin.value(path);
  if (isUnknown(protocol)) return undecided(wanted);
  if (protocol === "https-only") return compliant();
  if (protocol !== "match-viewer") return violation(wanted);
  return everyBehavior(distribution, (behavior) => behavior.oneOf("viewerProtocolPolicy", ENCRYPTED));
}

/** The URL of a function is known by its host, and before the update by what it was made from. */
function functionIsGuarded(origin: Reader<Origin>, areFunctions: boolean): Outcome {
  const host = origin.value("domainName");
  if (typeof host === "string" && !host.includes(".lambda-url.")) return notApplicable();
  const guarded = origin.present("originAccessControlId");
  if (!isUnknown(host) || areFunctions) return host === undefined ? notApplicable() : guarded;
  return undecided(
    origin.reason("domainName", 'set "originAccessControlId" where the origin is a function URL'),
  );
}

export const cloudfront: Policies = {
  CLOUDFRONT_ACCESSLOGS_ENABLED: policy("CloudFront distributions write access logs to a bucket.", {
    [DISTRIBUTION]: (distribution, { S3BucketName: name }) =>
      name === undefined
        ? distribution.present("loggingConfig.bucket")
        : distribution.test(
            "loggingConfig.bucket",
            (bucket) => isBucket(bucket, name),
            `log to the bucket ${name}`,
          ),
  }),

  CLOUDFRONT_ASSOCIATED_WITH_WAF: policy("CloudFront distributions have a web ACL.", {
    [DISTRIBUTION]: (distribution, { wafWebAclIds }) =>
      wafWebAclIds === undefined
        ? distribution.present("webAclId")
        : distribution.oneOf("webAclId", wafWebAclIds),
  }),

  CLOUDFRONT_CUSTOM_SSL_CERTIFICATE: policy("CloudFront distributions have a certificate of their own.", {
    [DISTRIBUTION]: hasCertificate,
  }),

  CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED: policy("CloudFront distributions have a default root object.", {
    [DISTRIBUTION]: (distribution) => distribution.present("defaultRootObject"),
  }),

  CLOUDFRONT_DISTRIBUTION_KEY_GROUP_ENABLED: policy(
    "CloudFront distributions serve private content by trusted key groups only.",
    {
      [DISTRIBUTION]: (distribution) =>
        everyBehavior(distribution, (behavior) =>
          all(behavior.nonEmpty("trustedKeyGroups"), behavior.absent("trustedSigners")),
        ),
    },
  ),

  CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS: policy(
    "CloudFront distributions do not use SSLv3 to their origins.",
    {
      [DISTRIBUTION]: (distribution) =>
        all(
          compliant(),
          everyOrigin(distribution, (origin) => {
            const { items, complete } = origin.texts("customOriginConfig.originSslProtocols");
            const reason = origin.reason("customOriginConfig.originSslProtocols", "remove SSLv3");
            if (items.some((protocol) => protocol.toLowerCase() === "sslv3")) return violation(reason);
            return complete ? compliant() : undecided(reason);
          }),
        ),
    },
  ),

  CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED: policy(
    "CloudFront distributions reach buckets by an origin access identity.",
    {
      [DISTRIBUTION]: (distribution) =>
        everyOrigin(distribution, (origin) =>
          ifBucket(origin, () => origin.present("s3OriginConfig.originAccessIdentity")),
        ),
    },
  ),

  CLOUDFRONT_ORIGIN_FAILOVER_ENABLED: policy(
    "CloudFront distributions have a second origin to fail over to.",
    {
      [DISTRIBUTION]: (distribution) =>
        distribution.some(
          "originGroups",
          (group) =>
            group.test(
              "members",
              (members) => Array.isArray(members) && members.length >= 2,
              "name two members",
            ),
          'add an entry with two members to "originGroups"',
        ),
    },
  ),

  CLOUDFRONT_ORIGIN_LAMBDA_URL_OAC_ENABLED: stackPolicy(
    "CloudFront distributions reach function URLs by an origin access control.",
    {
      [DISTRIBUTION]: (distribution, _, { node, stack }: Context) => {
        const { nodes, uncertain } = stack.targets(node, "origins.domainName", FUNCTION_URL);
        return everyOrigin(distribution, (origin) =>
          functionIsGuarded(origin, nodes.length > 0 && !uncertain),
        );
      },
    },
  ),

  CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED: policy(
    "CloudFront distributions reach buckets by an origin access control.",
    {
      [DISTRIBUTION]: (distribution) =>
        everyOrigin(distribution, (origin) =>
          ifBucket(origin, () => origin.present("originAccessControlId")),
        ),
    },
  ),

  CLOUDFRONT_SECURITY_POLICY_CHECK: policy("CloudFront distributions ask viewers for TLS 1.2 or later.", {
    [DISTRIBUTION]: (distribution) =>
      minimumProtocol(
        distribution,
        (name) => /^TLSv1\.[23]_/.test(name),
        'set "viewerCertificate.minimumProtocolVersion" to TLSv1.2_2021',
      ),
  }),

  CLOUDFRONT_SNI_ENABLED: policy("CloudFront distributions with a certificate of their own use SNI.", {
    [DISTRIBUTION]: (distribution) =>
      when(hasCertificate(distribution), () =>
        distribution.equals("viewerCertificate.sslSupportMethod", "sni-only"),
      ),
  }),

  CLOUDFRONT_SSL_POLICY_CHECK: policy("CloudFront distributions have an approved security policy.", {
    [DISTRIBUTION]: (distribution, { securityPolicies }) =>
      given(securityPolicies, (allowed) =>
        minimumProtocol(
          distribution,
          (name) => allowed.includes(name),
          `set "viewerCertificate.minimumProtocolVersion" to one of ${allowed.join(", ")}`,
        ),
      ),
  }),

  CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED: policy(
    "CloudFront distributions encrypt the traffic to their origins.",
    {
      [DISTRIBUTION]: (distribution) =>
        all(
          compliant(),
          everyOrigin(distribution, (origin) => encryptsTraffic(distribution, origin)),
        ),
    },
  ),

  CLOUDFRONT_VIEWER_POLICY_HTTPS: policy("CloudFront distributions serve viewers over HTTPS only.", {
    [DISTRIBUTION]: (distribution) =>
      everyBehavior(distribution, (behavior) => behavior.oneOf("viewerProtocolPolicy", ENCRYPTED)),
  }),
};
