import { parseDocument } from "../engine/documents";
import type { PolicyDocument } from "../engine/documents";
import { isList, isProperties, mark } from "../engine/values";
import { ControlFailure } from "./judge";

/**
 * A policy as AWS Config records it. IAM answers with text, URL-encoded by RFC 3986, so that `+` is a plus; the items
 * that AWS publishes as samples have the document itself, a policy's version as the one item of a list. All are taken.
 * @param value - What stands at the path.
 * @throws ControlFailure when it is nothing of these, naming type and path.
 * @throws URIError when it is text that is neither JSON nor encoded.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 * @see https://github.com/awslabs/aws-config-rdk/tree/master/rdk/template/example_ci
 */
export function recordedDocument(value: unknown, type: string, path: string): PolicyDocument {
  const recorded = mark(value);
  const [only = null] = isList(recorded) && recorded.length === 1 ? recorded : [recorded];
  if (typeof only === "string" && only !== "")
    return parseDocument(only.trimStart().startsWith("{") ? only : decodeURIComponent(only));
  if (isProperties(only)) return parseDocument(only);
  throw new ControlFailure(`The configuration item of ${type} has no text at "${path}".`);
}
