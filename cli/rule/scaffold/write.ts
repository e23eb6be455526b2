import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  const done = onInterrupt(undoAll);
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
    await generate(root);
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

async function generate(root: string): Promise<void> {
  const running = promisify(execFile)(process.execPath, GENERATE, { cwd: root });
  const done = onInterrupt(() => void running.child.kill());
  try {
    await running;
  } catch (error) {
    const lines = error instanceof Error && "stderr" in error ? String(error.stderr).split("\n") : [];
    const line = lines.find((one) => /error/i.test(one)) ?? (error instanceof Error ? error.message : "");
    throw new UsageError(
      `Its page and the other generated files cannot be made: ${line.trim()}. Nothing was kept of the control. Run "npm ci" and "npm run generate", and put right what they say.`,
      root,
      { cause: error },
    );
  } finally {
    done();
  }
}
