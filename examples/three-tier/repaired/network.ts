import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface Network {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
}

/** A VPC of two zones: load balancers stand in the public subnets, everything else in the private ones. */
export function network(name: string, region: string, logKey: aws.kms.Key): Network {
  const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  // Without rules: what names no security group of its own reaches nothing.
  new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [] });
  flowLogs(name, vpc, logKey);

  const gateway = new aws.ec2.InternetGateway(name, { vpcId: vpc.id });
  const outward = new aws.ec2.RouteTable(`${name}-public`, {
    vpcId: vpc.id,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
  });
  const zones = ["a", "b"].map((zone, index) => {
    const availabilityZone = `${region}${zone}`;
    const publicSubnet = new aws.ec2.Subnet(`${name}-public-${zone}`, {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: `10.0.${index}.0/24`,
      mapPublicIpOnLaunch: false,
    });
    new aws.ec2.RouteTableAssociation(`${name}-public-${zone}`, {
      subnetId: publicSubnet.id,
      routeTableId: outward.id,
    });
    const address = new aws.ec2.Eip(`${name}-${zone}`, { domain: "vpc" }, { dependsOn: gateway });
    const translation = new aws.ec2.NatGateway(`${name}-${zone}`, {
      subnetId: publicSubnet.id,
      allocationId: address.id,
    });
    const privateSubnet = new aws.ec2.Subnet(`${name}-private-${zone}`, {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: `10.0.${index + 10}.0/24`,
      mapPublicIpOnLaunch: false,
    });
    const routes = new aws.ec2.RouteTable(`${name}-private-${zone}`, {
      vpcId: vpc.id,
      routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: translation.id }],
    });
    new aws.ec2.RouteTableAssociation(`${name}-private-${zone}`, {
      subnetId: privateSubnet.id,
      routeTableId: routes.id,
    });
    return { publicSubnet, privateSubnet };
  });
  return {
    vpcId: vpc.id,
    publicSubnetIds: zones.map(({ publicSubnet }) => publicSubnet.id),
    privateSubnetIds: zones.map(({ privateSubnet }) => privateSubnet.id),
  };
}

function flowLogs(name: string, vpc: aws.ec2.Vpc, logKey: aws.kms.Key): void {
  const group = new aws.cloudwatch.LogGroup(`${name}-flow`, { retentionInDays: 365, kmsKeyId: logKey.arn });
  const role = new aws.iam.Role(`${name}-flow`, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "vpc-flow-logs.amazonaws.com" }),
  });
  new aws.iam.RolePolicy(`${name}-flow`, {
    role: role.name,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: group.arn.apply((arn) => `${arn}:*`),
        },
      ],
    },
  });
  new aws.ec2.FlowLog(name, {
    vpcId: vpc.id,
    trafficType: "ALL",
    logDestination: group.arn,
    iamRoleArn: role.arn,
  });
}
