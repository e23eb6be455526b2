import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { key } from "./key";
import { network } from "./network";

const config = new pulumi.Config();
const region = new pulumi.Config("aws").require("region");

const dataKey = key("data", "Encrypts volumes, database and files.");
const logKey = key("logs", "Encrypts logs.", [`logs.${region}.amazonaws.com`]);
const { vpcId, publicSubnetIds, privateSubnetIds } = network("app", region, logKey);

const group = (name: string, description: string): aws.ec2.SecurityGroup =>
  new aws.ec2.SecurityGroup(name, { vpcId, description });
const balancerGroup = group("balancer", "Load balancer");
const webGroup = group("web", "Web servers");
const databaseGroup = group("database", "Database");
const filesGroup = group("files", "Files");

new aws.vpc.SecurityGroupIngressRule("balancer-https", {
  securityGroupId: balancerGroup.id,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "0.0.0.0/0",
  description: "Visitors",
});
connect("balancer-web", balancerGroup, webGroup, 8443);
connect("web-database", webGroup, databaseGroup, 5432);
connect("web-files", webGroup, filesGroup, 2049);

const loadBalancer = new aws.lb.LoadBalancer("web", {
  loadBalancerType: "application",
  securityGroups: [balancerGroup.id],
  subnets: [...publicSubnetIds],
  enableDeletionProtection: true,
  dropInvalidHeaderFields: true,
  desyncMitigationMode: "defensive",
  accessLogs: { enabled: true, bucket: config.require("logBucket"), prefix: "web" },
});

const targets = new aws.lb.TargetGroup("web", {
  vpcId,
  port: 8443,
  protocol: "HTTPS",
  healthCheck: { protocol: "HTTPS", path: "/health" },
});

new aws.lb.Listener("web", {
  loadBalancerArn: loadBalancer.arn,
  port: 443,
  protocol: "HTTPS",
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  certificateArn: config.require("certificateArn"),
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});

const template = new aws.ec2.LaunchTemplate("web", {
  imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: "t3.small",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
  networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: [webGroup.id] }],
  blockDeviceMappings: [
    {
      deviceName: "/dev/xvda",
      ebs: { volumeSize: 20, volumeType: "gp3", encrypted: "true", kmsKeyId: dataKey.arn },
    },
  ],
});

new aws.autoscaling.Group("web", {
  minSize: 2,
  maxSize: 4,
  vpcZoneIdentifiers: [...privateSubnetIds],
  targetGroupArns: [targets.arn],
  healthCheckType: "ELB",
  healthCheckGracePeriod: 120,
  capacityRebalance: true,
  mixedInstancesPolicy: {
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: template.id, version: "$Latest" },
      overrides: [{ instanceType: "t3.small" }, { instanceType: "t3a.small" }],
    },
  },
});

const monitoring = new aws.iam.Role("database-monitoring", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "monitoring.rds.amazonaws.com" }),
  managedPolicyArns: [aws.iam.ManagedPolicy.AmazonRDSEnhancedMonitoringRole],
});

const parameters = new aws.rds.ParameterGroup("orders", {
  family: "postgres16",
  parameters: [{ name: "rds.force_ssl", value: "1" }],
});

const database = new aws.rds.Instance("orders", {
  engine: "postgres",
  engineVersion: "16",
  instanceClass: "db.t3.small",
  allocatedStorage: 20,
  dbName: "orders",
  username: "orders_owner",
  manageMasterUserPassword: true,
  iamDatabaseAuthenticationEnabled: true,
  publiclyAccessible: false,
  multiAz: true,
  storageEncrypted: true,
  kmsKeyId: dataKey.arn,
  backupRetentionPeriod: 14,
  copyTagsToSnapshot: true,
  deletionProtection: true,
  finalSnapshotIdentifier: "orders-final",
  autoMinorVersionUpgrade: true,
  enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
  monitoringInterval: 60,
  monitoringRoleArn: monitoring.arn,
  performanceInsightsEnabled: true,
  performanceInsightsKmsKeyId: dataKey.arn,
  parameterGroupName: parameters.name,
  vpcSecurityGroupIds: [databaseGroup.id],
  dbSubnetGroupName: new aws.rds.SubnetGroup("orders", { subnetIds: [...privateSubnetIds] }).name,
});

const files = new aws.efs.FileSystem("uploads", { encrypted: true, kmsKeyId: dataKey.arn });
new aws.efs.BackupPolicy("uploads", { fileSystemId: files.id, backupPolicy: { status: "ENABLED" } });
privateSubnetIds.forEach((subnetId, index) => {
  new aws.efs.MountTarget(`uploads-${index}`, {
    fileSystemId: files.id,
    subnetId,
    securityGroups: [filesGroup.id],
  });
});

export const url = pulumi.interpolate`https://${loadBalancer.dnsName}`;
export const databaseEndpoint = database.endpoint;

/** Lets one group open connections to a port of another. */
function connect(name: string, from: aws.ec2.SecurityGroup, to: aws.ec2.SecurityGroup, port: number): void {
  const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
  new aws.vpc.SecurityGroupEgressRule(name, {
    ...ports,
    securityGroupId: from.id,
    referencedSecurityGroupId: to.id,
  });
  new aws.vpc.SecurityGroupIngressRule(name, {
    ...ports,
    securityGroupId: to.id,
    referencedSecurityGroupId: from.id,
  });
}
