import type { PolicyStatement } from "./statement";

/** The state in a bucket, as documents need it. */
export interface StateFacts {
  readonly bucketArn: string;
  /** Folder of the state. */
  readonly prefix: string | undefined;
  readonly kmsKeyArn: string;
  /** Name of the project and short name of its stack. */
  readonly project: string;
  readonly stack: string;
}

/** Lets a role read the state of its stack and the secrets in it, as a preview does. */
export const stateReads = (state: StateFacts): readonly PolicyStatement[] => [
  { Sid: "FindState", Effect: "Allow", Action: "s3:ListBucket", Resource: state.bucketArn },
  {
    Sid: "ReadState",
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: [`${folderOf(state)}/meta.yaml`, ...stateObjects(state)],
  },
  { Sid: "DecryptState", Effect: "Allow", Action: "kms:Decrypt", Resource: state.kmsKeyArn },
];

/**
 * Lets a role read the state of its stack and not the secrets in it: S3 decrypts the objects for it, and what Pulumi
 * encrypted with the same key stays closed, whatever the key's own policy allows.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const stateReadsWithoutSecrets = (state: StateFacts): readonly PolicyStatement[] => [
  ...stateReads(state),
  {
    Sid: "NeverDecryptSecrets",
    Effect: "Deny",
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { StringNotLike: { "kms:ViaService": "s3.*" } },
  },
];

/** Lets a role write the state of its stack on top of that. */
export function stateWrites(state: StateFacts): readonly PolicyStatement[] {
  return [
    {
      Sid: "WriteState",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:PutObject"],
      Resource: stateObjects(state),
    },
    {
      Sid: "EncryptState",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
      Resource: state.kmsKeyArn,
    },
  ];
}

const folderOf = ({ bucketArn, prefix }: StateFacts): string =>
  `${bucketArn}/${prefix === undefined ? "" : `${prefix}/`}.pulumi`;

/** Where Pulumi keeps a stack in a bucket: checkpoint, history, backups and locks. */
function stateObjects(state: StateFacts): readonly string[] {
  const folder = folderOf(state);
  const name = `${state.project}/${state.stack}`;
  return [
    `${folder}/stacks/${name}.*`,
    `${folder}/history/${name}/*`,
    `${folder}/backups/${name}/*`,
    `${folder}/locks/organization/${name}/*`,
  ];
}

/** Everything that changes what a key is good for. */
export const KEY_CHANGES = [
  "kms:*KeyDeletion",
  "kms:Create*",
  "kms:Delete*",
  "kms:Disable*",
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "kms:*TagResource",
  "kms:Update*",
];

/** Keeps the bucket of the state and its key as they are. */
export function stateProtection({ bucketArn, kmsKeyArn }: StateFacts): readonly PolicyStatement[] {
  return [
    {
      Sid: "KeepStateBucket",
      Effect: "Deny",
      Action: [
        "s3:DeleteBucket*",
        "s3:DeleteObjectVersion",
        "s3:Put*Configuration",
        "s3:PutBucket*",
        "s3:PutObjectAcl",
      ],
      Resource: [bucketArn, `${bucketArn}/*`],
    },
    { Sid: "KeepStateKey", Effect: "Deny", Action: KEY_CHANGES, Resource: kmsKeyArn },
  ];
}
