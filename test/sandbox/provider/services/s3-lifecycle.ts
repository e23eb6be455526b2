/* eslint-disable @typescript-eslint/no-deprecated -- programs may still use what the provider still takes */
import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  TransitionDefaultMinimumObjectSize,
  type LifecycleRule,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type BucketArgs, type BucketLifecycleConfigurationArgs } from "@pulumi/aws/s3";

import { isObject } from "../../json";
import { type Args } from "../resource-type";
import { bucketSetting } from "./s3-setting";
import { fromApi, optionalMember, toApi, type Names } from "./shapes";
import { tagList } from "./tags";

type Rules = NonNullable<Args<BucketLifecycleConfigurationArgs>["rules"]>;
type InlineRules = NonNullable<Args<BucketArgs>["lifecycleRules"]>;

const NAMES: Names = { id: "ID" };

/** When objects and versions move to cheaper storage and when they go. */
export const bucketLifecycleConfiguration = bucketSetting<BucketLifecycleConfigurationArgs>(
  {
    async put(client, Bucket, { rules = [], transitionDefaultMinimumObjectSize: minimum }) {
      await client.send(
        new PutBucketLifecycleConfigurationCommand({
          Bucket,
          LifecycleConfiguration: { Rules: rules.map(ruleToApi) },
          TransitionDefaultMinimumObjectSize: optionalMember(
            TransitionDefaultMinimumObjectSize,
            minimum,
            "transitionDefaultMinimumObjectSize",
          ),
        }),
      );
    },
    async read(client, Bucket) {
      const found = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
      return { rules: fromApi(found.Rules, NAMES) };
    },
    remove: (client, Bucket) => client.send(new DeleteBucketLifecycleCommand({ Bucket })),
  },
  ({ bucket }) => bucket,
);

/** Sets the rules in the form that they have on the bucket itself. */
export async function putInlineLifecycle(
  client: S3Client,
  Bucket: string,
  rules: InlineRules,
): Promise<void> {
  const Rules = rules.map((rule): LifecycleRule => {
    const days = rule.abortIncompleteMultipartUploadDays;
    return {
      ID: rule.id,
      Status: rule.enabled ? "Enabled" : "Disabled",
      Filter: filterToApi(rule.prefix ?? "", rule.tags),
      Expiration: rule.expiration && expirationToApi(rule.expiration),
      AbortIncompleteMultipartUpload: days === undefined ? undefined : { DaysAfterInitiation: days },
      NoncurrentVersionExpiration: rule.noncurrentVersionExpiration && {
        NoncurrentDays: rule.noncurrentVersionExpiration.days,
      },
      Transitions: toApi(rule.transitions),
      NoncurrentVersionTransitions: toApi(rule.noncurrentVersionTransitions, { days: "NoncurrentDays" }),
    };
  });
  await client.send(
    new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
  );
}

function ruleToApi({ filter, expiration, ...rule }: Rules[number]): LifecycleRule {
  const { and } = filter ?? {};
  const tags = isObject(and) && "tags" in and ? and.tags : undefined;
  return {
    ...toApi<LifecycleRule>(rule, NAMES),
    Expiration: expiration && expirationToApi(expiration),
    Filter: and
      ? { And: { ...toApi<object>({ ...and, tags: undefined }), Tags: tags && tagList(tags) } }
      : filter
        ? toApi(filter)
        : rule.prefix === undefined
          ? { Prefix: "" }
          : undefined,
  };
}

function filterToApi(
  prefix: string,
  tags: Readonly<Record<string, string>> | undefined,
): LifecycleRule["Filter"] {
  const list = tagList(tags);
  if (list.length === 0) return { Prefix: prefix };
  return { And: { Prefix: prefix, Tags: list } };
}

interface Expiration {
  readonly date?: string | undefined;
  readonly days?: number | undefined;
  readonly expiredObjectDeleteMarker?: boolean | undefined;
}

function expirationToApi({ date, days, expiredObjectDeleteMarker }: Expiration): LifecycleRule["Expiration"] {
  return {
    Date: date === undefined ? undefined : new Date(date),
    // Zero stands for "not given" in the provider.
    Days: days === 0 ? undefined : days,
    ExpiredObjectDeleteMarker: expiredObjectDeleteMarker,
  };
}
