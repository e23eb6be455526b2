/* eslint-disable @typescript-eslint/no-deprecated -- programs may still use what the provider still takes */
import {
  EventType,
  GeoRestrictionType,
  HttpVersion,
  ItemSelection,
  Method,
  MinimumProtocolVersion,
  OriginProtocolPolicy,
  PriceClass,
  SSLSupportMethod,
  SslProtocol,
  ViewerProtocolPolicy,
  type DefaultCacheBehavior,
  type DistributionConfig,
  type Origin,
  type OriginGroup,
  type ViewerCertificate,
} from "@aws-sdk/client-cloudfront";
import { type DistributionArgs } from "@pulumi/aws/cloudfront";

import { type Args } from "../resource-type";
import { member, optionalMember } from "./shapes";

type Distribution = Args<DistributionArgs>;
type Behavior = Distribution["defaultCacheBehavior"];

/** A distribution as CloudFront's API takes it, where every list comes with its length. */
export function distributionConfig(args: Distribution, callerReference: string): DistributionConfig {
  const { loggingConfig: logging, restrictions } = args;
  const { restrictionType, locations = [] } = restrictions.geoRestriction;
  return {
    CallerReference: callerReference,
    Aliases: items(args.aliases),
    CacheBehaviors: items(
      args.orderedCacheBehaviors?.map((behavior) => ({
        ...cacheBehavior(behavior),
        PathPattern: behavior.pathPattern,
      })),
    ),
    Comment: args.comment ?? "",
    CustomErrorResponses: items(
      args.customErrorResponses?.map((response) => ({
        ErrorCode: response.errorCode,
        ErrorCachingMinTTL: response.errorCachingMinTtl,
        ResponseCode: response.responseCode === undefined ? undefined : String(response.responseCode),
        ResponsePagePath: response.responsePagePath,
      })),
    ),
    DefaultCacheBehavior: cacheBehavior(args.defaultCacheBehavior),
    DefaultRootObject: args.defaultRootObject ?? "",
    Enabled: args.enabled,
    HttpVersion: member(HttpVersion, args.httpVersion ?? "http2", "httpVersion"),
    IsIPV6Enabled: args.isIpv6Enabled ?? false,
    Logging: {
      Enabled: logging?.bucket !== undefined,
      IncludeCookies: logging?.includeCookies ?? false,
      Bucket: logging?.bucket ?? "",
      Prefix: logging?.prefix ?? "",
    },
    OriginGroups: items(args.originGroups?.map(originGroup)),
    Origins: items(args.origins.map(origin)),
    PriceClass: member(PriceClass, args.priceClass ?? "PriceClass_All", "priceClass"),
    Restrictions: {
      GeoRestriction: {
        ...items(locations),
        RestrictionType: member(GeoRestrictionType, restrictionType, "restrictionType"),
      },
    },
    ViewerCertificate: certificate(args.viewerCertificate),
    WebACLId: args.webAclId ?? "",
  };
}

function cacheBehavior(behavior: Behavior): DefaultCacheBehavior {
  const methods = (names: readonly string[]): Method[] =>
    names.map((name) => member(Method, name, "allowedMethods"));
  return {
    TargetOriginId: behavior.targetOriginId,
    ViewerProtocolPolicy: member(ViewerProtocolPolicy, behavior.viewerProtocolPolicy, "viewerProtocolPolicy"),
    AllowedMethods: {
      ...items(methods(behavior.allowedMethods)),
      CachedMethods: items(methods(behavior.cachedMethods)),
    },
    CachePolicyId: behavior.cachePolicyId,
    Compress: behavior.compress ?? false,
    DefaultTTL: behavior.defaultTtl,
    FieldLevelEncryptionId: behavior.fieldLevelEncryptionId ?? "",
    ForwardedValues: behavior.forwardedValues && forwardedValues(behavior.forwardedValues),
    FunctionAssociations: items(
      behavior.functionAssociations?.map(({ eventType, functionArn }) => ({
        EventType: member(EventType, eventType, "eventType"),
        FunctionARN: functionArn,
      })),
    ),
    LambdaFunctionAssociations: items(
      behavior.lambdaFunctionAssociations?.map(({ eventType, lambdaArn, includeBody }) => ({
        EventType: member(EventType, eventType, "eventType"),
        LambdaFunctionARN: lambdaArn,
        IncludeBody: includeBody,
      })),
    ),
    MaxTTL: behavior.maxTtl,
    MinTTL: behavior.minTtl ?? 0,
    OriginRequestPolicyId: behavior.originRequestPolicyId,
    RealtimeLogConfigArn: behavior.realtimeLogConfigArn,
    ResponseHeadersPolicyId: behavior.responseHeadersPolicyId,
    SmoothStreaming: behavior.smoothStreaming ?? false,
    TrustedKeyGroups: enabledItems(behavior.trustedKeyGroups),
    TrustedSigners: enabledItems(behavior.trustedSigners),
  };
}

