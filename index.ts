import * as pulumi from "@pulumi/pulumi";
import { ConfigRecorder } from "./components/config-recorder";
import { EvidenceBucket } from "./components/evidence-bucket";
import { RecorderRole } from "./components/recorder-role";
import { RuleSet } from "./components/rule-set";
import { readSettings } from "./components/settings";

const settings = readSettings();
const { recording } = settings;

const evidence = recording && new EvidenceBucket("evidence", recording.evidence);
const role = recording && evidence && new RecorderRole("recorder-role", { ...recording.role, evidence });

const detection = settings.regions.map(({ region, recorder: choices, rules }) => {
  const recorder = new ConfigRecorder(`recorder-${region}`, { ...choices, evidence, role });
  const { ruleArns } = new RuleSet(`rules-${region}`, { ...rules, recorder });
  return { region, recorderName: recorder.recorderName, ruleArns };
});

/** Where the evidence lies, and how it is encrypted; absent where the account's recorders are left alone. */
export const evidenceBucketName = evidence?.bucketName;
export const evidenceKeyArn = evidence?.kmsKeyArn;
export const accessLogBucketName = evidence?.accessLogBucketName;
export const recorderRoleArn = role?.arn;
/** By region: the recorder's name. */
export const recorderNames = pulumi.output(
  Object.fromEntries(detection.map((here) => [here.region, here.recorderName])),
);
/** By region and rule name: the ARN of each deployed rule. */
export const ruleArns = pulumi.output(
  Object.fromEntries(detection.map((here) => [here.region, here.ruleArns])),
);
