import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { stackNames, stateFacts } from "./delivery-facts";
import {
  alertWrites,
  globalWrites,
  recordWrites,
  stackReads,
  targetTrust,
  verifyPermissions,
} from "./documents/delivery";
import { deliveryBoundary, type Protection } from "./documents/delivery-boundary";
import type { DeliveryScope } from "./documents/delivery-scope";
import { type StateFacts, stateReads, stateReadsWithoutSecrets, stateWrites } from "./documents/state";
import { managedPolicyText, type PolicyStatement } from "./documents/statement";
import {
  boundaryName,
  projectName,
  type ProjectName,
  type TargetRole,
  targetRoleName,
} from "./pipeline-names";
import { refuse } from "./problems";
import { ServiceRole } from "./service-role";
import { type TargetChoices, targetProblems } from "./target-choices";

/** Arguments of {@link DeliveryTarget}. */
export interface DeliveryTargetArgs extends TargetChoices {
  /** Tags of roles and policies. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The roles in an account that a pipeline delivers to, and the boundary that limits them and whatever role they make.
 * Only the pipeline's own projects can assume them.
 *
 * The stacks that are delivered name the boundary in their setting `permissionsBoundary`: the deploy role cannot make
 * a role without it. Nobody who delivers can change these roles, so the stack that holds them is deployed by people.
 *
 * @example
 * ```ts
 * new DeliveryTarget("target", {
 *   stack: "prod",
 *   pipeline: { account: "111122223333", prefix: "continuous-compliance-dev" },
 *   rolePrefix: "continuous-compliance-target",
 *   state: { bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/..." } },
 * });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class DeliveryTarget extends pulumi.ComponentResource {
  /** Name of the policy that limits the deploy role and every role that it makes. */
  public readonly permissionsBoundary: pulumi.Output<string>;
  /** By purpose: ARN of the role. */
  public readonly roleArns: Readonly<Record<TargetRole, pulumi.Output<string>>>;

  public constructor(name: string, args: DeliveryTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:DeliveryTarget", name, NO_INPUTS, opts);
    refuse(this, `DeliveryTarget "${name}"`, targetProblems(args));
    const { rolePrefix, pipeline } = args;
    const tags = args.tags === undefined ? {} : { tags: args.tags };
    const facts = pulumi
      .all([
        aws.getPartitionOutput({}, { parent: this }).partition,
        aws.getCallerIdentityOutput({}, { parent: this }).accountId,
      ])
      .apply(([partition, account]) => targetFacts(args, { partition, account }));

    const boundary = new aws.iam.Policy(
      name,
      {
        name: boundaryName(rolePrefix),
        description: "The most that the deploy role, and every role that it makes, can do.",
        policy: facts.apply(({ scope, protection }) =>
          managedPolicyText(boundaryName(rolePrefix), deliveryBoundary(scope, protection)),
        ),
        ...tags,
      },
      { parent: this },
    );
    const make = (
      purpose: TargetRole,
      projects: readonly ProjectName[],
      permissions: (known: TargetFacts) => readonly PolicyStatement[],
      further: Readonly<Record<string, (known: TargetFacts) => readonly PolicyStatement[]>> = {},
    ): pulumi.Output<string> =>
      new ServiceRole(
        `${name}-${purpose}`,
        {
          roleName: targetRoleName(rolePrefix, purpose),
          description: `The pipeline uses this role for ${purpose}.`,
          trust: facts.apply(({ owner }) =>
            targetTrust(
              owner,
              projects.map((project) => projectName(pipeline.prefix, project)),
            ),
          ),
          permissions: facts.apply(permissions),
          furtherPermissions: Object.fromEntries(
            Object.entries(further).map(([suffix, of]) => [suffix, facts.apply(of)]),
          ),
          permissionsBoundary: boundary.arn,
          ...tags,
        },
        { parent: this },
      ).arn;
    const reads =
      (stateOf: (state: StateFacts) => readonly PolicyStatement[]) =>
      ({ scope, state }: TargetFacts): readonly PolicyStatement[] => [
        ...stackReads(scope),
        ...(state === undefined ? [] : stateOf(state)),
      ];
    this.permissionsBoundary = boundary.name;
    this.roleArns = {
      preview: make("preview", ["preview"], reads(stateReads)),
      // Nobody has reviewed that code.
      "pull-request": make("pull-request", ["pull-request"], reads(stateReadsWithoutSecrets)),
      deploy: make("deploy", ["deploy"], reads(stateReads), {
        records: ({ scope }) => recordWrites(scope),
        alerts: ({ scope }) => alertWrites(scope),
        global: ({ scope, protection, state }) => [
          ...globalWrites(scope, protection.boundaryArn),
          ...(state === undefined ? [] : stateWrites(state)),
        ],
      }),
      verify: make("verify", ["verify", "metrics"], ({ scope, state }) => [
        ...verifyPermissions(scope),
        ...(state === undefined ? [] : stateReads(state)),
      ]),
    };
    this.registerOutputs({ permissionsBoundary: this.permissionsBoundary, roleArns: this.roleArns });
  }
}

/** What the documents of a target are made of. */
interface TargetFacts {
  readonly scope: DeliveryScope;
  readonly protection: Protection;
  readonly state: StateFacts | undefined;
  /** Where the pipeline is. */
  readonly owner: { readonly partition: string; readonly account: string };
}

function targetFacts(
  args: TargetChoices,
  here: { readonly partition: string; readonly account: string },
): TargetFacts {
  const { stack, pipeline, rolePrefix, names = [] } = args;
  const { partition, account } = here;
  const iam = `arn:${partition}:iam::${account}`;
  const state = stateFacts(args.state, stack, partition);
  return {
    scope: { ...here, ...stackNames(stack, names) },
    state,
    owner: { partition, account: pipeline.account ?? account },
    protection: {
      boundaryArn: `${iam}:policy/${boundaryName(rolePrefix)}`,
      // Where the pipeline is in the same account, a stack's name can begin like the pipeline's own.
      identityArns: [rolePrefix, pipeline.prefix].flatMap((prefix) => [
        `${iam}:role/${prefix}-*`,
        `${iam}:policy/${prefix}-*`,
      ]),
      keyAliases: [`alias/${pipeline.prefix}-*`],
      state,
    },
  };
}
