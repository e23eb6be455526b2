import * as fs from "node:fs";
import * as path from "node:path";
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

/** Gives a folder the checkout's dependencies. */
export function linkModules(folder: string): void {
  fs.symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(folder, "node_modules"));
}
