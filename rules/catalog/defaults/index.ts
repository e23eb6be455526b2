import { acm } from "./acm";
import { amplify } from "./amplify";
import { apigateway } from "./apigateway";
import { appconfig } from "./appconfig";
import { appmesh } from "./appmesh";
import { apprunner } from "./apprunner";
import { appsync } from "./appsync";
import { athena } from "./athena";
import { autoscaling } from "./autoscaling";
import { backup } from "./backup";
import { batch } from "./batch";
import { cloudfront } from "./cloudfront";
import { cloudtrail } from "./cloudtrail";
import { cloudwatch } from "./cloudwatch";
import { codebuild } from "./codebuild";
import { codedeploy } from "./codedeploy";
import { cognito } from "./cognito";
import { connect } from "./connect";
import { datasync } from "./datasync";
import { dms } from "./dms";
import { docdb } from "./docdb";
import { dynamodb } from "./dynamodb";
import { ebs } from "./ebs";
import { ec2Instances } from "./ec2-instances";
import { ec2Network } from "./ec2-network";
import { ec2Vpn } from "./ec2-vpn";
import { ecr } from "./ecr";
import { ecs } from "./ecs";
import { efs } from "./efs";
import { eks } from "./eks";
import { elasticache } from "./elasticache";
import { elasticsearch } from "./elasticsearch";
import { elb } from "./elb";
import { events } from "./events";
import { fsx } from "./fsx";
import { glue } from "./glue";
import { guardduty } from "./guardduty";
import { iam } from "./iam";
import { iot } from "./iot";
import { kinesis } from "./kinesis";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { lb } from "./lb";
import { mq } from "./mq";
import { msk } from "./msk";
import { neptune } from "./neptune";
import { networkfirewall } from "./networkfirewall";
import { opensearch } from "./opensearch";
import { rds } from "./rds";
import { redshift } from "./redshift";
import { rum } from "./rum";
import { s3 } from "./s3";
import { sagemaker } from "./sagemaker";
import { ses } from "./ses";
import { stepfunctions } from "./stepfunctions";
import { transfer } from "./transfer";
import { workspaces } from "./workspaces";
import type { Default, ServiceDefaults } from "./types";

const services: readonly ServiceDefaults[] = [
  acm,
  amplify,
  apigateway,
  appconfig,
  appmesh,
  apprunner,
  appsync,
  athena,
  autoscaling,
  backup,
  batch,
  cloudfront,
  cloudtrail,
  cloudwatch,
  codebuild,
  codedeploy,
  cognito,
  connect,
  datasync,
  dms,
  docdb,
  dynamodb,
  ebs,
  ec2Instances,
  ec2Network,
  ec2Vpn,
  ecr,
  ecs,
  efs,
  eks,
  elasticache,
  elasticsearch,
  elb,
  events,
  fsx,
  glue,
  guardduty,
  iam,
  iot,
  kinesis,
  kms,
  lambda,
  lb,
  mq,
  msk,
  neptune,
  networkfirewall,
  opensearch,
  rds,
  redshift,
  rum,
  s3,
  sagemaker,
  ses,
  stepfunctions,
  transfer,
  workspaces,
];

/** Type token to dotted path to what an absent property means; several services may speak of one type. */
export const defaults: ReadonlyMap<string, ReadonlyMap<string, Default>> = merged();

function merged(): ReadonlyMap<string, ReadonlyMap<string, Default>> {
  const byToken = new Map<string, Map<string, Default>>();
  for (const [token, paths] of services.flatMap((service) => Object.entries(service))) {
    const known = byToken.get(token) ?? new Map<string, Default>();
    for (const [path, value] of Object.entries(paths)) known.set(path, value);
    byToken.set(token, known);
  }
  return byToken;
}
