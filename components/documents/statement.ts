import * as pulumi from "@pulumi/pulumi";

/** One statement of a policy document, with every value known. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document as JSON text. */
export function policyText(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_MANAGED_POLICY = 6144;

/**
 * The document of a managed policy as JSON text.
 *
 * @param name - of the policy, for the message
 * @throws `pulumi.RunError` when IAM would refuse it for its length, which a preview already finds
 */
export function managedPolicyText(name: string, statements: readonly PolicyStatement[]): string {
  const text = policyText(statements);
  if (text.length <= LONGEST_MANAGED_POLICY) return text;
  throw new pulumi.RunError(
    `The policy "${name}" would have ${text.length} characters; IAM allows ${LONGEST_MANAGED_POLICY}. Deliver fewer stacks or accounts by one pipeline, or choose shorter names: of project and stack, "prefix", "rolePrefix" and "names".`,
  );
}

/** Refuses every request that does not come over TLS. AWS Config and S3 log delivery always use TLS. */
export function tlsOnly(bucketArn: string): PolicyStatement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * Lets a key's account administer it through IAM; without it nobody could ever change the key again. In a key policy,
 * the resource "*" means the key itself.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function accountAdministers(account: {
  readonly partition: string;
  readonly account: string;
}): PolicyStatement {
  return {
    Sid: "AllowAccountToAdminister",
    Effect: "Allow",
    Principal: { AWS: `arn:${account.partition}:iam::${account.account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}
