import {
  compliantCase,
  notApplicableCase,
  resource,
  secret,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const make = resource("aws:codebuild/project:Project");
const reports = resource("aws:codebuild/reportGroup:ReportGroup");

const environment = {
  computeType: "BUILD_GENERAL1_SMALL",
  image: "aws/codebuild/standard:7.0",
  type: "LINUX_CONTAINER",
};
const base = {
  name: "build",
  serviceRole: "arn:aws:iam::123456789012:role/build",
  artifacts: { type: "NO_ARTIFACTS" },
  source: { type: "GITHUB", location: "https://github.com/acme/app.git" },
  environment,
};
const project = (more: object = {}): ReturnType<typeof make> => make({ ...base, ...more });
const variables = (...list: object[]): object => ({
  environment: { ...environment, environmentVariables: list },
});

export const codebuild: Cases = {
  CODEBUILD_PROJECT_ARTIFACT_ENCRYPTION: [
    compliantCase("does not say", project()),
    compliantCase(
      "encrypts its artifacts",
      project({ artifacts: { type: "S3", location: "b", encryptionDisabled: false } }),
    ),
    violatingCase(
      "does not encrypt them",
      project({ artifacts: { type: "S3", location: "b", encryptionDisabled: true } }),
    ),
    violatingCase(
      "does not encrypt secondary ones",
      project({ secondaryArtifacts: [{ artifactIdentifier: "a", type: "S3", encryptionDisabled: true }] }),
    ),
    undecidedCase("does not know yet", project({ artifacts: { type: "S3", encryptionDisabled: unknown } })),
  ],
  CODEBUILD_PROJECT_ENVIRONMENT_PRIVILEGED_CHECK: [
    compliantCase("does not say", project()),
    compliantCase("is not privileged", project({ environment: { ...environment, privilegedMode: false } })),
    violatingCase("is privileged", project({ environment: { ...environment, privilegedMode: true } })),
    notApplicableCase(
      "is exempted by name",
      project({ environment: { ...environment, privilegedMode: true } }),
      { parameters: { exemptedProjects: "build" } },
    ),
    undecidedCase("does not know yet", project({ environment: { ...environment, privilegedMode: unknown } })),
  ],
  CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK: [
    compliantCase("has no variables", project()),
    compliantCase("has other variables", project(variables({ name: "STAGE", value: "dev" }))),
    compliantCase(
      "takes a key from Secrets Manager",
      project(variables({ name: "AWS_ACCESS_KEY_ID", value: "ci/key", type: "SECRETS_MANAGER" })),
    ),
    violatingCase(
      "has a key in plain text",
      project(
        variables(
          { name: "STAGE", value: "dev" },
          { name: "AWS_SECRET_ACCESS_KEY", value: secret("x"), type: "PLAINTEXT" },
        ),
      ),
    ),
    violatingCase(
      "has a key and does not say how",
      project(variables({ name: "AWS_ACCESS_KEY_ID", value: "AKIAIOSFODNN7EXAMPLE" })),
    ),
    undecidedCase("has a variable with an unknown name", project(variables({ name: unknown, value: "x" }))),
  ],
  CODEBUILD_PROJECT_LOGGING_ENABLED: [
    compliantCase("does not say, which means CloudWatch", project()),
    compliantCase(
      "writes to S3 only",
      project({
        logsConfig: {
          cloudwatchLogs: { status: "DISABLED" },
          s3Logs: { status: "ENABLED", location: "logs/build" },
        },
      }),
    ),
    violatingCase("writes nowhere", project({ logsConfig: { cloudwatchLogs: { status: "DISABLED" } } })),
    violatingCase(
      "writes to another group",
      project({ logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: "other" } } }),
      { parameters: { cloudWatchGroupNames: "builds" } },
    ),
    violatingCase(
      "writes to another bucket, and to CloudWatch, of which nothing is asked",
      project({ logsConfig: { s3Logs: { status: "ENABLED", location: "other/build" } } }),
      { parameters: { s3BucketNames: "logs, archive" } },
    ),
    compliantCase(
      "writes to a named bucket, and to CloudWatch, of which nothing is asked",
      project({ logsConfig: { s3Logs: { status: "ENABLED", location: "archive/build" } } }),
      { parameters: { s3BucketNames: "logs, archive" } },
    ),
    compliantCase("does not write to S3, of which some bucket is asked", project(), {
      parameters: { s3BucketNames: "logs" },
      note: "Buckets and groups are asked for where logs of the kind are configured.",
    }),
    undecidedCase("does not know yet", project({ logsConfig: { cloudwatchLogs: { status: unknown } } })),
  ],
  CODEBUILD_PROJECT_S3_LOGS_ENCRYPTED: [
    compliantCase("has no logs in S3", project()),
    compliantCase(
      "encrypts them",
      project({ logsConfig: { s3Logs: { status: "ENABLED", location: "logs", encryptionDisabled: false } } }),
    ),
    violatingCase(
      "does not encrypt them",
      project({ logsConfig: { s3Logs: { status: "ENABLED", location: "logs", encryptionDisabled: true } } }),
    ),
    notApplicableCase(
      "is exempted by name",
      project({ logsConfig: { s3Logs: { encryptionDisabled: true } } }),
      { parameters: { exemptedProjects: "build" } },
    ),
    undecidedCase(
      "does not know yet",
      project({ logsConfig: { s3Logs: { status: "ENABLED", encryptionDisabled: unknown } } }),
    ),
  ],
  CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK: [
    compliantCase("has a plain URL", project()),
    violatingCase(
      "has a token in the URL",
      project({ source: { type: "GITHUB", location: "https://ghp_token@github.com/acme/app.git" } }),
    ),
    violatingCase(
      "has user and password in the URL",
      project({ source: { type: "BITBUCKET", location: "https://user:pass@bitbucket.org/acme/app.git" } }),
    ),
    violatingCase(
      "has a token in the URL of a secondary source",
      project({
        secondarySources: [
          {
            sourceIdentifier: "lib",
            type: "GITHUB",
            location: "https://x-access-token:t@github.com/acme/lib.git",
          },
        ],
      }),
    ),
    notApplicableCase("is built by a pipeline", project({ source: { type: "CODEPIPELINE" } })),
    undecidedCase("has an unknown URL", project({ source: { type: "GITHUB", location: unknown } })),
  ],
  CODEBUILD_REPORT_GROUP_ENCRYPTED_AT_REST: [
    compliantCase(
      "encrypts what it exports",
      reports({
        name: "r",
        type: "TEST",
        exportConfig: {
          type: "S3",
          s3Destination: { bucket: "b", encryptionKey: "k", encryptionDisabled: false },
        },
      }),
    ),
    violatingCase(
      "does not encrypt it",
      reports({
        name: "r",
        type: "TEST",
        exportConfig: {
          type: "S3",
          s3Destination: { bucket: "b", encryptionKey: "k", encryptionDisabled: true },
        },
      }),
    ),
    notApplicableCase(
      "exports nothing",
      reports({ name: "r", type: "TEST", exportConfig: { type: "NO_EXPORT" } }),
    ),
    undecidedCase(
      "does not know yet",
      reports({
        name: "r",
        type: "TEST",
        exportConfig: { type: "S3", s3Destination: { bucket: "b", encryptionDisabled: unknown } },
      }),
    ),
  ],
};
