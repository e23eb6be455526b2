import { all, given, notApplicable, policy, stackPolicy, undecided } from "../engine";
import type { Outcome, Policies } from "../engine";
import { hasWebAcl } from "../views/web-acl";

const API = "aws:appsync/graphQLApi:GraphQLApi";
const CACHE = "aws:appsync/apiCache:ApiCache";

export const appsync: Policies = {
  APPSYNC_ASSOCIATED_WITH_WAF: stackPolicy("AppSync APIs have a web ACL.", {
    [API]: (_, { wafWebAclARNs }, context) => hasWebAcl(context, wafWebAclARNs),
  }),

  APPSYNC_AUTHORIZATION_CHECK: policy("AppSync APIs authorize only in ways that are allowed.", {
    [API]: (api, { AllowedAuthorizationTypes }) =>
      given(AllowedAuthorizationTypes, (types) =>
        all(
          api.oneOf("authenticationType", types),
          api.every("additionalAuthenticationProviders", (provider) =>
            provider.oneOf("authenticationType", types),
          ),
        ),
      ),
  }),

  APPSYNC_CACHE_CT_ENCRYPTION_AT_REST: policy("Caches of AppSync encrypt data at rest.", {
    [CACHE]: (cache) => cache.isTrue("atRestEncryptionEnabled"),
  }),

  APPSYNC_CACHE_CT_ENCRYPTION_IN_TRANSIT: policy("Caches of AppSync encrypt data in transit.", {
    [CACHE]: (cache) => cache.isTrue("transitEncryptionEnabled"),
  }),

  // The rule evaluates APIs; an API without a cache has nothing to encrypt.
  APPSYNC_CACHE_ENCRYPTION_AT_REST: stackPolicy("AppSync APIs with a cache encrypt it at rest.", {
    [API]: (_, __, { node, stack }): Outcome => {
      const { nodes, uncertain } = stack.referrers(node, CACHE, "apiId");
      const unseen = undecided({
        found: "it is not known yet whether the API has a cache",
        fix: 'set "atRestEncryptionEnabled" to true on the cache',
      });
      return all(
        ...nodes.map((cache) => cache.reader(CACHE).isTrue("atRestEncryptionEnabled")),
        uncertain ? unseen : notApplicable(),
      );
    },
  }),

  APPSYNC_GRAPHQL_API_XRAY_ENABLED: policy("AppSync APIs are traced by X-Ray.", {
    [API]: (api) => api.isTrue("xrayEnabled"),
  }),

  APPSYNC_LOGGING_ENABLED: policy("AppSync APIs log their fields.", {
    [API]: (api, { fieldLoggingLevel }) =>
      api.oneOf("logConfig.fieldLogLevel", fieldLoggingLevel ?? ["ERROR", "ALL"]),
  }),
};
