import * as pulumi from "@pulumi/pulumi";
import { ConfigRecorder } from "./components/config-recorder";
import { EvidenceBucket } from "./components/evidence-bucket";
import { RecorderRole } from "./components/recorder-role";
import { RuleSet } from "./components/rule-set";
import { readSettings } from "./components/settings";
import { Trail } from "./components/trail";

const settings = readSettings();
const { recording, regions = [] } = settings.detection ?? {};

const evidence = recording && new EvidenceBucket("evidence", recording.evidence);
const role = recording && evidence && new RecorderRole("recorder-role", { ...recording.role, evidence });

const detection = regions.map(({ region, recorder: choices, rules }) => {
  const recorder = new ConfigRecorder(`recorder-${region}`, { ...choices, evidence, role });
  const { ruleArns } = new RuleSet(`rules-${region}`, { ...rules, recorder });
  return { region, recorderName: recorder.recorderName, ruleArns };
});

const trail =
  settings.trail &&
  new Trail("trail", {
    ...settings.trail,
    evidenceBucketNames: evidence === undefined ? [] : [evidence.bucketName],
  });

// Pulumi warns of an undefined output at each run, and leaves out one that is null.

/** Where the evidence lies, how it is encrypted and who may read the account; absent for what is not deployed. */
export const evidenceBucketName = evidence?.bucketName ?? null;
export const evidenceKeyArn = evidence?.kmsKeyArn ?? null;
export const accessLogBucketName = evidence?.accessLogBucketName ?? null;
export const recorderRoleArn = role?.arn ?? null;
/** Where the calls to AWS are recorded; absent where that is left to somebody else. */
export const trailArn = trail?.trailArn ?? null;
export const trailBucketName = trail?.bucketName ?? null;
/** By region: the recorder's name. */
export const recorderNames = pulumi.output(
  Object.fromEntries(detection.map((here) => [here.region, here.recorderName])),
);
/** By region and rule name: the ARN of each deployed rule. */
export const ruleArns = pulumi.output(
  Object.fromEntries(detection.map((here) => [here.region, here.ruleArns])),
);
