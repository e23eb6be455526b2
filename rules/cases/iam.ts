import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import { casesOf } from "./tags";
import type { Cases } from "./types";

const user = resource("aws:iam/user:User");
const group = resource("aws:iam/group:Group");
const members = resource("aws:iam/groupMembership:GroupMembership");
const groupsOf = resource("aws:iam/userGroupMembership:UserGroupMembership");
const oidc = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider");
const password = resource("aws:iam/accountPasswordPolicy:AccountPasswordPolicy");

const strong = {
  requireUppercaseCharacters: true,
  requireLowercaseCharacters: true,
  requireSymbols: true,
  requireNumbers: true,
  minimumPasswordLength: 14,
  passwordReusePrevention: 24,
  maxPasswordAge: 90,
};
const ISSUER = "https://token.actions.githubusercontent.com";
export const iam: Cases = {
  IAM_GROUP_HAS_USERS_CHECK: [
    compliantCase("has users", group({ name: "readers" }), {
      with: { m: members({ group: "readers", users: ["alice"] }) },
    }),
    compliantCase("is a group of a user", group({}), {
      with: { m: groupsOf({ user: "alice", groups: [ref("subject", "name")] }) },
    }),
    violatingCase("has no users", group({})),
    violatingCase("has a membership without users", group({ name: "readers" }), {
      with: { m: members({ group: "readers", users: [] }) },
    }),
    undecidedCase("has users that are not known yet", group({ name: "readers" }), {
      with: { m: members({ group: "readers", users: unknown }) },
    }),
  ],
  IAM_USER_GROUP_MEMBERSHIP_CHECK: [
    compliantCase("is in a group", user({ name: "alice" }), {
      with: { m: groupsOf({ user: "alice", groups: ["readers"] }) },
    }),
    compliantCase("is among the users of a group", user({}), {
      with: { m: members({ group: "readers", users: [ref("subject", "name")] }) },
    }),
    compliantCase("is in the group that is asked for", user({}), {
      parameters: { groupNames: "readers,writers" },
      with: {
        g: group({ name: "writers" }),
        m: groupsOf({ user: ref("subject", "name"), groups: [ref("g", "name")] }),
      },
    }),
    violatingCase("is in no group", user({ name: "alice" })),
    violatingCase("has a membership without groups", user({ name: "alice" }), {
      with: { m: groupsOf({ user: "alice", groups: [] }) },
    }),
    violatingCase("is in another group than is asked for", user({ name: "alice" }), {
      parameters: { groupNames: "writers" },
      with: { m: groupsOf({ user: "alice", groups: ["readers"] }) },
    }),
    undecidedCase("is in a group that is not known yet, where one is asked for", user({ name: "alice" }), {
      parameters: { groupNames: "writers" },
      with: { m: groupsOf({ user: "alice", groups: [unknown] }) },
    }),
  ],
  IAM_OIDC_PROVIDER_CLIENT_ID_LIST_CHECK: [
    compliantCase("accepts an approved client", oidc({ url: ISSUER, clientIdLists: ["sts.amazonaws.com"] }), {
      parameters: { allowedClientIds: "sts.amazonaws.com,other" },
    }),
    violatingCase(
      "accepts another client",
      oidc({ url: ISSUER, clientIdLists: ["sts.amazonaws.com", "mine"] }),
      {
        parameters: { allowedClientIds: "sts.amazonaws.com" },
      },
    ),
    undecidedCase("accepts clients that are not known yet", oidc({ url: ISSUER, clientIdLists: [unknown] }), {
      parameters: { allowedClientIds: "sts.amazonaws.com" },
    }),
  ],
  IAM_OIDC_PROVIDER_TAGGED: casesOf("aws:iam/openIdConnectProvider:OpenIdConnectProvider", { url: ISSUER }),
  IAM_SAML_PROVIDER_TAGGED: casesOf("aws:iam/samlProvider:SamlProvider", { samlMetadataDocument: "<x/>" }),
  IAM_SERVER_CERTIFICATE_TAGGED: casesOf("aws:iam/serverCertificate:ServerCertificate", {
    certificateBody: "x",
  }),
  IAM_PASSWORD_POLICY: [
    compliantCase("asks for everything", password(strong)),
    compliantCase("asks for more", password({ ...strong, minimumPasswordLength: 20, maxPasswordAge: 30 })),
    compliantCase("leaves out what is not asked for", password({ ...strong, requireSymbols: false }), {
      parameters: { RequireSymbols: "false" },
    }),
    violatingCase("asks for no symbols", password({ ...strong, requireSymbols: false })),
    violatingCase(
      "does not say that it asks for numbers",
      password({ ...strong, requireNumbers: undefined }),
    ),
    violatingCase("allows short passwords", password({ ...strong, minimumPasswordLength: 8 })),
    violatingCase("lets passwords live long", password({ ...strong, maxPasswordAge: 365 })),
    violatingCase("lets passwords live forever", password({ ...strong, maxPasswordAge: undefined })),
    violatingCase("lets passwords come back", password({ ...strong, passwordReusePrevention: undefined })),
    violatingCase("says nothing", password({})),
    undecidedCase(
      "allows passwords of an unknown length",
      password({ ...strong, minimumPasswordLength: unknown }),
    ),
  ],
};
