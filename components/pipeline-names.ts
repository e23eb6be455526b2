import type { DeliveredStack } from "./pipeline-choices";

/** The CodeBuild projects, by what they are for. */
export const PROJECTS = [
  "build",
  "self-update",
  "publish",
  "preview",
  "deploy",
  "verify",
  "metrics",
  "pull-request",
] as const;
/** One of {@link PROJECTS}. */
export type ProjectName = (typeof PROJECTS)[number];

/** What a role in a delivered account is for. */
export const TARGET_ROLES = ["preview", "pull-request", "deploy", "verify"] as const;
/** One of {@link TARGET_ROLES}. */
export type TargetRole = (typeof TARGET_ROLES)[number];

/** What else is appended: a rule of EventBridge has at most as many characters as a role. */
const LONGEST_SUFFIX = Math.max(...[...PROJECTS, "pipeline-failed"].map((name) => name.length + 1));
/** The longest beginning of names that IAM and EventBridge leave room for. */
export const LONGEST_PREFIX = 64 - LONGEST_SUFFIX;

/** The name of the rule that verifies a stack on a schedule. */
export const metricsRuleName = (prefix: string, stack: string): string => `${prefix}-metrics-${stack}`;

/**
 * The names of a pipeline: `PREFIX-pipeline`, and for each of its projects `PREFIX-PROJECT`, with a role of the same
 * name. The prefix is `PROJECT-STACK` unless the settings say otherwise.
 */
export const pipelineName = (prefix: string): string => `${prefix}-pipeline`;
export const projectName = (prefix: string, project: ProjectName): string => `${prefix}-${project}`;

/** The longest beginning of the names of roles in a delivered account that IAM leaves room for. */
export const LONGEST_TARGET_PREFIX =
  64 - Math.max(...[...TARGET_ROLES, "boundary"].map((name) => name.length + 1));

/** The beginning of the names of the roles in a delivered account, the same for all stacks of a project. */
export const targetPrefix = (project: string): string => `${project}-target`;
export const targetRoleName = (prefix: string, role: TargetRole | "*"): string => `${prefix}-${role}`;

/** The name of the policy that limits roles which begin like it. */
export const boundaryName = (prefix: string): string => `${prefix}-boundary`;

/**
 * The name of a stack's preview as an artefact and as a namespace of variables: letters, digits and `_`, and different
 * for different stacks.
 */
export function artifactName({ stack }: DeliveredStack): string {
  const escaped = stack.replaceAll(/[^A-Za-z0-9]/g, (char) => `_${char.charCodeAt(0).toString(16)}`);
  return `preview_${escaped}`;
}

/** How the keys of artefacts begin: CodePipeline shortens the pipeline's name to 20 characters. */
export const artifactFolder = (prefix: string): string => pipelineName(prefix).slice(0, 20);

/** Where a project's cache lies in the artefact bucket. */
export const cacheFolder = (project: string): string => `cache/${project}`;

/** Where the last delivered source lies in the artefact bucket: the scheduled run verifies what is deployed. */
export const DELIVERED_SOURCE = "delivered/source.zip";
