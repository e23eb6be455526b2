/**
 * The tag of every key that the program makes. An id that AWS makes tells nobody whose key it is; the tag does, and the
 * roles that deliver a stack may change the keys of that stack alone.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
 */
export const STACK_TAG = "compliance:stack";

/** The value of {@link STACK_TAG}: every character that Pulumi allows in the two names is allowed in a tag. */
export const stackTagValue = (project: string, stack: string): string => `${project}/${stack}`;
