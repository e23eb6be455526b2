import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeleteInstanceProfileCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListPolicyVersionsCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  type InstanceProfileArgs,
  type PolicyArgs,
  type RolePolicyArgs,
  type RolePolicyAttachmentArgs,
} from "@pulumi/aws/iam";

import { resourceType } from "../resource-type";
import { generatedName, iamClient, isJson } from "./iam-roles";
import { given } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

/** How many versions of a managed policy IAM keeps. */
const MAX_POLICY_VERSIONS = 5;

/** An inline policy of a role. */
export const rolePolicy = resourceType<RolePolicyArgs>({
  replaceOn: ["role", "namePrefix"],
  check: ({ policy: document }) =>
    isJson(document) ? [] : [["policy", '"policy" contains an invalid JSON policy.']],
  async create(session, { role, name, namePrefix, policy: PolicyDocument }) {
    const PolicyName = name ?? generatedName(namePrefix);
    await iamClient(session).send(new PutRolePolicyCommand({ RoleName: role, PolicyName, PolicyDocument }));
    return `${role}:${PolicyName}`;
  },
  async read(session, id) {
    const [RoleName = "", PolicyName = ""] = id.split(":");
    const { PolicyDocument = "" } = await iamClient(session).send(
      new GetRolePolicyCommand({ RoleName, PolicyName }),
    );
    return { role: RoleName, name: PolicyName, policy: decodeURIComponent(PolicyDocument) };
  },
  async delete(session, id) {
    const [RoleName, PolicyName] = id.split(":");
    await iamClient(session).send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  },
});

/** A managed policy on a role. */
export const rolePolicyAttachment = resourceType<RolePolicyAttachmentArgs>({
  replaceOn: ["role", "policyArn"],
  async create(session, { role, policyArn }) {
    await iamClient(session).send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: policyArn }));
    return `${role}/${policyArn}`;
  },
  async read(session, id) {
    const [RoleName, PolicyArn] = attachmentOf(id);
    const { AttachedPolicies = [] } = await iamClient(session).send(
      new ListAttachedRolePoliciesCommand({ RoleName }),
    );
    return AttachedPolicies.some((attached) => attached.PolicyArn === PolicyArn)
      ? { role: RoleName, policyArn: PolicyArn }
      : undefined;
  },
  async delete(session, id) {
    const [RoleName, PolicyArn] = attachmentOf(id);
    await iamClient(session).send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  },
});

/** A managed policy of the account. */
export const policy = resourceType<PolicyArgs>({
  replaceOn: ["description", "path", "namePrefix"],
  defaults: { path: "/" },
  check: ({ policy: document }) =>
    isJson(document) ? [] : [["policy", '"policy" contains an invalid JSON policy.']],
  async create(session, args) {
    const { Policy: created } = await iamClient(session).send(
      new CreatePolicyCommand({
        PolicyName: args.name ?? generatedName(args.namePrefix),
        PolicyDocument: args.policy,
        Description: args.description,
        Path: args.path,
        Tags: tagList(args.tagsAll),
      }),
    );
    return given(created?.Arn, "the ARN of the new policy");
  },
  async update(session, PolicyArn, args, old) {
    const client = iamClient(session);
    if (args.policy !== old.policy) {
      const { Versions = [] } = await client.send(new ListPolicyVersionsCommand({ PolicyArn }));
      const oldest = Versions.filter(({ IsDefaultVersion }) => IsDefaultVersion !== true).at(-1);
      if (Versions.length >= MAX_POLICY_VERSIONS && oldest) {
        await client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: oldest.VersionId }));
      }
      const version = { PolicyArn, PolicyDocument: args.policy, SetAsDefault: true };
      await client.send(new CreatePolicyVersionCommand(version));
    }
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagPolicyCommand({ PolicyArn, Tags: tagList(tags) })),
      (TagKeys) => client.send(new UntagPolicyCommand({ PolicyArn, TagKeys })),
    );
  },
  async read(session, PolicyArn) {
    const client = iamClient(session);
    const { Policy: found } = await client.send(new GetPolicyCommand({ PolicyArn }));
    if (!found) return undefined;
    const VersionId = found.DefaultVersionId;
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return {
      arn: found.Arn,
      attachmentCount: found.AttachmentCount,
      description: found.Description,
      name: found.PolicyName,
      path: found.Path,
      policy: decodeURIComponent(PolicyVersion?.Document ?? ""),
      policyId: found.PolicyId,
      tagsAll: tagMap(found.Tags),
    };
  },
  async delete(session, PolicyArn) {
    const client = iamClient(session);
    const { Versions = [] } = await client.send(new ListPolicyVersionsCommand({ PolicyArn }));
    for (const { VersionId, IsDefaultVersion } of Versions) {
      if (IsDefaultVersion !== true)
        await client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    }
    await client.send(new DeletePolicyCommand({ PolicyArn }));
  },
});

/** What gives an EC2 instance its role. */
export const instanceProfile = resourceType<InstanceProfileArgs>({
  replaceOn: ["path", "namePrefix"],
  defaults: { path: "/" },
  async create(session, args) {
    const InstanceProfileName = args.name ?? generatedName(args.namePrefix);
    await iamClient(session).send(
      new CreateInstanceProfileCommand({ InstanceProfileName, Path: args.path, Tags: tagList(args.tagsAll) }),
    );
    return InstanceProfileName;
  },
  async configure(session, InstanceProfileName, { role }, old) {
    const client = iamClient(session);
    if (old?.role === role) return;
    if (old?.role !== undefined) {
      await client.send(
        new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: old.role }),
      );
    }
    if (role !== undefined) {
      await client.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: role }));
    }
  },
  async read(session, InstanceProfileName) {
    const { InstanceProfile: found } = await iamClient(session).send(
      new GetInstanceProfileCommand({ InstanceProfileName }),
    );
    return (
      found && {
        arn: found.Arn,
        createDate: found.CreateDate?.toISOString(),
        name: found.InstanceProfileName,
        path: found.Path,
        role: found.Roles?.[0]?.RoleName,
        uniqueId: found.InstanceProfileId,
      }
    );
  },
  async delete(session, InstanceProfileName, { role }) {
    const client = iamClient(session);
    if (role !== undefined) {
      await client.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: role }));
    }
    await client.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
  },
});

// "role/arn:aws:iam::aws:policy/SecurityAudit": a role's name has no slash.
function attachmentOf(id: string): readonly [string, string] {
  const slash = id.indexOf("/");
  return [id.slice(0, slash), id.slice(slash + 1)];
}
