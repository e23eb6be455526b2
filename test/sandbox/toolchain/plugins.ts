import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as esbuild from "esbuild";
import type { Processes } from "../processes";
import { compareVersions, isExecutable, onPath, type Tool, userEnvironment } from "./tool";

const SANDBOX = path.join(__dirname, "..");
const CHECKOUT = path.join(SANDBOX, "..", "..");

/**
 * Finds the engine's host for Node.js programs. It ships with the CLI and has the CLI's version, so it is looked for
 * beside it; a CLI that was built from source has none and gets the stand-in.
 */
export async function findLanguageHost(pulumi: Tool, work: string): Promise<Tool> {
  const name = "pulumi-language-nodejs";
  const beside = path.join(path.dirname(fs.realpathSync(pulumi.file)), name);
  if (isExecutable(beside))
    return { name, file: beside, version: pulumi.version, origin: "of the Pulumi CLI" };
  return standIn(name, path.join(SANDBOX, "language-host", "main.ts"), pulumi.version, work);
}

/**
 * Finds the AWS provider plugin: on PATH or among the installed plugins, of the release that the program is written
 * for or a later one of the same major version; else the stand-in.
 */
export async function findAwsProvider(processes: Processes, work: string): Promise<Tool> {
  const name = "pulumi-resource-aws";
  const wanted = installedVersion("@pulumi/aws");
  for (const file of [...onPath(name), ...installedPlugins(name)]) {
    const done = await processes.run(file, ["--version"], { env: userEnvironment(), timeoutSeconds: 60 });
    const version = /(\d+\.\d+\.\d+)/.exec(done.stdout)?.[1];
    if (done.status !== 0 || version === undefined) continue;
    if (version.split(".")[0] === wanted.split(".")[0] && compareVersions(version, wanted) >= 0) {
      return { name, file, version, origin: "installed" };
    }
  }
  return standIn(name, path.join(SANDBOX, "provider", "main.ts"), wanted, work);
}

/** The version of a package in the checkout's node_modules. */
export function installedVersion(name: string): string {
  const manifest = path.join(CHECKOUT, "node_modules", name, "package.json");
  return /"version"\s*:\s*"([^"]+)"/.exec(fs.readFileSync(manifest, "utf8"))?.[1] ?? "0.0.0";
}

function installedPlugins(name: string): readonly string[] {
  const plugins = path.join(process.env["PULUMI_HOME"] ?? path.join(os.homedir(), ".pulumi"), "plugins");
  if (!fs.existsSync(plugins)) return [];
  return fs
    .readdirSync(plugins)
    .filter((entry) => /^resource-aws-v\d/.test(entry))
    .map((entry) => path.join(plugins, entry, name))
    .filter(isExecutable);
}

/** Bundles a stand-in into the work folder and makes it executable under the name that the engine looks for. */
async function standIn(name: string, entry: string, version: string, work: string): Promise<Tool> {
  const bundle = path.join(work, `${name}.js`);
  await esbuild.build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "silent",
  });
  const file = path.join(work, name);
  const lines = [
    "#!/bin/sh",
    // The type declarations of the AWS package, which the provider reads its facts from, are in the checkout.
    `export COMPLIANCE_SANDBOX_MODULES=${quoted(CHECKOUT)}`,
    `exec ${quoted(process.execPath)} ${quoted(bundle)} "$@"`,
  ];
  fs.writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o755 });
  return { name, file, version, origin: "stand-in" };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
