import { acm } from "./acm";
import { amplify } from "./amplify";
import { apigateway } from "./apigateway";
import { appconfig } from "./appconfig";
import { appmesh } from "./appmesh";
import { apprunner } from "./apprunner";
import { appstream } from "./appstream";
import { appsync } from "./appsync";
import { athena } from "./athena";
import { autoscaling } from "./autoscaling";
import { backup } from "./backup";
import { backupPlans } from "./backup-plans";
import { batch } from "./batch";
import { cloudformation } from "./cloudformation";
import { bedrock } from "./bedrock";
import { cloudfront } from "./cloudfront";
import { cloudfrontOrigins } from "./cloudfront-origins";
import { cloudtrail } from "./cloudtrail";
import { cloudwatch } from "./cloudwatch";
import { codebuild } from "./codebuild";
import { codedeploy } from "./codedeploy";
import { codepipeline } from "./codepipeline";
import { cognito } from "./cognito";
import { connect } from "./connect";
import { caseOf, custom } from "./custom";
import { datasync } from "./datasync";
import { descriptions } from "./descriptions";
import { dms } from "./dms";
import { docdb } from "./docdb";
import { dynamodb } from "./dynamodb";
import { ebs } from "./ebs";
import { ec2Instances } from "./ec2-instances";
import { ec2Network } from "./ec2-network";
import { ec2NetworkAcls } from "./ec2-network-acls";
import { ec2PublicAddresses } from "./ec2-public-addresses";
import { ec2SecurityGroups } from "./ec2-security-groups";
import { ec2Unused } from "./ec2-unused";
import { ec2Vpc } from "./ec2-vpc";
import { ec2Vpn } from "./ec2-vpn";
import { ecr } from "./ecr";
import { ecs } from "./ecs";
import { ecsTasks } from "./ecs-tasks";
import { efs } from "./efs";
import { eks } from "./eks";
import { elasticache } from "./elasticache";
import { elasticbeanstalk } from "./elasticbeanstalk";
import { elasticsearch } from "./elasticsearch";
import { elb } from "./elb";
import { emr } from "./emr";
import { events } from "./events";
import { fis } from "./fis";
import { fsx } from "./fsx";
import { glue } from "./glue";
import { guardduty } from "./guardduty";
import { iam } from "./iam";
import { iamPolicies } from "./iam-policies";
import { iamPrincipals } from "./iam-principals";
import { imagebuilder } from "./imagebuilder";
import { iot } from "./iot";
import { ivs } from "./ivs";
import { kinesis } from "./kinesis";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { lb } from "./lb";
import { lbListeners } from "./lb-listeners";
import { mq } from "./mq";
import { msk } from "./msk";
import { neptune } from "./neptune";
import { networkfirewall } from "./networkfirewall";
import { opensearch } from "./opensearch";
import { rds } from "./rds";
import { rdsClusters } from "./rds-clusters";
import { rdsLogs } from "./rds-logs";
import { rdsParameters } from "./rds-parameters";
import { rdsSubnets } from "./rds-subnets";
import { redshift } from "./redshift";
import { redshiftServerless } from "./redshift-serverless";
import { requiredTags } from "./required-tags";
import { route53 } from "./route53";
import { rum } from "./rum";
import { s3 } from "./s3";
import { s3Access } from "./s3-access";
import { s3Durability } from "./s3-durability";
import { s3Encryption } from "./s3-encryption";
import { s3Events } from "./s3-events";
import { s3Lifecycle } from "./s3-lifecycle";
import { s3Policies } from "./s3-policies";
import { s3PublicAccess } from "./s3-public-access";
import { sagemaker } from "./sagemaker";
import { schemas } from "./schemas";
import { secretsmanager } from "./secretsmanager";
import { ses } from "./ses";
import { sns } from "./sns";
import { sqs } from "./sqs";
import { ssm } from "./ssm";
import { stepfunctions } from "./stepfunctions";
import { tags } from "./tags";
import { transfer } from "./transfer";
import { waf } from "./waf";
import { workspaces } from "./workspaces";
import { packagedPartsOf } from "../registry";
import type { Case, Cases } from "./types";

export { caseFacts, caseGraph, caseUrn } from "./build";
export type { Case, CaseResource } from "./types";

const services: readonly Cases[] = [
  acm,
  amplify,
  apigateway,
  appconfig,
  appmesh,
  apprunner,
  appstream,
  appsync,
  athena,
  autoscaling,
  backup,
  backupPlans,
  batch,
  cloudformation,
  bedrock,
  cloudfront,
  cloudfrontOrigins,
  cloudtrail,
  cloudwatch,
  codebuild,
  codedeploy,
  codepipeline,
  cognito,
  connect,
  datasync,
  descriptions,
  dms,
  docdb,
  dynamodb,
  ebs,
  ec2Instances,
  ec2Network,
  ec2NetworkAcls,
  ec2PublicAddresses,
  ec2SecurityGroups,
  ec2Unused,
  ec2Vpc,
  ec2Vpn,
  ecr,
  ecs,
  ecsTasks,
  efs,
  eks,
  elasticache,
  elasticbeanstalk,
  elasticsearch,
  elb,
  emr,
  events,
  fis,
  fsx,
  glue,
  guardduty,
  iam,
  iamPolicies,
  iamPrincipals,
  imagebuilder,
  iot,
  ivs,
  kinesis,
  kms,
  lambda,
  lb,
  lbListeners,
  mq,
  msk,
  neptune,
  networkfirewall,
  opensearch,
  rds,
  rdsClusters,
  rdsLogs,
  rdsParameters,
  rdsSubnets,
  redshift,
  redshiftServerless,
  requiredTags,
  route53,
  rum,
  s3,
  s3Access,
  s3Durability,
  s3Encryption,
  s3Events,
  s3Lifecycle,
  s3Policies,
  s3PublicAccess,
  sagemaker,
  schemas,
  secretsmanager,
  ses,
  sns,
  sqs,
  ssm,
  stepfunctions,
  tags,
  transfer,
  waf,
  workspaces,
];

/** The cases of every control that has a policy, by identifier. */
export const cases: ReadonlyMap<string, readonly Case[]> = new Map(
  [...services, custom].flatMap((service) => Object.entries(service)),
);

/** The cases of a control, of this project or of a package, by identifier. */
export const casesOf = (identifier: string): readonly Case[] =>
  cases.get(identifier) ?? (packagedPartsOf(identifier).cases ?? []).flatMap(caseOf);
