import { type ResourceTypes } from "../resource-type";
import { instanceProfile, policy, rolePolicy, rolePolicyAttachment } from "./iam-policies";
import { role, serviceLinkedRole } from "./iam-roles";

/** The resource types of IAM. */
export const iam: ResourceTypes = {
  "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
  "aws:iam/policy:Policy": policy,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": serviceLinkedRole,
};
