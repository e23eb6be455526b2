import {
  all,
  any,
  compliant,
  identitiesOf,
  notApplicable,
  policy,
  reveal,
  stackPolicy,
  undecided,
  violation,
} from "../engine";
import type { Context, Outcome, Policies, ResourceNode } from "../engine";
import { partsOf, readerOf, textsAt } from "../views/parts";
import { hasTags } from "./generators";

const USER = "aws:iam/user:User";
const GROUP = "aws:iam/group:Group";

const BY_GROUP = { type: "aws:iam/groupMembership:GroupMembership", path: "group" } as const;
const BY_USERS = { type: "aws:iam/groupMembership:GroupMembership", path: "users" } as const;
const BY_USER = { type: "aws:iam/userGroupMembership:UserGroupMembership", path: "user" } as const;
const BY_GROUPS = { type: "aws:iam/userGroupMembership:UserGroupMembership", path: "groups" } as const;

/** Some membership names the group and a user. */
function groupHasUsers(_: unknown, __: unknown, context: Context): Outcome {
  const memberships = partsOf(context, [BY_GROUP]);
  const users = partsOf(context, [BY_GROUPS]);
  const reason = { found: "the group has no users", fix: "add a user by a GroupMembership" };
  const isUncertain = memberships.uncertain || users.uncertain;
  return any(
    ...memberships.nodes.map((node) => node.reader(BY_GROUP.type).nonEmpty("users")),
    users.nodes.length > 0 ? compliant() : notApplicable(),
    isUncertain ? undecided(reason) : violation(reason),
  );
}

/** Some membership names the user and one of the wanted groups, or any group where none is named. */
function userIsInGroup(names: readonly string[] | undefined, context: Context): Outcome {
  const { stack } = context;
  const own = partsOf(context, [BY_USER]);
  const ofGroups = partsOf(context, [BY_USERS]);
  const wanted = names === undefined ? "a group" : `one of the groups ${names.join(", ")}`;
  const reason = { found: `the user is not in ${wanted}`, fix: "add the user by a UserGroupMembership" };
  const isIn = (node: (typeof own.nodes)[number], path: string): Outcome => {
    const texts = textsAt(readerOf(node), path);
    const isListed = readerOf(node).at(path).kind === "known" && !texts.complete;
    if (names === undefined && (texts.items.length > 0 || isListed)) return compliant();
    if (names === undefined) return texts.complete ? violation(reason) : undecided(reason);
    const groups = stack.targets(node, path, GROUP);
    const found = [...texts.items, ...groups.nodes.flatMap(identitiesOf)];
    if (found.some((name) => names.includes(name))) return compliant();
    const isResolved = groups.nodes.length > 0 && !groups.uncertain && groups.nodes.every(hasName);
    return !texts.complete && !isResolved ? undecided(reason) : violation(reason);
  };
  const isUncertain = own.uncertain || ofGroups.uncertain;
  return any(
    ...own.nodes.map((node) => isIn(node, "groups")),
    ...ofGroups.nodes.map((node) => isIn(node, "group")),
    isUncertain ? undecided(reason) : violation(reason),
  );
}

const hasName = (node: ResourceNode): boolean => typeof reveal(node.inputs["name"] ?? null) === "string";

export const iam: Policies = {
  IAM_GROUP_HAS_USERS_CHECK: stackPolicy("IAM groups have users.", { [GROUP]: groupHasUsers }),

  IAM_USER_GROUP_MEMBERSHIP_CHECK: stackPolicy("IAM users are in a group.", {
    [USER]: (_, p, context) => userIsInGroup(p.groupNames, context),
  }),

  IAM_OIDC_PROVIDER_CLIENT_ID_LIST_CHECK: policy("OpenID Connect providers accept approved clients only.", {
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (provider, p) => {
      const { items, complete } = provider.texts("clientIdLists");
      const allowed = p.allowedClientIds;
      const reason = provider.reason("clientIdLists", `list none but ${allowed.join(", ")}`);
      if (items.some((id) => !allowed.includes(id))) return violation(reason);
      return complete ? compliant() : undecided(reason);
    },
  }),

  IAM_OIDC_PROVIDER_TAGGED: policy("OpenID Connect providers have tags.", {
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": hasTags,
  }),

  IAM_SAML_PROVIDER_TAGGED: policy("SAML providers have tags.", {
    "aws:iam/samlProvider:SamlProvider": hasTags,
  }),

  IAM_SERVER_CERTIFICATE_TAGGED: policy("Server certificates of IAM have tags.", {
    "aws:iam/serverCertificate:ServerCertificate": hasTags,
  }),

  IAM_PASSWORD_POLICY: policy("The account's password policy is strong.", {
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": (password, p) =>
      all(
        compliant(),
        p.RequireUppercaseCharacters ? password.isTrue("requireUppercaseCharacters") : notApplicable(),
        p.RequireLowercaseCharacters ? password.isTrue("requireLowercaseCharacters") : notApplicable(),
        p.RequireSymbols ? password.isTrue("requireSymbols") : notApplicable(),
        p.RequireNumbers ? password.isTrue("requireNumbers") : notApplicable(),
        password.atLeast("minimumPasswordLength", p.MinimumPasswordLength),
        password.atLeast("passwordReusePrevention", p.PasswordReusePrevention),
        password.atLeast("maxPasswordAge", 1),
        password.atMost("maxPasswordAge", p.MaxPasswordAge),
      ),
  }),
};
