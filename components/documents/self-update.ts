import type { Location } from "./principals";
import type { PolicyStatement } from "./statement";

/**
 * What self-update needs for the pipeline itself, beside what it needs for the other parts of its stack: everything
 * whose name begins like the pipeline's, and nothing else.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 */
export function pipelineChanges(
  { partition, region, account }: Location,
  prefix: string,
): readonly PolicyStatement[] {
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return [
    {
      Sid: "ChangeProjects",
      Effect: "Allow",
      Action: [
        "codebuild:BatchGetProjects",
        "codebuild:CreateProject",
        "codebuild:CreateWebhook",
        "codebuild:DeleteProject",
        "codebuild:DeleteWebhook",
        "codebuild:UpdateProject",
        "codebuild:UpdateWebhook",
      ],
      Resource: arn("codebuild", `project/${prefix}-*`),
    },
    {
      Sid: "ChangePipeline",
      Effect: "Allow",
      Action: [
        "codepipeline:CreatePipeline",
        "codepipeline:DeletePipeline",
        "codepipeline:GetPipeline",
        "codepipeline:ListTagsForResource",
        "codepipeline:StartPipelineExecution",
        "codepipeline:StopPipelineExecution",
        "codepipeline:TagResource",
        "codepipeline:UntagResource",
        "codepipeline:UpdatePipeline",
      ],
      Resource: arn("codepipeline", `${prefix}-pipeline`),
    },
    {
      Sid: "ChangeConnection",
      Effect: "Allow",
      Action: [
        "codeconnections:DeleteConnection",
        "codeconnections:GetConnection",
        "codeconnections:ListTagsForResource",
        "codeconnections:PassConnection",
        "codeconnections:TagResource",
        "codeconnections:UntagResource",
        "codeconnections:UseConnection",
      ],
      Resource: arn("codeconnections", "connection/*"),
    },
    {
      // One that exists may have the service's former name; it is only handed on.
      Sid: "PassFormerConnection",
      Effect: "Allow",
      Action: [
        "codestar-connections:GetConnection",
        "codestar-connections:PassConnection",
        "codestar-connections:UseConnection",
      ],
      Resource: arn("codestar-connections", "connection/*"),
    },
    {
      Sid: "ChangeBuildLogs",
      Effect: "Allow",
      Action: [
        "logs:AssociateKmsKey",
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:DeleteRetentionPolicy",
        "logs:ListTagsForResource",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
      Resource: [
        arn("logs", `log-group:/aws/codebuild/${prefix}-*`),
        arn("logs", `log-group:/aws/codebuild/${prefix}-*:*`),
      ],
    },
    {
      Sid: "MakeConnection",
      Effect: "Allow",
      Action: PIPELINE_UNSCOPED,
      Resource: "*",
    },
    {
      Sid: "PassPipelineRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: `arn:${partition}:iam::${account}:role/${prefix}-*`,
      Condition: {
        StringEquals: {
          "iam:PassedToService": [
            "codebuild.amazonaws.com",
            "codepipeline.amazonaws.com",
            "events.amazonaws.com",
          ],
        },
      },
    },
  ];
}

/** What the boundary must allow on everything, because a connection that is not there yet has no name. */
export const PIPELINE_UNSCOPED = ["codeconnections:CreateConnection"];

/** What the boundary of a pipeline's roles depends on. */
export interface PipelineOutline {
  readonly prefix: string;
  readonly targetRoleArns: readonly string[];
  /** Names of buckets of artefacts and source that exist. */
  readonly bucketNames: readonly string[];
}

/** What a boundary of the pipeline's roles has beside the services that it delivers. */
export function pipelineBoundary(
  { partition, region, account }: Location,
  { prefix, targetRoleArns, bucketNames }: PipelineOutline,
): readonly PolicyStatement[] {
  const services = ["codecommit", "codeconnections", "codestar-connections"];
  return [
    {
      Sid: "PipelineServices",
      Effect: "Allow",
      Action: ["codebuild:*", "codepipeline:*", ...services.map((service) => `${service}:*`)],
      Resource: [
        // Whoever changes another project or pipeline has the rights of its role, which nothing bounds.
        `arn:${partition}:codebuild:*:${account}:*/${prefix}-*`,
        `arn:${partition}:codepipeline:*:${account}:${prefix}-*`,
        ...services.map((service) => `arn:${partition}:${service}:*:${account}:*`),
      ],
    },
    ...(bucketNames.length === 0
      ? []
      : [
          {
            Sid: "PipelineBuckets",
            Effect: "Allow" as const,
            Action: "s3:*",
            Resource: bucketNames.flatMap((name) =>
              [name, `${name}/*`].map((each) => `arn:${partition}:s3:::${each}`),
            ),
          },
        ]),
    {
      Sid: "PipelineSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: `arn:${partition}:secretsmanager:${region}:${account}:secret:*`,
    },
    {
      // Names and accounts apart, because the ARNs of many stacks do not fit.
      Sid: "PipelineTargets",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: [...new Set(targetRoleArns.map((arn) => arn.replace(/:\d{12}:/, ":*:")))],
      Condition: { StringEquals: { "aws:ResourceAccount": accountsOf(targetRoleArns) } },
    },
  ];
}

const accountsOf = (arns: readonly string[]): readonly string[] => [
  ...new Set(arns.map((arn) => arn.split(":")[4] ?? "")),
];
