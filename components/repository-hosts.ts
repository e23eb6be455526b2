import type { ConnectionProvider } from "./pipeline-choices";

/** What a host of repositories is called by CodeBuild, where its repositories are, and who maintains one. */
export const HOSTS = {
  GitHub: { type: "GITHUB", address: "https://github.com", maintainers: ["GITHUB_ADMIN", "GITHUB_MAINTAIN"] },
  GitLab: {
    type: "GITLAB",
    address: "https://gitlab.com",
    maintainers: ["GITLAB_MAINTAINER", "GITLAB_OWNER"],
  },
  Bitbucket: { type: "BITBUCKET", address: "https://bitbucket.org", maintainers: ["BITBUCKET_ADMIN"] },
} as const satisfies Readonly<Record<ConnectionProvider, unknown>>;

/**
 * The roles at a host that may allow a pull request.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_PullRequestBuildPolicy.html
 */
export const APPROVER_ROLES = {
  GitHub: ["GITHUB_READ", "GITHUB_TRIAGE", "GITHUB_WRITE", "GITHUB_MAINTAIN", "GITHUB_ADMIN"],
  GitLab: [
    "GITLAB_GUEST",
    "GITLAB_PLANNER",
    "GITLAB_REPORTER",
    "GITLAB_DEVELOPER",
    "GITLAB_MAINTAINER",
    "GITLAB_OWNER",
  ],
  Bitbucket: ["BITBUCKET_READ", "BITBUCKET_WRITE", "BITBUCKET_ADMIN"],
} as const satisfies Readonly<Record<ConnectionProvider, readonly string[]>>;
