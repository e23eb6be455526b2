import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { CaseResource, Cases } from "./types";

const stageOf = resource("aws:apigateway/stage:Stage");
const stage = (more: object = {}): CaseResource =>
  stageOf({ restApi: ref("api"), deployment: "d-1", stageName: "prod", ...more });
const restApi = resource("aws:apigateway/restApi:RestApi");
const api = { api: restApi({ name: "orders" }) };
const methods = resource("aws:apigateway/methodSettings:MethodSettings");
const settings = (values: object, methodPath: unknown = "*/*"): CaseResource =>
  methods({ restApi: ref("api"), stageName: ref("subject", "stageName"), methodPath, settings: values });
const stageV2Of = resource("aws:apigatewayv2/stage:Stage");
const stageV2 = (more: object = {}): CaseResource => stageV2Of({ apiId: ref("v2"), ...more });
const v2 = (protocolType: unknown): { with: { v2: CaseResource } } => ({
  with: { v2: resource("aws:apigatewayv2/api:Api")({ protocolType }) },
});
const route = resource("aws:apigatewayv2/route:Route");
const integration = resource("aws:apigatewayv2/integration:Integration");
const domain = resource("aws:apigateway/domainName:DomainName");
const association = resource("aws:wafv2/webAclAssociation:WebAclAssociation");
const LOGS = "arn:aws:logs:eu-west-1:111122223333:log-group:api";
const ACL = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/api/1";
const cached = { cachingEnabled: true, cacheDataEncrypted: true };

