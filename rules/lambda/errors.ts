/** Errors of a rule's function. Every one is thrown: Lambda then retries, and its dead-letter queue keeps the event. */

/**
 * The rule is not set up as the control needs it, e.g. a parameter is wrong. The person who set it up can mend that, so
 * that it is shown in AWS Config too. `name` becomes the error type that Lambda reports.
 */
export class CallerError extends Error {
  public constructor(
    public override readonly name: "InvalidParameterValueException" | "AccessDeniedException",
    message: string,
  ) {
    super(message);
  }
}

/** Everything that is wrong with the parameters of a rule, as one error. */
export const refused = (problems: readonly string[]): CallerError =>
  new CallerError(
    "InvalidParameterValueException",
    `The rule's parameters are not usable: ${problems.join("; ")}.`,
  );

/** What was sent is not what AWS Config sends, or is not there yet. */
export class EventError extends Error {
  public override readonly name = "EventError";
}

/** The function's time is nearly over. What was decided by then is reported. */
export class DeadlineError extends Error {
  public override readonly name = "DeadlineError";
}

/** Some resources could not be evaluated, or AWS Config did not take their evaluations. */
export class IncompleteError extends Error {
  public override readonly name = "IncompleteError";
}

/** The part of the SDK's errors that is read here. */
interface ServiceError extends Error {
  readonly $fault: "client" | "server";
}

/** Whether an error is an answer of AWS. */
export const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && "$fault" in error && (error.$fault === "client" || error.$fault === "server");

/** Whether AWS answered with one of these errors. */
export const isNamed = (error: unknown, ...names: readonly string[]): error is Error =>
  error instanceof Error && names.includes(error.name);

/** Whose mistake an error is: of those who set the rule up, or of the function and AWS. */
export function blameOf(error: unknown): "caller" | "internal" {
  if (error instanceof CallerError) return "caller";
  if (!isServiceError(error) || error.$fault === "server") return "internal";
  return /InternalError|ServiceError|Throttl|TooManyRequests/.test(error.name) ? "internal" : "caller";
}

/** A refusal for want of permissions becomes an error that says what to do; any other error stays as it is. */
export function withAdvice(error: unknown, actions: readonly string[]): unknown {
  if (!isServiceError(error) || !/^(?:AccessDenied|Unauthorized)/.test(error.name)) return error;
  const needed = actions.length === 0 ? "" : ` The rule itself needs ${actions.join(", ")}.`;
  return new CallerError(
    "AccessDeniedException",
    `The role of the function lacks a permission: ${error.message.replace(/\.*$/, ".")}${needed}`,
  );
}
