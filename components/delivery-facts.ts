import * as pulumi from "@pulumi/pulumi";
import { stackTagValue } from "./documents/stack-tag";
import type { StateFacts } from "./documents/state";
import type { StateChoice } from "./pipeline-choices";

/** The explicit names of what a stack of this project holds. */
export function stackNames(stack: string): readonly string[] {
  const own = `${pulumi.getProject()}-${stack}`;
  return [own, `${own}-*`];
}

/** What the keys of a stack of this project are known by. */
export const stackTag = (stack: string): string => stackTagValue(pulumi.getProject(), stack);

/** The state of a stack; `undefined` with Pulumi Cloud, where no role of AWS matters. */
export function stateFacts(state: StateChoice, stack: string, partition: string): StateFacts | undefined {
  if ("pulumiCloud" in state) return undefined;
  const { bucketName, prefix, kmsKeyArn } = state.bucket;
  return {
    bucketArn: `arn:${partition}:s3:::${bucketName}`,
    prefix,
    kmsKeyArn,
    project: pulumi.getProject(),
    stack,
  };
}
