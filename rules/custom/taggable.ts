import type { ResourceType } from "../catalog/generated/resource-types";

/**
 * Common regional types with tags of their own, as AWS Config and as Pulumi spell them. Auto Scaling groups are not among
 * them: their tags are blocks of the configuration.
 */
export const TAGGABLE: Readonly<Record<string, ResourceType>> = {
  "AWS::ACM::Certificate": "aws:acm/certificate:Certificate",
  "AWS::CodeBuild::Project": "aws:codebuild/project:Project",
  "AWS::DynamoDB::Table": "aws:dynamodb/table:Table",
  "AWS::EC2::Instance": "aws:ec2/instance:Instance",
  "AWS::EC2::InternetGateway": "aws:ec2/internetGateway:InternetGateway",
  "AWS::EC2::NetworkAcl": "aws:ec2/networkAcl:NetworkAcl",
  "AWS::EC2::NetworkInterface": "aws:ec2/networkInterface:NetworkInterface",
  "AWS::EC2::RouteTable": "aws:ec2/routeTable:RouteTable",
  "AWS::EC2::SecurityGroup": "aws:ec2/securityGroup:SecurityGroup",
  "AWS::EC2::Subnet": "aws:ec2/subnet:Subnet",
  "AWS::EC2::VPC": "aws:ec2/vpc:Vpc",
  "AWS::EC2::Volume": "aws:ebs/volume:Volume",
  "AWS::ECR::Repository": "aws:ecr/repository:Repository",
  "AWS::ECS::Cluster": "aws:ecs/cluster:Cluster",
  "AWS::EFS::FileSystem": "aws:efs/fileSystem:FileSystem",
  "AWS::EKS::Cluster": "aws:eks/cluster:Cluster",
  "AWS::ElasticLoadBalancing::LoadBalancer": "aws:elb/loadBalancer:LoadBalancer",
  "AWS::ElasticLoadBalancingV2::LoadBalancer": "aws:lb/loadBalancer:LoadBalancer",
  "AWS::KMS::Key": "aws:kms/key:Key",
  "AWS::Kinesis::Stream": "aws:kinesis/stream:Stream",
  "AWS::Lambda::Function": "aws:lambda/function:Function",
  "AWS::RDS::DBCluster": "aws:rds/cluster:Cluster",
  "AWS::RDS::DBInstance": "aws:rds/instance:Instance",
  "AWS::Redshift::Cluster": "aws:redshift/cluster:Cluster",
  "AWS::S3::Bucket": "aws:s3/bucket:Bucket",
  "AWS::SNS::Topic": "aws:sns/topic:Topic",
  "AWS::SQS::Queue": "aws:sqs/queue:Queue",
  "AWS::SecretsManager::Secret": "aws:secretsmanager/secret:Secret",
};
