import { arnProblems, keyProblems } from "./arns";
import {
  bucketNameProblems,
  LONGEST_LOGGED_BUCKET_NAME,
  type NamedBucket,
  sharedBucketProblems,
} from "./bucket-names";
import { accountIdProblems, oneOfProblems, rangeProblems, show } from "./limits";
import { namePatternProblems, rolePrefixProblems } from "./name-limits";
import type {
  PipelineChoices,
  ProjectChoices,
  PullRequestChoices,
  SourceChoice,
  StateChoice,
} from "./pipeline-choices";
import { artifactName, LONGEST_PREFIX, metricsRuleName } from "./pipeline-names";
import { type Problem, under } from "./problems";
import { projectProblems } from "./project-limits";
import { APPROVER_ROLES } from "./repository-hosts";
import { scheduleProblems } from "./schedule-limits";
import { sourceProblems } from "./source-limits";
import { stateBuckets, stateProblems } from "./state-limits";
import { logRetentionProblems } from "./trail-limits";
import { verifyFlagProblems } from "./verify-flags";

/** Choices whose state or source could not be read; the others are checked nevertheless. */
export interface ReadChoices extends Omit<PipelineChoices, "state" | "source"> {
  readonly state: StateChoice | undefined;
  readonly source: SourceChoice | undefined;
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
const MOST_ACTIONS = 50;
const MOST_STAGES = 50;
/** Source, Build, Preview, Approve and Self-update; each wave adds Deploy and Verify. */
const FIXED_STAGES = 5;
const LONGEST_NAME = 100;
const LONGEST_RULE_NAME = 64;
const LONGEST_CONNECTION_NAME = 32;
const APPROVAL = { min: 5, max: 86_400, unit: "minutes" };
const AGE = { min: 1, max: 43_200, unit: "minutes" };

/**
 * Everything that AWS would refuse of a pipeline, or that would make it deliver what it must not.
 *
 * @param ownStack - the stack that holds the pipeline
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
 */
export function pipelineProblems(choices: ReadChoices, ownStack: string): readonly Problem[] {
  const { prefix, region, state, source, approve = {}, deploy = {}, kmsKeyArn } = choices;
  const { logRetentionDays } = choices;
  const problems: Problem[] = [
    ...prefixProblems(prefix),
    ...(state === undefined ? [] : under("state", stateProblems(state, region))),
    ...(source === undefined
      ? []
      : under("source", [...sourceProblems(source, region), ...connectionNameProblems(source, prefix)])),
    ...waveProblems(choices, ownStack),
    ...artifactProblems(choices),
    ...sharedBucketProblems(pipelineBuckets(choices)),
  ];
  const projects = {
    environment: choices.environment,
    build: choices.build,
    selfUpdate: choices.selfUpdate,
    publish: choices.publish,
    preview: choices.preview,
    deploy: choices.deploy,
    verify: choices.verify,
  } satisfies Record<string, ProjectChoices | undefined>;
  for (const [path, project] of Object.entries(projects)) {
    if (project !== undefined) problems.push(...under(path, projectProblems(project, region)));
  }
  problems.push(...namePatternProblems("selfUpdate.names", choices.selfUpdate?.names ?? []));
  if (choices.build?.enabled === false) {
    const reason = "A pipeline without tests would deliver what nobody has tried";
    problems.push({ path: "build.enabled", message: `${reason}. Leave the stage Build in.` });
  }
  if (approve.timeoutMinutes !== undefined) {
    problems.push(...rangeProblems("approve.timeoutMinutes", approve.timeoutMinutes, APPROVAL));
  }
  if (deploy.maxAgeMinutes !== undefined) {
    problems.push(...rangeProblems("deploy.maxAgeMinutes", deploy.maxAgeMinutes, AGE));
  }
  const { schedule, flags = [] } = choices.verify ?? {};
  problems.push(...verifyFlagProblems("verify.flags", flags));
  if (schedule !== undefined && schedule !== "never") {
    problems.push(...scheduleProblems("verify.schedule", schedule));
  }
  if (kmsKeyArn !== undefined) problems.push(...keyProblems("kmsKeyArn", kmsKeyArn, region));
  if (logRetentionDays !== undefined) {
    problems.push(...logRetentionProblems("logRetentionDays", logRetentionDays));
  }
  if (choices.pullRequests !== undefined) {
    problems.push(...under("pullRequests", pullRequestProblems(choices.pullRequests, choices)));
  }
  return problems;
}

function prefixProblems(prefix: string): readonly Problem[] {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(prefix) && prefix.length <= LONGEST_PREFIX) return [];
  const rule = `1 to ${LONGEST_PREFIX} letters, digits, hyphens or underscores, because more is appended and names have at most 64`;
  return [
    {
      path: "prefix",
      message: `${show(prefix)} cannot begin the names of the pipeline; it needs ${rule}.`,
    },
  ];
}

function connectionNameProblems(source: SourceChoice, prefix: string): readonly Problem[] {
  if (!("connection" in source) || "existing" in source.connection.connection) return [];
  const { name = prefix } = source.connection.connection.create;
  if (name.length >= 1 && name.length <= LONGEST_CONNECTION_NAME) return [];
  const message = `The connection's name ${show(name)} has ${name.length} characters; 1 to ${LONGEST_CONNECTION_NAME} are allowed. Write a shorter one here.`;
  return [{ path: "connection.create.name", message }];
}

