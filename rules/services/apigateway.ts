import {
  all,
  compliant,
  given,
  isScalar,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  violation,
  when,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { onlyTexts } from "../views/lists";
import { settingsOf } from "../views/stage-settings";
import type { MethodSettings } from "../views/stage-settings";
import { hasWebAcl } from "../views/web-acl";

const STAGE = "aws:apigateway/stage:Stage";
const STAGE_V2 = "aws:apigatewayv2/stage:Stage";
const API_V2 = "aws:apigatewayv2/api:Api";

type StageV2 = Reader<ResourceArgs[typeof STAGE_V2]>;

/** Policies that refuse everything older than TLS 1.2. */
const isRecommended = (name: string): boolean => name === "TLS_1_2" || /^SecurityPolicy_TLS1[23]_/.test(name);

const isForAll = (settings: MethodSettings): Outcome =>
  settings.test("methodPath", (path) => path === "*/*", 'set "methodPath" to */*');

/** Settings for all methods, and every other that says something of its own, satisfy a condition. */
function everyMethod(
  context: Context,
  condition: (settings: MethodSettings) => Outcome,
  fix: string,
): Outcome {
  const { items, complete } = settingsOf(context);
  const missing = { found: "the stage has no settings for all methods", fix };
  const outcomes = items.map((settings) => ({
    forAll: isForAll(settings).verdict,
    outcome: condition(settings),
  }));
  const covered = outcomes.some(({ forAll }) => forAll === "COMPLIANT");
  // Single methods may be covered one by one, which the resources of the API would have to show.
  const rest =
    covered && complete
      ? compliant()
      : !complete || items.length > 0
        ? undecided(missing)
        : violation(missing);
  return all(...outcomes.map(({ outcome }) => outcome), rest);
}

/** Only WebSocket APIs have a logging level. */
function logsWebSocket(stage: StageV2, levels: readonly string[], { node, stack }: Context): Outcome {
  const logs = stage.oneOf("defaultRouteSettings.loggingLevel", levels);
  const { nodes, uncertain } = stack.targets(node, "apiId", API_V2);
  const [api] = nodes;
  if (api === undefined || nodes.length > 1 || uncertain) {
    const says = stage.read("defaultRouteSettings.loggingLevel").kind === "known";
    return says
      ? logs
      : undecided({
          ...stage.reason("apiId", "set a logging level"),
          found: "the protocol of the API is not known here",
        });
  }
  return when(api.reader(API_V2).equals("protocolType", "WEBSOCKET"), () => logs);
}

const listOf = (text: string): readonly string[] => text.split(",").map((one) => one.trim());

export const apigateway: Policies = {
  APIGATEWAYV2_INTEGRATION_PRIVATE_HTTPS_ENABLED: policy("Private integrations of API Gateway use HTTPS.", {
    "aws:apigatewayv2/integration:Integration": (integration) =>
      when(integration.equals("connectionType", "VPC_LINK"), () => {
        const reason = integration.reason("tlsConfig", 'set "tlsConfig.serverNameToVerify"');
        const config = integration.read("tlsConfig");
        return config.kind === "known"
          ? compliant()
          : config.kind === "unknown"
            ? undecided(reason)
            : violation(reason);
      }),
  }),

  APIGATEWAY_DOMAIN_NAME_TLS_CHECK: policy("Domain names of API Gateway ask for TLS 1.2 or later.", {
    "aws:apigateway/domainName:DomainName": (domain, { allowedSecurityPolicies: allowed }) =>
      domain.test(
        "securityPolicy",
        (name) =>
          isScalar(name) &&
          (allowed === undefined ? isRecommended(String(name)) : allowed.includes(String(name))),
        `set "securityPolicy" to ${allowed === undefined ? "TLS_1_2 or later" : `one of ${allowed.join(", ")}`}`,
      ),
  }),

  APIGATEWAY_STAGE_ACCESS_LOGS_ENABLED: policy("Stages of REST APIs write access logs.", {
    [STAGE]: (stage) => stage.present("accessLogSettings.destinationArn"),
  }),

  API_GWV2_ACCESS_LOGS_ENABLED: policy("Stages of HTTP and WebSocket APIs write access logs.", {
    [STAGE_V2]: (stage) => stage.present("accessLogSettings.destinationArn"),
  }),

  API_GWV2_AUTHORIZATION_TYPE_CONFIGURED: policy("Routes of HTTP and WebSocket APIs ask for authorization.", {
    "aws:apigatewayv2/route:Route": (route, { authorizationType }) =>
      all(
        route.oneOf("authorizationType", ["AWS_IAM", "CUSTOM", "JWT"]),
        given(authorizationType, (wanted) => route.equals("authorizationType", wanted)),
      ),
  }),

  API_GWV2_STAGE_DEFAULT_ROUTE_DETAILED_METRICS_ENABLED: policy(
    "Stages of HTTP and WebSocket APIs send detailed metrics of their routes.",
    { [STAGE_V2]: (stage) => stage.isTrue("defaultRouteSettings.detailedMetricsEnabled") },
  ),

  API_GW_ASSOCIATED_WITH_WAF: stackPolicy("Stages of REST APIs have a web ACL.", {
    [STAGE]: (_, { WebAclArns }, context) => hasWebAcl(context, WebAclArns),
  }),

  API_GW_CACHE_ENABLED_AND_ENCRYPTED: stackPolicy(
    "Stages of REST APIs cache every method, and encrypt the cache.",
    {
      [STAGE]: (stage, _, context) =>
        all(
          stage.isTrue("cacheClusterEnabled"),
          everyMethod(
            context,
            (settings) =>
              all(settings.isTrue("settings.cachingEnabled"), settings.isTrue("settings.cacheDataEncrypted")),
            'add MethodSettings for "*/*" with "cachingEnabled" and "cacheDataEncrypted"',
          ),
        ),
    },
  ),

  API_GW_ENDPOINT_TYPE_CHECK: policy("REST APIs have an endpoint of a type that is allowed.", {
    "aws:apigateway/restApi:RestApi": (api, { endpointConfigurationTypes }) =>
      given(endpointConfigurationTypes, (types) => onlyTexts(api, "endpointConfiguration.types", types)),
  }),

  API_GW_EXECUTION_LOGGING_ENABLED: stackPolicy("Stages of REST and WebSocket APIs log what they execute.", {
    [STAGE]: (_, { loggingLevel }, context) =>
      everyMethod(
        context,
        (settings) => {
          const isSilent =
            settings.read("settings.loggingLevel").kind === "absent" &&
            isForAll(settings).verdict !== "COMPLIANT";
          return isSilent ? notApplicable() : settings.oneOf("settings.loggingLevel", listOf(loggingLevel));
        },
        `add MethodSettings for "*/*" with "loggingLevel" ${loggingLevel}`,
      ),
    [STAGE_V2]: (stage, { loggingLevel }, context) => logsWebSocket(stage, listOf(loggingLevel), context),
  }),

  API_GW_SSL_ENABLED: policy("Stages of REST APIs show a certificate to their backends.", {
    [STAGE]: (stage, { CertificateIDs }) =>
      CertificateIDs === undefined
        ? stage.present("clientCertificateId")
        : stage.oneOf("clientCertificateId", CertificateIDs),
  }),

  API_GW_XRAY_ENABLED: policy("Stages of REST APIs are traced by X-Ray.", {
    [STAGE]: (stage) => stage.isTrue("xrayTracingEnabled"),
  }),
};
