import * as pulumi from "@pulumi/pulumi";
import { roleArn } from "./documents/pipeline";
import type { Location } from "./documents/principals";
import type { Wave } from "./pipeline-choices";
import { type TargetRole, targetPrefix, targetRoleName } from "./pipeline-names";
import type { StackTarget } from "./pipeline-stages";

/** By stack: its full name and the roles that its account has for this pipeline. */
export function stackTargets(
  waves: readonly Wave[],
  location: pulumi.Output<Location>,
): ReadonlyMap<string, StackTarget> {
  const owner = `${pulumi.getOrganization()}/${pulumi.getProject()}`;
  return new Map(
    waves
      .flatMap(({ stacks }) => stacks)
      .map(({ stack, account, rolePrefix = targetPrefix(pulumi.getProject()) }) => {
        const arn = (role: TargetRole | "*"): pulumi.Output<string> =>
          location.apply((own) =>
            roleArn(
              { partition: own.partition, account: account ?? own.account },
              targetRoleName(rolePrefix, role),
            ),
          );
        return [
          stack,
          {
            fullName: `${owner}/${stack}`,
            roleArns: {
              preview: arn("preview"),
              "pull-request": arn("pull-request"),
              deploy: arn("deploy"),
              verify: arn("verify"),
            },
            anyRoleArn: arn("*"),
          },
        ];
      }),
  );
}
