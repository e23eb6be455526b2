import { printable } from "../../rules";
import { UsageError } from "../errors";
import type { PullRequest, Revision } from "./providers";

type Environment = Readonly<Record<string, string | undefined>>;

/** The pull request that a build is of, and what was built. */
export interface Build {
  readonly place: PullRequest;
  readonly revision: Revision;
}

/**
 * The pull request that the build is of which runs this command: in GitHub Actions, GitLab CI, Bitbucket Pipelines or
 * CodeBuild, told by the variables that each of them sets.
 * @param api - The address of the provider's API, where it is not the one that the build or the repository's host tells.
 * @returns undefined when the build is of no pull request.
 * @throws UsageError when it is of one, and its provider cannot be told.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * @see https://docs.gitlab.com/ci/variables/predefined_variables/
 * @see https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 */
export function pullRequestOf(env: Environment, api?: string): Build | undefined {
  const build =
    env["GITHUB_ACTIONS"] === "true"
      ? inActions(env)
      : env["GITLAB_CI"] === "true"
        ? inGitLab(env)
        : (env["BITBUCKET_BUILD_NUMBER"] ?? "") !== ""
          ? inPipelines(env)
          : inCodeBuild(env);
  return build && { ...build, place: { ...build.place, api: safe(api ?? build.place.api) } };
}

function inActions(env: Environment): Build | undefined {
  const number = numberIn(env["GITHUB_REF"]);
  const repository = env["GITHUB_REPOSITORY"] ?? "";
  if (number === undefined || repository === "") return undefined;
  const api = env["GITHUB_API_URL"] ?? apiOf("github", "github.com");
  // What is checked out is the merge with the target, unless the workflow asks for something else.
  const revision = { commit: env["GITHUB_SHA"] ?? "", ref: env["GITHUB_REF"] ?? "" };
  return { place: { provider: "github", api, repository, number }, revision };
}

function inGitLab(env: Environment): Build | undefined {
  const number = env["CI_MERGE_REQUEST_IID"] ?? "";
  // The project that the merge request is for; a pipeline of a fork runs in another one.
  const repository = env["CI_MERGE_REQUEST_PROJECT_PATH"] ?? "";
  if (number === "" || repository === "") return undefined;
  const api = env["CI_API_V4_URL"] ?? apiOf("gitlab", "gitlab.com");
  return {
    place: { provider: "gitlab", api, repository, number },
    revision: { commit: env["CI_COMMIT_SHA"] ?? "" },
  };
}

function inPipelines(env: Environment): Build | undefined {
  const number = env["BITBUCKET_PR_ID"] ?? "";
  const repository = env["BITBUCKET_REPO_FULL_NAME"] ?? "";
  if (number === "" || repository === "") return undefined;
  const api = apiOf("bitbucket", "bitbucket.org");
  return {
    place: { provider: "bitbucket", api, repository, number },
    revision: { commit: env["BITBUCKET_COMMIT"] ?? "" },
  };
}

function inCodeBuild(env: Environment): Build | undefined {
  const number = [env["CODEBUILD_WEBHOOK_TRIGGER"], env["CODEBUILD_SOURCE_VERSION"]]
    .map(numberIn)
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
  return {
    place: { provider, api: apiOf(provider, host), repository, number },
    revision: { commit: env["CODEBUILD_RESOLVED_SOURCE_VERSION"] ?? "" },
  };
}

/** The number in the name of a pull request's ref. */
const numberIn = (ref: string | undefined): string | undefined =>
  /^(?:refs\/)?(?:pr|mr|pull|merge-requests)\/(\d+)(?:\/|$)/.exec(ref ?? "")?.[1];

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
