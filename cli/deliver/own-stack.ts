import { UsageError } from "../errors";
import { isObject, own } from "../sources/json";
import type { Json } from "../sources/json";
import type { StackPlace } from "./stack";

/** The stack that holds the pipeline that this runs in: `ORGANISATION/PROJECT/STACK`. The pipeline sets it. */
export const PIPELINE_STACK = "COMPLIANCE_PIPELINE_STACK";

/** The pipeline that this runs in. */
export const PIPELINE_NAME = "COMPLIANCE_PIPELINE_NAME";

/** The type of a pipeline of CodePipeline. */
export const PIPELINE_TYPE = "aws:codepipeline/pipeline:Pipeline";

const WHY =
  "A pipeline never delivers its own stack: an update of a running pipeline makes CodePipeline fail the execution, and " +
  'the deploy role could change itself. Deliver this stack with "compliance deliver pipeline", which the pipeline runs ' +
  "after the approval, and take it out of the pipeline's list of stacks.";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Refuses the stack that the running pipeline lives in, by its name.
 * @throws UsageError with the reason.
 */
export function refuseOwnStack(stack: StackPlace, env: Environment): void {
  const own = env[PIPELINE_STACK] ?? "";
  if (own !== "" && isSame(stack, own))
    throw new UsageError(`The stack "${stack.given}" holds the pipeline that delivers it (${own}). ${WHY}`);
}

/**
 * Refuses a stack that holds the running pipeline, by the resources that it has or would get.
 * @param resources - states of resources, as exports and previews have them.
 * @throws UsageError with the reason.
 */
export function refuseOwnPipeline(stack: StackPlace, resources: readonly Json[], env: Environment): void {
  const pipeline = runningPipeline(env);
  if (pipeline !== undefined && resources.some((resource) => isPipeline(resource, pipeline)))
    throw new UsageError(
      `The stack "${stack.given}" holds the pipeline "${pipeline}" that delivers it. ${WHY}`,
    );
}

/** The pipeline that this runs in: as the pipeline says, else as CodeBuild says. */
export function runningPipeline(env: Environment): string | undefined {
  const set = env[PIPELINE_NAME] ?? "";
  return set !== "" ? set : /^codepipeline\/(.+)$/.exec(env["CODEBUILD_INITIATOR"] ?? "")?.[1];
}

/** Whether a resource is the pipeline of that name. */
export function isPipeline(resource: Json, name: string): boolean {
  if (own(resource, "type") !== PIPELINE_TYPE) return false;
  return ["inputs", "outputs"].some((part) => {
    const values = own(resource, part);
    return isObject(values) && own(values, "name") === name;
  });
}

/** Without its organisation a stack may be in any: what cannot be told apart counts as the same. */
function isSame({ organisation, project, name }: StackPlace, own: string): boolean {
  const parts = own.split("/");
  const [ownOrganisation, ownProject] = parts.length === 3 ? parts : [parts.length === 2 ? parts[0] : "", ""];
  return (
    parts.at(-1) === name &&
    (ownProject === "" || ownProject === project) &&
    (ownOrganisation === "" || organisation === undefined || ownOrganisation === organisation)
  );
}
