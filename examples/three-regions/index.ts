import * as pulumi from "@pulumi/pulumi";
import { ConfigRecorder } from "../../components/config-recorder";
import { EvidenceBucket } from "../../components/evidence-bucket";
import { Notifications } from "../../components/notifications";
import { describeProblems } from "../../components/problems";
import { RecorderRole } from "../../components/recorder-role";
import { RuleSet } from "../../components/rule-set";
import { regionalRules, resolveSelection } from "../../rules";

const config = new pulumi.Config();
const mail = config.require("mail");
const regions = config.requireObject<string[]>("regions");
const [homeRegion] = regions;
if (homeRegion === undefined) throw new pulumi.RunError("List at least one region.");

const { selection, problems } = resolveSelection(
  new pulumi.Config("compliance").requireObject<unknown>("selection"),
  { today: new Date().toISOString().slice(0, 10), regions },
);
if (selection === undefined) throw new pulumi.RunError(describeProblems("The selection", problems));

// A bucket and a role serve all regions; AWS Config delivers across them.
const evidence = new EvidenceBucket("evidence", { region: homeRegion, prefix: "config" });
const role = new RecorderRole("recorder-role", { evidence });

const deployed = regions.map((region) => {
  // Rules about IAM and the account only at home, and none that AWS does not offer in the region.
  const rules = regionalRules(selection, region, homeRegion);
  // Event rules and alarms publish only to topics of their own region.
  new Notifications(`notifications-${region}`, {
    region,
    rules: rules.map(({ name }) => name),
    alerts: { subscriptions: [{ protocol: "email", endpoint: mail }] },
  });
  const recorder = new ConfigRecorder(`recorder-${region}`, { region, homeRegion, evidence, role });
  const suffix = region === homeRegion ? "" : `-${region}`;
  const { ruleArns } = new RuleSet(`rules-${region}`, { recorder, rules, suffix });
  return [region, ruleArns] as const;
});

export const evidenceBucketName = evidence.bucketName;
export const ruleArnsByRegion = pulumi.output(Object.fromEntries(deployed));
