/** A refusal as AWS words it: a code and a message. */
export class AwsError extends Error {
  constructor(
    /** The exception's name, for example `InvalidParameterValueException`. */
    readonly code: string,
    message: string,
    /** The HTTP status. @defaultValue 400 */
    readonly status = 400,
  ) {
    super(message);
  }
}
