import type { StateChoice } from "../pipeline-choices";
import type { Section } from "./section";

/** The entry `state`: where Pulumi keeps the state of the stacks that are delivered. */
export function statePart(root: Section): StateChoice | undefined {
  const state = root.section("state", ["bucket", "pulumiCloud"]);
  switch (state.choice(["bucket", "pulumiCloud"])) {
    case "bucket": {
      const bucket = state.section("bucket", ["bucketName", "prefix", "kmsKeyArn", "region"]);
      return {
        bucket: {
          bucketName: bucket.requiredText("bucketName", "The name of the bucket"),
          prefix: bucket.text("prefix"),
          kmsKeyArn: bucket.requiredText("kmsKeyArn", "The ARN of the bucket's KMS key"),
          region: bucket.text("region"),
        },
      };
    }
    case "pulumiCloud": {
      const cloud = state.section("pulumiCloud", [
        "organization",
        "tokenSecretArn",
        "readTokenSecretArn",
        "publish",
      ]);
      return {
        pulumiCloud: {
          organization: cloud.requiredText("organization", "The organisation"),
          tokenSecretArn: cloud.requiredText("tokenSecretArn", "The ARN of the secret with the access token"),
          readTokenSecretArn: cloud.text("readTokenSecretArn"),
          publish: cloud.flag("publish"),
        },
      };
    }
    case undefined:
      root.refuse(
        "state",
        'It is missing. Write "bucket" with the bucket and the KMS key of the state, or "pulumiCloud" with the organisation and the secret of its token.',
      );
      return undefined;
  }
}
