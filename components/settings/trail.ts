import { topicProblems } from "../arns";
import { under } from "../problems";
import type { TrailArgs } from "../trail";
import { type TrailChoice, trailProblems } from "../trail-limits";
import type { Part } from "./parts";
import type { Place } from "./place";
import type { Section } from "./section";

/** The part `trail`: the entry of that name. */
export function trailPart(root: Section, place: Place): Part<TrailArgs> {
  const section = root.section("trail", ["create", "existing", "alertsTopicArn"]);
  const trail = trailChoice(section);
  const alertsTopicArn = section.text("alertsTopicArn");
  const { homeRegion: region, tags } = place;
  return {
    settings: { region, trail, tags, ...(alertsTopicArn === undefined ? {} : { alertsTopicArn }) },
    limits: [
      ...under("trail", trailProblems(trail)),
      ...(alertsTopicArn === undefined
        ? []
        : topicProblems("trail.alertsTopicArn", alertsTopicArn, region, "CloudWatch")),
    ],
    buckets:
      "existing" in trail
        ? []
        : [
            {
              path: "trail.create.bucketName",
              purpose: "trail",
              name: trail.create.bucketName,
              isLogged: true,
            },
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
