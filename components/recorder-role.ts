import * as pulumi from "@pulumi/pulumi";
import { arnProblems } from "./arns";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import type { EvidenceBucket } from "./evidence-bucket";
import { show } from "./limits";
import { CONFIG_SERVICE, configTrust, deliveryPermissions } from "./documents/evidence";
import { policyText } from "./documents/statement";
import type { StreamTopic } from "./notifications";
import { physicalName } from "./physical-names";
import { type Problem, refuse } from "./problems";

/** The role that AWS Config reads the account with. */
export type RecorderRoleChoice =
  /**
   * AWS's own role, which the foundational security standard asks for (control Config.1). An account has it once: say
   * `existing` where Config was set up before.
   */
  | { readonly serviceLinked: "create" | "existing" }
  /** A role of this program: AWS's managed read policy, and delivery to exactly this bucket, key and topics. */
  | { readonly leastPrivilege: LeastPrivilegeRole }
  /** A role that exists and is not touched. */
  | { readonly existing: { readonly arn: string } };

/** How the role of this program is made. */
export interface LeastPrivilegeRole {
  /** Physical name, 1 to 64 characters. @defaultValue project, stack and logical name */
  readonly name?: string | undefined;
  /** ARN of the policy that bounds what the role may ever do. @defaultValue none */
  readonly permissionsBoundary?: string | undefined;
}

/** Arguments of {@link RecorderRole}. */
export interface RecorderRoleArgs {
  /** Where the recorders deliver. */
  readonly evidence: EvidenceBucket;
  /** Which role. @defaultValue `{ serviceLinked: "create" }` */
  readonly role?: RecorderRoleChoice | undefined;
  /** SNS topics that exist and that the recorders publish to. @defaultValue none */
  readonly snsTopicArns?: readonly pulumi.Input<string>[] | undefined;
  /** By region: topics of this program that the recorders publish to, with their keys. @defaultValue none */
  readonly streams?: ReadonlyMap<string, StreamTopic> | undefined;
  /** Tags of what is created. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The IAM role of the configuration recorders. IAM is global: one role serves the recorders of all regions.
 *
 * @example
 * ```ts
 * const role = new RecorderRole("recorder-role", { evidence });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html
 */
export class RecorderRole extends pulumi.ComponentResource {
  /** ARN of the role. */
  public readonly arn: pulumi.Output<string>;

  public constructor(name: string, args: RecorderRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:RecorderRole", name, NO_INPUTS, opts);
    const { role = { serviceLinked: "create" } } = args;
    refuse(this, `RecorderRole "${name}"`, roleProblems(role, undefined));

    if ("existing" in role) this.arn = pulumi.output(role.existing.arn);
    else if ("leastPrivilege" in role) this.arn = this.createRole(name, role.leastPrivilege, args);
    else if (role.serviceLinked === "existing") this.arn = this.serviceLinkedArn();
    else {
      const tags = args.tags === undefined ? {} : { tags: args.tags };
      const linked = { awsServiceName: CONFIG_SERVICE, ...tags };
      this.arn = new aws.iam.ServiceLinkedRole(name, linked, { parent: this }).arn;
    }
    this.registerOutputs({ arn: this.arn });
  }

  private serviceLinkedArn(): pulumi.Output<string> {
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    return pulumi.interpolate`arn:${partition}:iam::${accountId}:role/aws-service-role/${CONFIG_SERVICE}/AWSServiceRoleForConfig`;
  }

  private createRole(
    name: string,
    choice: LeastPrivilegeRole,
    args: RecorderRoleArgs,
  ): pulumi.Output<string> {
    const { evidence, snsTopicArns = [] } = args;
    const streams = [...(args.streams?.values() ?? [])];
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const tags = args.tags === undefined ? {} : { tags: args.tags };

    const role = new aws.iam.Role(
      name,
      {
        name: choice.name ?? physicalName(name),
        description: "AWS Config reads the account with this role and delivers what it records.",
        assumeRolePolicy: accountId.apply((account) => policyText([configTrust(account)])),
        ...(choice.permissionsBoundary === undefined
          ? {}
          : { permissionsBoundary: choice.permissionsBoundary }),
        ...tags,
      },
      { parent: this },
    );
    new aws.iam.RolePolicyAttachment(
      `${name}-read`,
      {
        role: role.name,
        policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AWS_ConfigRole`,
      },
      { parent: this },
    );
    // A managed policy of its own: inline policies are what IAM_NO_INLINE_POLICY_CHECK refuses.
    const delivery = new aws.iam.Policy(
      `${name}-delivery`,
      {
        name: physicalName(`${name}-delivery`),
        description: "Lets AWS Config deliver to the evidence bucket and publish to its topics.",
        policy: pulumi
          .all([
            evidence.bucketArn,
            pulumi.all([evidence.kmsKeyArn, ...streams.map((stream) => stream.kmsKeyArn)]),
            accountId,
            pulumi.all([...snsTopicArns, ...streams.map((stream) => stream.topicArn)]),
          ])
          .apply(([bucketArn, keys, account, topics]) =>
            policyText(
              deliveryPermissions({
                bucketArn,
                prefix: evidence.prefix,
                account,
                kmsKeyArns: keys.filter((key) => key !== undefined),
                snsTopicArns: topics,
              }),
            ),
          ),
        ...tags,
      },
      { parent: this },
    );
    new aws.iam.RolePolicyAttachment(
      `${name}-delivery`,
      { role: role.name, policyArn: delivery.arn },
      { parent: this },
    );
    return role.arn;
  }
}

/**
 * Everything that is wrong with the choice of a role, with paths from `role`.
 *
 * @param region - any region of the account; `undefined` where none is known
 */
export function roleProblems(role: RecorderRoleChoice, region: string | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  if ("existing" in role) {
    problems.push(...arnProblems("role.existing.arn", role.existing.arn, "role", region));
  }
  if ("leastPrivilege" in role) {
    const { name, permissionsBoundary } = role.leastPrivilege;
    if (name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name)) {
      const rule = "1 to 64 letters, digits or _+=,.@-";
      problems.push({
        path: "role.leastPrivilege.name",
        message: `${show(name)} is not a role name; it needs ${rule}.`,
      });
    }
    if (permissionsBoundary !== undefined) {
      const path = "role.leastPrivilege.permissionsBoundary";
      problems.push(...arnProblems(path, permissionsBoundary, "policy", region));
    }
  }
  return problems;
}
