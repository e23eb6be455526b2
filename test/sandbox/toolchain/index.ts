import * as fs from "node:fs";
import * as path from "node:path";
import type { Processes } from "../processes";
import { findMoto } from "./moto";
import { findAwsProvider, findLanguageHost } from "./plugins";
import { findPulumi } from "./pulumi";
import type { Tool } from "./tool";

export { type Tool, ToolMissing } from "./tool";

/** Everything that the sandbox needs besides Node.js and the checkout. */
export interface Toolchain {
  readonly pulumi: Tool;
  readonly languageHost: Tool;
  readonly awsProvider: Tool;
  /** The Python interpreter that has moto. */
  readonly moto: Tool;
  /** A folder that holds the first three under the names by which the engine looks for them; first on its PATH. */
  readonly bin: string;
}

/**
 * Finds or obtains the toolchain.
 *
 * @param work - the sandbox's work folder, for what is built anew in each run.
 * @throws ToolMissing with one line for the first tool that cannot be had.
 */
export async function findToolchain(
  processes: Processes,
  work: string,
  say: (line: string) => void,
): Promise<Toolchain> {
  const standIns = path.join(work, "stand-ins");
  const bin = path.join(work, "bin");
  for (const folder of [standIns, bin]) fs.mkdirSync(folder, { recursive: true });
  const moto = await findMoto(processes, say);
  const pulumi = await findPulumi(processes, say);
  const languageHost = await findLanguageHost(pulumi, standIns);
  const awsProvider = await findAwsProvider(processes, standIns);
  for (const tool of [pulumi, languageHost, awsProvider])
    fs.symlinkSync(tool.file, path.join(bin, tool.name));
  return { pulumi, languageHost, awsProvider, moto, bin };
}
