import { type JsonObject, listOf, objectOf, textOf } from "../json";

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
const NAME = /^[A-Za-z0-9.@_-]{1,100}$/;
/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_OutputArtifact.html */
const ARTIFACT = /^[A-Za-z0-9_-]{1,100}$/;
/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html */
const NAMESPACE = /^[A-Za-z0-9@_-]{1,100}$/;
const CONFIGURATION_LENGTH = 1000;
/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitPushFilter.html */
const FILTERS = 3;
const PATTERNS = 8;

/** Keys that an action of a provider must have: its reference page lists them. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
  CodeBuild: ["ProjectName"],
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
  CodeStarSourceConnection: ["ConnectionArn", "FullRepositoryId", "BranchName"],
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html
  CodeCommit: ["RepositoryName", "BranchName"],
};

interface Action {
  readonly stage: string;
  readonly name: string;
  readonly type: JsonObject;
  readonly action: JsonObject;
}

/** What CodePipeline refuses of the structure of a pipeline; `undefined` when it takes it. */
export function structureProblem(pipeline: JsonObject): string | undefined {
  const stages = listOf(pipeline["stages"]).map(objectOf);
  const actions = stages.flatMap((stage) =>
    listOf(stage["actions"])
      .map(objectOf)
      .map((action): Action => ({
        stage: textOf(stage["name"]),
        name: textOf(action["name"]),
        type: objectOf(action["actionTypeId"]),
        action,
      })),
  );
  return (
    namesProblem(textOf(pipeline["name"]), stages, actions) ??
    stagesProblem(stages) ??
    actions.map(actionProblem).find((problem) => problem !== undefined) ??
    artifactsProblem(actions) ??
    triggersProblem(pipeline, actions)
  );
}

function namesProblem(
  name: string,
  stages: readonly JsonObject[],
  actions: readonly Action[],
): string | undefined {
  const names = [
    name,
    ...stages.map((stage) => textOf(stage["name"])),
    ...actions.map((action) => action.name),
  ];
  const wrong = names.find((entry) => !NAME.test(entry));
  if (wrong !== undefined) return `"${wrong}" is no name of a pipeline, stage or action.`;
  return (
    repeated(
      "stage",
      stages.map((stage) => textOf(stage["name"])),
    ) ??
    repeated(
      "action",
      actions.map((action) => `${action.stage}/${action.name}`),
    ) ??
    repeated(
      "namespace",
      actions.flatMap(({ action }) => textOf(action["namespace"]) || []),
    )
  );
}