function waveProblems(choices: ReadChoices, ownStack: string): readonly Problem[] {
  const { waves, prefix, verify = {} } = choices;
  const problems: Problem[] = [];
  const most = Math.floor((MOST_STAGES - FIXED_STAGES) / 2);
  if (waves.length < 1 || waves.length > most) {
    const message = `${waves.length} waves are given; 1 to ${most} are allowed, each with at least one stack.`;
    problems.push({ path: "waves", message });
  }
  const stacks = waves.flatMap((wave) => wave.stacks);
  // The last wave's stage Deploy has one more action, which keeps the source.
  if (stacks.length >= MOST_ACTIONS) {
    const message = `${stacks.length} stacks are given; ${MOST_ACTIONS - 1} are allowed, because a stage has at most ${MOST_ACTIONS} actions.`;
    problems.push({ path: "waves", message });
  }
  const seen = new Set<string>();
  waves.forEach((wave, waveIndex) => {
    if (wave.stacks.length === 0) {
      problems.push({
        path: `waves[${waveIndex}].stacks`,
        message: "It holds no stack. Add one, or remove the wave.",
      });
    }
    wave.stacks.forEach((delivered, index) => {
      const path = `waves[${waveIndex}].stacks[${index}]`;
      const { stack, account, rolePrefix } = delivered;
      const refuse = (message: string): number => problems.push({ path: `${path}.stack`, message });
      if (!/^[A-Za-z0-9_.-]{1,100}$/.test(stack)) {
        refuse(`${show(stack)} is not the short name of a stack; write NAME of "Pulumi.NAME.yaml".`);
      } else if (artifactName(delivered).length > LONGEST_NAME) {
        refuse(
          `${show(stack)} is too long: its artefact would be named ${show(artifactName(delivered))}, and ${LONGEST_NAME} characters are allowed.`,
        );
      }
      const rule = metricsRuleName(prefix, stack);
      if (verify.schedule !== "never" && rule.length > LONGEST_RULE_NAME) {
        refuse(
          `The rule ${show(rule)} would have ${rule.length} characters; ${LONGEST_RULE_NAME} are allowed. Write a shorter "prefix", or "verify.schedule: never".`,
        );
      }
      if (stack === ownStack) {
        const reason =
          "it holds the pipeline itself, and an update of a running pipeline makes that execution fail";
        refuse(
          `The pipeline cannot deliver ${show(stack)}: ${reason}. Name another stack; self-update brings this one up to date.`,
        );
      }
      if (seen.has(stack)) refuse(`${show(stack)} is listed twice. Remove one.`);
      seen.add(stack);
      if (account !== undefined) problems.push(...accountIdProblems(`${path}.account`, account));
      if (rolePrefix !== undefined) problems.push(...rolePrefixProblems(`${path}.rolePrefix`, rolePrefix));
    });
  });
  return problems;
}

function artifactProblems({ artifacts = { create: {} } }: ReadChoices): readonly Problem[] {
  if ("existing" in artifacts) {
    return bucketNameProblems("artifacts.existing.bucketName", artifacts.existing.bucketName);
  }
  const { bucketName, expireDays } = artifacts.create;
  const days = { min: 1, max: 36_500, unit: "days" };
  return under("artifacts.create", [
    ...(bucketName === undefined
      ? []
      : bucketNameProblems("bucketName", bucketName, LONGEST_LOGGED_BUCKET_NAME)),
    ...(expireDays === undefined ? [] : rangeProblems("expireDays", expireDays, days)),
  ]);
}

/** The buckets of a pipeline, with paths from its root, but for the state: `state` has its own. */
export function pipelineBuckets(choices: ReadChoices): readonly NamedBucket[] {
  const { artifacts = { create: {} }, state, source } = choices;
  return [
    ...stateBuckets(state),
    ...(source !== undefined && "s3" in source
      ? [{ path: "source.s3.bucketName", purpose: "source", name: source.s3.bucketName }]
      : []),
    "existing" in artifacts
      ? {
          path: "artifacts.existing.bucketName",
          purpose: "artefacts",
          name: artifacts.existing.bucketName,
        }
      : {
          path: "artifacts.create.bucketName",
          purpose: "artefacts",
          name: artifacts.create.bucketName,
          isLogged: true,
        },
  ];
}

function pullRequestProblems(
  own: PullRequestChoices,
  { source, state, region }: ReadChoices,
): readonly Problem[] {
  const problems = [...projectProblems(own, region)];
  if (source !== undefined && !("connection" in source)) {
    const message =
      'Only a repository behind a connection has pull requests that CodeBuild hears of. Remove "pullRequests".';
    problems.push({ path: "", message });
  }
  if (source !== undefined && "connection" in source) {
    const known: readonly string[] = APPROVER_ROLES[source.connection.provider];
    const roles = own.approverRoles ?? known;
    if (roles.length === 0) {
      const message =
        "Nobody could allow a pull request. Name a role, or leave the list out: then maintainers can.";
      problems.push({ path: "approverRoles", message });
    }
    roles.forEach((role, index) => {
      problems.push(...oneOfProblems(`approverRoles[${index}]`, role, known));
    });
  }
  if (own.cache === "s3") {
    const reason = "A pull request writes no artefacts, and its cache lies among them";
    problems.push({ path: "cache", message: `${reason}. Write "local" or "none".` });
  }
  if (state !== undefined && "pulumiCloud" in state && state.pulumiCloud.readTokenSecretArn === undefined) {
    const message =
      'With Pulumi Cloud, pull requests need a token of their own that can only read. Set "state.pulumiCloud.readTokenSecretArn".';
    problems.push({ path: "", message });
  }
  if (own.commentSecretArn !== undefined) {
    problems.push(...arnProblems("commentSecretArn", own.commentSecretArn, "secret", region));
  }
  return problems;
}
