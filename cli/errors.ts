import { printable } from "../rules";

/**
 * Something that the user can put right: the message says what was given, what is allowed and what to do. It ends the
 * command, or the judging of one source, with status 2 and without a stack trace.
 */
export class UsageError extends Error {
  public constructor(
    message: string,
    /** What the message is about: a file, if need be with the place in it, or a flag. */
    public readonly place?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "UsageError";
  }

  /** The message after its place. */
  public get line(): string {
    return this.place === undefined ? this.message : `${printable(this.place)}: ${this.message}`;
  }
}

/** Where an error comes from, as `--debug` shows it: stack traces from the outermost to the first cause. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const trace = error.stack ?? error.message;
  return error.cause === undefined ? trace : `${trace}\ncaused by: ${traceOf(error.cause)}`;
}

/** The code of a failed system call, e.g. `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "There is no such file or folder"],
  ["EACCES", "You may not use it"],
  ["EPERM", "You may not use it"],
  ["EISDIR", "It is a folder"],
  ["ENOTDIR", "A part of the path is not a folder"],
  ["EROFS", "Its file system cannot be written"],
  ["ENOSPC", "The disk is full"],
  ["ELOOP", "Its symbolic links go in a circle"],
  ["ENAMETOOLONG", "The name is too long"],
]);

/**
 * A failed system call on a file as something that the user can put right: no permission, a full disk, a folder where
 * a file is wanted; `undefined` for anything else.
 */
export function fileProblem(error: unknown): UsageError | undefined {
  if (!(error instanceof Error) || !REASONS.has(systemCode(error) ?? "")) return undefined;
  const path = "path" in error && typeof error.path === "string" ? error.path : undefined;
  if (path === undefined) return undefined;
  return new UsageError(
    `${systemReason(error)}. Give another path, or put right what this one lacks: permission, space, or a file where one is wanted.`,
    path,
    { cause: error },
  );
}

/** What a failed system call means, in words. */
export function systemReason(error: unknown): string {
  const known = REASONS.get(systemCode(error) ?? "");
  return known ?? (error instanceof Error ? printable(error.message) : "It failed");
}
