import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** The root of this repository. */
export const ROOT = join(__dirname, "../..");

/**
 * Inside `node_modules`, so that the bundle finds the packages that it does not hold; one for each process that runs
 * specs, since none may write what another runs.
 */
const BUNDLE = join(ROOT, `node_modules/.cache/compliance-cli-${process.env["MOCHA_WORKER_ID"] ?? "0"}`);

let built: Promise<string> | undefined;

/** Bundles the command from the sources as they are, once for all specs; the path of the bundle. */
export function bundle(): Promise<string> {
  return (built ??= buildBundle());
}

async function buildBundle(): Promise<string> {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- ts-node would make a require of it, which cannot load a module of this kind
  const module = (await new Function("path", "return import(path)")(
    pathToFileURL(join(ROOT, "scripts/build/cli.mjs")).href,
  )) as { buildCli(out: string): Promise<void> };
  await module.buildCli(BUNDLE);
  return join(BUNDLE, "compliance.js");
}

/** How a command ended and what it wrote. */
export interface Run {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node.js itself. */
  readonly nodeFlags?: readonly string[];
}

/** Runs the command as people do: a process of its own. */
export async function compliance(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return run(await bundle(), args, options);
}

/** Runs a script as {@link compliance} runs the command. */
export async function run(path: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [...(options.nodeFlags ?? []), path, ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, NO_COLOR: "1", ...options.env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  return new Promise((done) => {
    child.on("close", (status, signal) => done({ status, signal, stdout, stderr }));
  });
}

const folders: string[] = [];

/** A new folder with files, by path; objects are written as JSON. */
export function folder(files: Readonly<Record<string, unknown>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "compliance-test-"));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    );
  }
  return root;
}

/** A program in a new folder; it finds the packages of this repository. */
export function program(files: Readonly<Record<string, unknown>>): string {
  const root = folder({
    "Pulumi.yaml": "name: fixture\nruntime: nodejs\n",
    "package.json": { name: "fixture", version: "1.0.0" },
    ...files,
  });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"), "dir");
  return root;
}

/** Removes every folder that {@link folder} made; for `after`. */
export function removeFolders(): void {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
}

/** The URN of a resource in a test's stack. */
export const urn = (type: string, name: string): string => `urn:pulumi:dev::test::${type}::${name}`;

export const STACK_URN = urn("pulumi:pulumi:Stack", "test-dev");

/** A resource as a state file has it. */
export function resource(
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return { urn: urn(type, name), type, custom: true, id: `${name}-id`, parent: STACK_URN, inputs, ...more };
}

/** A volume that violates or satisfies ENCRYPTED_VOLUMES. */
export const volume = (name: string, encrypted: unknown): Readonly<Record<string, unknown>> =>
  resource("aws:ebs/volume:Volume", name, { availabilityZone: "us-east-1a", size: 8, encrypted });

/** The output of `pulumi stack export`. */
export function exported(resources: readonly unknown[], version: unknown = 3): object {
  const stack = { urn: STACK_URN, type: "pulumi:pulumi:Stack", custom: false };
  return { version, deployment: { manifest: {}, resources: [stack, ...resources] } };
}

/** What a JSON report says, as far as specs read it. */
export interface JsonReport {
  readonly selection: { readonly controls: number; readonly frameworks: readonly string[] };
  readonly sources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly resources: number;
    readonly notes: readonly string[];
    readonly uncovered: readonly { readonly type: string; readonly resources: number }[];
    readonly opaque: readonly string[];
  }[];
  readonly results: readonly {
    readonly source: string;
    readonly control: string;
    readonly urn: string;
    readonly verdict: string;
    readonly level: string;
    readonly message: string;
    readonly exemption?: { readonly reason: string };
  }[];
  readonly errors: readonly { readonly source: string; readonly message: string }[];
  readonly exemptions: { readonly expired: readonly unknown[]; readonly unused: readonly unknown[] };
  readonly summary: Readonly<Record<string, number>>;
}

/** The report of `check --format json`. */
export async function checkJson(
  args: readonly string[],
  options: RunOptions = {},
): Promise<Run & { readonly report: JsonReport }> {
  const run = await compliance(["check", ...args, "--format", "json"], options);
  return { ...run, report: JSON.parse(run.stdout) as JsonReport };
}

/** Resolves when a process has ended, which a kill does not wait for; a spec's time limit is the limit. */
export async function gone(pid: string): Promise<void> {
  // One that ended and that nobody waits for stays in the list as a zombie.
  const isRunning = (): boolean =>
    !/^(Z.*)?\s*$/.test(spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout);
  while (isRunning()) await new Promise((done) => setTimeout(done, 20));
}

/** Resolves when a file is there. */
export function appears(root: string, name: string): Promise<void> {
  return new Promise((done) => {
    const watcher = watch(root, () => {
      if (!existsSync(join(root, name))) return;
      watcher.close();
      done();
    });
    if (existsSync(join(root, name))) {
      watcher.close();
      done();
    }
  });
}
