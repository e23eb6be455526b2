import type { Location } from "./principals";
import type { PolicyStatement } from "./statement";

/** ARN of a CodeBuild project, known before it exists. */
export const projectArn = ({ partition, region, account }: Location, name: string): string =>
  `arn:${partition}:codebuild:${region}:${account}:project/${name}`;

/** The log group of a project. */
export const logGroupOf = (projectName: string): string => `/aws/codebuild/${projectName}`;

/** ARN of a pipeline, known before it exists. */
export const pipelineArn = ({ partition, region, account }: Location, name: string): string =>
  `arn:${partition}:codepipeline:${region}:${account}:${name}`;

/** ARN of an EventBridge rule, known before it exists. */
export const eventRuleArn = ({ partition, region, account }: Location, name: string): string =>
  `arn:${partition}:events:${region}:${account}:rule/${name}`;

/** ARN of a role, known before it exists. */
export const roleArn = (place: Pick<Location, "partition" | "account">, name: string): string =>
  `arn:${place.partition}:iam::${place.account}:role/${name}`;

/**
 * Lets CodePipeline assume a role for the pipelines of one account.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export function pipelineTrust({ account }: Location): PolicyStatement {
  return {
    Sid: "AllowPipelinesOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "codepipeline.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/**
 * Lets CodeBuild assume a role for one project.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/cross-service-confused-deputy-prevention.html
 */
export function buildTrust(location: Location, projectName: string): PolicyStatement {
  return {
    Sid: "AllowOwnProject",
    Effect: "Allow",
    Principal: { Service: "codebuild.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: {
        "aws:SourceAccount": location.account,
        "aws:SourceArn": projectArn(location, projectName),
      },
    },
  };
}

/**
 * Lets some rules of EventBridge assume a role.
 *
 * @param rules - their names, also patterns
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
export function eventsTrust(location: Location, rules: readonly string[]): PolicyStatement {
  return {
    Sid: "AllowOwnRules",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": location.account },
      ArnEquals: { "aws:SourceArn": rules.map((name) => eventRuleArn(location, name)) },
    },
  };
}

/** Lets a role start a pipeline or a project: what EventBridge does. */
export function startPermissions(action: string, arns: readonly string[]): readonly PolicyStatement[] {
  return [{ Sid: "Start", Effect: "Allow", Action: action, Resource: arns }];
}

/**
 * What every CodeBuild project needs: to write its own log group and its own reports.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
 */
export function buildPermissions(location: Location, projectName: string): readonly PolicyStatement[] {
  const { partition, region, account } = location;
  return [
    {
      Sid: "WriteOwnLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:${partition}:logs:${region}:${account}:log-group:${logGroupOf(projectName)}:*`,
    },
    {
      Sid: "WriteOwnReports",
      Effect: "Allow",
      Action: [
        "codebuild:BatchPutTestCases",
        "codebuild:CreateReport",
        "codebuild:CreateReportGroup",
        "codebuild:UpdateReport",
      ],
      Resource: `arn:${partition}:codebuild:${region}:${account}:report-group/${projectName}-*`,
    },
  ];
}

/** The bucket that a pipeline's artefacts lie in, and the key that encrypts them. */
export interface ArtifactStore {
  readonly bucketArn: string;
  readonly kmsKeyArn: string;
}

/** Lets a project read its input artefacts. */
export function artifactReads({ bucketArn, kmsKeyArn }: ArtifactStore): readonly PolicyStatement[] {
  return [
    {
      Sid: "ReadArtifacts",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: `${bucketArn}/*`,
    },
    { Sid: "DecryptArtifacts", Effect: "Allow", Action: "kms:Decrypt", Resource: kmsKeyArn },
  ];
}

