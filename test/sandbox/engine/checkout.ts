import * as fs from "node:fs";
import * as path from "node:path";
import * as esbuild from "esbuild";
import type { Processes } from "../processes";
import { userEnvironment } from "../toolchain/tool";

/** The checkout that this file belongs to. */
export const CHECKOUT = path.join(__dirname, "..", "..", "..");

/**
 * Copies what git knows of the checkout, and what it does not know and does not ignore, so that the engine may write
 * stack settings there and `git status` stays clean. The dependencies are linked, not copied.
 *
 * @throws Error when the checkout is no git repository.
 */
export async function copyCheckout(processes: Processes, target: string): Promise<void> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const list = await processes.run("git", args, { cwd: CHECKOUT, env: userEnvironment() });
  if (list.status !== 0)
    throw new Error(`The sandbox copies a git checkout, and ${CHECKOUT} is none: ${list.stderr}`);
  for (const file of new Set(list.stdout.split("\0"))) {
    const from = path.join(CHECKOUT, file);
    if (file === "" || !fs.existsSync(from)) continue;
    const to = path.join(target, file);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.cpSync(from, to);
  }
  linkModules(target);
}

/** What the program imports. */
const IMPORTED = ["components", "packages", "rules"];

/**
 * Puts the JavaScript of what the program imports beside it, as the engine would make it anew for each of some hundred
 * runs: that takes most of a run's time. The program itself stays as it is.
 */
export async function compileImports(checkout: string): Promise<void> {
  const sources = IMPORTED.flatMap((folder) =>
    fs
      .readdirSync(path.join(checkout, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => path.join(checkout, folder, file)),
  );
  const shape = { format: "cjs", platform: "node", target: "node20", logLevel: "silent" } as const;
  await esbuild.build({ ...shape, entryPoints: sources, outdir: checkout, outbase: checkout });
}

/** Gives a folder the checkout's dependencies. */
export function linkModules(folder: string): void {
  fs.symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(folder, "node_modules"));
}
