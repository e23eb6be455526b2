import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { managedPolicyText, type PolicyStatement, policyText } from "./documents/statement";

/** Arguments of {@link ServiceRole}. */
export interface ServiceRoleArgs {
  /** Physical name of role and policy, at most 64 characters: who trusts the role names it before it exists. */
  readonly roleName: string;
  /** Who uses the role, and for what. */
  readonly description: string;
  /** Who may assume it. */
  readonly trust: pulumi.Input<readonly PolicyStatement[]>;
  /** What it may do; at least one statement. */
  readonly permissions: pulumi.Input<readonly PolicyStatement[]>;
  /** What does not fit into one policy of 6,144 characters, by the suffix of its name. @defaultValue none */
  readonly furtherPermissions?:
    Readonly<Record<string, pulumi.Input<readonly PolicyStatement[]>>> | undefined;
  /** ARN of the policy that limits the role whatever its permissions become. @defaultValue none */
  readonly permissionsBoundary?: pulumi.Input<string> | undefined;
  /** Tags of role and policy. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * A role with managed policies of its own. Inline policies are what IAM_NO_INLINE_POLICY_CHECK refuses.
 *
 * @example
 * ```ts
 * new ServiceRole("build", { roleName: "acme-build", description: "...", trust: [...], permissions: [...] });
 * ```
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class ServiceRole extends pulumi.ComponentResource {
  /** ARN of the role. */
  public readonly arn: pulumi.Output<string>;

  public constructor(name: string, args: ServiceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:ServiceRole", name, NO_INPUTS, opts);
    const { roleName, description, permissionsBoundary } = args;
    const tags = args.tags === undefined ? {} : { tags: args.tags };

    const role = new aws.iam.Role(
      name,
      {
        name: roleName,
        description,
        assumeRolePolicy: pulumi.output(args.trust).apply(policyText),
        ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
        ...tags,
      },
      { parent: this },
    );
    const policies = { "": args.permissions, ...args.furtherPermissions };
    const attachments = Object.entries(policies).map(([suffix, permissions]) => {
      const child = suffix === "" ? name : `${name}-${suffix}`;
      const policy = new aws.iam.Policy(
        child,
        {
          name: suffix === "" ? roleName : `${roleName}-${suffix}`,
          description,
          policy: pulumi
            .output(permissions)
            .apply((statements) =>
              managedPolicyText(suffix === "" ? roleName : `${roleName}-${suffix}`, statements),
            ),
          ...tags,
        },
        { parent: this },
      );
      return new aws.iam.RolePolicyAttachment(
        child,
        { role: role.name, policyArn: policy.arn },
        { parent: this },
      );
    });
    // Whoever uses the role needs what it may do: the ARN is known when the permissions are in force.
    this.arn = pulumi.all([role.arn, pulumi.all(attachments.map(({ id }) => id))]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}
