import type { ResourceArgs } from "../catalog/generated/resource-types";
import { all, any, compliant, isUnknown, notApplicable, undecided, violation } from "../engine";
import type { Outcome, Reader } from "../engine";

/** What the parts of a CloudFront distribution are: its origins, its behaviours, its certificate. */

export type Distribution = Reader<ResourceArgs["aws:cloudfront/distribution:Distribution"]>;

/** The properties of an origin that controls read. */
export interface Origin {
  readonly domainName?: string;
  readonly originAccessControlId?: string;
  readonly customOriginConfig?: {
    readonly originProtocolPolicy?: string;
    readonly originSslProtocols?: readonly string[];
  };
  readonly s3OriginConfig?: { readonly originAccessIdentity?: string };
  readonly vpcOriginConfig?: object;
}

/** The properties of a default or ordered cache behaviour that controls read. */
export interface Behavior {
  readonly viewerProtocolPolicy?: string;
  readonly trustedKeyGroups?: readonly string[];
  readonly trustedSigners?: readonly string[];
}

/** Each origin that the condition speaks of satisfies it. */
export const everyOrigin = (
  distribution: Distribution,
  condition: (origin: Reader<Origin>) => Outcome,
): Outcome => distribution.every("origins", (origin) => condition(origin as unknown as Reader<Origin>));

/** Each cache behaviour, the default one included, satisfies the condition. */
export const everyBehavior = (
  distribution: Distribution,
  condition: (behavior: Reader<Behavior>) => Outcome,
): Outcome =>
  all(
    condition(distribution.block("defaultCacheBehavior") as unknown as Reader<Behavior>),
    distribution.every("orderedCacheBehaviors", (behavior) =>
      condition(behavior as unknown as Reader<Behavior>),
    ),
  );

/**
 * Judges an origin if it is a bucket: one without settings of a custom or VPC origin, with the name of an S3 endpoint.
 * A website endpoint of S3 is a custom origin.
 */
export function ifBucket(origin: Reader<Origin>, judge: () => Outcome): Outcome {
  const others = [origin.read("customOriginConfig"), origin.read("vpcOriginConfig")];
  if (others.some(({ kind }) => kind === "known")) return notApplicable();
  const name = origin.value("domainName");
  const isOther = typeof name === "string" && !/(^|\.)s3[.-]/.test(name);
  if (isOther && origin.read("s3OriginConfig").kind === "absent") return notApplicable();
  if (others.every(({ kind }) => kind === "absent")) return judge();
  const outcome = judge();
  return outcome.verdict === "COMPLIANT"
    ? undecided(origin.reason("customOriginConfig", 'make "customOriginConfig" known'))
    : undecided(...outcome.reasons);
}

/** Whether the distribution has a certificate of its own; otherwise it has that of CloudFront. */
export const hasCertificate = (distribution: Distribution): Outcome =>
  any(
    distribution.present("viewerCertificate.acmCertificateArn"),
    distribution.present("viewerCertificate.iamCertificateId"),
  );

/** With the certificate of CloudFront the oldest protocol is TLSv1, whatever is asked for. */
export function minimumProtocol(
  distribution: Distribution,
  isGood: (policy: string) => boolean,
  fix: string,
): Outcome {
  const own = hasCertificate(distribution);
  const reason = distribution.reason("viewerCertificate.minimumProtocolVersion", fix);
  const policy = distribution.value("viewerCertificate.minimumProtocolVersion");
  if (own.verdict === "NON_COMPLIANT") {
    return isGood("TLSv1")
      ? compliant()
      : violation({
          ...reason,
          found: "the certificate of CloudFront allows TLSv1",
          fix: `use a certificate of your own, and ${fix}`,
        });
  }
  if (isUnknown(policy)) return undecided(reason);
  return typeof policy === "string" && isGood(policy) ? compliant() : violation(reason);
}
