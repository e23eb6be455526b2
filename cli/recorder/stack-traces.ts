import { sep } from "node:path";

/** The SDK notes a trace for every promise that it makes, for `PULUMI_DEBUG_PROMISE_LEAKS`. */
const NOTED_BY = `${sep}runtime${sep}debuggable.js`;

type WriteTrace = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/**
 * Leaves the traces out that the SDK of Pulumi notes for every promise. With a compiler's source maps, finding the
 * places of those that nobody reads takes longer than the program itself. Traces of errors stay as they are.
 *
 * Call it after the compiler is registered, whose way to write a trace would otherwise take the place of this one.
 */
export function leaveOutPromiseTraces(): void {
  const { prepareStackTrace: write } = Error as { prepareStackTrace?: WriteTrace };
  if (write === undefined || process.env["PULUMI_DEBUG_PROMISE_LEAKS"] !== undefined) return;
  Error.prepareStackTrace = (error, frames) =>
    frames[0]?.getFileName()?.endsWith(NOTED_BY) === true ? "" : write(error, frames);
}
