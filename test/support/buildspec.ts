import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import * as yaml from "yaml";

/** The phases of a build, in CodeBuild's order. */
export const PHASES = ["install", "pre_build", "build", "post_build"] as const;
export type PhaseName = (typeof PHASES)[number];

/** A phase of a buildspec, as far as it is run. */
export interface Phase {
  readonly "on-failure"?: string;
  readonly commands: readonly string[];
  readonly finally?: readonly string[];
}

/** A buildspec, as far as tests read it; `buildspec.schema.json` has all of it. */
export interface Buildspec {
  readonly version: number;
  readonly env?: {
    readonly variables?: Readonly<Record<string, string>>;
    readonly "exported-variables"?: readonly string[];
  };
  readonly phases: Readonly<Partial<Record<PhaseName, Phase>>>;
  readonly reports?: Readonly<Record<string, FileSet>>;
  readonly artifacts?: FileSet;
  readonly cache?: { readonly paths: readonly string[] };
}

interface FileSet {
  readonly "base-directory"?: string;
  readonly files: readonly string[];
}

/** How a phase ended. */
export interface PhaseRun {
  readonly name: PhaseName;
  readonly status: number;
  /** What it printed, on both streams. */
  readonly log: string;
}

/** How a build ended. */
export interface BuildspecRun {
  readonly status: "SUCCEEDED" | "FAILED";
  /** The phases that ran. */
  readonly phases: readonly PhaseRun[];
  /** Everything that was printed. */
  readonly log: string;
  /** Values of the exported variables; those that were never set are left out. */
  readonly exported: Readonly<Record<string, string>>;
}

export interface BuildspecOptions {
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the source. */
  readonly cwd: string;
  /** Folders that come first on PATH, for stand-ins of tools. */
  readonly path?: readonly string[];
  /** The shell. @defaultValue sh */
  readonly shell?: string;
}

/** Reads a buildspec. */
export function readBuildspec(file: string): Buildspec {
  return yaml.parse(readFileSync(file, "utf8")) as Buildspec;
}

/**
 * Runs a buildspec as CodeBuild does: all commands in one shell, whose variables and folder live on from phase to phase;
 * a phase ends at the first command that fails; `finally` always runs; after a failure only post_build is tried, and not
 * even that when the phase says ABORT or comes before build.
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html
 */
export async function runBuildspec(file: string, options: BuildspecOptions): Promise<BuildspecRun> {
  const spec = readBuildspec(file);
  const scratch = mkdtempSync(join(tmpdir(), "buildspec-"));
  try {
    const shell = new Shell(scratch, spec, options);
    const phases: PhaseRun[] = [];
    let failed = false;
    for (const name of PHASES) {
      const phase = spec.phases[name];
      if (phase === undefined || (failed && name !== "post_build")) continue;
      const run = await shell.phase(name, phase, failed);
      phases.push(run);
      failed ||= run.status !== 0;
      if (run.status !== 0 && (phase["on-failure"] === "ABORT" || name === "install" || name === "pre_build"))
        break;
    }
    return {
      status: failed ? "FAILED" : "SUCCEEDED",
      phases,
      log: phases.map(({ log }) => log).join(""),
      exported: shell.exported(spec.env?.["exported-variables"] ?? []),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Copies the output artefact of a build, as CodePipeline hands it to a later action.
 * @returns the copied paths, relative to the artefact, sorted.
 */
export function copyArtifact(file: string, cwd: string, to: string): readonly string[] {
  const { artifacts } = readBuildspec(file);
  if (artifacts === undefined) return [];
  const base = join(cwd, artifacts["base-directory"] ?? ".");
  const files = matching(base, artifacts.files);
  for (const path of files) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(base, path), join(to, path));
  }
  return files;
}

/** The files of a report group, relative to the source. */
export function reportFiles(file: string, cwd: string, group: string): readonly string[] {
  const report = readBuildspec(file).reports?.[group];
  if (report === undefined) return [];
  const base = report["base-directory"] ?? ".";
  return matching(join(cwd, base), report.files).map((path) => join(base, path));
}

/** One shell, as far as a process can be taken up by the next. */
class Shell {
  private readonly state: string;
  private readonly folder: string;

  public constructor(
    private readonly scratch: string,
    spec: Buildspec,
    private readonly options: BuildspecOptions,
  ) {
    this.state = join(scratch, "variables");
    this.folder = join(scratch, "folder");
    const variables = Object.entries(spec.env?.variables ?? {});
    // A variable of the project or the action counts more than one of the buildspec.
    const own = variables.filter(([name]) => options.env[name] === undefined);
    writeFileSync(this.state, own.map(([name, value]) => `export ${name}=${quoted(value)}\n`).join(""));
    writeFileSync(this.folder, options.cwd);
  }

  public async phase(name: PhaseName, phase: Phase, failed: boolean): Promise<PhaseRun> {
    const first = await this.run(phase.commands, failed);
    const last = phase.finally === undefined ? undefined : await this.run(phase.finally, first.status !== 0);
    const status = first.status !== 0 ? first.status : (last?.status ?? 0);
    return { name, status, log: first.log + (last?.log ?? "") };
  }

  public exported(names: readonly string[]): Readonly<Record<string, string>> {
    const file = join(this.scratch, "exported");
    if (!existsSync(file)) return {};
    const all = readFileSync(file, "utf8").split("\0");
    const values = new Map(
      all.map((line): [string, string] => [line.split("=")[0] ?? "", line.slice(line.indexOf("=") + 1)]),
    );
    return Object.fromEntries(
      names.flatMap((name) => (values.has(name) ? [[name, values.get(name) ?? ""]] : [])),
    );
  }

  private async run(commands: readonly string[], failed: boolean): Promise<{ status: number; log: string }> {
    const script = join(this.scratch, "script");
    const keep = `export -p >${quoted(this.state)}; env -0 >${quoted(join(this.scratch, "exported"))}; pwd >${quoted(this.folder)}`;
    writeFileSync(
      script,
      [
        `. ${quoted(this.state)}`,
        `cd "$(cat ${quoted(this.folder)})"`,
        `export CODEBUILD_BUILD_SUCCEEDING=${failed ? 0 : 1}`,
        `trap ${quoted(keep)} EXIT`,
        ...commands.map((command) => `${command}\nstatus=$?; [ $status -eq 0 ] || exit $status`),
        "",
      ].join("\n"),
    );
    const { env, path = [], shell = "sh" } = this.options;
    const search = [...path, env["PATH"] ?? "/usr/bin:/bin"].join(delimiter);
    const child = spawn(shell, [script], {
      env: { ...env, PATH: search },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (log += text));
    return new Promise((done, fail) => {
      child.once("error", fail);
      child.once("close", (status) => done({ status: status ?? 128, log }));
    });
  }
}

/** Files below a folder that match one of the patterns: `**` and `*` as CodeBuild takes them. */
function matching(base: string, patterns: readonly string[]): readonly string[] {
  if (!existsSync(base)) return [];
  const expressions = patterns.map(
    (pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replace(/\*\*\/\*|\*\*|\*/g, (star) => (star === "*" ? "[^/]*" : ".*"))}$`,
      ),
  );
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1))
    .filter((file) => expressions.some((expression) => expression.test(file)))
    .sort();
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
