import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import type { CompliancePipelineArgs } from "./compliance-pipeline";
import { stackNames, stateFacts } from "./delivery-facts";
import { alertWrites, globalWrites, recordWrites, stackReads } from "./documents/delivery";
import { deliveryBoundary, type Protection, protections } from "./documents/delivery-boundary";
import type { DeliveryScope } from "./documents/delivery-scope";
import type { Location } from "./documents/principals";
import { PIPELINE_UNSCOPED, pipelineBoundary, pipelineChanges } from "./documents/self-update";
import { stateReads, stateWrites } from "./documents/state";
import { managedPolicyText, type PolicyStatement } from "./documents/statement";
import { ACCESS_LOGS } from "./bucket-names";
import type { PipelineChoices } from "./pipeline-choices";
import { boundaryName, projectName, targetPrefix } from "./pipeline-names";
import type { StackTarget } from "./pipeline-stages";

/** The policies of self-update, and the boundary of all roles of the pipeline. */
export interface SelfUpdatePolicies {
  readonly permissions: readonly PolicyStatement[];
  /** By the suffix of a policy's name. */
  readonly further: Readonly<
    Record<"records" | "alerts" | "global" | "pipeline", readonly PolicyStatement[]>
  >;
  readonly boundary: readonly PolicyStatement[];
}

/**
 * Self-update may change what its own stack holds, but not itself, nor the boundary, nor the roles that deliver: else
 * whoever changes the program would decide what the pipeline may do. People deploy such a change.
 */
export function selfUpdatePolicies(
  choices: PipelineChoices,
  location: Location,
  targetRoleArns: readonly string[],
  boundaryArn: string,
): SelfUpdatePolicies {
  const { prefix } = choices;
  const iam = `arn:${location.partition}:iam::${location.account}`;
  const own = pulumi.getStack();
  const stack = stackNames(own, choices.selfUpdate?.names);
  const buckets = bucketsOf(choices);
  const scope: DeliveryScope = {
    partition: location.partition,
    account: location.account,
    ...stack,
    names: [...new Set([...stack.names, `${prefix}-*`])],
    identities: [...new Set([...stack.identities, `${prefix}-*`])],
    buckets: [...stack.buckets, ...buckets.own],
  };
  const state = stateFacts(choices.state, own, location.partition);
  const self = projectName(prefix, "self-update");
  const delivering = targetPrefix(pulumi.getProject());
  const protection: Protection = {
    boundaryArn,
    identityArns: [self, delivering].flatMap((name) => [`${iam}:role/${name}*`, `${iam}:policy/${name}*`]),
    keyAliases: [],
    state,
  };
  return {
    permissions: [...stackReads(scope), ...(state === undefined ? [] : stateReads(state))],
    further: {
      records: recordWrites(scope),
      alerts: alertWrites(scope),
      global: [...globalWrites(scope, boundaryArn), ...(state === undefined ? [] : stateWrites(state))],
      pipeline: [...pipelineChanges(location, prefix), ...protections(protection)],
    },
    boundary: deliveryBoundary(scope, protection, {
      statements: pipelineBoundary(location, { prefix, targetRoleArns, bucketNames: buckets.others }),
      unscoped: PIPELINE_UNSCOPED,
    }),
  };
}

/** Buckets of the pipeline that no pattern of the stack's names means: those that it makes, and those that exist. */
function bucketsOf({ artifacts = { create: {} }, source }: PipelineChoices) {
  const chosen = "create" in artifacts ? artifacts.create.bucketName : undefined;
  return {
    own: chosen === undefined ? [] : [chosen, `${chosen}${ACCESS_LOGS}`],
    others: [
      ...("existing" in artifacts ? [artifacts.existing.bucketName] : []),
      ...("s3" in source ? [source.s3.bucketName] : []),
    ],
  };
}

/** What self-update may do, and the boundary that keeps it, and every role that it makes, from doing more. */
export function pipelineLimits(
  name: string,
  args: CompliancePipelineArgs,
  where: {
    readonly location: pulumi.Output<Location>;
    readonly targets: ReadonlyMap<string, StackTarget>;
  },
  opts: pulumi.CustomResourceOptions,
) {
  const { location, targets } = where;
  const { prefix, permissionsBoundary, selfUpdate } = args;
  const roleArns = pulumi.all([...targets.values()].map((target) => target.anyRoleArn));
  const policyName = permissionsBoundary ?? boundaryName(prefix);
  const arn = location.apply(
    ({ partition, account }) => `arn:${partition}:iam::${account}:policy/${policyName}`,
  );
  const policies = pulumi
    .all([location, roleArns, arn])
    .apply(([here, arns, boundary]) => selfUpdatePolicies(args, here, arns, boundary));
  if (permissionsBoundary !== undefined) return { policies, permissionsBoundary: arn };
  if (selfUpdate?.enabled === false) return { policies, permissionsBoundary: undefined };
  const boundary = new aws.iam.Policy(
    `${name}-boundary`,
    {
      name: policyName,
      description: "The most that the pipeline's roles can do, whatever self-update makes of them.",
      policy: policies.apply((known) => managedPolicyText(policyName, known.boundary)),
      ...(args.tags === undefined ? {} : { tags: args.tags }),
    },
    opts,
  );
  return { policies, permissionsBoundary: boundary.arn };
}
