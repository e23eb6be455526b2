import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";

/**
 * Options that give every role below a component the boundary of that name, unless the role has another one.
 *
 * A role that is forgotten would stop a deployment by a role that can only make roles with the boundary, and only the
 * account that has one would notice; so no component has to think of it.
 *
 * @param policyName - name of a managed policy of the account; `undefined`: no boundary
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundBy(policyName: string | undefined): pulumi.ComponentResourceOptions {
  if (policyName === undefined) return {};
  const { partition } = aws.getPartitionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  const permissionsBoundary = pulumi.interpolate`arn:${partition}:iam::${accountId}:policy/${policyName}`;
  return {
    transformations: [
      ({ type, props, opts }) => {
        // A property that is not given is there, and undefined.
        if (type !== ROLE || props["permissionsBoundary"] !== undefined) return undefined;
        return { props: { ...props, permissionsBoundary }, opts };
      },
    ],
  };
}

const ROLE = "aws:iam/role:Role";
