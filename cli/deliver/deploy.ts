import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printable } from "../../rules";
import { systemCode, systemReason, UsageError } from "../errors";
import { onInterrupt } from "../interrupt";
import { isObject, own } from "../sources/json";
import { checkpointHash, resourcesIn } from "./checkpoint";
import { commitOf } from "./commit";
import { ageProblems, differences, fileProblems } from "./differences";
import { FILES } from "./folder";
import { factsOf, readManifest } from "./manifest";
import type { Manifest, Pack } from "./manifest";
import { operate, pairs, statusOf } from "./operation";
import type { DeliverContext, Ended } from "./operation";
import { refuseOwnPipeline, refuseOwnStack } from "./own-stack";
import { endOf, Pulumi } from "./pulumi";
import { stackPlace } from "./stack";
import type { StackPlace } from "./stack";
import { stateOf } from "./state";
import { differencesOf } from "./steps";
import type { Step } from "./steps";

/** The flags of `compliance deliver deploy`. */
export interface DeployOptions {
  readonly stack: string;
  /** The folder of the program. */
  readonly program: string;
  /** The folder of the preview. */
  readonly from: string;
  /** How old the preview may be, in minutes. */
  readonly maxAge: number;
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
}

const INTERRUPTED =
  'Pulumi was told to stop, finished what it had begun and wrote the state. See what is done with "pulumi stack", and preview again.';

/**
 * `compliance deliver deploy`: deploys what a preview planned, if everything is as it was then. All differences are
 * listed at once, and nothing is deployed when there is one.
 * @returns 0, 1 when it is refused by a difference or by policies, 2 when the deployment failed.
 * @throws UsageError when it cannot begin.
 */
export async function deliverDeploy(options: DeployOptions, context: DeliverContext): Promise<0 | 1 | 2> {
  const place = stackPlace(options.stack, options.program);
  refuseOwnStack(place, context.env);
  const packs = pairs(options.policyPack ?? [], options.policyPackConfig ?? []);
  const manifest = readManifest(options.from);
  const pulumi = new Pulumi({ folder: place.folder, ...context });
  const cli = await pulumi.version();
  const commit = await commitOf(place.folder, context.env);
  const state = await stateOf(pulumi, place);
  refuseOwnPipeline(place, resourcesIn(state), context.env);
  const now = await factsOf(place, packs, { commit, cli, checkpoint: checkpointHash(state) });
  const scratch = mkdtempSync(join(tmpdir(), "compliance-deploy-"));
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  const done = onInterrupt(remove);
  try {
    // What is checked is what is used: the program, which runs before the update, may write to the folder of the preview.
    copyApproved(options.from, scratch);
    const problems = [
      ...differences(manifest, now),
      ...(await fileProblems(scratch, manifest)),
      ...ageProblems(manifest, options.maxAge, context.now()),
    ];
    if (problems.length > 0) return refuse(place.given, problems, context);
    const steps = readSteps(join(scratch, FILES.steps), join(options.from, FILES.steps));
    return await new Deployment(pulumi, place, packs, { manifest, steps }, scratch, context).run();
  } finally {
    remove();
    done();
  }
}

/** Copies the files that a deployment uses; one that is missing is found by its hash. */
function copyApproved(from: string, to: string): void {
  for (const file of [FILES.plan, FILES.steps]) {
    try {
      copyFileSync(join(from, file), join(to, file));
    } catch (error) {
      if (systemCode(error) === "ENOENT") continue;
      throw new UsageError(`The file cannot be read. ${systemReason(error)}.`, join(from, file), {
        cause: error,
      });
    }
  }
}

/** What was looked at and approved. */
interface Approved {
  readonly manifest: Manifest;
  readonly steps: readonly Step[];
}

class Deployment {
  private readonly stack: string;

  public constructor(
    private readonly pulumi: Pulumi,
    private readonly place: StackPlace,
    private readonly packs: readonly Pack[],
    private readonly approved: Approved,
    private readonly scratch: string,
    private readonly context: DeliverContext,
  ) {
    this.stack = place.given;
  }

