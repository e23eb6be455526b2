import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

const ROOT = path.join(__dirname, "..", "..");

/** Runs the program of this repository, each time anew: a program runs by being loaded. */
export async function runProgram(): Promise<unknown> {
  const file = require.resolve("../../index");
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the module's cache has no other way to forget
  delete require.cache[file];
  return (await import(file)) as unknown;
}

/** Runs the program of an example, each time anew with all of its own files. */
export async function runExample(example: string): Promise<unknown> {
  const folder = path.join(ROOT, "examples", example);
  for (const file of Object.keys(require.cache)) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the module's cache has no other way to forget
    if (file.startsWith(folder + path.sep)) delete require.cache[file];
  }
  return (await import(path.join(folder, "index"))) as unknown;
}

/** What the stack of an example is configured with, as a program in the project "project" gets it. */
export function exampleConfig(example: string, stack: string): Readonly<Record<string, string>> {
  const shared = Object.entries(configIn(example, "Pulumi.yaml")).flatMap(
    ([key, { value, default: given }]) => {
      const found = value ?? given;
      return found === undefined ? [] : [[key, found] as const];
    },
  );
  const own = Object.entries(configIn(example, `Pulumi.${stack}.yaml`));
  return Object.fromEntries(
    [...shared, ...own].map(([key, value]) => [
      key.includes(":") ? key.replace(new RegExp(`^${example}:`), "project:") : `project:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function configIn(
  example: string,
  file: string,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const text = fs.readFileSync(path.join(ROOT, "examples", example, file), "utf8");
  return (parse(text) as { config: Record<string, Record<string, unknown>> }).config;
}