function forwardedValues(
  values: NonNullable<Behavior["forwardedValues"]>,
): DefaultCacheBehavior["ForwardedValues"] {
  return {
    QueryString: values.queryString,
    QueryStringCacheKeys: items(values.queryStringCacheKeys),
    Headers: items(values.headers),
    Cookies: {
      Forward: member(ItemSelection, values.cookies.forward, "cookies.forward"),
      WhitelistedNames: items(values.cookies.whitelistedNames),
    },
  };
}

function origin(given: Distribution["origins"][number]): Origin {
  const { customOriginConfig: custom, originShield: shield } = given;
  return {
    Id: given.originId,
    DomainName: given.domainName,
    OriginPath: given.originPath ?? "",
    ConnectionAttempts: given.connectionAttempts ?? 3,
    ConnectionTimeout: given.connectionTimeout ?? 10,
    OriginAccessControlId: given.originAccessControlId ?? "",
    CustomHeaders: items(
      given.customHeaders?.map(({ name, value }) => ({ HeaderName: name, HeaderValue: value })),
    ),
    S3OriginConfig: custom
      ? undefined
      : { OriginAccessIdentity: given.s3OriginConfig?.originAccessIdentity ?? "" },
    CustomOriginConfig: custom && {
      HTTPPort: custom.httpPort,
      HTTPSPort: custom.httpsPort,
      OriginProtocolPolicy: member(OriginProtocolPolicy, custom.originProtocolPolicy, "originProtocolPolicy"),
      OriginKeepaliveTimeout: custom.originKeepaliveTimeout,
      OriginReadTimeout: custom.originReadTimeout,
      OriginSslProtocols: items(
        custom.originSslProtocols.map((name) => member(SslProtocol, name, "originSslProtocols")),
      ),
    },
    OriginShield: shield && { Enabled: shield.enabled, OriginShieldRegion: shield.originShieldRegion },
  };
}

function originGroup(group: NonNullable<Distribution["originGroups"]>[number]): OriginGroup {
  return {
    Id: group.originId,
    FailoverCriteria: { StatusCodes: items([...group.failoverCriteria.statusCodes]) },
    Members: items(group.members.map(({ originId }) => ({ OriginId: originId }))),
  };
}

function certificate(given: Distribution["viewerCertificate"]): ViewerCertificate {
  const { acmCertificateArn, iamCertificateId, cloudfrontDefaultCertificate } = given;
  return {
    ACMCertificateArn: acmCertificateArn,
    IAMCertificateId: iamCertificateId,
    CloudFrontDefaultCertificate:
      cloudfrontDefaultCertificate ?? (acmCertificateArn ?? iamCertificateId) === undefined,
    MinimumProtocolVersion: optionalMember(
      MinimumProtocolVersion,
      given.minimumProtocolVersion,
      "minimumProtocolVersion",
    ),
    SSLSupportMethod: optionalMember(SSLSupportMethod, given.sslSupportMethod, "sslSupportMethod"),
  };
}

function items<T>(list: readonly T[] | undefined): { Quantity: number; Items: T[] } {
  return { Quantity: list?.length ?? 0, Items: [...(list ?? [])] };
}

function enabledItems(list: readonly string[] | undefined): {
  Enabled: boolean;
  Quantity: number;
  Items: string[];
} {
  return { Enabled: (list?.length ?? 0) > 0, ...items(list) };
}
