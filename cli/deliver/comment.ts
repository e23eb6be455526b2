import { existsSync, readFileSync } from "node:fs";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { printable } from "../../rules";
import { UsageError } from "../errors";
import { isObject } from "../sources/json";
import type { DeliverContext } from "./operation";
import { Conversation } from "./providers";
import type { PullRequest } from "./providers";

/** The flags of `compliance deliver comment`. */
export interface CommentOptions {
  /** Markdown files of previews; one comment each. */
  readonly report: readonly string[];
  /** SARIF files for the code-scanning view. */
  readonly sarif?: readonly string[];
  /** Name or ARN of the secret that holds the token. */
  readonly tokenSecret: string;
  /** The address of the provider's API where it is not that of the repository's host. */
  readonly api?: string;
}

/** The line by which a comment is found again. */
const MARKER = /^<!-- compliance-[a-z]+ .*-->\n/;

/**
 * `compliance deliver comment`: posts the reports of previews to the pull request that CodeBuild builds; an earlier
 * comment on the same stack is written anew. The token comes from Secrets Manager and is neither printed nor put into the
 * environment.
 * @returns 0; also when this build is of no pull request.
 * @throws UsageError when the provider cannot be told, or refuses.
 */
export async function deliverComment(options: CommentOptions, context: DeliverContext): Promise<0> {
  const place = pullRequestOf(context.env, options.api);
  if (place === undefined) {
    context.stdout.write("This build is of no pull request; nothing is posted.\n");
    return 0;
  }
  const texts = options.report.filter(existsSync).map((file) => {
    const text = readFileSync(file, "utf8");
    if (MARKER.test(text)) return text;
    throw new UsageError('It is no report. Give the "findings.md" of a preview.', file);
  });
  if (texts.length === 0) {
    context.stdout.write("No preview came so far that there is a report; nothing is posted.\n");
    return 0;
  }
  const conversation = new Conversation(place, await tokenIn(options.tokenSecret));
  for (const text of texts) {
    const renewed = await conversation.write(text);
    context.stdout.write(
      `${renewed ? "Renewed" : "Posted"} a comment on ${place.repository}, pull request ${place.number}.\n`,
    );
  }
  const commit = context.env["CODEBUILD_RESOLVED_SOURCE_VERSION"] ?? "";
  for (const file of (options.sarif ?? []).filter(existsSync)) {
    const taken = await conversation.upload(readFileSync(file), commit);
    context.stdout.write(
      taken
        ? "Handed the findings to code scanning.\n"
        : "The provider has no code scanning for this repository, or the token may not use it.\n",
    );
  }
  return 0;
}

/** The pull request that a build of CodeBuild is of. */
function pullRequestOf(env: DeliverContext["env"], api: string | undefined): PullRequest | undefined {
  const trigger = [env["CODEBUILD_WEBHOOK_TRIGGER"], env["CODEBUILD_SOURCE_VERSION"]];
  const number = trigger
    .map((text) => /^(?:refs\/)?(?:pr|mr|pull|merge-requests)\/(\d+)(?:\/|$)/.exec(text ?? "")?.[1])
    .find((found) => found !== undefined);
  if (number === undefined) return undefined;
  const address = env["CODEBUILD_SOURCE_REPO_URL"] ?? "";
  const [, host, repository] = /^https:\/\/(?:[^@/]+@)?([^/]+)\/(.+?)(?:\.git)?\/?$/.exec(address) ?? [];
  const provider =
    host === undefined
      ? undefined
      : (["github", "gitlab", "bitbucket"] as const).find((name) => host.includes(name));
  if (host === undefined || repository === undefined || provider === undefined) {
    throw new UsageError(
      `CODEBUILD_SOURCE_REPO_URL is "${printable(address)}". Known are repositories of GitHub, GitLab and Bitbucket, as ` +
        '"https://HOST/OWNER/NAME.git"; without a token nothing is posted.',
    );
  }
  return { provider, api: safe(api ?? apiOf(provider, host)), repository, number };
}

/** Self-managed instances serve their API below the host itself. */
function apiOf(provider: PullRequest["provider"], host: string): string {
  switch (provider) {
    case "github":
      return host === "github.com" ? "https://api.github.com" : `https://${host}/api/v3`;
    case "gitlab":
      return `https://${host}/api/v4`;
    case "bitbucket":
      return "https://api.bitbucket.org/2.0";
  }
}

/** A token is sent over TLS only, or stays on this machine. */
function safe(api: string): string {
  if (/^https:\/\/[^/]/.test(api) || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(api))
    return api.replace(/\/+$/, "");
  throw new UsageError(
    `The address of the API is "${printable(api)}". Allowed is one with https://.`,
    "--api",
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
  // A header takes one word; whatever else it is, it is not shown.
  if (/^[\x21-\x7e]+$/.test(token)) return token;
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
