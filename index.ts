import { AccountDetection } from "./components/account-detection";
import { AccountNotifications } from "./components/account-notifications";
import { ComplianceDashboard } from "./components/compliance-dashboard";
import { CompliancePipeline } from "./components/compliance-pipeline";
import { DeliveryTarget } from "./components/delivery-target";
import { boundBy } from "./components/permissions-boundary";
import { readSettings } from "./components/settings";
import { Trail } from "./components/trail";

const settings = readSettings();
const bound = boundBy(settings.permissionsBoundary);

const notifications =
  settings.notifications && new AccountNotifications("notifications", settings.notifications, bound);
const streams = notifications?.streams;
const alerts = notifications?.alertsTopicArns;
const alarmTopicArns = notifications?.alarmTopicArns;
const home = {
  alertsTopicArn: alerts?.[settings.homeRegion],
  chatTopicArn: notifications?.chatTopicArns[settings.homeRegion],
};

const detection =
  settings.detection &&
  new AccountDetection("detection", { ...settings.detection, streams, alarmTopicArns }, bound);
const evidence = detection?.evidence;

const trail = settings.trail && new Trail("trail", { ...home, evidence, ...settings.trail }, bound);
const pipeline = settings.pipeline && new CompliancePipeline("pipeline", { ...home, ...settings.pipeline });
const target = settings.target && new DeliveryTarget("target", settings.target);
const dashboard =
  settings.dashboard &&
  new ComplianceDashboard("dashboard", {
    ...settings.dashboard,
    alarmTopicArns,
    alarmArns: trail?.alarmArns,
    bucketNames: [evidence, trail].flatMap((holder) => holder?.bucketName ?? []),
    pipeline,
  });

// Pulumi warns of an undefined output at each run, and leaves out one that is null.

/** Where the evidence lies, how it is encrypted and who may read the account; absent for what is not deployed. */
export const evidenceBucketName = evidence?.bucketName ?? null;
export const evidenceKeyArn = evidence?.kmsKeyArn ?? null;
export const accessLogBucketName = evidence?.accessLogBucketName ?? null;
export const recorderRoleArn = detection?.roleArn ?? null;
/** By region the recorder's name, and by region and rule name the ARN of each rule. */
export const { recorderNames = null, ruleArns = null } = detection ?? {};
/** Where the calls to AWS are recorded, and by region the topic for people. */
export const trailArn = trail?.trailArn ?? null;
export const trailBucketName = trail?.bucketName ?? null;
export const alertsTopicArns = alerts ?? null;
/** Where people look. */
export const dashboardUrl = dashboard?.url ?? null;
/** The pipeline, and the connection that somebody must authorise once. */
export const { pipelineName = null, connectionArn = null } = pipeline ?? {};
/** What a pipeline assumes in this account, and the name that its stack gives as "permissionsBoundary". */
export const deliveryRoleArns = target?.roleArns ?? null;
export const deliveryBoundary = target?.permissionsBoundary ?? null;
