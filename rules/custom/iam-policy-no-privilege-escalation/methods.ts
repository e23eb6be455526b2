import type { ResourceKind } from "../permissions";

/**
 * Known methods to get more permissions than a policy gives by itself: each by all of its actions together.
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * @see https://bishopfox.com/blog/privilege-escalation-in-aws
 */
export interface Method {
  /** The actions, joined by `+`. */
  readonly name: string;
  readonly actions: readonly string[];
}

export const PASS_ROLE = "iam:PassRole";

const role: ResourceKind = { service: "iam", prefix: "role/" };
const user: ResourceKind = { service: "iam", prefix: "user/" };
const group: ResourceKind = { service: "iam", prefix: "group/" };
const managedPolicy: ResourceKind = { service: "iam", prefix: "policy/" };
const instance: ResourceKind = { service: "ec2", prefix: "instance/" };
const lambda: ResourceKind = { service: "lambda", prefix: "function:" };
const pipeline: ResourceKind = { service: "datapipeline", prefix: "pipeline/" };
const endpoint: ResourceKind = { service: "glue", prefix: "devEndpoint/" };
const notebook: ResourceKind = { service: "sagemaker", prefix: "notebook-instance/" };
const task: ResourceKind = { service: "ecs", prefix: "task-definition/", suffix: ":1" };
const build: ResourceKind = { service: "codebuild", prefix: "project/" };

/**
 * What the actions work on. An action without resources of its own is allowed by `*` only, which every kind stands for.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const KINDS: Readonly<Record<string, ResourceKind>> = {
  [PASS_ROLE]: role,
  "cloudformation:CreateStack": { service: "cloudformation", prefix: "stack/", suffix: "/1" },
  "codebuild:CreateProject": build,
  "codebuild:StartBuild": build,
  "codestar:CreateProject": { service: "codestar", prefix: "project/" },
  "datapipeline:ActivatePipeline": pipeline,
  "datapipeline:CreatePipeline": pipeline,
  "datapipeline:PutPipelineDefinition": pipeline,
  "ec2:RunInstances": instance,
  "ecs:RegisterTaskDefinition": task,
  "ecs:RunTask": task,
  "glue:CreateDevEndpoint": endpoint,
  "glue:UpdateDevEndpoint": endpoint,
  "iam:AddUserToGroup": group,
  "iam:AttachGroupPolicy": group,
  "iam:AttachRolePolicy": role,
  "iam:AttachUserPolicy": user,
  "iam:CreateAccessKey": user,
  "iam:CreateLoginProfile": user,
  "iam:CreatePolicyVersion": managedPolicy,
  "iam:PutGroupPolicy": group,
  "iam:PutRolePolicy": role,
  "iam:PutUserPolicy": user,
  "iam:SetDefaultPolicyVersion": managedPolicy,
  "iam:UpdateAssumeRolePolicy": role,
  "iam:UpdateLoginProfile": user,
  "lambda:CreateEventSourceMapping": { service: "lambda", prefix: "event-source-mapping:" },
  "lambda:CreateFunction": lambda,
  "lambda:InvokeFunction": lambda,
  "lambda:UpdateFunctionCode": lambda,
  "lambda:UpdateFunctionConfiguration": lambda,
  "sagemaker:CreateNotebookInstance": notebook,
  "sagemaker:CreatePresignedNotebookInstanceUrl": notebook,
  "sagemaker:CreateProcessingJob": { service: "sagemaker", prefix: "processing-job/" },
  "sagemaker:CreateTrainingJob": { service: "sagemaker", prefix: "training-job/" },
  "ssm:SendCommand": instance,
  "ssm:StartSession": instance,
  "sts:AssumeRole": role,
};

export const METHODS: readonly Method[] = [
  ["iam:CreatePolicyVersion"],
  ["iam:SetDefaultPolicyVersion"],
  ["iam:CreateAccessKey"],
  ["iam:CreateLoginProfile"],
  ["iam:UpdateLoginProfile"],
  ["iam:AttachUserPolicy"],
  ["iam:AttachGroupPolicy"],
  ["iam:AttachRolePolicy"],
  ["iam:PutUserPolicy"],
  ["iam:PutGroupPolicy"],
  ["iam:PutRolePolicy"],
  ["iam:AddUserToGroup"],
  ["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"],
  [PASS_ROLE, "ec2:RunInstances"],
  [PASS_ROLE, "lambda:CreateFunction", "lambda:InvokeFunction"],
  [PASS_ROLE, "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  ["lambda:UpdateFunctionCode"],
  ["lambda:UpdateFunctionConfiguration"],
  [PASS_ROLE, "glue:CreateDevEndpoint"],
  ["glue:UpdateDevEndpoint"],
  [PASS_ROLE, "cloudformation:CreateStack"],
  [
    PASS_ROLE,
    "datapipeline:CreatePipeline",
    "datapipeline:PutPipelineDefinition",
    "datapipeline:ActivatePipeline",
  ],
  [PASS_ROLE, "codestar:CreateProject"],
  [PASS_ROLE, "codebuild:CreateProject", "codebuild:StartBuild"],
  [PASS_ROLE, "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  [PASS_ROLE, "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"],
  ["sagemaker:CreatePresignedNotebookInstanceUrl"],
  [PASS_ROLE, "sagemaker:CreateTrainingJob"],
  [PASS_ROLE, "sagemaker:CreateProcessingJob"],
  ["ssm:SendCommand"],
  ["ssm:StartSession"],
].map((actions) => ({ name: actions.join("+"), actions }));

/**
 * What an action works on.
 * @throws Error for an action of no method.
 */
export function kindOf(action: string): ResourceKind {
  const kind = KINDS[action];
  if (kind === undefined) throw new Error(`The action "${action}" has no kind of resource.`);
  return kind;
}

/** The services that a method passes a role to, where they are not named like the service of its actions. */
const PRINCIPALS: Readonly<Record<string, readonly string[]>> = {
  datapipeline: ["datapipeline", "ec2", "elasticmapreduce"],
  ecs: ["ecs-tasks"],
};

/** The service principals that a method passes a role to, in all partitions. */
export const passedTo = ({ actions }: Method): readonly string[] =>
  actions
    .filter((action) => action !== PASS_ROLE)
    .map((action) => action.slice(0, action.indexOf(":")))
    .flatMap((service) => PRINCIPALS[service] ?? [service])
    .flatMap((service) => [`${service}.amazonaws.com`, `${service}.amazonaws.com.cn`]);
