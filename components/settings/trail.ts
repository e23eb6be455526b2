import { under } from "../problems";
import { topicProblems } from "../recorder-limits";
import type { TrailArgs } from "../trail";
import { type TrailChoice, trailProblems } from "../trail-limits";
import type { Part } from "./parts";
import type { Place } from "./place";
import type { Section } from "./section";

/** The part `trail`: the entry of that name. */
export function trailPart(root: Section, place: Place): Part<TrailArgs> {
  const section = root.section("trail", ["create", "existing", "alarmTopicArns"]);
  const trail = trailChoice(section);
  const alarmTopicArns = section.texts("alarmTopicArns") ?? [];
  const { homeRegion: region, tags } = place;
  return {
    settings: { region, trail, alarmTopicArns, tags },
    limits: [
      ...under("trail", trailProblems(trail)),
      ...alarmTopicArns.flatMap((arn, index) => topicProblems(`trail.alarmTopicArns[${index}]`, arn, region)),
    ],
  };
}

function trailChoice(section: Section): TrailChoice {
  if (section.choice(["create", "existing"]) === "existing") {
    const existing = section.section("existing", ["logGroupName"]);
    return { existing: { logGroupName: existing.requiredText("logGroupName", "The name of the log group") } };
  }
  const create = section.section("create", [
    "trailName",
    "bucketName",
    "retain",
    "expireDays",
    "logRetentionDays",
  ]);
  return {
    create: {
      trailName: create.text("trailName"),
      bucketName: create.text("bucketName"),
      retain: create.flag("retain"),
      expireDays: create.number("expireDays"),
      logRetentionDays: create.number("logRetentionDays"),
    },
  };
}