export const apigateway: Cases = {
  APIGATEWAYV2_INTEGRATION_PRIVATE_HTTPS_ENABLED: [
    compliantCase(
      "has a TLS configuration",
      integration({ connectionType: "VPC_LINK", tlsConfig: { serverNameToVerify: "api.example.com" } }),
    ),
    violatingCase("has none", integration({ connectionType: "VPC_LINK", connectionId: "v-1" })),
    undecidedCase("does not know its connection yet", integration({ connectionType: unknown })),
    notApplicableCase("is public", integration({ connectionType: "INTERNET" })),
    notApplicableCase("does not say, which means public", integration({ integrationType: "HTTP_PROXY" })),
  ],
  APIGATEWAY_DOMAIN_NAME_TLS_CHECK: [
    compliantCase("asks for TLS 1.2", domain({ domainName: "api.example.com", securityPolicy: "TLS_1_2" })),
    compliantCase(
      "asks for TLS 1.3",
      domain({ domainName: "api.example.com", securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" }),
    ),
    compliantCase("does not say, which means TLS 1.2", domain({ domainName: "api.example.com" })),
    violatingCase("takes TLS 1.0", domain({ domainName: "api.example.com", securityPolicy: "TLS_1_0" })),
    violatingCase(
      "has a policy that is not allowed",
      domain({ domainName: "api.example.com", securityPolicy: "TLS_1_2" }),
      {
        parameters: { allowedSecurityPolicies: "SecurityPolicy_TLS13_1_3_2025_09" },
      },
    ),
    undecidedCase(
      "does not know its policy yet",
      domain({ domainName: "api.example.com", securityPolicy: unknown }),
    ),
  ],
  APIGATEWAY_STAGE_ACCESS_LOGS_ENABLED: [
    compliantCase(
      "writes them",
      stage({ accessLogSettings: { destinationArn: LOGS, format: "$context.requestId" } }),
      { with: api },
    ),
    compliantCase(
      "writes them to a group of the stack",
      stage({ accessLogSettings: { destinationArn: ref("g", "arn"), format: "x" } }),
      {
        with: { ...api, g: resource("aws:cloudwatch/logGroup:LogGroup")({}) },
      },
    ),
    violatingCase("writes none", stage(), { with: api }),
    undecidedCase("does not know its settings yet", stage({ accessLogSettings: unknown }), { with: api }),
  ],
  API_GWV2_ACCESS_LOGS_ENABLED: [
    compliantCase(
      "writes them",
      stageV2({ accessLogSettings: { destinationArn: LOGS, format: "$context.requestId" } }),
      v2("HTTP"),
    ),
    violatingCase("writes none", stageV2(), v2("HTTP")),
    undecidedCase("does not know its settings yet", stageV2({ accessLogSettings: unknown }), v2("HTTP")),
  ],
  API_GWV2_AUTHORIZATION_TYPE_CONFIGURED: [
    compliantCase("asks for a token", route({ apiId: "a-1", routeKey: "GET /", authorizationType: "JWT" })),
    compliantCase(
      "asks for the type that is wanted",
      route({ apiId: "a-1", routeKey: "GET /", authorizationType: "AWS_IAM" }),
      {
        parameters: { authorizationType: "AWS_IAM" },
      },
    ),
    violatingCase("does not say", route({ apiId: "a-1", routeKey: "GET /" })),
    violatingCase("is open", route({ apiId: "a-1", routeKey: "GET /", authorizationType: "NONE" })),
    violatingCase(
      "asks for another type",
      route({ apiId: "a-1", routeKey: "GET /", authorizationType: "JWT" }),
      {
        parameters: { authorizationType: "AWS_IAM" },
      },
    ),
    undecidedCase(
      "does not know yet",
      route({ apiId: "a-1", routeKey: "GET /", authorizationType: unknown }),
    ),
  ],
  API_GWV2_STAGE_DEFAULT_ROUTE_DETAILED_METRICS_ENABLED: [
    compliantCase(
      "sends them",
      stageV2({ defaultRouteSettings: { detailedMetricsEnabled: true } }),
      v2("HTTP"),
    ),
    violatingCase("does not say", stageV2(), v2("HTTP")),
    violatingCase(
      "does not send them",
      stageV2({ defaultRouteSettings: { detailedMetricsEnabled: false } }),
      v2("HTTP"),
    ),
    undecidedCase(
      "does not know yet",
      stageV2({ defaultRouteSettings: { detailedMetricsEnabled: unknown } }),
      v2("HTTP"),
    ),
  ],
  API_GW_ASSOCIATED_WITH_WAF: [
    compliantCase("has one", stage(), {
      with: { ...api, a: association({ resourceArn: ref("subject", "arn"), webAclArn: ACL }) },
    }),
    compliantCase("has one of WAF Classic", stage(), {
      with: {
        ...api,
        a: resource("aws:wafregional/webAclAssociation:WebAclAssociation")({
          resourceArn: ref("subject", "arn"),
          webAclId: "1",
        }),
      },
    }),
    compliantCase("has a listed one", stage(), {
      parameters: { WebAclArns: ACL },
      with: { ...api, a: association({ resourceArn: ref("subject", "arn"), webAclArn: ACL }) },
    }),
    violatingCase("has none", stage(), { with: api }),
    violatingCase("has another than the listed", stage(), {
      parameters: { WebAclArns: `${ACL}0` },
      with: { ...api, a: association({ resourceArn: ref("subject", "arn"), webAclArn: ACL }) },
    }),
    undecidedCase("may be what an association names", stage(), {
      with: { ...api, a: association({ resourceArn: unknown, webAclArn: ACL }) },
    }),
  ],
  API_GW_CACHE_ENABLED_AND_ENCRYPTED: [
    compliantCase("caches all methods", stage({ cacheClusterEnabled: true }), {
      with: { ...api, m: settings(cached) },
    }),
    compliantCase(
      "has settings that name it by text",
      stageOf({ restApi: "a-1", stageName: "prod", cacheClusterEnabled: true }),
      {
        with: { m: methods({ restApi: "a-1", stageName: "prod", methodPath: "*/*", settings: cached }) },
      },
    ),
    violatingCase("has no cache", stage(), { with: { ...api, m: settings(cached) } }),
    violatingCase("has no settings", stage({ cacheClusterEnabled: true }), { with: api }),
    violatingCase("does not encrypt", stage({ cacheClusterEnabled: true }), {
      with: { ...api, m: settings({ cachingEnabled: true }) },
    }),
    violatingCase("does not cache one method", stage({ cacheClusterEnabled: true }), {
      with: { ...api, m: settings(cached), n: settings({ cachingEnabled: false }, "orders/GET") },
    }),
    violatingCase(
      "is beside the settings of another stage",
      stageOf({ restApi: "a-1", stageName: "prod", cacheClusterEnabled: true }),
      {
        with: { m: methods({ restApi: "a-1", stageName: "dev", methodPath: "*/*", settings: cached }) },
      },
    ),
    undecidedCase("caches some methods", stage({ cacheClusterEnabled: true }), {
      with: { ...api, m: settings(cached, "orders/GET") },
    }),
    undecidedCase("does not know yet", stage({ cacheClusterEnabled: unknown }), {
      with: { ...api, m: settings(cached) },
    }),
  ],
  API_GW_ENDPOINT_TYPE_CHECK: [
    compliantCase("has an allowed type", restApi({ endpointConfiguration: { types: "REGIONAL" } }), {
      parameters: { endpointConfigurationTypes: "REGIONAL,PRIVATE" },
    }),
    compliantCase(
      "has an allowed type in a list",
      restApi({ endpointConfiguration: { types: ["PRIVATE"] } }),
      {
        parameters: { endpointConfigurationTypes: "REGIONAL,PRIVATE" },
      },
    ),
    violatingCase("does not say, which means EDGE", restApi({ name: "orders" }), {
      parameters: { endpointConfigurationTypes: "REGIONAL,PRIVATE" },
    }),
    violatingCase("has another type", restApi({ endpointConfiguration: { types: "EDGE" } }), {
      parameters: { endpointConfigurationTypes: "REGIONAL" },
    }),
    undecidedCase("does not know its type yet", restApi({ endpointConfiguration: { types: unknown } }), {
      parameters: { endpointConfigurationTypes: "REGIONAL" },
    }),
  ],
  API_GW_EXECUTION_LOGGING_ENABLED: [
    compliantCase("logs errors", stage(), { with: { ...api, m: settings({ loggingLevel: "ERROR" }) } }),
    compliantCase("has other settings for one method", stage(), {
      with: {
        ...api,
        m: settings({ loggingLevel: "INFO" }),
        n: settings({ metricsEnabled: true }, "orders/GET"),
      },
    }),
    compliantCase(
      "is of a WebSocket API and logs",
      stageV2({ defaultRouteSettings: { loggingLevel: "INFO" } }),
      v2("WEBSOCKET"),
    ),
    violatingCase("has no settings", stage(), { with: api }),
    violatingCase("has settings without a level", stage(), {
      with: { ...api, m: settings({ metricsEnabled: true }) },
    }),
    violatingCase("turns logging off for one method", stage(), {
      with: {
        ...api,
        m: settings({ loggingLevel: "INFO" }),
        n: settings({ loggingLevel: "OFF" }, "orders/GET"),
      },
    }),
    violatingCase("logs less than asked for", stage(), {
      parameters: { loggingLevel: "INFO" },
      with: { ...api, m: settings({ loggingLevel: "ERROR" }) },
    }),
    violatingCase("is of a WebSocket API and does not say", stageV2(), v2("WEBSOCKET")),
    undecidedCase("does not know its level yet", stage(), {
      with: { ...api, m: settings({ loggingLevel: unknown }) },
    }),
    undecidedCase("is of an API of another stack", stageV2Of({ apiId: "a-1" })),
    notApplicableCase("is of an HTTP API", stageV2(), v2("HTTP")),
  ],
  API_GW_SSL_ENABLED: [
    compliantCase("shows one", stage({ clientCertificateId: "c-1" }), { with: api }),
    compliantCase("shows a listed one", stage({ clientCertificateId: "c-1" }), {
      with: api,
      parameters: { CertificateIDs: "c-1,c-2" },
    }),
    violatingCase("shows none", stage(), { with: api }),
    violatingCase("shows another than the listed", stage({ clientCertificateId: "c-3" }), {
      with: api,
      parameters: { CertificateIDs: "c-1,c-2" },
    }),
    undecidedCase("does not know it yet where some are listed", stage({ clientCertificateId: unknown }), {
      with: api,
      parameters: { CertificateIDs: "c-1" },
    }),
  ],
  API_GW_XRAY_ENABLED: [
    compliantCase("is traced", stage({ xrayTracingEnabled: true }), { with: api }),
    violatingCase("does not say", stage(), { with: api }),
    violatingCase("is not traced", stage({ xrayTracingEnabled: false }), { with: api }),
    undecidedCase("does not know yet", stage({ xrayTracingEnabled: unknown }), { with: api }),
  ],
};
