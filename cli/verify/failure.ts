import { printable } from "../../rules";
import { systemCode, UsageError } from "../errors";

const NO_CREDENTIALS = ["CredentialsProviderError", "ProviderError", "TokenProviderError"];
const REFUSED_CREDENTIALS = [
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "MissingAuthenticationToken",
  "RequestExpired",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];
const DENIED = ["AccessDenied", "AccessDeniedException", "NotAuthorized", "UnauthorizedOperation"];
const BUSY = [
  "LimitExceededException",
  "ResourceInUseException",
  "RequestLimitExceeded",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
];
/** Codes that Node.js gives to errors of programs; those of TLS are not among them. */
const PROGRAM_CODE = /^ERR_(?!TLS_|SSL_|SOCKET_)/;

/** What was asked of AWS when it failed. */
export interface Asked {
  /** The IAM action, e.g. `config:DescribeConfigRules`. */
  readonly action: string;
  readonly region: string;
}

/**
 * Whether a refusal only means that another evaluation runs, or that calls come too fast: the same call may be accepted
 * a minute later.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html
 */
export const isBusy = (error: unknown): boolean => BUSY.includes(nameOf(error)) || statusOf(error) >= 500;

/**
 * A failure of AWS, of the way to it or of the credentials, in words; `undefined` for anything else, which is an error
 * of this program. Neither credentials nor tokens occur in what the SDK reports.
 */
export function awsFailure(error: unknown, { action, region }: Asked): UsageError | undefined {
  const name = nameOf(error);
  const because = { cause: error };
  if (NO_CREDENTIALS.includes(name) || isFileError(error)) {
    return new UsageError(
      `There are no usable AWS credentials: ${messageOf(error)} ` +
        'Sign in (for example "aws sso login"), name a profile with "--profile", or run where a role is provided.',
      region,
      because,
    );
  }
  if (REFUSED_CREDENTIALS.includes(name)) {
    return new UsageError(
      `AWS does not accept the credentials (${name}). Renew them, and see that the account has this region turned on.`,
      region,
      because,
    );
  }
  if (DENIED.includes(name)) {
    return new UsageError(
      `The credentials may not call ${action}: ${messageOf(error)} Allow ${action} to them.`,
      region,
      because,
    );
  }
  if (isTimeout(error) || isNetworkError(error)) {
    return new UsageError(
      `AWS cannot be reached for ${action}: ${messageOf(error)} Check the network, and the name of the region.`,
      region,
      because,
    );
  }
  if (statusOf(error) === 0) return undefined;
  return new UsageError(
    `AWS refuses ${action} (${printable(name)}): ${messageOf(error)} Put this right, or try again later.`,
    region,
    because,
  );
}

/** The SDK reads files for credentials only, such as the token of a web identity. */
const isFileError = (error: unknown): boolean =>
  error instanceof Error && "path" in error && systemCode(error) !== undefined;

/** Whatever the system or TLS calls the way to AWS that fails: a closed port, no route, an unknown certificate. */
function isNetworkError(error: unknown): boolean {
  const code = systemCode(error);
  return code !== undefined && !PROGRAM_CODE.test(code);
}

const isTimeout = (error: unknown): boolean => ["TimeoutError", "RequestTimeout"].includes(nameOf(error));

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** The HTTP status of an answer; 0 when AWS did not answer. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !("$metadata" in error)) return 0;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return 0;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : 0;
}

/** The message as a sentence in one line. */
function messageOf(error: unknown): string {
  const text = printable(error instanceof Error ? error.message.replace(/\s+/g, " ").trim() : String(error));
  if (text === "") return "no reason was given.";
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
