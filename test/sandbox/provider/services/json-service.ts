import { isObject, objectOf, parseJson, textOf, type JsonObject } from "../../json";
import { type Session } from "../session";

/** A call of a service with a JSON protocol: by the name of the operation, or by its address. */
export type Call = { readonly target: string } | { readonly path: string };

/**
 * Calls a service whose client of the AWS SDK is not installed, because no release of it fits the others.
 *
 * The local AWS reads from the signature who calls, and from where, and does not recompute it.
 *
 * @param service - its name in the provider's `endpoints` and in signatures
 * @throws Error with the name that AWS gave it
 */
export async function callService(
  session: Session,
  service: string,
  call: Call,
  body: JsonObject,
): Promise<JsonObject> {
  const { endpoint } = session.settings;
  const { accessKeyId, sessionToken } = await session.credentials();
  const [path, headers] =
    "target" in call
      ? ["/", { "content-type": "application/x-amz-json-1.0", "x-amz-target": call.target }]
      : [call.path, { "content-type": "application/json" }];
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  const scope = `${accessKeyId}/${day}/${session.region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=sandbox`;
  const response = await fetch(new URL(path, endpoint(service)), {
    method: "POST",
    headers: {
      ...headers,
      authorization,
      ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
    },
    // A member that is left out is left out of the text, too.
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const answer: unknown = text === "" ? {} : parseJson(text, `The answer of ${service}`);
  if (response.ok) return objectOf(answer);
  const fault = isObject(answer) ? answer : {};
  const error = new Error(textOf(fault["message"] ?? fault["Message"]));
  error.name = textOf(fault["__type"]) || `HTTP status ${response.status}`;
  throw error;
}