function repeated(what: string, names: readonly string[]): string | undefined {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `The ${what} "${twice}" is there twice.`;
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html */
function stagesProblem(stages: readonly JsonObject[]): string | undefined {
  if (stages.length < 2 || stages.length > 50) return "A pipeline has 2 to 50 stages.";
  for (const [index, stage] of stages.entries()) {
    const actions = listOf(stage["actions"]).map(objectOf);
    if (actions.length === 0 || actions.length > 50)
      return `The stage "${textOf(stage["name"])}" must have 1 to 50 actions.`;
    const sources = actions.filter((action) => objectOf(action["actionTypeId"])["category"] === "Source");
    if (index === 0 && sources.length < actions.length)
      return "The first stage can have source actions only.";
    if (index > 0 && sources.length > 0) return "Source actions can be in the first stage only.";
  }
  return undefined;
}

function actionProblem({ name, type, action }: Action): string | undefined {
  const configuration = objectOf(action["configuration"]);
  for (const key of REQUIRED[textOf(type["provider"])] ?? []) {
    if (textOf(configuration[key]) === "")
      return `Action configuration for action "${name}" is missing "${key}".`;
  }
  for (const [key, value] of Object.entries(configuration)) {
    if (textOf(value) === "" || textOf(value).length > CONFIGURATION_LENGTH)
      return `"${key}" of action "${name}" must have 1 to ${CONFIGURATION_LENGTH} characters.`;
  }
  const namespace = textOf(action["namespace"]);
  if (namespace !== "" && !NAMESPACE.test(namespace)) return `"${namespace}" is no namespace.`;
  const order = action["runOrder"] ?? 1;
  if (typeof order !== "number" || order < 1 || order > 999)
    return `The run order of "${name}" must be 1 to 999.`;
  const minutes = action["timeoutInMinutes"];
  if (minutes === undefined) return undefined;
  const isTimed = typeof minutes === "number" && minutes >= 5 && minutes <= 86_400;
  return isTimed ? undefined : `The time-out of "${name}" must be 5 to 86400 minutes.`;
}

/** An input must be the output of an action before; a name is given once. */
function artifactsProblem(actions: readonly Action[]): string | undefined {
  const outputs = actions.flatMap((action) => artifactsOf(action, "outputArtifacts"));
  const wrong = outputs.find((artifact) => !ARTIFACT.test(artifact));
  if (wrong !== undefined) return `"${wrong}" is no name of an artifact.`;
  const twice = repeated("output artifact", outputs);
  if (twice !== undefined) return twice;
  for (const [index, action] of actions.entries()) {
    const before = actions.slice(0, index).flatMap((earlier) => artifactsOf(earlier, "outputArtifacts"));
    const inputs = artifactsOf(action, "inputArtifacts");
    const missing = inputs.find((artifact) => !before.includes(artifact));
    if (missing !== undefined)
      return `The input artifact "${missing}" of "${action.name}" is not declared by an action before.`;
    const primary = textOf(objectOf(action.action["configuration"])["PrimarySource"]);
    if (inputs.length > 1 && action.type["provider"] === "CodeBuild" && !inputs.includes(primary))
      return `"PrimarySource" of "${action.name}" must name one of its input artifacts.`;
  }
  return undefined;
}

function artifactsOf({ action }: Action, member: "inputArtifacts" | "outputArtifacts"): readonly string[] {
  return listOf(action[member]).map((artifact) => textOf(objectOf(artifact)["name"]));
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-types.html */
function triggersProblem(pipeline: JsonObject, actions: readonly Action[]): string | undefined {
  const triggers = listOf(pipeline["triggers"]).map(objectOf);
  const mode = textOf(pipeline["executionMode"]) || "SUPERSEDED";
  if (!["SUPERSEDED", "QUEUED", "PARALLEL"].includes(mode)) return `"${mode}" is no execution mode.`;
  if (pipeline["pipelineType"] !== "V2" && (triggers.length > 0 || mode !== "SUPERSEDED"))
    return "Triggers and execution modes need a pipeline of type V2.";
  for (const trigger of triggers) {
    const git = objectOf(trigger["gitConfiguration"]);
    const source = actions.find(({ name }) => name === git["sourceActionName"]);
    if (source?.type["provider"] !== "CodeStarSourceConnection")
      return `The trigger's source action "${textOf(git["sourceActionName"])}" must be one with a connection.`;
    const filters = [...listOf(git["push"]), ...listOf(git["pullRequest"])].map(objectOf);
    if (filters.length > FILTERS) return `A trigger has at most ${FILTERS} filters.`;
    const problem = filters.map(filterProblem).find((found) => found !== undefined);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function filterProblem(filter: JsonObject): string | undefined {
  if (filter["branches"] !== undefined && filter["tags"] !== undefined)
    return "A filter has branches or tags, not both.";
  for (const kind of ["branches", "filePaths", "tags"]) {
    const { includes, excludes } = objectOf(filter[kind]);
    for (const patterns of [includes, excludes].map(listOf)) {
      const fits = patterns.every((pattern) => textOf(pattern).length >= 1 && textOf(pattern).length <= 255);
      if (patterns.length > PATTERNS || !fits)
        return `A filter has at most ${PATTERNS} patterns of 1 to 255 characters.`;
    }
  }
  return undefined;
}
