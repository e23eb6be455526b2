import { isObject } from "../json";
import { type Properties } from "./values";

/** A resource that exists although its creation did not come to its end: the engine has to know of it to delete it. */
export class InitializationFailed extends Error {
  constructor(
    action: string,
    readonly resource: { readonly id: string; readonly state: Properties; readonly inputs: Properties },
    override readonly cause: unknown,
  ) {
    super(`${action}: ${describe(cause)}`);
    this.name = "InitializationFailed";
  }
}

/** The error's name and message, as AWS gave them. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const status = statusOf(error);
  const text = error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
  return status === undefined ? text : `${text} (HTTP ${status})`;
}

/** Whether AWS said that the thing does not exist. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && /NotFound|NoSuch|Non-?Existent|DoesNotExist|^404$/i.test(error.name);
}

/**
 * What a call answers, or `undefined` when AWS says that there is nothing.
 *
 * @param names - parts of further error names that mean the same
 */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function statusOf(error: Error): number | undefined {
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  const status = isObject(metadata) ? metadata["httpStatusCode"] : undefined;
  return typeof status === "number" ? status : undefined;
}
