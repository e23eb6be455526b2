import {
  DeleteBucketWebsiteCommand,
  GetBucketWebsiteCommand,
  Protocol,
  PutBucketWebsiteCommand,
  type RoutingRule,
} from "@aws-sdk/client-s3";
import { type BucketWebsiteConfigurationArgs } from "@pulumi/aws/s3";

import { bucketSetting } from "./s3-setting";
import { fromApi, optionalMember, toApi } from "./shapes";

/** A bucket as a web site. */
export const bucketWebsiteConfiguration = bucketSetting<BucketWebsiteConfigurationArgs>(
  {
    put(client, Bucket, { errorDocument, indexDocument, redirectAllRequestsTo: redirect, ...args }) {
      const details: unknown =
        args.routingRuleDetails === undefined ? undefined : JSON.parse(args.routingRuleDetails);
      return client.send(
        new PutBucketWebsiteCommand({
          Bucket,
          WebsiteConfiguration: {
            ErrorDocument: errorDocument && { Key: errorDocument.key },
            IndexDocument: indexDocument && { Suffix: indexDocument.suffix },
            RedirectAllRequestsTo: redirect && {
              HostName: redirect.hostName,
              Protocol: optionalMember(Protocol, redirect.protocol, "protocol"),
            },
            RoutingRules: toApi<RoutingRule[] | undefined>(args.routingRules ?? details),
          },
        }),
      );
    },
    async read(client, Bucket) {
      const found = await client.send(new GetBucketWebsiteCommand({ Bucket }));
      const region = await client.config.region();
      return {
        errorDocument: fromApi(found.ErrorDocument),
        indexDocument: fromApi(found.IndexDocument),
        redirectAllRequestsTo: fromApi(found.RedirectAllRequestsTo),
        websiteDomain: `s3-website-${region}.amazonaws.com`,
        websiteEndpoint: `${Bucket}.s3-website-${region}.amazonaws.com`,
      };
    },
    remove: (client, Bucket) => client.send(new DeleteBucketWebsiteCommand({ Bucket })),
  },
  ({ bucket }) => bucket,
);
