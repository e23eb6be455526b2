import { randomUUID } from "node:crypto";
import { ACCOUNT } from "../engine/environment";
import { type JsonObject, listOf, objectOf, textOf } from "../json";
import { AwsError } from "./aws-error";
import { isTrusted } from "./permissions";
import { structureProblem } from "./pipeline-structure";
import type { JsonCall, JsonHandler } from "./server";

/** An execution of a pipeline; nothing runs, so it stays in progress until it is stopped. */
interface Execution {
  readonly pipelineExecutionId: string;
  readonly status: "InProgress" | "Stopped" | "Superseded";
  readonly startTime: number;
  readonly sourceRevisions: readonly JsonObject[];
  /** What the caller named its request by: asked again, the answer is the same. */
  readonly token: string;
}

/**
 * Refuses the pipelines that AWS refuses and moto takes, and keeps executions, which moto ends as soon as they begin.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_CreatePipeline.html
 */
export function pipelineOperations(): Record<string, JsonHandler> {
  const executions = new Map<string, Execution[]>();
  const of = async (call: JsonCall, name: unknown): Promise<Execution[]> => {
    // moto refuses where there is no such pipeline.
    await call.ask("CodePipeline_20150709.GetPipeline", { name });
    const key = `${call.region}/${textOf(name)}`;
    const known = executions.get(key) ?? [];
    executions.set(key, known);
    return known;
  };
  const checked: JsonHandler = async (call) => {
    await refusePipeline(call, objectOf(call.body["pipeline"]));
    return call.forward();
  };
  return {
    CreatePipeline: checked,
    UpdatePipeline: checked,
    GetPipeline: async ({ forward }) => {
      const answer = await forward();
      return { ...answer, metadata: withSeconds(objectOf(answer["metadata"])) };
    },
    ListPipelines: async ({ forward }) => {
      const answer = await forward();
      return { ...answer, pipelines: listOf(answer["pipelines"]).map(objectOf).map(withSeconds) };
    },
    StartPipelineExecution: async (call) => {
      const all = await of(call, call.body["name"]);
      const token = textOf(call.body["clientRequestToken"]);
      const same = all.find((execution) => token !== "" && execution.token === token);
      if (same) return { pipelineExecutionId: same.pipelineExecutionId };
      const pipelineExecutionId = randomUUID();
      const sourceRevisions = listOf(call.body["sourceRevisions"]).map(objectOf);
      await refuseRevisions(call, sourceRevisions);
      const startTime = Date.now() / 1000;
      all.unshift({ pipelineExecutionId, status: "InProgress", startTime, sourceRevisions, token });
      return { pipelineExecutionId };
    },
    StopPipelineExecution: async (call) => {
      const { pipelineName, pipelineExecutionId, reason } = call.body;
      if (textOf(reason).length > 200)
        throw new AwsError("ValidationException", "reason has more than 200 characters.");
      const all = await of(call, pipelineName);
      const index = all.findIndex((execution) => execution.pipelineExecutionId === pipelineExecutionId);
      const execution = all[index];
      if (execution?.status !== "InProgress") {
        // https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StopPipelineExecution.html
        const message = `The pipeline execution ${textOf(pipelineExecutionId)} is not in progress.`;
        throw new AwsError("PipelineExecutionNotStoppableException", message);
      }
      all[index] = { ...execution, status: "Stopped" };
      return { pipelineExecutionId };
    },
    ListPipelineExecutions: async (call) => ({
      pipelineExecutionSummaries: await of(call, call.body["pipelineName"]),
    }),
    GetPipelineExecution: async (call) => {
      const all = await of(call, call.body["pipelineName"]);
      const id = textOf(call.body["pipelineExecutionId"]);
      const pipelineExecution = all.find((execution) => execution.pipelineExecutionId === id);
      if (pipelineExecution)
        return { pipelineExecution: { ...pipelineExecution, pipelineName: call.body["pipelineName"] } };
      throw new AwsError("PipelineExecutionNotFoundException", `There is no execution ${id}.`);
    },
    GetPipelineState: async (call) => {
      const { name } = call.body;
      const { pipeline } = await call.ask("CodePipeline_20150709.GetPipeline", { name });
      const [latest] = await of(call, name);
      const stages = listOf(objectOf(pipeline)["stages"]).map(objectOf);
      return {
        pipelineName: name,
        pipelineVersion: objectOf(pipeline)["version"],
        stageStates: stages.map((stage, index) => ({
          stageName: stage["name"],
          ...(index === 0 && latest
            ? { latestExecution: { pipelineExecutionId: latest.pipelineExecutionId, status: latest.status } }
            : {}),
        })),
      };
    },
  };
}

/** Times as the protocol wants them: moto writes them as text, which clients cannot read. */
function withSeconds(holder: JsonObject): JsonObject {
  const seconds = (value: unknown): number => Date.parse(textOf(value)) / 1000;
  return { ...holder, created: seconds(holder["created"]), updated: seconds(holder["updated"]) };
}

async function refusePipeline(call: JsonCall, pipeline: JsonObject): Promise<void> {
  const problem = structureProblem(pipeline);
  if (problem !== undefined) throw new AwsError("InvalidPipelineDeclarationException", problem);
  const role = textOf(pipeline["roleArn"]);
  const arn = `arn:aws:codepipeline:${call.region}:${ACCOUNT}:${textOf(pipeline["name"])}`;
  const context = { "aws:sourceaccount": ACCOUNT, "aws:sourcearn": arn };
  if (await isTrusted(call, role, "codepipeline.amazonaws.com", context)) return;
  throw new AwsError(
    "InvalidStructureException",
    `CodePipeline is not authorized to perform AssumeRole on role ${role}`,
  );
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_SourceRevisionOverride.html */
async function refuseRevisions(call: JsonCall, revisions: readonly JsonObject[]): Promise<void> {
  const { pipeline } = await call.ask("CodePipeline_20150709.GetPipeline", { name: call.body["name"] });
  const [source] = listOf(objectOf(pipeline)["stages"]).map(objectOf);
  const actions = listOf(source?.["actions"]).map((action) => objectOf(action)["name"]);
  for (const { actionName, revisionType, revisionValue } of revisions) {
    const types = ["COMMIT_ID", "IMAGE_DIGEST", "S3_OBJECT_VERSION_ID", "S3_OBJECT_KEY"];
    if (!actions.includes(actionName)) throw invalid(`${textOf(actionName)} is no source action.`);
    if (!types.includes(textOf(revisionType)))
      throw invalid(`revisionType must be one of ${types.join(", ")}.`);
    if (textOf(revisionValue) === "") throw invalid("revisionValue must not be empty.");
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
