import type { Location } from "./principals";
import type { PolicyStatement } from "./statement";

/**
 * Lets a role read a repository through a connection. Connections that were made under the service's former name have
 * ARNs and actions of that name.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html
 */
export function connectionUse(connectionArn: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "UseConnection",
      Effect: "Allow",
      Action: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
      Resource: connectionArn,
    },
  ];
}

/** Lets CodeBuild clone through a connection. */
export function connectionClone(connectionArn: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "CloneThroughConnection",
      Effect: "Allow",
      Action: [
        "codeconnections:UseConnection",
        "codeconnections:GetConnection",
        "codeconnections:GetConnectionToken",
        "codestar-connections:UseConnection",
        "codestar-connections:GetConnection",
        "codestar-connections:GetConnectionToken",
      ],
      Resource: connectionArn,
    },
  ];
}

/** ARN of a repository of CodeCommit. */
export const repositoryArn = ({ partition, region, account }: Location, name: string): string =>
  `arn:${partition}:codecommit:${region}:${account}:${name}`;

/**
 * Lets the pipeline fetch a branch of a CodeCommit repository.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html
 */
export function repositoryReads(location: Location, repositoryName: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "ReadRepository",
      Effect: "Allow",
      Action: [
        "codecommit:GetBranch",
        "codecommit:GetCommit",
        "codecommit:GetRepository",
        "codecommit:UploadArchive",
        "codecommit:GetUploadArchiveStatus",
        "codecommit:CancelUploadArchive",
      ],
      Resource: repositoryArn(location, repositoryName),
    },
  ];
}

/**
 * Lets the pipeline fetch one object of a versioned bucket.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
 */
export function objectReads(bucketArn: string, objectKey: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "FindSourceBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"],
      Resource: bucketArn,
    },
    {
      Sid: "ReadSource",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"],
      Resource: `${bucketArn}/${objectKey}`,
    },
  ];
}
