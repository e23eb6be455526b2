import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { copyCheckout } from "./engine/checkout";
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
  const chosen = scenarios.filter((scenario) => options.only?.test(nameOf(scenario)) ?? true);
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
  const aws = await LocalAws.start(processes, toolchain.moto.file);
  const place = { work, bin: toolchain.bin, endpoint: aws.endpoint };
  print(`local AWS at ${aws.endpoint}`);
  const sandbox = {
    ...(await prepare(aws, engineEnvironment(place))),
    startAws: () => LocalAws.start(processes, toolchain.moto.file),
  };
  let failures = 0;
  if (!options.keep || options.only) {
    const tally = await runScenarios(chosen, sandbox, print, () => interrupted);
    if (interrupted) print("interrupted");
    const left = await processes.leftovers([aws.child]);
    for (const { pid, command } of left) print(`  ✗ a process is left behind: ${pid} ${command}`);
    failures = tally.failed + left.length;
    print(`\n${tally.passed} passed, ${failures} failed`);
  }
  if (options.keep && !interrupted) await keep(sandboxVariables(place), sandbox.checkout);
  await aws.stop();
  return failures === 0 && !interrupted ? 0 : 1;
}

/** Copies and builds the checkout, so that what runs is what the sources say now. */
async function prepare(
  aws: LocalAws,
  env: Readonly<Record<string, string>>,
): Promise<Omit<Sandbox, "startAws">> {
  const checkout = path.join(work, "checkout");
  const logs = path.join(work, "logs");
  fs.mkdirSync(logs);
  await copyCheckout(processes, checkout);
  const built = await processes.run(process.execPath, ["scripts/build.mjs"], { cwd: checkout, env });
  if (built.status !== 0) throw new Error(`The checkout does not build:\n${built.stdout}${built.stderr}`);
  print("copied and built the checkout");
  const clients = awsClients(aws.endpoint, REGION);
  return { processes, aws, clients, work, checkout, engine: { processes, env, logs } };
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
