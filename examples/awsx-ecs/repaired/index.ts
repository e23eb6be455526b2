import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { key } from "./key";

const LOG_GROUP = "/shop/web";

const config = new pulumi.Config();
const region = new pulumi.Config("aws").require("region");
const shopKey = key("shop", "Encrypts images and logs of the shop.", [`logs.${region}.amazonaws.com`]);

// Made by a plugin: what is inside cannot be seen without it.
const vpc = new awsx.ec2.Vpc("shop", { numberOfAvailabilityZones: 2 });

const images = new aws.ecr.Repository("shop", {
  imageTagMutability: "IMMUTABLE",
  imageScanningConfiguration: { scanOnPush: true },
  encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: shopKey.arn }],
});
new aws.ecr.LifecyclePolicy("shop", {
  repository: images.name,
  policy: JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 50 },
        action: { type: "expire" },
      },
    ],
  }),
});

const cluster = new aws.ecs.Cluster("shop", { settings: [{ name: "containerInsights", value: "enabled" }] });
new aws.cloudwatch.LogGroup("shop", { name: LOG_GROUP, retentionInDays: 365, kmsKeyId: shopKey.arn });

const assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" });
const execution = new aws.iam.Role("shop-execution", {
  assumeRolePolicy,
  managedPolicyArns: [aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy],
});
const own = new aws.iam.Role("shop-task", { assumeRolePolicy });

const task = new aws.ecs.TaskDefinition("shop", {
  family: "shop",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  executionRoleArn: execution.arn,
  taskRoleArn: own.arn,
  containerDefinitions: JSON.stringify([
    {
      name: "shop",
      image: config.require("image"),
      essential: true,
      privileged: false,
      user: "1000",
      readonlyRootFilesystem: true,
      portMappings: [{ containerPort: 8080 }],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": LOG_GROUP, "awslogs-region": region, "awslogs-stream-prefix": "shop" },
      },
    },
  ]),
});

const group = new aws.ec2.SecurityGroup("shop", { vpcId: vpc.vpcId, description: "Shop" });
new aws.vpc.SecurityGroupEgressRule("shop-https", {
  securityGroupId: group.id,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "0.0.0.0/0",
  description: "Images, logs and payment",
});

const service = new aws.ecs.Service("shop", {
  cluster: cluster.arn,
  taskDefinition: task.arn,
  desiredCount: 2,
  launchType: "FARGATE",
  platformVersion: "LATEST",
  networkConfiguration: {
    subnets: vpc.privateSubnetIds,
    securityGroups: [group.id],
    assignPublicIp: false,
  },
});

export const imageRepository = images.repositoryUrl;
export const serviceName = service.name;
