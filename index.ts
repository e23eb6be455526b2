import * as pulumi from "@pulumi/pulumi";
import { AccountNotifications } from "./components/account-notifications";
import { ComplianceDashboard } from "./components/compliance-dashboard";
import { CompliancePipeline } from "./components/compliance-pipeline";
import { ConfigRecorder } from "./components/config-recorder";
import { DeliveryTarget } from "./components/delivery-target";
import { EvidenceBucket } from "./components/evidence-bucket";
import { boundBy } from "./components/permissions-boundary";
import { RecorderRole } from "./components/recorder-role";
import { RuleSet } from "./components/rule-set";
import { readSettings } from "./components/settings";
import { Trail } from "./components/trail";

const settings = readSettings();
const { recording, regions = [] } = settings.detection ?? {};
const bound = boundBy(settings.permissionsBoundary);

const notifications =
  settings.notifications && new AccountNotifications("notifications", settings.notifications, bound);

const evidence = recording && new EvidenceBucket("evidence", recording.evidence);
const streams = notifications?.streams;
const role =
  recording && evidence && new RecorderRole("recorder-role", { ...recording.role, evidence, streams }, bound);

const detection = regions.map(({ region, recorder: choices, rules }) => {
  const snsTopicArn = streams?.get(region)?.topicArn ?? choices.snsTopicArn;
  const recorder = new ConfigRecorder(`recorder-${region}`, { ...choices, snsTopicArn, evidence, role });
  const { ruleArns } = new RuleSet(`rules-${region}`, { ...rules, recorder });
  return { region, recorderName: recorder.recorderName, ruleArns };
});

const trail =
  settings.trail &&
  new Trail(
    "trail",
    {
      ...settings.trail,
      alarmTopicArns: [
        ...settings.trail.alarmTopicArns,
        ...(notifications?.alarmTopics(settings.homeRegion) ?? []),
      ],
      evidenceBucketNames: evidence === undefined ? [] : [evidence.bucketName],
    },
    bound,
  );

const dashboard =
  settings.dashboard &&
  new ComplianceDashboard("dashboard", {
    ...settings.dashboard,
    homeRegion: settings.homeRegion,
    regions: settings.regions,
    tags: settings.tags,
    alarmTopicArns: notifications?.alertsTopicArns,
    bucketNames: [evidence?.bucketName, trail?.bucketName].flatMap((name) => name ?? []),
    alarmArns: trail?.alarmArns,
  });

const pipeline =
  settings.pipeline &&
  new CompliancePipeline("pipeline", {
    alertsTopicArn: notifications?.alertsTopicArns[settings.homeRegion],
    ...settings.pipeline,
  });
const target = settings.target && new DeliveryTarget("target", settings.target);

// Pulumi warns of an undefined output at each run, and leaves out one that is null.

/** Where the evidence lies, how it is encrypted and who may read the account; absent for what is not deployed. */
export const evidenceBucketName = evidence?.bucketName ?? null;
export const evidenceKeyArn = evidence?.kmsKeyArn ?? null;
export const accessLogBucketName = evidence?.accessLogBucketName ?? null;
export const recorderRoleArn = role?.arn ?? null;
/** Where the calls to AWS are recorded; absent where that is left to somebody else. */
export const trailArn = trail?.trailArn ?? null;
export const trailBucketName = trail?.bucketName ?? null;
/** Where people look; absent where there is no dashboard. */
export const dashboardUrl = dashboard?.url ?? null;
/** The pipeline, and the connection that somebody must authorise once; absent for what is not deployed. */
export const pipelineName = pipeline?.pipelineName ?? null;
export const connectionArn = pipeline?.connectionArn ?? null;
/** What a pipeline assumes in this account, and the name that its stack gives as "permissionsBoundary". */
export const deliveryRoleArns = target?.roleArns ?? null;
export const deliveryBoundary = target?.permissionsBoundary ?? null;
/** By region: the topic for people; an alarm of the account may name it as its action. */
export const alertsTopicArns = notifications?.alertsTopicArns ?? null;
/** By region: the recorder's name. */
export const recorderNames = pulumi.output(
  Object.fromEntries(detection.map((here) => [here.region, here.recorderName])),
);
/** By region and rule name: the ARN of each deployed rule. */
export const ruleArns = pulumi.output(
  Object.fromEntries(detection.map((here) => [here.region, here.ruleArns])),
);
