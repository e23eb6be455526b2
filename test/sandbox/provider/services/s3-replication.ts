import {
  DeleteBucketReplicationCommand,
  GetBucketReplicationCommand,
  PutBucketReplicationCommand,
  type ReplicationRule,
} from "@aws-sdk/client-s3";
import { type BucketReplicationConfigArgs } from "@pulumi/aws/s3";

import { objectOf } from "../../json";
import { type Args } from "../resource-type";
import { textMap } from "../values";
import { bucketSetting } from "./s3-setting";
import { toApi, type Names } from "./shapes";
import { tagList } from "./tags";

type Rule = Args<BucketReplicationConfigArgs>["rules"][number];

const NAMES: Names = { id: "ID", replicaKmsKeyId: "ReplicaKmsKeyID" };

/** Copies of objects in another bucket. */
export const bucketReplicationConfig = bucketSetting<BucketReplicationConfigArgs>(
  {
    put: (client, Bucket, { role, rules, token }) =>
      client.send(
        new PutBucketReplicationCommand({
          Bucket,
          ReplicationConfiguration: { Role: role, Rules: rules.map(ruleToApi) },
          Token: token,
        }),
      ),
    async read(client, Bucket) {
      const { ReplicationConfiguration: found } = await client.send(
        new GetBucketReplicationCommand({ Bucket }),
      );
      return found && { role: found.Role };
    },
    remove: (client, Bucket) => client.send(new DeleteBucketReplicationCommand({ Bucket })),
  },
  ({ bucket }) => bucket,
);

function ruleToApi({ filter, ...rule }: Rule): ReplicationRule {
  const and = objectOf(filter?.and);
  const Filter = filter?.and
    ? { And: { ...toApi<object>({ prefix: and["prefix"] }), Tags: tagList(textMap(and["tags"])) } }
    : filter && toApi<ReplicationRule["Filter"]>(filter);
  return { ...toApi<ReplicationRule>(rule, NAMES), Filter };
}
