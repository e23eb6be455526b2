import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { CaseResource, Cases } from "./types";

const users = resource("aws:cognito/userPool:UserPool");
const identities = resource("aws:cognito/identityPool:IdentityPool");
const strong = {
  minimumLength: 12,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 3,
};
const withPolicy = (more: object): CaseResource => users({ passwordPolicy: { ...strong, ...more } });
const authenticated = settingCases(identities, "allowUnauthenticatedIdentities", {
  good: [false],
  bad: [true],
  absent: "complies",
});
const mode = "userPoolAddOns.advancedSecurityMode";

export const cognito: Cases = {
  COGNITO_IDENTITY_POOL_UNAUTHENTICATED_LOGINS: authenticated,
  COGNITO_IDENTITY_POOL_UNAUTH_ACCESS_CHECK: authenticated,
  COGNITO_USERPOOL_CUST_AUTH_THREAT_FULL_CHECK: settingCases(
    users,
    "userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode",
    {
      good: ["ENFORCED"],
      bad: ["AUDIT"],
      absent: "violates",
    },
  ),
  COGNITO_USER_POOL_ADVANCED_SECURITY_ENABLED: [
    ...settingCases(users, mode, { good: ["ENFORCED", "AUDIT"], bad: ["OFF"], absent: "violates" }),
    compliantCase(
      "has the mode that is asked for",
      users({ userPoolAddOns: { advancedSecurityMode: "ENFORCED" } }),
      {
        parameters: { SecurityMode: "ENFORCED" },
      },
    ),
    violatingCase("has another mode", users({ userPoolAddOns: { advancedSecurityMode: "AUDIT" } }), {
      parameters: { SecurityMode: "ENFORCED" },
    }),
  ],
  COGNITO_USER_POOL_DELETION_PROTECTION_ENABLED: settingCases(users, "deletionProtection", {
    good: ["ACTIVE"],
    bad: ["INACTIVE"],
    absent: "violates",
  }),
  COGNITO_USER_POOL_MFA_ENABLED: [
    ...settingCases(users, "mfaConfiguration", {
      good: ["ON", "OPTIONAL"],
      bad: ["OFF"],
      absent: "violates",
    }),
    violatingCase(
      "lets users sign in by password only",
      users({ signInPolicy: { allowedFirstAuthFactors: ["PASSWORD"] } }),
    ),
    undecidedCase(
      "does not know how users sign in yet",
      users({ signInPolicy: { allowedFirstAuthFactors: unknown } }),
    ),
    notApplicableCase(
      "lets users sign in by passkey",
      users({ signInPolicy: { allowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } }),
    ),
  ],
  COGNITO_USER_POOL_PASSWORD_POLICY_CHECK: [
    compliantCase("asks for much", withPolicy({})),
    compliantCase("has no policy, so that the default holds", users({ name: "app" })),
    compliantCase("does not ask for symbols where that is allowed", withPolicy({ requireSymbols: false }), {
      parameters: { requireSymbols: "false" },
    }),
    compliantCase(
      "does not say how long a temporary password is valid",
      withPolicy({ temporaryPasswordValidityDays: undefined }),
    ),
    violatingCase("takes short passwords", withPolicy({ minimumLength: 6 })),
    violatingCase("does not ask for symbols", withPolicy({ requireSymbols: false })),
    violatingCase("has a policy that does not name numbers", withPolicy({ requireNumbers: undefined })),
    violatingCase("keeps temporary passwords for a month", withPolicy({ temporaryPasswordValidityDays: 30 })),
    violatingCase("has the default where more is asked for", users({ name: "app" }), {
      parameters: { minLength: "14" },
    }),
    undecidedCase("does not know its policy yet", users({ passwordPolicy: unknown })),
    undecidedCase("does not know the length yet", withPolicy({ minimumLength: unknown })),
  ],
};
