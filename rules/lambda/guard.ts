import * as vm from "node:vm";
import { ControlFailure } from "../custom/judge";

const script = new vm.Script("run()");

/**
 * Runs an author's synchronous code, and stops it when it does not come back: the engine is told to end whatever it
 * executes, so that a loop fails by name instead of using the function's time up.
 * @param milliseconds - How long it may take; at least 1.
 * @throws ControlFailure when it takes longer.
 */
export function stoppable<T>(control: string, milliseconds: number, run: () => T): T {
  const result: T[] = [];
  try {
    script.runInNewContext(
      { run: () => result.push(run()) },
      { timeout: Math.max(1, Math.ceil(milliseconds)) },
    );
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new ControlFailure(
      `The predicate of "${control}" did not answer within ${Math.ceil(milliseconds)} ms.`,
    );
  }
  const [value] = result;
  return value as T;
}

const isTimeout = (error: unknown): boolean =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
