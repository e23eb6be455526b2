import * as fs from "node:fs";
import * as path from "node:path";
import type { Processes } from "../processes";
import {
  cacheFolder,
  compareVersions,
  isExecutable,
  onPath,
  type Tool,
  ToolMissing,
  userEnvironment,
} from "./tool";

/** The oldest CLI with everything that the scenarios use: `policy analyze --file` came with it. */
export const OLDEST_PULUMI = "3.249.0";

const MODULE = "github.com/pulumi/pulumi/pkg/v3";
const HOW = `install it from https://www.pulumi.com/docs/install/ or put Go on PATH, with which it is built from source`;

/**
 * Finds the Pulumi CLI: on PATH, else in the cache, else built through the Go module proxy (about five minutes on two
 * cores, 2 GB of memory).
 *
 * @throws ToolMissing when it is nowhere and cannot be built.
 */
export async function findPulumi(processes: Processes, say: (line: string) => void): Promise<Tool> {
  for (const file of onPath("pulumi")) {
    const version = await versionOf(processes, file);
    if (version && compareVersions(version, OLDEST_PULUMI) >= 0) {
      return { name: "pulumi", file, version, origin: "on PATH" };
    }
    say(
      `pulumi on PATH (${file}) is ${version ?? "of no known version"}; ${OLDEST_PULUMI} or later is needed`,
    );
  }
  return (await cached(processes)) ?? build(processes, say);
}

/** `v3.274.1` as the CLI prints it, without the v; undefined when the file does not work. */
async function versionOf(processes: Processes, file: string): Promise<string | undefined> {
  const env = userEnvironment({ PULUMI_SKIP_UPDATE_CHECK: "true" });
  const { status, stdout } = await processes.run(file, ["version"], { env, timeoutSeconds: 60 });
  return status === 0 ? /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1] : undefined;
}

async function cached(processes: Processes): Promise<Tool | undefined> {
  const folder = cacheFolder("pulumi");
  if (!fs.existsSync(folder)) return undefined;
  const versions = fs
    .readdirSync(folder)
    .filter((entry) => /^\d+\.\d+\.\d+$/.test(entry) && compareVersions(entry, OLDEST_PULUMI) >= 0)
    .sort((a, b) => compareVersions(b, a));
  for (const version of versions) {
    const file = path.join(folder, version, "pulumi");
    if (isExecutable(file) && (await versionOf(processes, file)) === version) {
      return { name: "pulumi", file, version, origin: "built from source, cached" };
    }
  }
  return undefined;
}

async function build(processes: Processes, say: (line: string) => void): Promise<Tool> {
  if (onPath("go").length === 0) throw new ToolMissing(`The Pulumi CLI is not on PATH: ${HOW}.`);
  const work = cacheFolder("pulumi", "build");
  fs.rmSync(work, { recursive: true, force: true });
  fs.mkdirSync(work, { recursive: true });
  try {
    const problems: string[] = [];
    for (const version of await servedVersions(processes, work)) {
      say(`building pulumi ${version} from source (about five minutes, once)`);
      const problem = await buildVersion(processes, work, version);
      if (problem === undefined) {
        return { name: "pulumi", file: install(work, version), version, origin: "built from source" };
      }
      problems.push(`${version}: ${problem}`);
      say(`pulumi ${version} does not build: ${problem}`);
    }
    const why = problems.join("; ") || `the Go module proxy serves none from ${OLDEST_PULUMI} on`;
    throw new ToolMissing(`The Pulumi CLI cannot be built (${why}): ${HOW}.`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** The versions that the proxy serves and that are new enough, newest first. What is served changes over time. */
async function servedVersions(processes: Processes, work: string): Promise<readonly string[]> {
  const env = userEnvironment();
  const list = await processes.run("go", ["list", "-m", "-versions", MODULE], { cwd: work, env });
  if (list.status !== 0)
    throw new ToolMissing(`The Go module proxy does not answer (${lastLine(list.stderr)}): ${HOW}.`);
  return list.stdout
    .trim()
    .split(/\s+/)
    .filter((word) => /^v\d+\.\d+\.\d+$/.test(word))
    .map((word) => word.slice(1))
    .filter((version) => compareVersions(version, OLDEST_PULUMI) >= 0)
    .sort((a, b) => compareVersions(b, a));
}

/** Builds in the work folder. The module's own `replace` lines rule out `go install`, so an empty module asks for it. */
async function buildVersion(
  processes: Processes,
  work: string,
  version: string,
): Promise<string | undefined> {
  for (const file of fs.readdirSync(work)) fs.rmSync(path.join(work, file), { recursive: true, force: true });
  const link = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  const steps = [
    ["mod", "init", "pulumi.build/cli"],
    ["get", `${MODULE}/cmd/pulumi@v${version}`],
    ["build", "-ldflags", link, "-o", "pulumi", `${MODULE}/cmd/pulumi`],
  ];
  for (const step of steps) {
    const env = userEnvironment({ CGO_ENABLED: "0" });
    const done = await processes.run("go", step, { cwd: work, env, timeoutSeconds: 1800 });
    if (done.status !== 0) return lastLine(done.stderr);
  }
  const built = await versionOf(processes, path.join(work, "pulumi"));
  return built === version ? undefined : `the binary says that it is ${built ?? "broken"}`;
}

/** Moves the binary to its place in the cache in one step, so that an interrupted build leaves none behind. */
function install(work: string, version: string): string {
  const file = path.join(cacheFolder("pulumi", version), "pulumi");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.renameSync(path.join(work, "pulumi"), file);
  return file;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "no message";
}
