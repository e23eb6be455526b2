import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { compileImports, copyCheckout } from "./engine/checkout";
import { engineEnvironment, REGION, sandboxVariables } from "./engine/environment";
import { awsClients, LocalAws } from "./local-aws";
import { parseOptions, type SandboxOptions, USAGE } from "./options";
import { Processes } from "./processes";
import { runScenarios } from "./runner";
import type { Sandbox, Scenario } from "./scenario";
import { scenarios } from "./scenarios";
import { findToolchain, type Tool, type Toolchain, ToolMissing } from "./toolchain";

const BAD_USAGE = 2;
const TOOL_MISSING = 3;

// The SDK's notice about coming Node releases would end up between the lines of progress.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

const processes = new Processes();
const work = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "compliance-sandbox-"));
let interrupted = false;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs what was asked for and gives the exit status. */
async function main(): Promise<number> {
  const options = readOptions();
  if (!options) return BAD_USAGE;
  const chosen = scenarios.filter((scenario) => isChosen(scenario, options.only));
  if (options.help) print(USAGE);
  if (options.list) for (const scenario of chosen) print(nameOf(scenario));
  if (options.help || options.list) return 0;
  if (chosen.length === 0) {
    process.stderr.write(`No scenario matches ${String(options.only)}; --list prints the titles.\n`);
    return BAD_USAGE;
  }
  const toolchain = await findToolchain(processes, work, print);
  for (const tool of [toolchain.pulumi, toolchain.languageHost, toolchain.awsProvider, toolchain.moto])
    describe(tool);
  return runIn(toolchain, chosen, options);
}

/** A scenario goes on with what the others of its group left, so a group runs whole. */
function isChosen({ title, group }: Scenario, only: RegExp | undefined): boolean {
  if (only === undefined) return true;
  if (group === undefined) return only.test(title);
  return scenarios.some((other) => other.group === group && only.test(nameOf(other)));
}

function nameOf({ group, title }: Scenario): string {
  return group === undefined ? title : `${group}: ${title}`;
}

function readOptions(): SandboxOptions | undefined {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
    return undefined;
  }
}

function describe({ name, version, origin }: Tool): void {
  print(`${name} ${version} (${origin})`);
}

async function runIn(
  toolchain: Toolchain,
  chosen: readonly Scenario[],
  options: SandboxOptions,
): Promise<number> {
  // A deployment waits as long as it works, so two places end sooner than one. By hand, one is plainer.
  const places = options.keep ? [1] : [1, 2];
  const prepared = await Promise.all(
    places.map((place) => prepare(toolchain, path.join(work, String(place)))),
  );
  const sandboxes = prepared.map(({ sandbox }) => sandbox);
  let failures = 0;
  if (!options.keep || options.only) {
    const tally = await runScenarios(chosen, sandboxes, print, () => interrupted);
    if (interrupted) print("interrupted");
    const left = await processes.leftovers(sandboxes.map(({ aws }) => aws.child));
    for (const { pid, command } of left) print(`✗ a process is left behind: ${pid} ${command}`);
    failures = tally.failed + left.length;
    print(`\n${tally.passed} passed, ${failures} failed`);
  }
  const [first] = prepared;
  if (first && options.keep && !interrupted)
    await keep(sandboxVariables(first.place), first.sandbox.checkout);
  for (const { aws } of sandboxes) await aws.stop();
  return failures === 0 && !interrupted ? 0 : 1;
}

/**
 * Makes a place for scenarios: a local AWS, and a copy of the checkout, built, so that what runs is what the sources
 * say now.
 */
async function prepare(toolchain: Toolchain, folder: string) {
  const checkout = path.join(folder, "checkout");
  const logs = path.join(folder, "logs");
  fs.mkdirSync(logs, { recursive: true });
  const startAws = (): Promise<LocalAws> => LocalAws.start(processes, toolchain.moto.file);
  const aws = await startAws();
  const place = { work: folder, bin: toolchain.bin, endpoint: aws.endpoint };
  const env = engineEnvironment(place);
  await copyCheckout(processes, checkout);
  const built = await processes.run(process.execPath, ["scripts/build.mjs"], { cwd: checkout, env });
  if (built.status !== 0) throw new Error(`The checkout does not build:\n${built.stdout}${built.stderr}`);
  await compileImports(checkout);
  print(`copied and built the checkout; local AWS at ${aws.endpoint}`);
  const clients = awsClients(aws.endpoint, REGION);
  const engine = { processes, env, logs };
  const sandbox: Sandbox = { processes, aws, startAws, clients, work: folder, checkout, engine };
  return { place, sandbox };
}

/** Prints what a shell needs, and waits for Ctrl-C. */
async function keep(variables: Readonly<Record<string, string>>, checkout: string): Promise<void> {
  print("\nEverything stays up until Ctrl-C. In another shell:\n");
  const tools = variables["PATH"]?.split(path.delimiter)[0] ?? "";
  print(`export PATH=${quoted(tools)}:"$PATH"`);
  // A shell keeps its own home: what would be looked for there is named by variables of its own.
  for (const [name, value] of Object.entries(variables)) {
    if (name !== "PATH" && name !== "HOME") print(`export ${name}=${quoted(value)}`);
  }
  print(`alias compliance='${process.execPath} ${checkout}/dist/compliance.js'`);
  print(`cd ${checkout}`);
  print("\nThen, for example:\n");
  print("pulumi stack init dev && pulumi up --policy-pack policypack");
  print("aws configservice describe-config-rules");
  print("compliance check .");
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (!interrupted) return;
      clearInterval(look);
      resolve();
    }, 100);
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The first signal ends the sandbox in order; a second one does not wait. */
function interrupt(): void {
  if (interrupted) process.exit(1);
  interrupted = true;
  void processes.stopAll();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);

main()
  .catch((error: unknown) => {
    if (error instanceof ToolMissing) {
      process.stderr.write(`${error.message}\n`);
      return TOOL_MISSING;
    }
    if (!interrupted)
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  })
  .then(async (status) => {
    await processes.stopAll();
    fs.rmSync(work, { recursive: true, force: true });
    process.exit(status);
  })
  .catch(() => process.exit(1));
