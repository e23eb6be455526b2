import * as fs from "node:fs";
import * as path from "node:path";
import type { Processes } from "../processes";
import { cacheFolder, isExecutable, onPath, type Tool, ToolMissing, userEnvironment } from "./tool";

/** The release of moto that the scenarios were written against; what it lacks changes from release to release. */
export const MOTO_VERSION = "5.2.5";

const PACKAGE = `moto[server]==${MOTO_VERSION}`;
const HOW = `install Python 3.10 or later with venv and pip, or run: pip install "${PACKAGE}"`;
const ASK = "import moto, sys; assert sys.version_info >= (3, 10); print(moto.__version__)";

/**
 * Finds a Python that has the pinned moto: the one of a `moto_server` on PATH when it is of that version, else a
 * virtual environment in the cache, which is made when it is missing (20 s, 320 MB).
 *
 * @throws ToolMissing when there is no Python, or the package cannot be installed.
 */
export async function findMoto(processes: Processes, say: (line: string) => void): Promise<Tool> {
  for (const server of onPath("moto_server")) {
    const python = interpreterOf(server);
    if (python && (await versionOf(processes, python)) === MOTO_VERSION) return tool(python, "on PATH");
  }
  const folder = cacheFolder("moto", MOTO_VERSION);
  const python = path.join(folder, "bin", "python");
  if (isExecutable(python) && (await versionOf(processes, python)) === MOTO_VERSION)
    return tool(python, "cached");
  return install(processes, folder, say);
}

function tool(file: string, origin: string): Tool {
  return { name: "moto", file, version: MOTO_VERSION, origin };
}

/** The Python that a console script names in its first line; undefined for launchers of other kinds. */
function interpreterOf(script: string): string | undefined {
  const first = fs.readFileSync(script, "utf8").split("\n", 1)[0] ?? "";
  const file = /^#!\s*(\/\S*python[\d.]*)\s*$/.exec(first)?.[1];
  return file && isExecutable(file) ? file : undefined;
}

async function versionOf(processes: Processes, python: string): Promise<string | undefined> {
  const done = await processes.run(python, ["-c", ASK], { env: userEnvironment(), timeoutSeconds: 60 });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

async function install(processes: Processes, folder: string, say: (line: string) => void): Promise<Tool> {
  const python = onPath("python3")[0];
  if (python === undefined)
    throw new ToolMissing(`moto ${MOTO_VERSION} is not here and Python neither: ${HOW}.`);
  say(`installing moto ${MOTO_VERSION} into a virtual environment (once)`);
  // A virtual environment cannot be moved, so it is made in place; one that was left half made is not of that version
  // and comes here again.
  fs.rmSync(folder, { recursive: true, force: true });
  const inside = path.join(folder, "bin", "python");
  const steps = [
    { command: python, args: ["-m", "venv", folder] },
    { command: inside, args: ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE] },
  ];
  for (const { command, args } of steps) {
    const done = await processes.run(command, args, { env: userEnvironment(), timeoutSeconds: 900 });
    if (done.status !== 0) {
      const said = (done.stderr || done.stdout).trim().split("\n").at(-1) ?? "no message";
      throw new ToolMissing(`moto ${MOTO_VERSION} cannot be installed (${said}): ${HOW}.`);
    }
  }
  if ((await versionOf(processes, inside)) !== MOTO_VERSION) {
    throw new ToolMissing(`The virtual environment in ${folder} does not work; remove it, and ${HOW}.`);
  }
  return tool(inside, "installed");
}
