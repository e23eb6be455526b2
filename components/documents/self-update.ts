import { type DeliveryScope } from "./delivery-grants";
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
      Action: "codeconnections:CreateConnection",
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

/** The names of the pipeline's own resources, on top of those of the stack's other parts. */
export const ownScope = (
  location: Location,
  stack: Pick<DeliveryScope, "names" | "stackTag">,
  prefix: string,
): DeliveryScope => ({
  partition: location.partition,
  account: location.account,
  names: [...new Set([...stack.names, `${prefix}-*`])],
  stackTag: stack.stackTag,
  generatedNames: ["evidence-*", "notifications-*", "pipeline-*", "recorder-role-*", "trail-*"],
});

/** What a boundary of the pipeline's roles has beside the services that it delivers. */
export function pipelineBoundary(
  { partition, region, account }: Location,
  targetRoleArns: readonly string[],
): readonly PolicyStatement[] {
  const services = ["codebuild", "codecommit", "codeconnections", "codepipeline", "codestar-connections"];
  return [
    {
      Sid: "PipelineServices",
      Effect: "Allow",
      Action: services.map((service) => `${service}:*`),
      Resource: services.map((service) => `arn:${partition}:${service}:*:${account}:*`),
    },
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
    { Sid: "PipelineUnscoped", Effect: "Allow", Action: "codeconnections:CreateConnection", Resource: "*" },
  ];
}

const accountsOf = (arns: readonly string[]): readonly string[] => [
  ...new Set(arns.map((arn) => arn.split(":")[4] ?? "")),
];
