import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DeleteServiceLinkedRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  type Role,
} from "@aws-sdk/client-iam";
import { type RoleArgs, type ServiceLinkedRoleArgs } from "@pulumi/aws/iam";

import { resourceType, type Args } from "../resource-type";
import { type Session } from "../session";
import { given } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

/** The IAM client of a session. */
export const iamClient = (session: Session): IAMClient => session.client(IAMClient, "iam");

/** A role. */
export const role = resourceType<RoleArgs>({
  replaceOn: ["path", "namePrefix"],
  defaults: { maxSessionDuration: 3600, path: "/" },
  check({ name, assumeRolePolicy }) {
    const problems: [keyof RoleArgs, string][] = [];
    if (name !== undefined && name.length > 64) {
      problems.push(["name", `"name" has ${name.length} characters; a role takes at most 64.`]);
    }
    if (!isJson(assumeRolePolicy)) {
      problems.push(["assumeRolePolicy", '"assumeRolePolicy" contains an invalid JSON policy.']);
    }
    return problems;
  },
  async create(session, args) {
    const RoleName = args.name ?? generatedName(args.namePrefix);
    await iamClient(session).send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: args.assumeRolePolicy,
        Description: args.description,
        Path: args.path,
        MaxSessionDuration: args.maxSessionDuration,
        PermissionsBoundary: args.permissionsBoundary,
        Tags: tagList(args.tagsAll),
      }),
    );
    return RoleName;
  },
  async update(session, RoleName, args, old) {
    const client = iamClient(session);
    const { assumeRolePolicy, description, maxSessionDuration, permissionsBoundary } = args;
    if (assumeRolePolicy !== old.assumeRolePolicy) {
      await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: assumeRolePolicy }));
    }
    if (description !== old.description || maxSessionDuration !== old.maxSessionDuration) {
      const command = { RoleName, Description: description ?? "", MaxSessionDuration: maxSessionDuration };
      await client.send(new UpdateRoleCommand(command));
    }
    if (permissionsBoundary !== old.permissionsBoundary) {
      if (permissionsBoundary === undefined)
        await client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
      else
        await client.send(
          new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: permissionsBoundary }),
        );
    }
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagRoleCommand({ RoleName, Tags: tagList(tags) })),
      (TagKeys) => client.send(new UntagRoleCommand({ RoleName, TagKeys })),
    );
  },
  async configure(session, RoleName, args, old) {
    const client = iamClient(session);
    const [now, before] = [args.managedPolicyArns ?? [], old?.managedPolicyArns ?? []];
    for (const PolicyArn of before.filter((arn) => !now.includes(arn))) {
      await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    for (const PolicyArn of now.filter((arn) => !before.includes(arn))) {
      await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    await putInlinePolicies(client, RoleName, args, old);
  },
  async read(session, RoleName, asked) {
    const client = iamClient(session);
    const { Role: found } = await client.send(new GetRoleCommand({ RoleName }));
    if (!found) return undefined;
    // Policies that other resources attach are no drift of a role that names none itself.
    const inline =
      asked.inlinePolicies === undefined ? {} : { inlinePolicies: await inlinePolicies(client, RoleName) };
    const managed =
      asked.managedPolicyArns === undefined
        ? {}
        : { managedPolicyArns: await attachedPolicies(client, RoleName) };
    return { ...roleState(found), ...inline, ...managed };
  },
  async delete(
    session,
    RoleName,
    { inlinePolicies: inline, managedPolicyArns: managed, forceDetachPolicies },
  ) {
    const client = iamClient(session);
    const all = forceDetachPolicies === true;
    for (const PolicyArn of all ? await attachedPolicies(client, RoleName) : (managed ?? [])) {
      await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    for (const { name: PolicyName } of all ? await inlinePolicies(client, RoleName) : (inline ?? [])) {
      if (PolicyName !== undefined) await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    }
    await client.send(new DeleteRoleCommand({ RoleName }));
  },
});

/** The role that an AWS service makes for itself. */
export const serviceLinkedRole = resourceType<ServiceLinkedRoleArgs>({
  replaceOn: ["awsServiceName", "customSuffix"],
  async create(session, args) {
    const { Role: created } = await iamClient(session).send(
      new CreateServiceLinkedRoleCommand({
        AWSServiceName: args.awsServiceName,
        CustomSuffix: args.customSuffix,
        Description: args.description,
      }),
    );
    return given(created?.Arn, "the ARN of the new role");
  },
  async update(session, arn, { description }) {
    await iamClient(session).send(
      new UpdateRoleCommand({ RoleName: nameIn(arn), Description: description ?? "" }),
    );
  },
  async read(session, arn) {
    const { Role: found } = await iamClient(session).send(new GetRoleCommand({ RoleName: nameIn(arn) }));
    if (!found) return undefined;
    const { arn: roleArn, createDate, description, name, path, uniqueId, tagsAll } = roleState(found);
    const awsServiceName = found.Path?.split("/")[2];
    return { arn: roleArn, awsServiceName, createDate, description, name, path, uniqueId, tagsAll };
  },
  async delete(session, arn) {
    await iamClient(session).send(new DeleteServiceLinkedRoleCommand({ RoleName: nameIn(arn) }));
  },
});

/** Whether a text holds JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A name that begins with a prefix, as the provider makes it up when it creates the thing. */
export function generatedName(prefix: string | undefined): string {
  return `${prefix ?? "terraform-"}${Date.now()}${String(process.hrtime()[1]).padStart(9, "0")}`;
}

/** The last part of an ARN or path. */
function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

function roleState(found: Role): Readonly<Record<string, unknown>> {
  return {
    arn: found.Arn,
    assumeRolePolicy: decodeURIComponent(found.AssumeRolePolicyDocument ?? ""),
    createDate: found.CreateDate?.toISOString(),
    description: found.Description,
    maxSessionDuration: found.MaxSessionDuration,
    name: found.RoleName,
    path: found.Path,
    permissionsBoundary: found.PermissionsBoundary?.PermissionsBoundaryArn,
    uniqueId: found.RoleId,
    tagsAll: tagMap(found.Tags),
  };
}

async function putInlinePolicies(
  client: IAMClient,
  RoleName: string,
  args: Args<RoleArgs>,
  old: Args<RoleArgs> | undefined,
): Promise<void> {
  const now = args.inlinePolicies ?? [];
  for (const { name: PolicyName } of old?.inlinePolicies ?? []) {
    if (PolicyName === undefined || now.some(({ name }) => name === PolicyName)) continue;
    await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  }
  for (const { name: PolicyName, policy: PolicyDocument } of now) {
    if (PolicyName === undefined) continue;
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  }
}

async function inlinePolicies(
  client: IAMClient,
  RoleName: string,
): Promise<{ name?: string; policy?: string }[]> {
  const { PolicyNames = [] } = await client.send(new ListRolePoliciesCommand({ RoleName }));
  return Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument = "" } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return { name: PolicyName, policy: decodeURIComponent(PolicyDocument) };
    }),
  );
}

async function attachedPolicies(client: IAMClient, RoleName: string): Promise<string[]> {
  const { AttachedPolicies = [] } = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.map(({ PolicyArn }) => PolicyArn).filter((arn) => arn !== undefined);
}
