import { rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { render } from "../reports";
import { checkpointHash, resourcesIn } from "./checkpoint";
import { commitOf } from "./commit";
import { findingsOf } from "./findings";
import { FILES, stage } from "./folder";
import type { Staging } from "./folder";
import { factsOf, manifestOf } from "./manifest";
import type { Facts, Pack } from "./manifest";
import { operate, pairs, statusOf } from "./operation";
import type { DeliverContext, Ended } from "./operation";
import { refuseOwnPipeline, refuseOwnStack } from "./own-stack";
import { endOf, Pulumi } from "./pulumi";
import { stackPlace } from "./stack";
import type { StackPlace } from "./stack";
import { stateOf } from "./state";
import { sorted } from "./steps";
import { commentOf, summaryLine } from "./summary";
import { copyWithoutSecrets } from "./without-secrets";

/** The flags of `compliance deliver preview`. */
export interface PreviewOptions {
  readonly stack: string;
  /** The folder of the program. */
  readonly program: string;
  /** The folder that gets the files. */
  readonly out: string;
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
  /** `false`: write no plan; the deployment compares the steps of a preview of its own. */
  readonly plan: boolean;
  /** `false`: do without the stack's secrets. What comes out cannot be deployed. */
  readonly secrets: boolean;
}

/** What to tell when somebody interrupts a preview. */
const INTERRUPTED = "Nothing was written.";

/**
 * `compliance deliver preview`: previews a stack by the Pulumi CLI, and keeps in a folder what a deployment needs (plan,
 * manifest) and what people need (steps, findings). When a policy stops the preview, the folder has the findings and
 * neither plan nor manifest, so that it cannot be deployed.
 * @returns 0, 1 when policies stopped it, 2 when something else did.
 * @throws UsageError when it cannot begin.
 */
export async function deliverPreview(options: PreviewOptions, context: DeliverContext): Promise<0 | 1 | 2> {
  const packs = pairs(options.policyPack ?? [], options.policyPackConfig ?? []);
  const staging = stage(options.out);
  try {
    const place = stackPlace(options.stack, options.program);
    refuseOwnStack(place, context.env);
    const pulumi = new Pulumi({ folder: place.folder, ...context });
    const cli = await pulumi.version();
    const commit = await commitOf(place.folder, context.env);
    // Before the preview: a change in between then shows as a difference.
    const state = await stateOf(pulumi, place);
    refuseOwnPipeline(place, resourcesIn(state), context.env);
    const facts = await factsOf(place, packs, { commit, cli, checkpoint: checkpointHash(state) });
    const ended = await previewed(options, { place, state, packs, staging, pulumi }, context);
    refuseOwnPipeline(place, ended.events.pipelines, context.env);
    const status = statusOf(ended);
    await write(staging, place, { commit, secrets: options.secrets }, ended, context);
    if (status !== 0) {
      rmSync(staging.path(FILES.plan), { force: true });
    } else if (options.secrets) {
      const manifest = await manifestOf(facts, staging.path, context.now());
      writeJson(staging.path(FILES.manifest), manifest);
    }
    staging.finish();
    tell(status, place, options, ended, context);
    return status;
  } finally {
    staging.abandon();
  }
}

/** What a preview works on. */
interface Previewed {
  readonly place: StackPlace;
  readonly state: unknown;
  readonly packs: readonly Pack[];
  readonly staging: Staging;
  readonly pulumi: Pulumi;
}

async function previewed(
  { plan, secrets }: PreviewOptions,
  { place, state, packs, staging, pulumi }: Previewed,
  context: DeliverContext,
): Promise<Ended> {
  const log = staging.path("log");
  const operation = {
    packs,
    log,
    keep: staging.path(FILES.events),
    interrupted: INTERRUPTED,
    rewrite: staging.named,
  };
  try {
    if (secrets) {
      const command = ["preview", ...(plan ? ["--save-plan", staging.path(FILES.plan)] : [])];
      return await operate(pulumi, { ...operation, command, stack: place.given });
    }
    const copy = copyWithoutSecrets(place, state);
    try {
      const apart = new Pulumi({ ...context, folder: place.folder, env: { ...context.env, ...copy.env } });
      return await operate(apart, { ...operation, command: ["preview", ...copy.flags], stack: copy.stack });
    } finally {
      copy.remove();
    }
  } finally {
    rmSync(log, { force: true });
  }
}

/** What people and other programs read. */
async function write(
  { path }: Staging,
  place: StackPlace,
  { commit, secrets }: Pick<Facts, "commit"> & Pick<PreviewOptions, "secrets">,
  { events }: Ended,
  context: DeliverContext,
): Promise<void> {
  const file = relative("", place.stackFile ?? place.projectFile);
  const report = findingsOf({ stack: place.given, file, events });
  const today = context.now().toISOString().slice(0, 10);
  const options = { colour: false, all: false, undecided: true, today };
  writeFileSync(path(FILES.json), await render(report, "json", options));
  writeFileSync(path(FILES.sarif), await render(report, "sarif", options));
  writeFileSync(path(FILES.junit), await render(report, "junit", options));
  const summary = { stack: place.given, commit, events, report, secrets };
  writeFileSync(path(FILES.markdown), await commentOf(summary, today));
  writeFileSync(path(FILES.summary), `${summaryLine(summary)}\n`);
  writeJson(path(FILES.steps), sorted(events.steps));
}

function tell(
  status: 0 | 1 | 2,
  { given }: StackPlace,
  { out, secrets }: PreviewOptions,
  { end, events }: Ended,
  { stdout, stderr }: DeliverContext,
): void {
  if (status === 0) {
    const has = secrets
      ? "plan, manifest and findings"
      : "findings only, for it did without the stack's secrets";
    stdout.write(`The preview of "${given}" is in ${out}: ${has}.\n`);
  } else if (status === 1) {
    const count = events.violations.filter(({ mandatory }) => mandatory).length;
    stderr.write(
      `error: Policies stop the preview of "${given}": ${count} mandatory ${count === 1 ? "violation" : "violations"}. ` +
        `The findings are in ${out}; there is no plan.\n`,
    );
  } else {
    stderr.write(
      `error: The preview of "${given}" failed (pulumi ended with ${endOf(end)}). ` +
        `The reason is above. There is no plan in ${out}.\n`,
    );
  }
}

const writeJson = (path: string, value: unknown): void =>
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
