import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const region = new pulumi.Config("aws").require("region");

// Made by a plugin: what is inside cannot be seen without it.
const vpc = new awsx.ec2.Vpc("shop", {
  numberOfAvailabilityZones: 2,
  natGateways: { strategy: awsx.ec2.NatGatewayStrategy.None },
});

const images = new aws.ecr.Repository("shop", { forceDelete: true });
const cluster = new aws.ecs.Cluster("shop");
const logs = new aws.cloudwatch.LogGroup("shop");

const execution = new aws.iam.Role("shop-execution", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
  managedPolicyArns: [aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy],
});

const task = new aws.ecs.TaskDefinition("shop", {
  family: "shop",
  requiresCompatibilities: ["EC2"],
  networkMode: "host",
  pidMode: "host",
  executionRoleArn: execution.arn,
  containerDefinitions: JSON.stringify([
    {
      name: "shop",
      image: config.require("image"),
      memory: 512,
      privileged: true,
      user: "root",
      environment: [{ name: "AWS_SECRET_ACCESS_KEY", value: "replaced-by-the-pipeline" }],
      portMappings: [{ containerPort: 80 }],
    },
  ]),
});

const group = new aws.ec2.SecurityGroup("shop", {
  vpcId: vpc.vpcId,
  description: "Shop",
  ingress: [
    { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] },
    { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] },
  ],
});

new aws.ec2.Instance("shop", {
  ami: "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
  instanceType: "t3.small",
  subnetId: vpc.publicSubnetIds.apply((ids) => ids[0] ?? ""),
  associatePublicIpAddress: true,
  vpcSecurityGroupIds: [group.id],
  userData: pulumi.interpolate`#!/bin/sh
echo ECS_CLUSTER=${cluster.name} >> /etc/ecs/ecs.config
`,
});

new aws.ecs.Service("shop", { cluster: cluster.arn, taskDefinition: task.arn, desiredCount: 1 });

export const imageRepository = images.repositoryUrl;
export const logGroup = pulumi.interpolate`${region}/${logs.name}`;
