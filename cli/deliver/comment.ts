import { existsSync } from "node:fs";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { printable } from "../../rules";
import { UsageError } from "../errors";
import { isObject } from "../sources/json";
import { readSource } from "../sources/read";
import type { DeliverContext } from "./operation";
import { Conversation } from "./providers";
import { pullRequestOf } from "./pull-request";

/** The flags of `compliance deliver comment`. */
export interface CommentOptions {
  /** Markdown files of previews; one comment each. */
  readonly report: readonly string[];
  /** SARIF files for the code-scanning view. */
  readonly sarif?: readonly string[];
  /** Name or ARN of the secret that holds the token. */
  readonly tokenSecret?: string;
  /** Name of the environment variable that holds the token. */
  readonly tokenVariable?: string;
  /** The address of the provider's API where it is not that of the repository's host. */
  readonly api?: string;
}

/** The line by which a comment is found again. */
const MARKER = /^<!-- compliance-[a-z]+ .*-->\n/;

/** What a header takes as a token. */
const WORD = /^[\x21-\x7e]+$/;

/**
 * `compliance deliver comment`: posts the reports of previews to the pull request that this build is of; an earlier
 * comment on the same stack is written anew. The token comes from Secrets Manager or from a variable that the provider
 * sets, and is not printed.
 * @returns 0; also when this build is of no pull request.
 * @throws UsageError when the provider cannot be told, or refuses.
 */
export async function deliverComment(options: CommentOptions, context: DeliverContext): Promise<0> {
  const token = tokenFrom(options, context.env);
  const build = pullRequestOf(context.env, options.api);
  if (build === undefined) {
    context.stdout.write("This build is of no pull request; nothing is posted.\n");
    return 0;
  }
  const texts = options.report.filter(existsSync).map((file) => {
    const text = readSource(file).toString("utf8");
    if (MARKER.test(text)) return text;
    throw new UsageError('It is no report. Give the "findings.md" of a preview.', file);
  });
  if (texts.length === 0) {
    context.stdout.write("No preview came so far that there is a report; nothing is posted.\n");
    return 0;
  }
  const { place, revision } = build;
  const conversation = new Conversation(place, await token());
  for (const text of texts) {
    const renewed = await conversation.write(text);
    context.stdout.write(
      `${renewed ? "Renewed" : "Posted"} a comment on ${place.repository}, pull request ${place.number}.\n`,
    );
  }
  for (const file of (options.sarif ?? []).filter(existsSync)) {
    const taken = await conversation.upload(readSource(file), revision);
    context.stdout.write(
      taken
        ? "Handed the findings to code scanning.\n"
        : "The provider has no code scanning for this repository, or the token may not use it.\n",
    );
  }
  return 0;
}

/**
 * How to get the token from the one place that is named.
 * @throws UsageError when none is named, or both; and when it is asked for and there is none.
 */
function tokenFrom(
  { tokenSecret, tokenVariable }: CommentOptions,
  env: DeliverContext["env"],
): () => Promise<string> | string {
  if (tokenSecret !== undefined && tokenVariable === undefined) return () => tokenIn(tokenSecret);
  if (tokenVariable !== undefined && tokenSecret === undefined) return () => variable(tokenVariable, env);
  throw new UsageError(
    'Give either "--token-secret", the secret in Secrets Manager that holds the token, or "--token-variable", the ' +
      "environment variable that does.",
  );
}

function variable(name: string, env: DeliverContext["env"]): string {
  const token = (env[name] ?? "").trim();
  if (WORD.test(token)) return token;
  throw new UsageError(
    `${printable(name)} ${token === "" ? "is not set" : "holds no token"}. Set it to a token that may read and write ` +
      "comments of pull requests in this repository, and nothing else.",
    "--token-variable",
  );
}

/**
 * The token in a secret: its text, or in a JSON object its only value or that of `token`.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
async function tokenIn(secret: string): Promise<string> {
  let text: string;
  try {
    const answer = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: secret }));
    text = (answer.SecretString ?? "").trim();
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new UsageError(
      `The secret cannot be read: ${printable(reason).replace(/\.$/, "")}. Allow the role secretsmanager:GetSecretValue on it, and kms:Decrypt with its key.`,
      secret,
      { cause: error },
    );
  }
  const token = inJson(text) ?? text;
  // Whatever else it is, it is not shown.
  if (WORD.test(token)) return token;
  throw new UsageError(
    'The secret holds no token. Store the token as text, or as JSON: {"token": "..."}.',
    secret,
  );
}

function inJson(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const values = Object.values(value);
  const token = value["token"] ?? (values.length === 1 ? values[0] : "");
  return typeof token === "string" ? token : "";
}
