import { randomBytes } from "node:crypto";
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Io } from "./io";
import { systemCode, systemReason, UsageError } from "./errors";
import { onInterrupt } from "./interrupt";

/**
 * Writes a result to a file, or to standard output without one. A file is there whole or not at all.
 * @throws UsageError when it cannot be written.
 */
export function deliver(text: string, path: string | undefined, io: Pick<Io, "stdout">): void {
  if (path === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    writeWhole(followed(path), text);
  } catch (error) {
    throw new UsageError(
      `The report cannot be written. ${systemReason(error)}. Name a file in a folder that exists and can be written.`,
      path,
    );
  }
}

function writeWhole(target: string, text: string): void {
  if (!isReplaceable(target)) {
    writeFileSync(target, text);
    return;
  }
  const temporary = join(dirname(target), `.${randomBytes(6).toString("hex")}.tmp`);
  const remove = (): void => rmSync(temporary, { force: true });
  const done = onInterrupt(remove);
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, target);
  } finally {
    remove();
    done();
  }
}

/** A link stays a link: the file behind it is written. */
function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return path;
    throw error;
  }
}

/** Devices and pipes are written to; only an ordinary file is replaced. */
function isReplaceable(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status === undefined || status.isFile() || status.isDirectory();
}
