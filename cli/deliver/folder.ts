import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { systemReason, UsageError } from "../errors";
import { onInterrupt } from "../interrupt";

/** What a preview leaves in its folder. */
export const FILES = {
  manifest: "manifest.json",
  plan: "plan.json",
  steps: "steps.json",
  events: "events.jsonl",
  json: "findings.json",
  markdown: "findings.md",
  sarif: "findings.sarif",
  junit: "findings.xml",
  summary: "summary.txt",
} as const;

/** A folder that gets its files all at once. */
export interface Staging {
  /** Where to write until then. */
  readonly path: (file: string) => string;
  /** A text in which the folder has its later name. */
  readonly named: (text: string) => string;
  /** Puts the folder in its place. */
  readonly finish: () => void;
  /** Removes what was written. It does nothing after `finish`. */
  readonly abandon: () => void;
}

/**
 * Begins a folder beside its place. What an earlier preview left there is removed first, so that nobody takes it for the
 * result of this one, whatever happens.
 * @throws UsageError when there is something else, or the folder cannot be made.
 */
export function stage(out: string): Staging {
  const target = resolve(out);
  const work = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    removeEarlier(target, out);
    mkdirSync(work, { recursive: true });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unwritable(out, error);
  }
  const remove = (): void => rmSync(work, { recursive: true, force: true });
  const done = onInterrupt(remove);
  return {
    path: (file) => join(work, file),
    named: (text) => text.replaceAll(work, target),
    finish: () => {
      try {
        renameSync(work, target);
      } catch (error) {
        throw unwritable(out, error);
      } finally {
        done();
      }
    },
    abandon: () => {
      remove();
      done();
    },
  };
}

function removeEarlier(target: string, out: string): void {
  const status = statSync(target, { throwIfNoEntry: false });
  if (status === undefined) return;
  const ours = new Set<string>(Object.values(FILES));
  const other = status.isDirectory() ? readdirSync(target).find((name) => !ours.has(name)) : ".";
  if (other !== undefined) {
    throw new UsageError(
      `${other === "." ? "It is no folder" : `It holds "${other}", which no preview has written`}. ` +
        "Give a folder that does not exist, is empty, or has an earlier preview.",
      out,
    );
  }
  rmSync(target, { recursive: true });
}

const unwritable = (out: string, error: unknown): UsageError =>
  new UsageError(
    `The folder cannot be written. ${systemReason(error)}. Give a folder in one that can be written.`,
    out,
    { cause: error },
  );
