import type { ResourceType } from "../catalog/generated/resource-types";
import { sharedPolicy } from "../engine";
import type { NoParameters, Policies, Policy } from "../engine";
import { hasText } from "./generators";

const described = (type: ResourceType, noun: string, property = "description"): Policy<NoParameters> =>
  sharedPolicy(`${noun} have a description.`, [type], hasText(property));

export const descriptions: Policies = {
  AMPLIFY_APP_DESCRIPTION: described("aws:amplify/app:App", "Amplify apps"),
  AMPLIFY_BRANCH_DESCRIPTION: described("aws:amplify/branch:Branch", "Amplify branches"),
  APIGATEWAYV2_STAGE_DESCRIPTION: described(
    "aws:apigatewayv2/stage:Stage",
    "Stages of HTTP and WebSocket APIs",
  ),
  APIGATEWAY_STAGE_DESCRIPTION: described("aws:apigateway/stage:Stage", "Stages of REST APIs"),
  APPCONFIG_APPLICATION_DESCRIPTION: described(
    "aws:appconfig/application:Application",
    "AppConfig applications",
  ),
  APPCONFIG_DEPLOYMENT_STRATEGY_DESCRIPTION: described(
    "aws:appconfig/deploymentStrategy:DeploymentStrategy",
    "AppConfig deployment strategies",
  ),
  APPCONFIG_ENVIRONMENT_DESCRIPTION: described(
    "aws:appconfig/environment:Environment",
    "AppConfig environments",
  ),
  APPCONFIG_HOSTED_CONFIGURATION_VERSION_DESCRIPTION: described(
    "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion",
    "AppConfig hosted configuration versions",
  ),
  APPINTEGRATIONS_EVENT_INTEGRATION_DESCRIPTION: described(
    "aws:appconfig/eventIntegration:EventIntegration",
    "AppIntegrations event integrations",
  ),
  ATHENA_DATA_CATALOG_DESCRIPTION: described("aws:athena/dataCatalog:DataCatalog", "Athena data catalogs"),
  ATHENA_PREPARED_STATEMENT_DESCRIPTION: described(
    "aws:athena/preparedStatement:PreparedStatement",
    "Athena prepared statements",
  ),
  ATHENA_WORKGROUP_DESCRIPTION: described("aws:athena/workgroup:Workgroup", "Athena workgroups"),
  CLOUDWATCH_ALARM_DESCRIPTION: described(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "CloudWatch alarms",
    "alarmDescription",
  ),
  EC2_TRAFFIC_MIRROR_FILTER_DESCRIPTION: described(
    "aws:ec2/trafficMirrorFilter:TrafficMirrorFilter",
    "EC2 traffic mirror filters",
  ),
  EC2_TRAFFIC_MIRROR_SESSION_DESCRIPTION: described(
    "aws:ec2/trafficMirrorSession:TrafficMirrorSession",
    "EC2 traffic mirror sessions",
  ),
  EC2_TRAFFIC_MIRROR_TARGET_DESCRIPTION: described(
    "aws:ec2/trafficMirrorTarget:TrafficMirrorTarget",
    "EC2 traffic mirror targets",
  ),
  ELASTICBEANSTALK_APPLICATION_DESCRIPTION: described(
    "aws:elasticbeanstalk/application:Application",
    "Elastic Beanstalk applications",
  ),
  ELASTICBEANSTALK_APPLICATION_VERSION_DESCRIPTION: described(
    "aws:elasticbeanstalk/applicationVersion:ApplicationVersion",
    "Elastic Beanstalk application versions",
  ),
  ELASTICBEANSTALK_ENVIRONMENT_DESCRIPTION: described(
    "aws:elasticbeanstalk/environment:Environment",
    "Elastic Beanstalk environments",
  ),
  EVIDENTLY_LAUNCH_DESCRIPTION: described("aws:evidently/launch:Launch", "Evidently launches"),
  EVIDENTLY_PROJECT_DESCRIPTION: described("aws:evidently/project:Project", "Evidently projects"),
  EVIDENTLY_SEGMENT_DESCRIPTION: described("aws:evidently/segment:Segment", "Evidently segments"),
  IOT_PROVISIONING_TEMPLATE_DESCRIPTION: described(
    "aws:iot/provisioningTemplate:ProvisioningTemplate",
    "IoT provisioning templates",
  ),
  LAMBDA_FUNCTION_DESCRIPTION: described("aws:lambda/function:Function", "Lambda functions"),
  OPENSEARCHSERVERLESS_COLLECTION_DESCRIPTION: described(
    "aws:opensearch/serverlessCollection:ServerlessCollection",
    "OpenSearch Serverless collections",
  ),
  SAGEMAKER_FEATUREGROUP_DESCRIPTION: described(
    "aws:sagemaker/featureGroup:FeatureGroup",
    "SageMaker feature groups",
  ),
  SAGEMAKER_IMAGE_DESCRIPTION: described("aws:sagemaker/image:Image", "SageMaker images"),
  TRANSFER_AGREEMENT_DESCRIPTION: described("aws:transfer/agreement:Agreement", "Transfer agreements"),
  TRANSFER_CERTIFICATE_DESCRIPTION: described(
    "aws:transfer/certificate:Certificate",
    "Transfer certificates",
  ),
  TRANSFER_WORKFLOW_DESCRIPTION: described("aws:transfer/workflow:Workflow", "Transfer workflows"),
};
