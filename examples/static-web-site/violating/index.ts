import * as fs from "node:fs";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const bucket = new aws.s3.Bucket("site", { forceDestroy: true });

const website = new aws.s3.BucketWebsiteConfiguration("site", {
  bucket: bucket.bucket,
  indexDocument: { suffix: "index.html" },
  errorDocument: { key: "404.html" },
});

// CloudFront reads the website endpoint, so the world must be able to read the bucket.
const access = new aws.s3.BucketPublicAccessBlock("site", {
  bucket: bucket.bucket,
  blockPublicAcls: false,
  blockPublicPolicy: false,
  ignorePublicAcls: false,
  restrictPublicBuckets: false,
});

const ownership = new aws.s3.BucketOwnershipControls("site", {
  bucket: bucket.bucket,
  rule: { objectOwnership: "ObjectWriter" },
});

new aws.s3.BucketAcl(
  "site",
  { bucket: bucket.bucket, acl: "public-read" },
  { dependsOn: [access, ownership] },
);

new aws.s3.BucketPolicy(
  "site",
  {
    bucket: bucket.bucket,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject"],
          Resource: pulumi.interpolate`${bucket.arn}/*`,
        },
      ],
    },
  },
  { dependsOn: access },
);

const folder = path.join(__dirname, "public");
for (const file of fs.readdirSync(folder)) {
  new aws.s3.BucketObjectv2(file, {
    bucket: bucket.bucket,
    key: file,
    source: new pulumi.asset.FileAsset(path.join(folder, file)),
    contentType: "text/html",
  });
}

const distribution = new aws.cloudfront.Distribution("cdn", {
  enabled: true,
  origins: [
    {
      originId: "site",
      domainName: website.websiteEndpoint,
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "http-only",
        originSslProtocols: ["TLSv1", "TLSv1.1", "TLSv1.2"],
      },
    },
  ],
  defaultCacheBehavior: {
    targetOriginId: "site",
    viewerProtocolPolicy: "allow-all",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    forwardedValues: { queryString: false, cookies: { forward: "none" } },
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: { cloudfrontDefaultCertificate: true },
});

export const url = pulumi.interpolate`http://${distribution.domainName}`;
