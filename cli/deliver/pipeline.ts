import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printable } from "../../rules";
import { UsageError } from "../errors";
import { onInterrupt } from "../interrupt";
import { own } from "../sources/json";
import { commitOf } from "./commit";
import type { Events } from "./events";
import { restart } from "./executions";
import { operate, pairs, statusOf } from "./operation";
import type { DeliverContext, Ended } from "./operation";
import { isPipeline, PIPELINE_STACK, PIPELINE_TYPE, runningPipeline } from "./own-stack";
import { endOf, Pulumi } from "./pulumi";
import { stackPlace } from "./stack";
import type { StackPlace } from "./stack";
import { hasChanges, summaryOf } from "./steps";

/** The flags of `compliance deliver pipeline`. */
export interface PipelineOptions {
  /** The stack that holds the pipeline; default: the one that the pipeline names. */
  readonly stack?: string;
  /** The folder of the program. */
  readonly program: string;
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
}

const INTERRUPTED =
  "Pulumi was told to stop, finished what it had begun and wrote the state. Start the pipeline again.";

/**
 * `compliance deliver pipeline`: brings the stack that holds the running pipeline up to date. When that changes the
 * pipeline itself, CodePipeline would fail this execution at its next stage; so a new one is started from the same
 * revision, and this one ends as superseded.
 * @returns 0, 1 when policies stop it, 2 when it fails or the pipeline would change in every run.
 * @throws UsageError when it cannot begin.
 */
export async function deliverPipeline(options: PipelineOptions, context: DeliverContext): Promise<0 | 1 | 2> {
  const place = stackPlace(stackOf(options, context), options.program);
  const packs = pairs(options.policyPack ?? [], options.policyPackConfig ?? []);
  const pulumi = new Pulumi({ folder: place.folder, ...context });
  await pulumi.version();
  const commit = await commitOf(place.folder, context.env);
  const scratch = mkdtempSync(join(tmpdir(), "compliance-pipeline-"));
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  const done = onInterrupt(remove);
  let runs = 0;
  const run = (...command: readonly string[]): Promise<Ended> =>
    operate(pulumi, {
      command,
      stack: place.given,
      packs,
      log: join(scratch, `${++runs}.jsonl`),
      interrupted: command[0] === "up" ? INTERRUPTED : "Nothing was changed.",
    });
  try {
    return await update(place, commit, join(scratch, "plan.json"), run, context);
  } finally {
    remove();
    done();
  }
}

/** The stack as given; inside a pipeline only its own, for the role of this step may change nothing else. */
function stackOf({ stack }: PipelineOptions, { env }: DeliverContext): string {
  const holder = env[PIPELINE_STACK] ?? "";
  const given = stack ?? holder;
  if (given === "") {
    throw new UsageError(
      `No stack is given. Give the stack that holds the pipeline with "--stack", or set ${PIPELINE_STACK}.`,
      "--stack",
    );
  }
  if (holder !== "" && given.split("/").at(-1) !== holder.split("/").at(-1)) {
    throw new UsageError(
      `The stack is "${printable(given)}", and the running pipeline lives in "${printable(holder)}". ` +
        'Deliver other stacks with "compliance deliver preview" and "compliance deliver deploy".',
      "--stack",
    );
  }
  return given;
}

async function update(
  place: StackPlace,
  commit: string,
  plan: string,
  run: (...command: readonly string[]) => Promise<Ended>,
  context: DeliverContext,
): Promise<0 | 1 | 2> {
  const { given } = place;
  const preview = await run("preview", "--save-plan", plan);
  const stopped = statusOf(preview);
  if (stopped !== 0) return failed("The preview", given, stopped, preview, context);
  if (!hasChanges(preview.events.counts)) {
    context.stdout.write(`"${given}" is up to date; this execution goes on.\n`);
    return 0;
  }
  const updated = await run("up", "--yes", "--message", `Deploy ${commit}`, "--plan", plan);
  const status = statusOf(updated);
  if (status !== 0) return failed("The update", given, status, updated, context);
  const pipelines = changedPipelines(preview.events, context);
  if (pipelines.length === 0) {
    context.stdout.write(
      `"${given}" was updated (${summaryOf(preview.events.counts)}), the pipeline itself is the same; this execution goes on.\n`,
    );
    return 0;
  }
  const again = await run("preview");
  const unsettled = statusOf(again) === 0 ? changedPipelines(again.events, context) : [];
  if (unsettled.length > 0) {
    context.stderr.write(
      `error: "${given}" was updated, and its pipeline would be changed again at once: ${unsettled.join("; ")}. ` +
        "A new execution would update it and start another one, without end, so none was started. " +
        "Find what makes the program differ in every run, and start the pipeline.\n",
    );
    return 2;
  }
  return restart(commit, context);
}

/** Steps that change the running pipeline; any pipeline where its name is not known. */
function changedPipelines({ steps, pipelines }: Events, { env }: DeliverContext): readonly string[] {
  const name = runningPipeline(env);
  const running = new Set(
    pipelines
      .filter((state) => name === undefined || isPipeline(state, name))
      .map((state) => own(state, "urn")),
  );
  return steps
    .filter(
      ({ op, type, urn }) => type === PIPELINE_TYPE && op !== "read" && (running.has(urn) || op === "delete"),
    )
    .map(({ op, urn, diffs }) => `${op} ${urn}${diffs.length === 0 ? "" : ` (${diffs.join(", ")})`}`);
}

function failed(
  what: string,
  stack: string,
  status: 1 | 2,
  { end }: Ended,
  { stderr }: DeliverContext,
): 1 | 2 {
  stderr.write(
    status === 1
      ? `error: ${what} of "${stack}" was stopped by policies; they are listed above.\n`
      : `error: ${what} of "${stack}" failed (pulumi ended with ${endOf(end)}). The reason is above.\n`,
  );
  return status;
}
