import * as pulumi from "@pulumi/pulumi";
import { ComplianceDashboard } from "../../components/compliance-dashboard";
import { ConfigRecorder } from "../../components/config-recorder";
import { EvidenceBucket } from "../../components/evidence-bucket";
import { Notifications } from "../../components/notifications";
import { describeProblems } from "../../components/problems";
import { RecorderRole } from "../../components/recorder-role";
import { RuleSet } from "../../components/rule-set";
import { Trail } from "../../components/trail";
import { configRules, resolveSelection } from "../../rules";

const region = new pulumi.Config("aws").require("region");
const mail = new pulumi.Config().require("mail");

// What the account must satisfy. The policy pack takes the same selection, so that both sides mean the same.
const { selection, problems } = resolveSelection(
  new pulumi.Config("compliance").requireObject<unknown>("selection"),
  { today: new Date().toISOString().slice(0, 10), regions: [region] },
);
if (selection === undefined) throw new pulumi.RunError(describeProblems("The selection", problems));
const rules = configRules(selection, region);

// Who hears of it.
const notifications = new Notifications("notifications", {
  region,
  rules: rules.map(({ name }) => name),
  alerts: { subscriptions: [{ protocol: "email", endpoint: mail }] },
});
const { alertsTopicArn } = notifications;

// What is recorded, where it is kept, and what it is judged by.
const evidence = new EvidenceBucket("evidence", { region, prefix: "config" });
const recorder = new ConfigRecorder("recorder", {
  region,
  homeRegion: region,
  evidence,
  role: new RecorderRole("recorder-role", { evidence }),
  // Containers and functions come and go with theirs, and hardly any rule looks at them.
  strategy: { exclude: ["AWS::EC2::NetworkInterface"] },
});
const ruleSet = new RuleSet("rules", { recorder, rules });

// Who watches the watcher.
const trail = new Trail("trail", {
  region,
  alertsTopicArn,
  evidence,
});
const dashboard = new ComplianceDashboard("dashboard", {
  homeRegion: region,
  regions: [region],
  alarmTopicArns: { [region]: [alertsTopicArn] },
  alarmArns: trail.alarmArns,
});

export const evidenceBucketName = evidence.bucketName;
export const dashboardUrl = dashboard.url;
export const ruleArns = ruleSet.ruleArns;
