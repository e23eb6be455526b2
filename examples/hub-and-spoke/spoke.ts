import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { ConfigRecorder } from "../../components/config-recorder";
import { EvidenceBucket } from "../../components/evidence-bucket";
import { Notifications } from "../../components/notifications";
import { describeProblems } from "../../components/problems";
import { RecorderRole } from "../../components/recorder-role";
import { RuleSet } from "../../components/rule-set";
import { configRules, resolveSelection } from "../../rules";
import { evidenceBucket, evidencePrefix, mail, region } from "./place";

/** What the pipeline delivers to an account: recorder, rules and alerts. The evidence goes to the hub. */
export function spoke() {
  const config = new pulumi.Config();
  const { selection, problems } = resolveSelection(
    parse(fs.readFileSync(path.join(__dirname, "selection.yaml"), "utf8")),
    { today: new Date().toISOString().slice(0, 10), regions: [region] },
  );
  if (selection === undefined) throw new pulumi.RunError(describeProblems("selection.yaml", problems));
  const rules = configRules(selection, region);

  const evidence = new EvidenceBucket("evidence", {
    region,
    prefix: evidencePrefix,
    bucket: { existing: { bucketName: evidenceBucket, kmsKeyArn: config.require("evidenceKeyArn") } },
  });
  const recorder = new ConfigRecorder("recorder", {
    region,
    homeRegion: region,
    evidence,
    role: new RecorderRole("recorder-role", { evidence }),
    snsTopicArn: config.require("streamTopicArn"),
  });
  const ruleSet = new RuleSet("rules", { recorder, rules });

  // EventBridge and CloudWatch publish to topics of their own account only.
  new Notifications("notifications", {
    region,
    rules: rules.map(({ name }) => name),
    alerts: { subscriptions: [{ protocol: "email", endpoint: mail }] },
  });
  return { ruleArns: ruleSet.ruleArns };
}
