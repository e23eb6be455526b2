import * as vm from "node:vm";
import { ControlFailure } from "../custom/judge";

/** How long a predicate may take for one resource, wherever it is asked. */
export const PREDICATE_MILLISECONDS = 5_000;

const script = new vm.Script("run()");
/** A context takes longer to make than most predicates to answer, so that all share one. */
let place: { run?: () => void } | undefined;

/** Code of an author's that did not come back in time. */
export class NoAnswer extends ControlFailure {}

/**
 * Runs an author's synchronous code, and stops it when it does not come back: the engine is told to end whatever it
 * executes, so that a loop fails by name instead of using the function's time up.
 * @param milliseconds - How long it may take; at least 1.
 * @throws NoAnswer when it takes longer.
 */
export function stoppable<T>(control: string, milliseconds: number, run: () => T): T {
  const result: T[] = [];
  place ??= vm.createContext({});
  place.run = () => void result.push(run());
  try {
    script.runInContext(place, { timeout: Math.max(1, Math.ceil(milliseconds)) });
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new NoAnswer(`The predicate of "${control}" did not answer within ${Math.ceil(milliseconds)} ms.`);
  }
  const [value] = result;
  return value as T;
}

const isTimeout = (error: unknown): boolean =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
