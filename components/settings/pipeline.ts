import * as pulumi from "@pulumi/pulumi";
import { topicProblems } from "../arns";
import type { CompliancePipelineArgs } from "../compliance-pipeline";
import {
  type ArtifactChoice,
  CACHES,
  EXECUTION_MODES,
  type PipelineChoices,
  type ProjectChoices,
  type PullRequestChoices,
  type StateChoice,
  type Wave,
} from "../pipeline-choices";
import { pipelineBuckets, pipelineProblems } from "../pipeline-limits";
import type { Part } from "./parts";
import type { Place } from "./place";
import type { Section } from "./section";
import { sourcePart } from "./source";

const PROJECT = [
  "image",
  "environmentType",
  "computeType",
  "timeoutMinutes",
  "cache",
  "environment",
  "secrets",
];
const ENTRIES = [
  "prefix",
  "source",
  "waves",
  "environment",
  "build",
  "selfUpdate",
  "publish",
  "preview",
  "approve",
  "deploy",
  "verify",
  "pullRequests",
  "executionMode",
  "artifacts",
  "kmsKeyArn",
  "logRetentionDays",
  "alertsTopicArn",
];

/** What the pipeline needs to know of the rest of the settings. */
export interface PipelineSurroundings {
  readonly place: Place;
  readonly state: StateChoice | undefined;
}

/** The part `pipeline`: the entry of that name. */
export function pipelinePart(
  root: Section,
  { place, state }: PipelineSurroundings,
): Part<CompliancePipelineArgs | undefined> {
  const own = root.section("pipeline", ENTRIES);
  const source = sourcePart(own);
  const alertsTopicArn = own.text("alertsTopicArn");
  const choices: Omit<PipelineChoices, "source" | "state"> = {
    prefix: own.text("prefix") ?? `${pulumi.getProject()}-${pulumi.getStack()}`,
    region: place.homeRegion,
    waves: wavesPart(own),
    environment: own.has("environment") ? projectPart(own.section("environment", PROJECT)) : undefined,
    build: optionalPart(own, "build"),
    selfUpdate: selfUpdatePart(own),
    publish: projectPart(own.section("publish", PROJECT)),
    preview: previewPart(own),
    approve: approvePart(own),
    deploy: deployPart(own),
    verify: verifyPart(own),
    pullRequests: pullRequestPart(own),
    executionMode: own.word("executionMode", EXECUTION_MODES),
    artifacts: artifactPart(own),
    kmsKeyArn: own.text("kmsKeyArn"),
    logRetentionDays: own.number("logRetentionDays"),
  };
  const { tags, permissionsBoundary } = place;
  const problems = pipelineProblems({ ...choices, source, state }, pulumi.getStack());
  return {
    settings:
      source === undefined || state === undefined
        ? undefined
        : stripped({ ...choices, source, state, alertsTopicArn, permissionsBoundary, tags }),
    limits: [
      ...problems.map(fromRoot),
      ...(alertsTopicArn === undefined
        ? []
        : topicProblems("pipeline.alertsTopicArn", alertsTopicArn, place.homeRegion, "EventBridge")),
    ],
    buckets: pipelineBuckets({ ...choices, source, state }).map(fromRoot),
  };
}

/** The state is an entry of its own. */
const fromRoot = <T extends { readonly path: string }>(found: T): T =>
  found.path.startsWith("state") ? found : { ...found, path: `pipeline.${found.path}` };

/** `pulumi.Input` leaves no room for `undefined` beside an output. */
function stripped<T extends { readonly alertsTopicArn: string | undefined }>(settings: T) {
  const { alertsTopicArn, ...rest } = settings;
  return alertsTopicArn === undefined ? rest : { ...rest, alertsTopicArn };
}

function wavesPart(own: Section): readonly Wave[] {
  return own.sections("waves", ["stacks"]).map((wave) => ({
    stacks: wave.sections("stacks", ["stack", "account", "rolePrefix"]).map((stack) => ({
      stack: stack.requiredText("stack", "The name of the stack"),
      account: stack.account("account"),
      rolePrefix: stack.text("rolePrefix"),
    })),
  }));
}

function projectPart(project: Section): ProjectChoices {
  return {
    image: project.text("image"),
    environmentType: project.text("environmentType"),
    computeType: project.text("computeType"),
    timeoutMinutes: project.number("timeoutMinutes"),
    cache: project.word("cache", CACHES),
    environment: project.textMap("environment"),
    secrets: project.textMap("secrets"),
  };
}

function optionalPart(own: Section, name: string) {
  const project = own.section(name, [...PROJECT, "enabled"]);
  return { ...projectPart(project), enabled: project.flag("enabled") };
}

function selfUpdatePart(own: Section) {
  const project = own.section("selfUpdate", [...PROJECT, "enabled", "names"]);
  return { ...projectPart(project), enabled: project.flag("enabled"), names: project.texts("names") };
}

function previewPart(own: Section) {
  const project = own.section("preview", [...PROJECT, "plan"]);
  return { ...projectPart(project), plan: project.flag("plan") };
}

function approvePart(own: Section) {
  const approve = own.section("approve", ["enabled", "timeoutMinutes"]);
  return { enabled: approve.flag("enabled"), timeoutMinutes: approve.number("timeoutMinutes") };
}

function deployPart(own: Section) {
  const project = own.section("deploy", [...PROJECT, "maxAgeMinutes"]);
  return { ...projectPart(project), maxAgeMinutes: project.number("maxAgeMinutes") };
}

function verifyPart(own: Section) {
  const project = own.section("verify", [...PROJECT, "enabled", "flags", "schedule"]);
  return {
    ...projectPart(project),
    enabled: project.flag("enabled"),
    flags: project.texts("flags"),
    schedule: project.text("schedule"),
  };
}

function pullRequestPart(own: Section): PullRequestChoices | undefined {
  if (!own.has("pullRequests")) return undefined;
  const project = own.section("pullRequests", [...PROJECT, "approval", "approverRoles", "commentSecretArn"]);
  return {
    ...projectPart(project),
    approval: project.word("approval", ["forks", "all"]),
    approverRoles: project.texts("approverRoles"),
    commentSecretArn: project.text("commentSecretArn"),
  };
}

function artifactPart(own: Section): ArtifactChoice | undefined {
  if (!own.has("artifacts")) return undefined;
  const artifacts = own.section("artifacts", ["create", "existing"]);
  if (artifacts.choice(["create", "existing"]) === "existing") {
    const existing = artifacts.section("existing", ["bucketName"]);
    return { existing: { bucketName: existing.requiredText("bucketName", "The name of the bucket") } };
  }
  const create = artifacts.section("create", ["bucketName", "expireDays", "retain"]);
  return {
    create: {
      bucketName: create.text("bucketName"),
      expireDays: create.number("expireDays"),
      retain: create.flag("retain"),
    },
  };
}
