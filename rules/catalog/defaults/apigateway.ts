import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const SETTING = "https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html";

export const apigateway: ServiceDefaults = {
  "aws:apigateway/domainName:DomainName": {
    securityPolicy: aws(
      "TLS_1_2",
      "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    ),
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    "settings.cacheDataEncrypted": aws(false, SETTING),
    "settings.cachingEnabled": aws(false, SETTING),
    "settings.loggingLevel": aws("OFF", SETTING),
  },
  "aws:apigateway/restApi:RestApi": { "endpointConfiguration.types": provider("EDGE") },
  "aws:apigateway/stage:Stage": {
    cacheClusterEnabled: aws(false, "https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html"),
    xrayTracingEnabled: provider(false),
  },
  "aws:apigatewayv2/integration:Integration": { connectionType: provider("INTERNET") },
  "aws:apigatewayv2/route:Route": { authorizationType: provider("NONE") },
  "aws:apigatewayv2/stage:Stage": {
    "defaultRouteSettings.detailedMetricsEnabled": provider(false),
    "defaultRouteSettings.loggingLevel": provider("OFF"),
  },
};
