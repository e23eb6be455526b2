import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A program that the sandbox uses. */
export interface Tool {
  /** The name of the executable, as it is called on PATH. */
  readonly name: string;
  /** The executable's absolute path. */
  readonly file: string;
  readonly version: string;
  /** Where it came from, in words for the user: "on PATH", "built from source", "stand-in". */
  readonly origin: string;
}

/** A tool cannot be had on this machine; the message is one line and says how to get it. */
export class ToolMissing extends Error {}

/** Where obtained tools are kept between runs, outside the checkout, one folder a tool and version. */
export function cacheFolder(...parts: readonly string[]): string {
  const base = process.env["XDG_CACHE_HOME"] ?? path.join(os.homedir(), ".cache");
  return path.join(base, "continuous-compliance", ...parts);
}

/** The executables of that name on the user's PATH, in the order of PATH. */
export function onPath(name: string): readonly string[] {
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, name))
    .filter(isExecutable);
}

/** Whether the file exists and may be run. */
export function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Orders two versions such as `3.274.1` or `v3.60.0`: negative when the first is older, 0 when they are the same.
 * A pre-release counts as older than the release of the same number.
 */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [numbersOf(left), numbersOf(right)];
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(right.includes("-")) - Number(left.includes("-"));
}

function numbersOf(version: string): readonly number[] {
  return (version.replace(/^v/, "").split(/[-+]/)[0] ?? "").split(".").map(Number);
}

/** The environment in which tools are looked at and built: the user's own, for it holds their registry settings. */
export function userEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  return { ...env, ...extra };
}
