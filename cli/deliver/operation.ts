import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { resolve } from "node:path";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { readEvents } from "./events";
import type { Events } from "./events";
import type { Pack } from "./manifest";
import type { Pulumi } from "./pulumi";

/** What every delivery command needs of the process. */
export interface DeliverContext extends Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

/** How an operation of the engine ended. */
export interface Ended {
  readonly end: number | string;
  readonly events: Events;
}

/** One operation of the engine. */
export interface Operation {
  /** `preview`, or `up` with its own flags. */
  readonly command: readonly string[];
  readonly stack: string;
  readonly packs: readonly Pack[];
  /** Where the CLI writes its events. */
  readonly log: string;
  /** Where to keep the events, without what the engine tells itself. */
  readonly keep?: string;
  /** What to tell when it was interrupted. */
  readonly interrupted: string;
  /** Changes what the CLI prints before it is passed on. */
  readonly rewrite?: (text: string) => string;
}

/**
 * Pairs packs with their configurations.
 * @throws UsageError when there are some configurations, but not one a pack.
 */
export function pairs(packs: readonly string[], configs: readonly string[]): readonly Pack[] {
  if (configs.length > 0 && configs.length !== packs.length) {
    throw new UsageError(
      `There are ${packs.length} policy packs and ${configs.length} configurations. ` +
        'Give one "--policy-pack-config" a "--policy-pack", in the same order, or none.',
      "--policy-pack-config",
    );
  }
  return packs.map((pack, index) => {
    const config = configs[index];
    return { pack: resolve(pack), ...(config === undefined ? {} : { config: resolve(config) }) };
  });
}

/** Runs an operation, passing on what the CLI prints, and reads what the engine told. */
export async function operate(pulumi: Pulumi, operation: Operation): Promise<Ended> {
  const { command, stack, packs, log, keep, interrupted, rewrite } = operation;
  const args = [
    ...command,
    ...["--stack", stack, "--event-log", log],
    ...packs.flatMap(({ pack }) => ["--policy-pack", pack]),
    ...packs.flatMap(({ config }) => (config === undefined ? [] : ["--policy-pack-config", config])),
  ];
  const end = await pulumi.show(args, interrupted, rewrite);
  const redact = (line: string): string => pulumi.redact(line);
  if (keep === undefined) return { end, events: await readEvents(log, redact) };
  const out = createWriteStream(keep);
  const events = await readEvents(log, redact, (line) => out.write(`${line}\n`));
  out.end();
  await finished(out);
  return { end, events };
}

/**
 * Why an operation ended badly: 1 when only policies stopped it, 2 when something else did.
 * @returns 0 when it succeeded.
 * @throws UsageError when the CLI says that it succeeded and the engine did not come to its end.
 */
export function statusOf({ end, events }: Ended): 0 | 1 | 2 {
  if (end === 0) {
    if (events.complete) return 0;
    throw new UsageError(
      "The Pulumi CLI ended with status 0, and its event log has no end. Put the real CLI on PATH, and run the command again.",
    );
  }
  return events.errors.length === 0 && events.violations.some(({ mandatory }) => mandatory) ? 1 : 2;
}
