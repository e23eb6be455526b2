import type { PolicyStatement } from "./statement";

/** A stack that roles of another account deliver. */
export interface SharedStack {
  /** Short name. */
  readonly stack: string;
  /** The account of the roles, 12 digits. */
  readonly account: string;
  /** Beginning of the names of the roles. */
  readonly rolePrefix: string;
}

/** Where the state of a project's stacks is. */
export interface SharedState {
  readonly partition: string;
  readonly bucketArn: string;
  /** Folder of the state. */
  readonly prefix: string | undefined;
  readonly project: string;
}

/**
 * Lets the roles that deliver stacks to other accounts reach the state of exactly their stacks, as far as their own
 * policies allow: only one of them may write. The roles need not exist yet, so that their account is the principal.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
 */
export function stateSharing(state: SharedState, stacks: readonly SharedStack[]): readonly PolicyStatement[] {
  const { bucketArn, prefix, project } = state;
  const folder = `${bucketArn}/${prefix === undefined ? "" : `${prefix}/`}.pulumi`;
  return stacks.map((shared, index) => ({
    Sid: `AllowStack${index + 1}`,
    Effect: "Allow",
    ...rolesOf(state.partition, shared),
    Action: ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    // The checkpoint, and its history, backups and locks.
    Resource: [
      bucketArn,
      `${folder}/meta.yaml`,
      `${folder}/*/${project}/${shared.stack}.*`,
      `${folder}/*/${project}/${shared.stack}/*`,
    ],
  }));
}

/** Lets the same roles use the state's key. In a key policy, the resource "*" means the key itself. */
export function stateKeySharing(
  partition: string,
  stacks: readonly SharedStack[],
): readonly PolicyStatement[] {
  const distinct = stacks.filter(
    ({ account, rolePrefix }, index) =>
      stacks.findIndex((other) => other.account === account && other.rolePrefix === rolePrefix) === index,
  );
  return distinct.map((shared, index) => ({
    Sid: `AllowRoles${index + 1}`,
    Effect: "Allow",
    ...rolesOf(partition, shared),
    Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
    Resource: "*",
  }));
}

function rolesOf(partition: string, { account, rolePrefix }: SharedStack) {
  const iam = `arn:${partition}:iam::${account}`;
  return {
    Principal: { AWS: `${iam}:root` },
    Condition: { ArnLike: { "aws:PrincipalArn": `${iam}:role/${rolePrefix}-*` } },
  };
}
