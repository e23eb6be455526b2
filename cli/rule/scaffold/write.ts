import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { systemReason, UsageError } from "../../errors";
import { onInterrupt } from "../../interrupt";
import { CONTROLS_FOLDER, controlNames, registrationFiles } from "../registration";
import { casesFile } from "./cases-file";
import type { Scaffold } from "./facts";
import { handlerFile } from "./handler-file";
import { indexFile } from "./index-file";

/** What `npm run generate` writes after the registration: pages, the pack's profiles and more. */
const GENERATE = ["-r", "ts-node/register/transpile-only", "scripts/generate.ts"];
/** What of that changes with a control. */
const GENERATED = ["docs/controls", "policypack/profiles", "policypack/remediation.json"];

/** The files of a new control by name, formatted as everything else in the checkout. */
export async function scaffoldFiles(
  root: string,
  scaffold: Scaffold,
): Promise<Readonly<Record<string, string>>> {
  const { format, resolveConfig } = await import("prettier").catch((error: unknown) => {
    throw new UsageError('The package "prettier" is not installed. Run "npm ci".', undefined, {
      cause: error,
    });
  });
  const files = {
    "index.ts": indexFile(scaffold),
    "cases.ts": casesFile(scaffold),
    "handler.ts": handlerFile(scaffold),
  };
  const options = await resolveConfig(join(root, CONTROLS_FOLDER, scaffold.name, "index.ts"));
  const formatted = Object.entries(files).map(
    async ([file, text]) => [file, await format(text, { ...options, parser: "typescript" })] as const,
  );
  return Object.fromEntries(await Promise.all(formatted));
}

/**
 * Writes a new control, registers it and generates what follows from it: all of that or nothing, also when the command
 * is interrupted.
 * @throws UsageError when the checkout cannot be written, or does not generate.
 */
export async function writeScaffold(root: string, scaffold: Scaffold): Promise<void> {
  const files = await scaffoldFiles(root, scaffold);
  const target = join(root, CONTROLS_FOLDER, scaffold.name);
  const place = `${CONTROLS_FOLDER}/${scaffold.name}`;
  const undo: (() => void)[] = [];
  const undoAll = (): void =>
    undo
      .splice(0)
      .reverse()
      .forEach((step) => step());
  let generation: Generation | undefined;
  const done = onInterrupt(async () => {
    await generation?.stop();
    undoAll();
  });
  try {
    // Beside the controls, where nobody takes it for one.
    const work = mkdtempSync(join(root, "rules", ".new-"));
    undo.push(() => rmSync(work, { recursive: true, force: true }));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(work, file), text);
    renameSync(work, target);
    undo.push(() => rmSync(target, { recursive: true, force: true }));
    for (const [file, text] of Object.entries(registrationFiles(controlNames(root)))) {
      const path = join(root, file);
      const before = readFileSync(path, "utf8");
      undo.push(() => writeFileSync(path, before));
      writeFileSync(path, text);
    }
    undo.push(restoring(root));
    generation = startGeneration(root);
    await generation.ended;
    undo.length = 0;
  } catch (error) {
    undoAll();
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `The control cannot be written. ${systemReason(error)}. Nothing was kept of it.`,
      place,
      { cause: error },
    );
  } finally {
    done();
  }
}

/** Remembers what generation changes with a control; the result puts it back. */
function restoring(root: string): () => void {
  const files = (): string[] =>
    GENERATED.flatMap((path) => {
      const place = join(root, path);
      if (!existsSync(place)) return [];
      return statSync(place).isFile() ? [place] : readdirSync(place).map((name) => join(place, name));
    });
  const before = new Map(files().map((file) => [file, readFileSync(file)]));
  return () => {
    const now = new Set(files());
    for (const file of now) if (!before.has(file)) rmSync(file);
    for (const [file, content] of before)
      if (!now.has(file) || !content.equals(readFileSync(file))) writeFileSync(file, content);
  };
}

/** A run of the generation. */
interface Generation {
  /** @throws UsageError when it fails. */
  readonly ended: Promise<void>;
  /** Stops it, and waits until it writes no more. */
  readonly stop: () => Promise<void>;
}

function startGeneration(root: string): Generation {
  const running = promisify(execFile)(process.execPath, GENERATE, { cwd: root });
  return {
    ended: running.then(
      () => undefined,
      (error: unknown) => {
        throw generationError(error, root);
      },
    ),
    stop: async () => {
      running.child.kill();
      await running.catch(() => undefined);
    },
  };
}

function generationError(error: unknown, root: string): UsageError {
  const lines = error instanceof Error && "stderr" in error ? String(error.stderr).split("\n") : [];
  // What the compiler says, else what was thrown: before that comes the line of source which threw it.
  const line =
    [/^error TS\d+: /, /^\w*Error\b[^:]*: ./, /error/i].flatMap((pattern) =>
      lines.filter((one) => pattern.test(one)),
    )[0] ?? (error instanceof Error ? error.message : "");
  return new UsageError(
    `Its page and the other generated files cannot be made: ${line.trim().replace(/\.$/, "")}. Nothing was kept of the control. Run "npm ci" and "npm run generate", and put right what they say.`,
    root,
    { cause: error },
  );
}
