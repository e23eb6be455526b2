import type { ResourceArgs, ResourceType } from "../catalog/generated/resource-types";
import { sharedPolicy } from "../engine";
import type { Policies, Policy } from "../engine";
import { hasTags } from "./generators";
import type { TagParameters } from "./generators";

/** The types that have tags of their own. */
type TaggedType = {
  [K in ResourceType]: "tags" extends keyof ResourceArgs[K] ? K : never;
}[ResourceType];

const tagged = (type: TaggedType, noun: string): Policy<TagParameters> =>
  sharedPolicy(`${noun} have tags.`, [type], hasTags);

export const tags: Policies = {
  ACMPCA_CERTIFICATE_AUTHORITY_TAGGED: tagged(
    "aws:acmpca/certificateAuthority:CertificateAuthority",
    "Private certificate authorities",
  ),
  AMPLIFY_APP_TAGGED: tagged("aws:amplify/app:App", "Amplify apps"),
  AMPLIFY_BRANCH_TAGGED: tagged("aws:amplify/branch:Branch", "Amplify branches"),
  API_GW_REST_API_TAGGED: tagged("aws:apigateway/restApi:RestApi", "REST APIs of API Gateway"),
  API_GW_STAGE_TAGGED: tagged("aws:apigateway/stage:Stage", "Stages of API Gateway"),
  APPCONFIG_APPLICATION_TAGGED: tagged("aws:appconfig/application:Application", "AppConfig applications"),
  APPCONFIG_CONFIGURATION_PROFILE_TAGGED: tagged(
    "aws:appconfig/configurationProfile:ConfigurationProfile",
    "AppConfig configuration profiles",
  ),
  APPCONFIG_DEPLOYMENT_STRATEGY_TAGGED: tagged(
    "aws:appconfig/deploymentStrategy:DeploymentStrategy",
    "AppConfig deployment strategies",
  ),
  APPCONFIG_ENVIRONMENT_TAGGED: tagged("aws:appconfig/environment:Environment", "AppConfig environments"),
  APPFLOW_FLOW_TAGGED: tagged("aws:appflow/flow:Flow", "AppFlow flows"),
  APPINTEGRATIONS_EVENT_INTEGRATION_TAGGED: tagged(
    "aws:appconfig/eventIntegration:EventIntegration",
    "AppIntegrations event integrations",
  ),
  APPMESH_GATEWAY_ROUTE_TAGGED: tagged("aws:appmesh/gatewayRoute:GatewayRoute", "AppMesh gateway routes"),
  APPMESH_MESH_TAGGED: tagged("aws:appmesh/mesh:Mesh", "AppMesh meshes"),
  APPMESH_ROUTE_TAGGED: tagged("aws:appmesh/route:Route", "AppMesh routes"),
  APPMESH_VIRTUAL_GATEWAY_TAGGED: tagged(
    "aws:appmesh/virtualGateway:VirtualGateway",
    "AppMesh virtual gateways",
  ),
  APPMESH_VIRTUAL_NODE_TAGGED: tagged("aws:appmesh/virtualNode:VirtualNode", "AppMesh virtual nodes"),
  APPMESH_VIRTUAL_ROUTER_TAGGED: tagged("aws:appmesh/virtualRouter:VirtualRouter", "AppMesh virtual routers"),
  APPMESH_VIRTUAL_SERVICE_TAGGED: tagged(
    "aws:appmesh/virtualService:VirtualService",
    "AppMesh virtual services",
  ),
  APPRUNNER_SERVICE_TAGGED: tagged("aws:apprunner/service:Service", "AppRunner services"),
  APPRUNNER_VPC_CONNECTOR_TAGGED: tagged(
    "aws:apprunner/vpcConnector:VpcConnector",
    "AppRunner VPC connectors",
  ),
  APS_RULE_GROUPS_NAMESPACE_TAGGED: tagged(
    "aws:amp/ruleGroupNamespace:RuleGroupNamespace",
    "Rule groups namespaces of Amazon Managed Service for Prometheus",
  ),
  AUDITMANAGER_ASSESSMENT_TAGGED: tagged(
    "aws:auditmanager/assessment:Assessment",
    "Audit Manager assessments",
  ),
  BATCH_COMPUTE_ENVIRONMENT_TAGGED: tagged(
    "aws:batch/computeEnvironment:ComputeEnvironment",
    "Batch compute environments",
  ),
  BATCH_JOB_QUEUE_TAGGED: tagged("aws:batch/jobQueue:JobQueue", "Batch job queues"),
  BATCH_SCHEDULING_POLICY_TAGGED: tagged(
    "aws:batch/schedulingPolicy:SchedulingPolicy",
    "Batch scheduling policies",
  ),
  CASSANDRA_KEYSPACE_TAGGED: tagged("aws:keyspaces/keyspace:Keyspace", "Keyspaces"),
  CLOUDWATCH_METRIC_STREAM_TAGGED: tagged(
    "aws:cloudwatch/metricStream:MetricStream",
    "CloudWatch metric streams",
  ),
  CODEARTIFACT_REPOSITORY_TAGGED: tagged(
    "aws:codeartifact/repository:Repository",
    "CodeArtifact repositories",
  ),
  CODEBUILD_PROJECT_TAGGED: tagged("aws:codebuild/project:Project", "CodeBuild projects"),
  CODEBUILD_REPORT_GROUP_TAGGED: tagged("aws:codebuild/reportGroup:ReportGroup", "CodeBuild report groups"),
  CODEGURUPROFILER_PROFILING_GROUP_TAGGED: tagged(
    "aws:codeguruprofiler/profilingGroup:ProfilingGroup",
    "CodeGuru profiling groups",
  ),
  CODEGURUREVIEWER_REPOSITORY_ASSOCIATION_TAGGED: tagged(
    "aws:codegurureviewer/repositoryAssociation:RepositoryAssociation",
    "CodeGuru repository associations",
  ),
  COGNITO_USER_POOL_TAGGED: tagged("aws:cognito/userPool:UserPool", "Cognito user pools"),
  CUSTOMERPROFILES_DOMAIN_TAGGED: tagged("aws:customerprofiles/domain:Domain", "Customer Profiles domains"),
  DATASYNC_TASK_TAGGED: tagged("aws:datasync/task:Task", "DataSync tasks"),
  DEVICEFARM_INSTANCE_PROFILE_TAGGED: tagged(
    "aws:devicefarm/instanceProfile:InstanceProfile",
    "Device Farm instance profiles",
  ),
  DEVICEFARM_PROJECT_TAGGED: tagged("aws:devicefarm/project:Project", "Device Farm projects"),
  DEVICEFARM_TEST_GRID_PROJECT_TAGGED: tagged(
    "aws:devicefarm/testGridProject:TestGridProject",
    "Device Farm test grid projects",
  ),
  DMS_ENDPOINT_TAGGED: tagged("aws:dms/endpoint:Endpoint", "DMS endpoints"),
  DMS_REPLICATION_TASK_TAGGED: tagged("aws:dms/replicationTask:ReplicationTask", "DMS replication tasks"),
  EC2_CAPACITY_RESERVATION_TAGGED: tagged(
    "aws:ec2/capacityReservation:CapacityReservation",
    "EC2 capacity reservations",
  ),
  EC2_CARRIER_GATEWAY_TAGGED: tagged("aws:ec2/carrierGateway:CarrierGateway", "EC2 carrier gateways"),
  EC2_CLIENT_VPN_ENDPOINT_TAGGED: tagged("aws:ec2clientvpn/endpoint:Endpoint", "Client VPN endpoints"),
  EC2_DHCP_OPTIONS_TAGGED: tagged("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", "DHCP options of VPCs"),
  EC2_FLEET_TAGGED: tagged("aws:ec2/fleet:Fleet", "EC2 Fleets"),
  EC2_IPAMSCOPE_TAGGED: tagged("aws:ec2/vpcIpamScope:VpcIpamScope", "IPAM scopes"),
  EC2_LAUNCH_TEMPLATE_TAGGED: tagged("aws:ec2/launchTemplate:LaunchTemplate", "EC2 launch templates"),
  EC2_NETWORK_INSIGHTS_ACCESS_SCOPE_TAGGED: tagged(
    "aws:ec2/networkInsightsAccessScope:NetworkInsightsAccessScope",
    "EC2 network insights access scopes",
  ),
  EC2_NETWORK_INSIGHTS_ANALYSIS_TAGGED: tagged(
    "aws:ec2/networkInsightsAnalysis:NetworkInsightsAnalysis",
    "EC2 network insights analyses",
  ),
  EC2_NETWORK_INSIGHTS_PATH_TAGGED: tagged(
    "aws:ec2/networkInsightsPath:NetworkInsightsPath",
    "EC2 network insights paths",
  ),
  EC2_PREFIX_LIST_TAGGED: tagged("aws:ec2/managedPrefixList:ManagedPrefixList", "EC2 prefix lists"),
  EC2_TRAFFIC_MIRROR_FILTER_TAGGED: tagged(
    "aws:ec2/trafficMirrorFilter:TrafficMirrorFilter",
    "EC2 traffic mirror filters",
  ),
  EC2_TRAFFIC_MIRROR_SESSION_TAGGED: tagged(
    "aws:ec2/trafficMirrorSession:TrafficMirrorSession",
    "EC2 traffic mirror sessions",
  ),
  EC2_TRAFFIC_MIRROR_TARGET_TAGGED: tagged(
    "aws:ec2/trafficMirrorTarget:TrafficMirrorTarget",
    "EC2 traffic mirror targets",
  ),
  EC2_TRANSIT_GATEWAY_MULTICAST_DOMAIN_TAGGED: tagged(
    "aws:ec2transitgateway/multicastDomain:MulticastDomain",
    "Transit gateway multicast domains",
  ),
  EC2_VPN_CONNECTION_TAGGED: tagged("aws:ec2/vpnConnection:VpnConnection", "VPN connections"),
  ECR_REPOSITORY_TAGGED: tagged("aws:ecr/repository:Repository", "ECR repositories"),
  ECS_CAPACITY_PROVIDER_TAGGED: tagged("aws:ecs/capacityProvider:CapacityProvider", "ECS capacity providers"),
  EFS_FILE_SYSTEM_TAGGED: tagged("aws:efs/fileSystem:FileSystem", "EFS file systems"),
  EKS_ADDON_TAGGED: tagged("aws:eks/addon:Addon", "EKS add-ons"),
  EKS_FARGATE_PROFILE_TAGGED: tagged("aws:eks/fargateProfile:FargateProfile", "EKS Fargate profiles"),
  ELB_TAGGED: tagged("aws:elb/loadBalancer:LoadBalancer", "Classic Load Balancers"),
  EVENTSCHEMAS_DISCOVERER_TAGGED: tagged(
    "aws:schemas/discoverer:Discoverer",
    "EventBridge schema discoverers",
  ),
  EVENTSCHEMAS_REGISTRY_TAGGED: tagged("aws:schemas/registry:Registry", "EventBridge schema registries"),
  EVIDENTLY_LAUNCH_TAGGED: tagged("aws:evidently/launch:Launch", "Evidently launches"),
  EVIDENTLY_PROJECT_TAGGED: tagged("aws:evidently/project:Project", "Evidently projects"),
  EVIDENTLY_SEGMENT_TAGGED: tagged("aws:evidently/segment:Segment", "Evidently segments"),
  FIS_EXPERIMENT_TEMPLATE_TAGGED: tagged(
    "aws:fis/experimentTemplate:ExperimentTemplate",
    "FIS experiment templates",
  ),
  GLUE_ML_TRANSFORM_TAGGED: tagged("aws:glue/mLTransform:MLTransform", "Glue machine learning transforms"),
  IMAGEBUILDER_DISTRIBUTIONCONFIGURATION_TAGGED: tagged(
    "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    "Image Builder distribution configurations",
  ),
  IMAGEBUILDER_IMAGEPIPELINE_TAGGED: tagged(
    "aws:imagebuilder/imagePipeline:ImagePipeline",
    "Image Builder pipelines",
  ),
  IMAGEBUILDER_IMAGERECIPE_TAGGED: tagged(
    "aws:imagebuilder/imageRecipe:ImageRecipe",
    "Image Builder recipes",
  ),
  IMAGEBUILDER_INFRASTRUCTURECONFIGURATION_TAGGED: tagged(
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    "Image Builder infrastructure configurations",
  ),
  IOT_PROVISIONING_TEMPLATE_TAGGED: tagged(
    "aws:iot/provisioningTemplate:ProvisioningTemplate",
    "IoT provisioning templates",
  ),
  IVS_CHANNEL_TAGGED: tagged("aws:ivs/channel:Channel", "IVS channels"),
  IVS_PLAYBACK_KEY_PAIR_TAGGED: tagged("aws:ivs/playbackKeyPair:PlaybackKeyPair", "IVS playback key pairs"),
  IVS_RECORDING_CONFIGURATION_TAGGED: tagged(
    "aws:ivs/recordingConfiguration:RecordingConfiguration",
    "IVS recording configurations",
  ),
  KENDRA_INDEX_TAGGED: tagged("aws:kendra/index:Index", "Kendra indexes"),
  KINESISVIDEO_STREAM_TAGGED: tagged("aws:kinesis/videoStream:VideoStream", "Kinesis video streams"),
  LIGHTSAIL_BUCKET_TAGGED: tagged("aws:lightsail/bucket:Bucket", "Lightsail buckets"),
  LIGHTSAIL_CERTIFICATE_TAGGED: tagged("aws:lightsail/certificate:Certificate", "Lightsail certificates"),
  LIGHTSAIL_DISK_TAGGED: tagged("aws:lightsail/disk:Disk", "Lightsail disks"),
  MEMORYDB_SUBNETGROUP_TAGGED: tagged("aws:memorydb/subnetGroup:SubnetGroup", "MemoryDB subnet groups"),
  MSK_CLUSTER_TAGGED: tagged("aws:msk/cluster:Cluster", "MSK clusters"),
  RDS_EVENT_SUBSCRIPTION_TAGGED: tagged(
    "aws:rds/eventSubscription:EventSubscription",
    "RDS event subscriptions",
  ),
  RDS_OPTION_GROUP_TAGGED: tagged("aws:rds/optionGroup:OptionGroup", "RDS option groups"),
  REDSHIFT_CLUSTER_PARAMETER_GROUP_TAGGED: tagged(
    "aws:redshift/parameterGroup:ParameterGroup",
    "Redshift cluster parameter groups",
  ),
  RESILIENCEHUB_RESILIENCYPOLICY_TAGGED: tagged(
    "aws:resiliencehub/resiliencyPolicy:ResiliencyPolicy",
    "Resilience Hub policies",
  ),
  ROUTE53_HEALTH_CHECK_TAGGED: tagged("aws:route53/healthCheck:HealthCheck", "Route 53 health checks"),
  ROUTE53_HOSTED_ZONE_TAGGED: tagged("aws:route53/zone:Zone", "Route 53 hosted zones"),
  ROUTE53_RECOVERY_CONTROL_CLUSTER_TAGGED: tagged(
    "aws:route53recoverycontrol/cluster:Cluster",
    "Clusters of Route 53 recovery control",
  ),
  ROUTE53_RECOVERY_READINESS_CELL_TAGGED: tagged(
    "aws:route53recoveryreadiness/cell:Cell",
    "Cells of Route 53 recovery readiness",
  ),
  ROUTE53_RECOVERY_READINESS_READINESS_CHECK_TAGGED: tagged(
    "aws:route53recoveryreadiness/readinessCheck:ReadinessCheck",
    "Readiness checks of Route 53",
  ),
  ROUTE53_RECOVERY_READINESS_RECOVERY_GROUP_TAGGED: tagged(
    "aws:route53recoveryreadiness/recoveryGroup:RecoveryGroup",
    "Recovery groups of Route 53",
  ),
  ROUTE53_RECOVERY_READINESS_RESOURCE_SET_TAGGED: tagged(
    "aws:route53recoveryreadiness/resourceSet:ResourceSet",
    "Resource sets of Route 53 recovery readiness",
  ),
  ROUTE53_RESOLVER_FIREWALL_DOMAIN_LIST_TAGGED: tagged(
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
    "Firewall domain lists of Route 53 Resolver",
  ),
  ROUTE53_RESOLVER_FIREWALL_RULE_GROUP_ASSOCIATION_TAGGED: tagged(
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
    "Firewall rule group associations of Route 53 Resolver",
  ),
  ROUTE53_RESOLVER_FIREWALL_RULE_GROUP_TAGGED: tagged(
    "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup",
    "Firewall rule groups of Route 53 Resolver",
  ),
  ROUTE53_RESOLVER_RESOLVER_ENDPOINT_TAGGED: tagged(
    "aws:route53/resolverEndpoint:ResolverEndpoint",
    "Endpoints of Route 53 Resolver",
  ),
  ROUTE53_RESOLVER_RESOLVER_RULE_TAGGED: tagged(
    "aws:route53/resolverRule:ResolverRule",
    "Rules of Route 53 Resolver",
  ),
  RUM_APP_MONITOR_TAGGED: tagged("aws:rum/appMonitor:AppMonitor", "CloudWatch RUM app monitors"),
  SAGEMAKER_APP_IMAGE_CONFIG_TAGGED: tagged(
    "aws:sagemaker/appImageConfig:AppImageConfig",
    "SageMaker app image configs",
  ),
  SAGEMAKER_DOMAIN_TAGGED: tagged("aws:sagemaker/domain:Domain", "SageMaker domains"),
  SAGEMAKER_FEATURE_GROUP_TAGGED: tagged(
    "aws:sagemaker/featureGroup:FeatureGroup",
    "SageMaker feature groups",
  ),
  SAGEMAKER_IMAGE_TAGGED: tagged("aws:sagemaker/image:Image", "SageMaker images"),
  SERVICE_CATALOG_PORTFOLIO_TAGGED: tagged(
    "aws:servicecatalog/portfolio:Portfolio",
    "Service Catalog portfolios",
  ),
  SIGNER_SIGNINGPROFILE_TAGGED: tagged("aws:signer/signingProfile:SigningProfile", "Signer signing profiles"),
  SSM_DOCUMENT_TAGGED: tagged("aws:ssm/document:Document", "SSM documents"),
  STEPFUNCTIONS_STATE_MACHINE_TAGGED: tagged(
    "aws:sfn/stateMachine:StateMachine",
    "Step Functions state machines",
  ),
  TRANSFER_AGREEMENT_TAGGED: tagged("aws:transfer/agreement:Agreement", "Transfer agreements"),
  TRANSFER_CERTIFICATE_TAGGED: tagged("aws:transfer/certificate:Certificate", "Transfer certificates"),
  TRANSFER_CONNECTOR_TAGGED: tagged("aws:transfer/connector:Connector", "Transfer connectors"),
  TRANSFER_PROFILE_TAGGED: tagged("aws:transfer/profile:Profile", "Transfer profiles"),
  TRANSFER_WORKFLOW_TAGGED: tagged("aws:transfer/workflow:Workflow", "Transfer workflows"),
  WORKSPACES_CONNECTION_ALIAS_TAGGED: tagged(
    "aws:workspaces/connectionAlias:ConnectionAlias",
    "WorkSpaces connection aliases",
  ),
  WORKSPACES_WORKSPACE_TAGGED: tagged("aws:workspaces/workspace:Workspace", "WorkSpaces workspaces"),
};