/** Lets a project write its output artefact, but neither another one's cache nor the source that is kept. */
export function artifactWrites(store: ArtifactStore, kept: readonly string[]): readonly PolicyStatement[] {
  const { bucketArn, kmsKeyArn } = store;
  return [
    { Sid: "WriteArtifacts", Effect: "Allow", Action: "s3:PutObject", Resource: `${bucketArn}/*` },
    { Sid: "EncryptArtifacts", Effect: "Allow", Action: "kms:GenerateDataKey", Resource: kmsKeyArn },
    {
      Sid: "LeaveWhatIsKept",
      Effect: "Deny",
      Action: "s3:PutObject",
      Resource: kept.map((folder) => `${bucketArn}/${folder}`),
    },
  ];
}

/** Lets a project read and write its own cache in the artefact bucket. */
export function cacheAccess(store: ArtifactStore, folder: string): readonly PolicyStatement[] {
  const { bucketArn, kmsKeyArn } = store;
  return [
    {
      Sid: "UseOwnCache",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
      Resource: `${bucketArn}/${folder}/*`,
    },
    {
      Sid: "EncryptCache",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: kmsKeyArn,
    },
  ];
}

/** Lets a project assume roles, in any account. */
export function roleAssumption(roleArns: readonly string[]): readonly PolicyStatement[] {
  return [{ Sid: "AssumeTargetRoles", Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArns }];
}

/**
 * Lets a project read some secrets, whatever key encrypts them, and only through Secrets Manager.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function secretReads(location: Location, secretArns: readonly string[]): readonly PolicyStatement[] {
  const { partition, region, account } = location;
  return [
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: secretArns,
    },
    {
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: `arn:${partition}:kms:${region}:${account}:key/*`,
      Condition: {
        StringLike: {
          "kms:ViaService": `secretsmanager.${region}.*`,
          "kms:EncryptionContext:SecretARN": secretArns,
        },
      },
    },
  ];
}

/**
 * What a pull request can never do, whatever else its role gains: its code is not reviewed yet.
 *
 * @param secretArns - the only secrets that it may read: tokens that cannot deliver
 */
export function pullRequestDenials(secretArns: readonly string[]): readonly PolicyStatement[] {
  const secrets: PolicyStatement = {
    Sid: "NeverReadOtherSecrets",
    Effect: "Deny",
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
  };
  return [
    {
      Sid: "NeverWriteStateOrArtifacts",
      Effect: "Deny",
      Action: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: "*",
    },
    secretArns.length === 0
      ? secrets
      : { ...secrets, Condition: { ArnNotEquals: { "secretsmanager:SecretId": secretArns } } },
    {
      // What a stack encrypted itself is decrypted by no service.
      Sid: "NeverDecryptSecrets",
      Effect: "Deny",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringNotLike: { "kms:ViaService": ["s3.*", "secretsmanager.*"] } },
    },
    {
      Sid: "NeverDeliver",
      Effect: "Deny",
      Action: [
        "codebuild:StartBuild",
        "codepipeline:PutApprovalResult",
        "codepipeline:StartPipelineExecution",
        "iam:PassRole",
        "ssm:GetParameter",
        "ssm:GetParameters",
        "ssm:GetParametersByPath",
      ],
      Resource: "*",
    },
  ];
}

/**
 * What the pipeline itself does: move artefacts and start projects. What its source needs comes on top.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export function pipelinePermissions(
  store: ArtifactStore,
  projectArns: readonly string[],
): readonly PolicyStatement[] {
  const { bucketArn, kmsKeyArn } = store;
  return [
    {
      Sid: "FindArtifactBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:GetBucketVersioning"],
      Resource: bucketArn,
    },
    {
      Sid: "MoveArtifacts",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
      Resource: `${bucketArn}/*`,
    },
    {
      Sid: "EncryptArtifacts",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: kmsKeyArn,
    },
    {
      Sid: "RunProjects",
      Effect: "Allow",
      Action: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
      Resource: projectArns,
    },
  ];
}

/**
 * Refuses objects under another key than the pipeline's own.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function onlyOwnKey(bucketArn: string, kmsKeyArn: string): PolicyStatement {
  const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  return {
    Sid: "DenyOtherKeys",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    // A request that names no key gets the bucket's own, which is this one.
    Condition: { StringNotEquals: { [key]: kmsKeyArn }, Null: { [key]: "false" } },
  };
}
