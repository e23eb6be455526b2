import * as fs from "node:fs";
import * as path from "node:path";
import { loadPackages } from "../packages";

/**
 * Adds the controls of the packages that a file beside the pack lists: `{"compliance": {"packages": ["@acme/controls"]}}`,
 * found from its folder as Node.js does. A pack that is published names them among its dependencies as well.
 * Ends the process with all problems when one fails to load: a pack without it would let pass what it is to stop.
 * @param file - Its path; a pack without such a file has no packages.
 * @returns Whether there are packages.
 */
export function addPackages(file: string): boolean {
  if (!fs.existsSync(file)) return false;
  const own = entryOf(file);
  const problems = loadPackages(own, path.dirname(file), "compliance");
  if (problems.length > 0) end(problems.map(({ path: place, message }) => `${file}: ${place}: ${message}`));
  return typeof own === "object" && own !== null && "packages" in own;
}

function entryOf(file: string): unknown {
  try {
    const content: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    return typeof content === "object" && content !== null ? Reflect.get(content, "compliance") : undefined;
  } catch {
    return end([`${file}: It is not JSON that can be read. Correct it.`]);
  }
}

/** The engine shows what is written here, and refuses the operation. */
function end(lines: readonly string[]): never {
  for (const line of lines) console.error(`error: ${line}`);
  process.exit(1);
}
