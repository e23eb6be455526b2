import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { printable } from "../../rules";
import { systemReason, UsageError } from "../errors";
import { isObject, own } from "../sources/json";
import type { Json } from "../sources/json";
import { TOOL } from "../version";
import { FILES } from "./folder";
import { fileHash, packHash } from "./hashes";
import type { StackPlace } from "./stack";

/** The shape of the manifest; a deployment refuses another. */
const VERSION = 1;

/** What a preview was made from. Hashes are SHA-256 in hexadecimal digits; `none` stands for a file that is not there. */
export interface Facts {
  readonly stack: string;
  readonly commit: string;
  /** The version of the Pulumi CLI. */
  readonly cli: string;
  /** The version of this command. */
  readonly tool: string;
  readonly lockFile: string;
  readonly stackFile: string;
  /** One entry a policy pack, in the order given. */
  readonly policyPacks: readonly { readonly pack: string; readonly config: string }[];
  /** The hash of the stack's state. */
  readonly checkpoint: string;
}

/** What stands beside a plan: a plan itself knows neither commit nor state. */
export interface Manifest extends Facts {
  readonly version: typeof VERSION;
  /** When the preview ended, in UTC. */
  readonly time: string;
  /** The hash of the plan; `none` when the steps are compared instead. */
  readonly plan: string;
  /** The hash of the list of steps. */
  readonly steps: string;
}

/** A policy pack with its configuration. */
export interface Pack {
  readonly pack: string;
  readonly config?: string;
}

/** What both ends find out for themselves. */
export async function factsOf(
  place: StackPlace,
  packs: readonly Pack[],
  found: Pick<Facts, "commit" | "cli" | "checkpoint">,
): Promise<Facts> {
  const policyPacks: Facts["policyPacks"][number][] = [];
  for (const { pack, config } of packs)
    policyPacks.push({ pack: await packHash(pack), config: await hashOf(config) });
  return {
    stack: `${place.project}/${place.name}`,
    tool: TOOL.version,
    ...found,
    lockFile: await hashOf(place.lockFile),
    stackFile: await hashOf(place.stackFile),
    policyPacks,
  };
}

/** The manifest of a preview that has just ended. */
export async function manifestOf(facts: Facts, path: (file: string) => string, now: Date): Promise<Manifest> {
  return {
    version: VERSION,
    time: now.toISOString(),
    ...facts,
    plan: existsSync(path(FILES.plan)) ? await fileHash(path(FILES.plan)) : "none",
    steps: await fileHash(path(FILES.steps)),
  };
}

/**
 * Reads the manifest in the folder of a preview.
 * @throws UsageError when there is none, or it is damaged.
 */
export function readManifest(folder: string): Manifest {
  const file = join(folder, FILES.manifest);
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(file, "it is no JSON");
    throw new UsageError(
      `There is no manifest of a preview. ${systemReason(error)}. Give the folder that "compliance deliver preview" ` +
        "wrote and that it ended with status 0.",
      file,
      { cause: error },
    );
  }
  if (!isObject(document)) throw damaged(file, "it is no JSON object");
  const given: Json = document;
  if (own(given, "version") !== VERSION)
    throw damaged(
      file,
      `its version is ${JSON.stringify(own(given, "version") ?? null)}, and ${VERSION} is known`,
    );
  const text = (name: string): string => {
    const value = own(given, name);
    if (typeof value !== "string" || value === "") throw damaged(file, `"${name}" is no text`);
    return value;
  };
  const time = text("time");
  if (Number.isNaN(Date.parse(time))) throw damaged(file, '"time" is no time');
  return {
    version: VERSION,
    time,
    stack: text("stack"),
    commit: text("commit"),
    cli: text("cli"),
    tool: text("tool"),
    lockFile: text("lockFile"),
    stackFile: text("stackFile"),
    policyPacks: packsOf(own(given, "policyPacks"), file),
    checkpoint: text("checkpoint"),
    plan: text("plan"),
    steps: text("steps"),
  };
}

function packsOf(value: unknown, file: string): Facts["policyPacks"] {
  if (!Array.isArray(value)) throw damaged(file, '"policyPacks" is no list');
  return value.map((item: unknown) => {
    const [pack, config] = isObject(item) ? [own(item, "pack"), own(item, "config")] : [];
    if (typeof pack !== "string" || typeof config !== "string")
      throw damaged(file, '"policyPacks" has an entry without "pack" and "config"');
    return { pack, config };
  });
}

const damaged = (file: string, why: string): UsageError =>
  new UsageError(`The manifest cannot be used: ${printable(why)}. Preview again.`, file);

const hashOf = (file: string | undefined): string | Promise<string> =>
  file === undefined ? "none" : fileHash(file);
