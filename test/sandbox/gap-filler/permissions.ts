import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { decide, type PolicyRequest } from "./policy";
import type { Surroundings } from "./server";

/** The answer, or nothing when AWS says that there is none. */
export async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (/NotFound|NoSuch/.test(name)) return undefined;
    throw error;
  }
}

/** The policy of a key, which is in the region of its ARN; `undefined` when there is no such key. */
export async function keyPolicyOf(
  { region, elsewhere }: Surroundings,
  KeyId: string,
): Promise<string | undefined> {
  const { kms } = elsewhere(regionOfKey(KeyId, region));
  const answer = await found(kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" })));
  return answer?.Policy;
}

/** The region of a key's ARN; an id alone is one of the region that is asked. */
export function regionOfKey(key: string, region: string): string {
  return key.startsWith("arn:") ? (key.split(":")[3] ?? region) : region;
}

/** Whether a role exists and its trust policy lets a service assume it. */
export async function isTrusted(
  { aws }: Surroundings,
  roleArn: string,
  service: string,
  context: PolicyRequest["context"] = {},
): Promise<boolean> {
  const trust = await trustOf(aws.iam, roleNameOf(roleArn));
  return (
    decide(trust, { principal: { service }, action: "sts:AssumeRole", resource: "", context }) === "allow"
  );
}

/** Whether a role's own policies allow a request. */
export async function roleAllows(
  { aws }: Surroundings,
  roleArn: string,
  request: PolicyRequest,
): Promise<boolean> {
  const documents = await rolePolicies(aws.iam, roleNameOf(roleArn));
  const verdicts = documents.map((document) => decide(document, request));
  return verdicts.includes("allow") && !verdicts.includes("deny");
}

function roleNameOf(roleArn: string): string {
  return roleArn.split("/").at(-1) ?? "";
}

/** The trust policy of a role; empty where there is no such role. */
export async function trustOf(iam: IAMClient, RoleName: string): Promise<string> {
  const answer = await found(iam.send(new GetRoleCommand({ RoleName })));
  return decodeURIComponent(answer?.Role?.AssumeRolePolicyDocument ?? "");
}

/** The permissions boundary of a role, or its ARN; `undefined` where it has none. */
export async function boundaryOf(
  iam: IAMClient,
  RoleName: string,
  what: "document" | "arn" = "document",
): Promise<string | undefined> {
  const answer = await found(iam.send(new GetRoleCommand({ RoleName })));
  const arn = answer?.Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  return arn === undefined || what === "arn" ? arn : decodeURIComponent(await managedPolicy(iam, arn));
}

/** The role's inline policies and those that are attached to it. */
export async function rolePolicies(iam: IAMClient, RoleName: string): Promise<readonly string[]> {
  const documents: string[] = [];
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    documents.push(PolicyDocument ?? "");
  }
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  for (const { PolicyArn } of AttachedPolicies) documents.push(await managedPolicy(iam, PolicyArn ?? ""));
  // IAM answers with documents as they stand in a URL.
  return documents.map(decodeURIComponent);
}

async function managedPolicy(iam: IAMClient, PolicyArn: string): Promise<string> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const version = { PolicyArn, VersionId: Policy?.DefaultVersionId };
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand(version));
  return PolicyVersion?.Document ?? "";
}
