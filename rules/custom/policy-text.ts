/**
 * The text of a policy as IAM answers with it and AWS Config records it: URL-encoded by RFC 3986, so that `+` is a plus.
 * Text that is not encoded is taken as it is.
 * @throws URIError when it is neither.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const decoded = (text: string): string =>
  text.trimStart().startsWith("{") ? text : decodeURIComponent(text);
