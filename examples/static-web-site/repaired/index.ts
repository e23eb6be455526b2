import * as fs from "node:fs";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { privateBucket } from "./private-bucket";

const config = new pulumi.Config();
const domain = config.require("domain");

const logs = privateBucket("logs", { expireDays: 365 });
const site = privateBucket("site", { logs, expireNoncurrentDays: 30 });
// The second origin answers while the first one fails.
const standby = privateBucket("standby", { logs, expireNoncurrentDays: 30 });

const folder = path.join(__dirname, "public");
for (const file of fs.readdirSync(folder)) {
  for (const [place, bucket] of Object.entries({ site, standby })) {
    new aws.s3.BucketObjectv2(`${place}-${file}`, {
      bucket: bucket.bucket.bucket,
      key: file,
      source: new pulumi.asset.FileAsset(path.join(folder, file)),
      contentType: "text/html",
    });
  }
}

const access = new aws.cloudfront.OriginAccessControl("cdn", {
  originAccessControlOriginType: "s3",
  signingBehavior: "always",
  signingProtocol: "sigv4",
});

const firewall = new aws.wafv2.WebAcl("cdn", {
  scope: "CLOUDFRONT",
  defaultAction: { allow: {} },
  rules: [
    {
      name: "common",
      priority: 1,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
      visibilityConfig: {
        metricName: "common",
        cloudwatchMetricsEnabled: true,
        sampledRequestsEnabled: true,
      },
    },
  ],
  visibilityConfig: { metricName: "site", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
});

const distribution = new aws.cloudfront.Distribution("cdn", {
  enabled: true,
  aliases: [domain],
  defaultRootObject: "index.html",
  webAclId: firewall.arn,
  origins: [
    {
      originId: "site",
      domainName: site.bucket.bucketRegionalDomainName,
      originAccessControlId: access.id,
    },
    {
      originId: "standby",
      domainName: standby.bucket.bucketRegionalDomainName,
      originAccessControlId: access.id,
    },
  ],
  originGroups: [
    {
      originId: "either",
      failoverCriteria: { statusCodes: [500, 502, 503, 504] },
      members: [{ originId: "site" }, { originId: "standby" }],
    },
  ],
  defaultCacheBehavior: {
    targetOriginId: "either",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    forwardedValues: { queryString: false, cookies: { forward: "none" } },
  },
  customErrorResponses: [{ errorCode: 403, responseCode: 404, responsePagePath: "/404.html" }],
  loggingConfig: { bucket: logs.bucket.bucketDomainName, prefix: "cdn/" },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: {
    acmCertificateArn: config.require("certificateArn"),
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021",
  },
});

site.allow("site", distribution.arn);
standby.allow("standby", distribution.arn);

export const url = `https://${domain}`;
export const cdnDomainName = distribution.domainName;
