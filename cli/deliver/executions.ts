import {
  CodePipelineClient,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import type { SourceRevisionOverride, SourceRevisionType } from "@aws-sdk/client-codepipeline";
import { printable } from "../../rules";
import type { DeliverContext } from "./operation";
import { runningPipeline } from "./own-stack";

/** The execution of the pipeline that this runs in. */
const EXECUTION = "COMPLIANCE_EXECUTION_ID";

/** The source action, and how it names revisions. */
const SOURCE_ACTION = "COMPLIANCE_SOURCE_ACTION";
const SOURCE_REVISION = "COMPLIANCE_SOURCE_REVISION";

const REVISION_TYPES: readonly SourceRevisionType[] = ["COMMIT_ID", "S3_OBJECT_VERSION_ID"];

/** The execution has ended already: the update of the pipeline made CodePipeline fail it. */
const ENDED = "PipelineExecutionNotStoppableException";

/**
 * Starts the pipeline from the same revision, and then ends the running execution. Outside of a pipeline there is
 * nothing to end, and a person starts it.
 * @returns 0, or 2 when the new execution cannot be started or this one cannot be ended.
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StartPipelineExecution.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StopPipelineExecution.html
 */
export async function restart(commit: string, context: DeliverContext): Promise<0 | 2> {
  const { env, stdout, stderr } = context;
  const pipeline = runningPipeline(env);
  const execution = env[EXECUTION] ?? "";
  if (pipeline === undefined || execution === "") {
    stdout.write("The pipeline was changed. This does not run in it, so start it by hand.\n");
    return 0;
  }
  const client = new CodePipelineClient({});
  let started: string | undefined;
  try {
    const answer = await client.send(
      new StartPipelineExecutionCommand({
        name: pipeline,
        // A second try of this step does not start a second execution.
        clientRequestToken: `self-update-${execution}`,
        ...revisionOf(commit, env),
      }),
    );
    started = answer.pipelineExecutionId;
  } catch (error) {
    stderr.write(
      `error: The pipeline "${pipeline}" was changed, and a new execution cannot be started: ${reasonOf(error)} ` +
        "Start it by hand; CodePipeline ends this execution.\n",
    );
    return 2;
  }
  try {
    await client.send(
      new StopPipelineExecutionCommand({
        pipelineName: pipeline,
        pipelineExecutionId: execution,
        abandon: false,
        reason: `Superseded: the pipeline changed, execution ${started ?? "of the same revision"} goes on with it.`,
      }),
    );
  } catch (error) {
    if (!(error instanceof Error && error.name === ENDED)) {
      stderr.write(
        `error: Execution ${started ?? ""} was started, and this one cannot be ended: ${reasonOf(error)} ` +
          "It must not go on with the pipeline as it was.\n",
      );
      return 2;
    }
  }
  stdout.write(
    `The pipeline "${pipeline}" was changed. Execution ${started ?? "of the same revision"} goes on; this one is superseded.\n`,
  );
  return 0;
}

/** The same revision of the source; without the action's name, the newest. */
function revisionOf(
  commit: string,
  env: DeliverContext["env"],
): { readonly sourceRevisions?: SourceRevisionOverride[] } {
  const actionName = env[SOURCE_ACTION] ?? "";
  const revisionType = REVISION_TYPES.find((type) => type === env[SOURCE_REVISION]);
  if (actionName === "" || revisionType === undefined) return {};
  return { sourceRevisions: [{ actionName, revisionType, revisionValue: commit }] };
}

const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${printable(text)}${text.endsWith(".") ? "" : "."}`;
};
