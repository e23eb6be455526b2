import { S3Client } from "@aws-sdk/client-s3";

import { unlessGone } from "../failures";
import { resourceType, type AnyResourceType, type Args, type Live } from "../resource-type";
import { type Session } from "../session";

/** The S3 client of a session. */
export const s3Client = (session: Session): S3Client => session.client(S3Client, "s3");

/** One part of a bucket's configuration that is a resource of its own: it is put, read and removed as a whole. */
interface BucketSetting<A> {
  put(client: S3Client, bucket: string, args: Args<A>): Promise<unknown>;
  /** What the bucket holds by the names of the Pulumi type; `undefined` when the bucket has no such configuration. */
  read(client: S3Client, bucket: string, asked: Partial<Args<A>>): Promise<Live | undefined>;
  remove(client: S3Client, bucket: string, args: Args<A>): Promise<unknown>;
}

/** Makes a resource type of a part of a bucket's configuration; its id is the bucket's name. */
export function bucketSetting<A>(
  setting: BucketSetting<A>,
  bucketOf: (args: Args<A>) => string,
): AnyResourceType {
  return {
    ...resourceType<A>({
      async create(session, args) {
        const name = bucketOf(args);
        await setting.put(s3Client(session), name, args);
        return name;
      },
      async read(session, id, asked) {
        const [name = ""] = id.split(",");
        const found = await unlessGone(setting.read(s3Client(session), name, asked));
        return found && { bucket: name, ...found };
      },
      async delete(session, id, args) {
        await setting.remove(s3Client(session), id.split(",")[0] ?? "", args);
      },
    }),
    replaceOn: ["bucket", "expectedBucketOwner"],
  };
}
