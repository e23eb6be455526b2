import {
  CloudFrontClient,
  CreateDistributionWithTagsCommand,
  CreateOriginAccessControlCommand,
  DeleteDistributionCommand,
  DeleteOriginAccessControlCommand,
  GetDistributionCommand,
  GetOriginAccessControlCommand,
  ListTagsForResourceCommand,
  OriginAccessControlOriginTypes,
  OriginAccessControlSigningBehaviors,
  OriginAccessControlSigningProtocols,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDistributionCommand,
  UpdateOriginAccessControlCommand,
  type OriginAccessControlConfig,
} from "@aws-sdk/client-cloudfront";
import { type DistributionArgs, type OriginAccessControlArgs } from "@pulumi/aws/cloudfront";
import { createHash } from "node:crypto";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { distributionConfig } from "./cloudfront-config";
import { given, member } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

/** The hosted zone of every distribution. */
const HOSTED_ZONE = "Z2FDTNDATAQYW2";

const cloudfrontClient = (session: Session): CloudFrontClient =>
  session.client(CloudFrontClient, "cloudfront");

const distribution = resourceType<DistributionArgs>({
  defaults: { httpVersion: "http2", priceClass: "PriceClass_All", waitForDeployment: true },
  async create(session, args) {
    const DistributionConfig = distributionConfig(args, reference(args));
    const { Distribution: created } = await cloudfrontClient(session).send(
      new CreateDistributionWithTagsCommand({
        DistributionConfigWithTags: { DistributionConfig, Tags: { Items: tagList(args.tagsAll) } },
      }),
    );
    return given(created?.Id, "the id of the new distribution");
  },
  async update(session, Id, args, old) {
    const client = cloudfrontClient(session);
    const { ETag, Distribution: found } = await client.send(new GetDistributionCommand({ Id }));
    const caller = given(found?.DistributionConfig?.CallerReference, "the reference of the distribution");
    const DistributionConfig = distributionConfig(args, caller);
    await client.send(new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig }));
    const Resource = found?.ARN;
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ Resource, Tags: { Items: tagList(tags) } })),
      (names) => client.send(new UntagResourceCommand({ Resource, TagKeys: { Items: names } })),
    );
  },
  async read(session, Id) {
    const client = cloudfrontClient(session);
    const { ETag, Distribution: found } = await client.send(new GetDistributionCommand({ Id }));
    if (!found) return undefined;
    const { Tags } = await client.send(new ListTagsForResourceCommand({ Resource: found.ARN }));
    const config = found.DistributionConfig;
    return {
      arn: found.ARN,
      callerReference: config?.CallerReference,
      comment: config?.Comment,
      defaultRootObject: config?.DefaultRootObject,
      domainName: found.DomainName,
      enabled: config?.Enabled,
      etag: ETag,
      hostedZoneId: HOSTED_ZONE,
      inProgressValidationBatches: found.InProgressInvalidationBatches ?? 0,
      lastModifiedTime: found.LastModifiedTime?.toISOString(),
      status: found.Status,
      trustedKeyGroups: [],
      trustedSigners: [],
      tagsAll: tagMap(Tags?.Items),
    };
  },
  // Only a disabled distribution can be deleted.
  async delete(session, Id, { retainOnDelete }) {
    const client = cloudfrontClient(session);
    const { ETag, Distribution: found } = await client.send(new GetDistributionCommand({ Id }));
    const config = given(found?.DistributionConfig, "the configuration of the distribution");
    const disabled = config.Enabled
      ? await client.send(
          new UpdateDistributionCommand({
            Id,
            IfMatch: ETag,
            DistributionConfig: { ...config, Enabled: false },
          }),
        )
      : { ETag };
    if (retainOnDelete !== true)
      await client.send(new DeleteDistributionCommand({ Id, IfMatch: disabled.ETag }));
  },
});

// The same request is the same distribution: AWS asks for a reference that tells requests apart.
function reference(args: Args<DistributionArgs>): string {
  return createHash("sha256")
    .update(`${JSON.stringify(args)}${process.pid}${Date.now()}`)
    .digest("hex")
    .slice(0, 32);
}

const originAccessControl = resourceType<OriginAccessControlArgs>({
  replaceOn: ["originAccessControlOriginType"],
  async create(session, args) {
    const { OriginAccessControl: created } = await cloudfrontClient(session).send(
      new CreateOriginAccessControlCommand({ OriginAccessControlConfig: controlConfig(args) }),
    );
    return given(created?.Id, "the id of the new origin access control");
  },
  async update(session, Id, args) {
    const client = cloudfrontClient(session);
    const { ETag } = await client.send(new GetOriginAccessControlCommand({ Id }));
    const OriginAccessControlConfig = controlConfig(args);
    await client.send(new UpdateOriginAccessControlCommand({ Id, IfMatch: ETag, OriginAccessControlConfig }));
  },
  async read(session, Id) {
    const client = cloudfrontClient(session);
    const { ETag, OriginAccessControl: found } = await client.send(new GetOriginAccessControlCommand({ Id }));
    const config = found?.OriginAccessControlConfig;
    return (
      config && {
        arn: `arn:${session.partition}:cloudfront::${await session.account()}:origin-access-control/${Id}`,
        description: config.Description,
        etag: ETag,
        name: config.Name,
        originAccessControlOriginType: config.OriginAccessControlOriginType,
        signingBehavior: config.SigningBehavior,
        signingProtocol: config.SigningProtocol,
      }
    );
  },
  async delete(session, Id) {
    const client = cloudfrontClient(session);
    const { ETag } = await client.send(new GetOriginAccessControlCommand({ Id }));
    await client.send(new DeleteOriginAccessControlCommand({ Id, IfMatch: ETag }));
  },
});

function controlConfig(args: Args<OriginAccessControlArgs>): OriginAccessControlConfig {
  return {
    Name: given(args.name, "a name"),
    Description: args.description ?? "",
    OriginAccessControlOriginType: member(
      OriginAccessControlOriginTypes,
      args.originAccessControlOriginType,
      "originAccessControlOriginType",
    ),
    SigningBehavior: member(OriginAccessControlSigningBehaviors, args.signingBehavior, "signingBehavior"),
    SigningProtocol: member(OriginAccessControlSigningProtocols, args.signingProtocol, "signingProtocol"),
  };
}

/** The resource types of CloudFront. */
export const cloudfront: ResourceTypes = {
  "aws:cloudfront/distribution:Distribution": distribution,
  "aws:cloudfront/originAccessControl:OriginAccessControl": originAccessControl,
};
