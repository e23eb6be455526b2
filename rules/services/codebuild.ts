import { all, any, check, compliant, given, notApplicable, policy, undecided, unless, when } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const PROJECT = "aws:codebuild/project:Project";
const REPORT_GROUP = "aws:codebuild/reportGroup:ReportGroup";

type Project = Reader<ResourceArgs["aws:codebuild/project:Project"]>;

/** Names of variables that hold an access key. */
const KEY_VARIABLES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/** Sources whose location is a URL that may hold a user and a password. */
const HOSTED_SOURCES = ["GITHUB", "GITHUB_ENTERPRISE", "BITBUCKET", "GITLAB", "GITLAB_SELF_MANAGED"];

const unlessExempted = (
  project: Project,
  exempted: readonly string[] | undefined,
  then: () => Outcome,
): Outcome => (exempted === undefined ? then() : unless(project.oneOf("name", exempted), then));

/** No user and password stand before the host. */
function hasNoCredentials(source: Reader<unknown>): Outcome {
  const reason = source.reason(
    "location",
    `remove the credentials from "${source.name("location")}" and connect the source by OAuth or a connection`,
  );
  const type = source.at("type");
  if (type.kind === "known" && !HOSTED_SOURCES.some((hosted) => hosted === type.value))
    return notApplicable();
  const location = source.at("location");
  if (type.kind === "unknown" || location.kind === "unknown") return undecided(reason);
  const hasThem =
    location.kind === "known" &&
    typeof location.value === "string" &&
    /^[a-z+]+:\/\/[^/@]*@/i.test(location.value);
  // The URL itself must not be shown: it may hold the credentials.
  return check(!hasThem, { ...reason, found: `"${source.name("location")}" holds credentials` });
}

const logsTo = (
  project: Project,
  path: "logsConfig.cloudwatchLogs.status" | "logsConfig.s3Logs.status",
): Outcome => project.equals(path, "ENABLED");

export const codebuild: Policies = {
  CODEBUILD_PROJECT_ARTIFACT_ENCRYPTION: policy("CodeBuild projects encrypt their artifacts.", {
    [PROJECT]: (project) =>
      all(
        project.isFalse("artifacts.encryptionDisabled"),
        project.every("secondaryArtifacts", (artifact) => artifact.isFalse("encryptionDisabled")),
      ),
  }),

  CODEBUILD_PROJECT_ENVIRONMENT_PRIVILEGED_CHECK: policy("CodeBuild projects do not run privileged.", {
    [PROJECT]: (project, p) =>
      unlessExempted(project, p.exemptedProjects, () => project.isFalse("environment.privilegedMode")),
  }),

  CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK: policy("CodeBuild projects have no access key in plain text.", {
    [PROJECT]: (project) =>
      all(
        compliant(),
        project.every("environment.environmentVariables", (variable) =>
          any(
            variable.noneOf("name", KEY_VARIABLES, "use a role instead of an access key"),
            variable.noneOf("type", ["PLAINTEXT"], "use a role instead of an access key"),
          ),
        ),
      ),
  }),

  CODEBUILD_PROJECT_LOGGING_ENABLED: policy("CodeBuild projects write a log.", {
    [PROJECT]: (project, p) =>
      all(
        any(logsTo(project, "logsConfig.cloudwatchLogs.status"), logsTo(project, "logsConfig.s3Logs.status")),
        given(p.cloudWatchGroupNames, (names) =>
          when(logsTo(project, "logsConfig.cloudwatchLogs.status"), () =>
            project.oneOf("logsConfig.cloudwatchLogs.groupName", namesIn(names)),
          ),
        ),
        given(p.s3BucketNames, (names) =>
          when(logsTo(project, "logsConfig.s3Logs.status"), () => isInBucket(project, namesIn(names))),
        ),
      ),
  }),

  CODEBUILD_PROJECT_S3_LOGS_ENCRYPTED: policy("CodeBuild projects encrypt their logs in S3.", {
    [PROJECT]: (project, p) =>
      unlessExempted(project, p.exemptedProjects, () =>
        project.isFalse("logsConfig.s3Logs.encryptionDisabled"),
      ),
  }),

  CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK: policy(
    "CodeBuild projects have no credentials in the URLs of their sources.",
    {
      [PROJECT]: (project) =>
        all(
          hasNoCredentials(project.block("source")),
          project.every("secondarySources", (source) => hasNoCredentials(source)),
        ),
    },
  ),

  CODEBUILD_REPORT_GROUP_ENCRYPTED_AT_REST: policy("CodeBuild report groups encrypt what they export.", {
    [REPORT_GROUP]: (group) =>
      when(group.equals("exportConfig.type", "S3"), () =>
        group.isFalse("exportConfig.s3Destination.encryptionDisabled"),
      ),
  }),
};

const namesIn = (text: string): readonly string[] => text.split(",").map((name) => name.trim());

/** The location of S3 logs is the bucket, with or without a prefix. */
const isInBucket = (project: Project, buckets: readonly string[]): Outcome =>
  project.test(
    "logsConfig.s3Logs.location",
    (location) => typeof location === "string" && buckets.includes(location.split("/")[0] ?? ""),
    `write the log to one of ${buckets.join(", ")}`,
  );