  public async run(): Promise<0 | 1 | 2> {
    const { manifest, steps } = this.approved;
    if (manifest.plan !== "none") {
      // What changes the state between this and the update's own lock makes other steps, which the plan refuses.
      if (await this.isStateOther()) return this.stateChanged("the files were compared");
      return this.update(["--plan", join(this.scratch, FILES.plan)], "the plan");
    }
    const preview = await this.operate(["preview"], "Nothing was deployed.");
    const status = statusOf(preview);
    if (status !== 0) return this.failed("Its preview", status, preview);
    const problems = differencesOf(steps, preview.events.steps);
    if (problems.length > 0) return refuse(this.stack, problems, this.context);
    // The preview took its time, and an update without a plan would do whatever another state asks for.
    if (await this.isStateOther()) return this.stateChanged("the steps were compared");
    // The preview that has just been compared is the one that an update would begin with.
    return this.update(["--skip-preview"], "the approved steps");
  }

  private async isStateOther(): Promise<boolean> {
    return checkpointHash(await stateOf(this.pulumi, this.place)) !== this.approved.manifest.checkpoint;
  }

  private stateChanged(meanwhile: string): 1 {
    const changed = `state of the stack: it was changed while ${meanwhile}. Preview again.`;
    return refuse(this.stack, [changed], this.context);
  }

  private async update(flags: readonly string[], what: string): Promise<0 | 1 | 2> {
    const message = `Deploy ${this.approved.manifest.commit}`;
    const ended = await this.operate(["up", "--yes", "--message", message, ...flags], INTERRUPTED);
    const status = statusOf(ended);
    if (status !== 0) return this.failed("The deployment", status, ended);
    this.context.stdout.write(
      `Deployed ${what} of commit ${this.approved.manifest.commit} to "${this.stack}".\n`,
    );
    return 0;
  }

  private operate(command: readonly string[], interrupted: string): Promise<Ended> {
    const log = join(this.scratch, `${command[0] ?? ""}.jsonl`);
    return operate(this.pulumi, { command, stack: this.stack, packs: this.packs, log, interrupted });
  }

  private failed(what: string, status: 1 | 2, { end, events }: Ended): 1 | 2 {
    const left = events.errors.find((message) => message.includes("violates plan"));
    if (left !== undefined) {
      return refuse(
        this.stack,
        [
          `plan: ${left.split("\n").map(printable).join(" ")}. The program plans something else than in the preview. Preview again.`,
        ],
        this.context,
      );
    }
    this.context.stderr.write(
      status === 1
        ? `error: ${what} of "${this.stack}" was stopped by policies; they are listed above.\n`
        : `error: ${what} of "${this.stack}" failed (pulumi ended with ${endOf(end)}). ` +
            "The reason is above. What was done before is in the state: put the reason right, and start the pipeline again.\n",
    );
    return status;
  }
}

function refuse(stack: string, problems: readonly string[], { stderr }: DeliverContext): 1 {
  stderr.write(
    `error: "${stack}" is not deployed, for it is not what was approved:\n${problems.map((problem) => `  - ${problem}\n`).join("")}`,
  );
  return 1;
}

/**
 * The approved steps. Their hash was checked, so that only those of a manifest made by hand are refused here.
 * @param name - what the file is called in messages.
 */
function readSteps(file: string, name: string): readonly Step[] {
  let steps: unknown;
  try {
    steps = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError("The steps are no JSON. Preview again.", name, { cause: error });
  }
  if (!Array.isArray(steps)) throw new UsageError("The steps are no list. Preview again.", name);
  return steps.filter(isObject).map((step) => {
    const text = (name: string): string => {
      const value = own(step, name);
      return typeof value === "string" ? value : "";
    };
    const diffs = own(step, "diffs");
    return {
      op: text("op"),
      urn: text("urn"),
      type: text("type"),
      diffs: Array.isArray(diffs) ? diffs.map(String) : [],
      inputs: text("inputs"),
    };
  });
}
