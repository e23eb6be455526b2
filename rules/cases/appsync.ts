import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import { settingCases } from "./settings";
import type { CaseResource, Cases } from "./types";

const api = (more: object = {}): CaseResource =>
  resource("aws:appsync/graphQLApi:GraphQLApi")({ authenticationType: "AWS_IAM", ...more });
const cache = resource("aws:appsync/apiCache:ApiCache");
const cached = (more: object, apiId: unknown = ref("subject")): { with: { c: CaseResource } } => ({
  with: { c: cache({ apiId, type: "SMALL", ttl: 60, apiCachingBehavior: "FULL_REQUEST_CACHING", ...more }) },
});
const ACL = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/api/1";
const attached = (resourceArn: unknown): { with: { a: CaseResource } } => ({
  with: { a: resource("aws:wafv2/webAclAssociation:WebAclAssociation")({ resourceArn, webAclArn: ACL }) },
});
const types = { AllowedAuthorizationTypes: "AWS_IAM,OPENID_CONNECT" };

export const appsync: Cases = {
  APPSYNC_ASSOCIATED_WITH_WAF: [
    compliantCase("has one", api(), attached(ref("subject", "arn"))),
    compliantCase("has a listed one", api(), {
      ...attached(ref("subject", "arn")),
      parameters: { wafWebAclARNs: ACL },
    }),
    violatingCase("has none", api()),
    violatingCase("has another than the listed", api(), {
      ...attached(ref("subject", "arn")),
      parameters: { wafWebAclARNs: `${ACL}0` },
    }),
    undecidedCase("may be what an association names", api(), attached(unknown)),
  ],
  APPSYNC_AUTHORIZATION_CHECK: [
    compliantCase("authorizes by IAM", api(), { parameters: types }),
    compliantCase(
      "authorizes in a second way that is allowed",
      api({ additionalAuthenticationProviders: [{ authenticationType: "OPENID_CONNECT" }] }),
      {
        parameters: types,
      },
    ),
    violatingCase("authorizes by a key", api({ authenticationType: "API_KEY" }), { parameters: types }),
    violatingCase(
      "authorizes by a key as well",
      api({ additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }] }),
      {
        parameters: types,
      },
    ),
    undecidedCase("does not know yet", api({ authenticationType: unknown }), { parameters: types }),
  ],
  APPSYNC_CACHE_CT_ENCRYPTION_AT_REST: settingCases(cache, "atRestEncryptionEnabled", {
    good: [true],
    bad: [false],
    absent: "violates",
  }),
  APPSYNC_CACHE_CT_ENCRYPTION_IN_TRANSIT: settingCases(cache, "transitEncryptionEnabled", {
    good: [true],
    bad: [false],
    absent: "violates",
  }),
  APPSYNC_CACHE_ENCRYPTION_AT_REST: [
    compliantCase("encrypts its cache", api(), cached({ atRestEncryptionEnabled: true })),
    violatingCase("does not say", api(), cached({})),
    violatingCase("does not encrypt its cache", api(), cached({ atRestEncryptionEnabled: false })),
    undecidedCase("may have a cache", api(), cached({ atRestEncryptionEnabled: true }, unknown)),
    notApplicableCase("has no cache", api()),
  ],
  APPSYNC_GRAPHQL_API_XRAY_ENABLED: settingCases(api, "xrayEnabled", {
    good: [true],
    bad: [false],
    absent: "violates",
  }),
  APPSYNC_LOGGING_ENABLED: [
    ...settingCases(api, "logConfig.fieldLogLevel", {
      good: ["ERROR", "ALL"],
      bad: ["NONE"],
      absent: "violates",
    }),
    violatingCase("logs less than asked for", api({ logConfig: { fieldLogLevel: "ERROR" } }), {
      parameters: { fieldLoggingLevel: "ALL" },
    }),
  ],
};
