import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const region = new pulumi.Config("aws").require("region");

const vpc = new aws.ec2.Vpc("app", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("app", { vpcId: vpc.id });

const routes = new aws.ec2.RouteTable("public", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});

const subnets = ["a", "b"].map((zone, index) => {
  const subnet = new aws.ec2.Subnet(`public-${zone}`, {
    vpcId: vpc.id,
    availabilityZone: `${region}${zone}`,
    cidrBlock: `10.0.${index}.0/24`,
    mapPublicIpOnLaunch: true,
  });
  new aws.ec2.RouteTableAssociation(`public-${zone}`, { subnetId: subnet.id, routeTableId: routes.id });
  return subnet;
});

const webGroup = new aws.ec2.SecurityGroup("web", {
  vpcId: vpc.id,
  description: "Web servers",
  ingress: [
    { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"], description: "Maintenance" },
    { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
  ],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});

const dataGroup = new aws.ec2.SecurityGroup("data", { vpcId: vpc.id, description: "Database and files" });
// Whatever the database is going to be.
new aws.ec2.SecurityGroupRule("data-in", {
  securityGroupId: dataGroup.id,
  type: "ingress",
  protocol: "tcp",
  fromPort: 0,
  toPort: 65535,
  cidrBlocks: ["0.0.0.0/0"],
});

const loadBalancer = new aws.lb.LoadBalancer("web", {
  loadBalancerType: "application",
  securityGroups: [webGroup.id],
  subnets: subnets.map((subnet) => subnet.id),
});

const targets = new aws.lb.TargetGroup("web", { vpcId: vpc.id, port: 80, protocol: "HTTP" });

new aws.lb.Listener("web", {
  loadBalancerArn: loadBalancer.arn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});

const template = new aws.ec2.LaunchTemplate("web", {
  imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: "t3.small",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "optional" },
  networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: [webGroup.id] }],
  blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20, volumeType: "gp3" } }],
});

new aws.autoscaling.Group("web", {
  minSize: 1,
  maxSize: 2,
  vpcZoneIdentifiers: [subnets[0]?.id ?? ""],
  targetGroupArns: [targets.arn],
  launchTemplate: { id: template.id, version: "$Latest" },
});

const database = new aws.rds.Instance("orders", {
  engine: "postgres",
  engineVersion: "16",
  instanceClass: "db.t3.small",
  allocatedStorage: 20,
  dbName: "orders",
  username: "postgres",
  password: config.require("databasePassword"),
  publiclyAccessible: true,
  skipFinalSnapshot: true,
  vpcSecurityGroupIds: [dataGroup.id],
  dbSubnetGroupName: new aws.rds.SubnetGroup("orders", { subnetIds: subnets.map((subnet) => subnet.id) })
    .name,
});

const files = new aws.efs.FileSystem("uploads");
subnets.forEach((subnet, index) => {
  new aws.efs.MountTarget(`uploads-${index}`, {
    fileSystemId: files.id,
    subnetId: subnet.id,
    securityGroups: [dataGroup.id],
  });
});

export const url = pulumi.interpolate`http://${loadBalancer.dnsName}`;
export const databaseEndpoint = database.endpoint;
