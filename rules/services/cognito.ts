import { all, compliant, notApplicable, policy, undecided, violation } from "../engine";
import type { Outcome, ParametersOf, Policies, Reader, ResourceArgs } from "../engine";

const USER_POOL = "aws:cognito/userPool:UserPool";
const IDENTITY_POOL = "aws:cognito/identityPool:IdentityPool";

type UserPool = Reader<ResourceArgs[typeof USER_POOL]>;
type PasswordParameters = ParametersOf<"COGNITO_USER_POOL_PASSWORD_POLICY_CHECK">;

/** What Cognito asks of passwords when a pool has no policy of its own. */
const DEFAULT_LENGTH = 8;
const DEFAULT_VALIDITY_DAYS = 7;

/** The default policy asks for every kind of character, a written one only for those that it names. */
function passwordsAreStrong(pool: UserPool, p: PasswordParameters): Outcome {
  const written = pool.read("passwordPolicy");
  if (written.kind === "absent") {
    const isEnough = p.minLength <= DEFAULT_LENGTH && p.temporaryPasswordValidity >= DEFAULT_VALIDITY_DAYS;
    return isEnough ? compliant() : violation(pool.reason("passwordPolicy", 'set "passwordPolicy"'));
  }
  const validity = pool.value("passwordPolicy.temporaryPasswordValidityDays") ?? DEFAULT_VALIDITY_DAYS;
  const isDefault = written.kind === "known" && validity === DEFAULT_VALIDITY_DAYS;
  return all(
    compliant(),
    pool.read("passwordPolicy.minimumLength").kind === "absent" && p.minLength <= DEFAULT_LENGTH
      ? compliant()
      : pool.atLeast("passwordPolicy.minimumLength", p.minLength),
    isDefault && p.temporaryPasswordValidity >= DEFAULT_VALIDITY_DAYS
      ? compliant()
      : pool.atMost("passwordPolicy.temporaryPasswordValidityDays", p.temporaryPasswordValidity),
    p.requireLowercase ? pool.isTrue("passwordPolicy.requireLowercase") : notApplicable(),
    p.requireNumbers ? pool.isTrue("passwordPolicy.requireNumbers") : notApplicable(),
    p.requireSymbols ? pool.isTrue("passwordPolicy.requireSymbols") : notApplicable(),
    p.requireUppercase ? pool.isTrue("passwordPolicy.requireUppercase") : notApplicable(),
  );
}

/** The rule speaks of pools whose users sign in by password only. */
function hasSecondFactor(pool: UserPool): Outcome {
  const { items, complete } = pool.texts("signInPolicy.allowedFirstAuthFactors");
  const mfa = pool.oneOf("mfaConfiguration", ["ON", "OPTIONAL"]);
  if (items.some((factor) => factor !== "PASSWORD")) return notApplicable();
  return complete
    ? mfa
    : undecided(pool.reason("signInPolicy.allowedFirstAuthFactors", 'set "mfaConfiguration" to ON'));
}

export const cognito: Policies = {
  COGNITO_IDENTITY_POOL_UNAUTHENTICATED_LOGINS: policy(
    "Cognito identity pools give nothing to users who did not log in.",
    {
      [IDENTITY_POOL]: (pool) => pool.isFalse("allowUnauthenticatedIdentities"),
    },
  ),

  COGNITO_IDENTITY_POOL_UNAUTH_ACCESS_CHECK: policy(
    "Cognito identity pools give nothing to users who did not log in.",
    {
      [IDENTITY_POOL]: (pool) => pool.isFalse("allowUnauthenticatedIdentities"),
    },
  ),

  COGNITO_USERPOOL_CUST_AUTH_THREAT_FULL_CHECK: policy(
    "Cognito user pools act on threats in custom authentication.",
    {
      [USER_POOL]: (pool) =>
        pool.equals("userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode", "ENFORCED"),
    },
  ),

  COGNITO_USER_POOL_ADVANCED_SECURITY_ENABLED: policy("Cognito user pools have advanced security.", {
    [USER_POOL]: (pool, { SecurityMode }) =>
      SecurityMode === undefined
        ? pool.oneOf("userPoolAddOns.advancedSecurityMode", ["AUDIT", "ENFORCED"])
        : pool.equals("userPoolAddOns.advancedSecurityMode", SecurityMode),
  }),

  COGNITO_USER_POOL_DELETION_PROTECTION_ENABLED: policy(
    "Cognito user pools are protected against deletion.",
    {
      [USER_POOL]: (pool) => pool.equals("deletionProtection", "ACTIVE"),
    },
  ),

  COGNITO_USER_POOL_MFA_ENABLED: policy("Cognito user pools with passwords have a second factor.", {
    [USER_POOL]: hasSecondFactor,
  }),

  COGNITO_USER_POOL_PASSWORD_POLICY_CHECK: policy("Cognito user pools ask for strong passwords.", {
    [USER_POOL]: passwordsAreStrong,
  }),
};
