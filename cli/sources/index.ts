import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileProblem, systemReason, UsageError } from "../errors";
import { readDocument } from "./file";
import { readSource, readStream } from "./read";
import type { FailedSource, Source, SourceOptions } from "./types";

export type { FailedSource, Source, SourceKind, SourceOptions } from "./types";

/** The files that make a folder a program. */
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

/**
 * The sources that a PATH stands for, one after the other, so that only one is in memory at a time. A source that
 * cannot be read does not stop the others.
 */
export async function* sourcesOf(
  path: string,
  options: SourceOptions,
): AsyncGenerator<Source | FailedSource, void> {
  let names: readonly string[];
  try {
    if (path === "-") {
      yield readDocument(await readStream(options.stdin, "standard input"), "standard input");
      return;
    }
    if (!kindOf(path).isDirectory()) {
      yield readDocument(readSource(path), path);
      return;
    }
    const project = PROJECT_FILES.find((file) => isFile(join(path, file)));
    if (project !== undefined) {
      const { recordProgram } = await import("./program");
      yield await recordProgram(path, join(path, project), options);
      return;
    }
    names = namesIn(path);
  } catch (error) {
    const problem = error instanceof UsageError ? error : fileProblem(error);
    if (problem === undefined) throw error;
    yield { name: path === "-" ? "standard input" : path, error: problem };
    return;
  }
  yield* filesOf(path, names);
}

const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(".json"))
    .map((entry) => entry.name)
    .sort();

function* filesOf(folder: string, names: readonly string[]): Generator<Source | FailedSource, void> {
  if (names.length === 0) {
    const message =
      'The folder has neither a "Pulumi.yaml" nor a ".json" file. Give a Pulumi program, or a folder of state exports.';
    yield { name: folder, error: new UsageError(message, folder) };
  }
  for (const name of names) {
    const path = join(folder, name);
    try {
      yield readDocument(readSource(path), path);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      yield { name: path, error };
    }
  }
}

function kindOf(path: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(path);
  } catch (error) {
    throw new UsageError(
      `${systemReason(error)}. Give a folder with a "Pulumi.yaml", a state export, a preview, or a folder of those.`,
      path,
      { cause: error },
    );
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
