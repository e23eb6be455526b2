import type { Selection } from "../../rules/declaration";
import type { Problems } from "../../rules/selection/problems";
import type { AccountDetectionArgs, RegionalDetection } from "../account-detection";
import type { EvidenceBucketArgs } from "../evidence-bucket";
import { parseArn, topicProblems } from "../arns";
import { customRuleProblems } from "../custom-rule-set";
import { evidenceProblems } from "../evidence-limits";
import { show } from "../limits";
import { type Problem, under } from "../problems";
import { recorderProblems } from "../recorder-limits";
import { type RecorderRoleChoice, roleProblems } from "../recorder-role";
import { regionalRules } from "../regional-rules";
import { ruleProblems } from "../rule-limits";
import { evidenceBucket, evidencePart } from "./evidence";
import type { Part } from "./parts";
import type { Place } from "./place";
import { recorderPart } from "./recorder";
import type { Section } from "./section";

/** The entries `evidence`, `recorder`, `delivery`, `retentionDays` and `rules`. */
export function detectionPart(
  root: Section,
  place: Place,
  selection: Selection | undefined,
  problems: Problems,
): Part<AccountDetectionArgs> {
  const { homeRegion, tags } = place;
  const evidence = { ...evidencePart(root), region: homeRegion };
  const { shared, role, snsTopicArns } = recorderPart(root);
  const topics = topicsByRegion(snsTopicArns, place.regions, problems);
  const batchSize = root.section("rules", ["batchSize"]).number("batchSize");

  const regions = place.regions.map((region): RegionalDetection => {
    const all = selection === undefined ? [] : regionalRules(selection, region, homeRegion);
    const rules = all.filter(({ owner }) => owner === "AWS");
    const customRules = all.filter(({ owner }) => owner !== "AWS");
    const suffix = region === homeRegion ? "" : `-${region}`;
    return {
      region,
      recorder: { ...shared, region, homeRegion, snsTopicArn: topics.get(region) },
      rules: { rules, customRules, batchSize, tags, suffix },
    };
  });
  const recording =
    shared.mode === "existing"
      ? undefined
      : {
          evidence: { ...evidence, tags },
          role: { role, tags, snsTopicArns: [...topics.values()] },
        };
  return {
    settings: { recording, regions },
    limits: limitProblems(evidence, role, regions),
    buckets: recording === undefined ? [] : [evidenceBucket(evidence)],
  };
}

/** Each topic serves the region that its ARN names; AWS Config publishes to one topic a region. */
function topicsByRegion(
  arns: readonly string[],
  regions: readonly string[],
  problems: Problems,
): ReadonlyMap<string, string> {
  const topics = new Map<string, string>();
  arns.forEach((arn, index) => {
    const path = `delivery.snsTopicArns[${index}]`;
    const named = parseArn(arn)?.region ?? "";
    const region = named === "" ? (regions[0] ?? "") : named;
    const shape = topicProblems(path, arn, region, "AWS Config");
    for (const problem of shape) problems.add(path, problem.message);
    if (shape.length > 0) return;
    if (topics.has(region)) problems.add(path, `${show(region)} has a topic already. Keep one a region.`);
    if (!regions.includes(region)) {
      problems.add(
        path,
        `The topic is in ${show(region)}, which is not in "regions". Remove it, or add the region.`,
      );
    }
    topics.set(region, arn);
  });
  return topics;
}

/** What AWS would refuse of well-formed settings, with paths of the settings. */
function limitProblems(
  evidence: EvidenceBucketArgs,
  role: RecorderRoleChoice | undefined,
  regions: readonly RegionalDetection[],
): readonly Problem[] {
  const recorders = regions.flatMap(({ recorder }) => recorderProblems(recorder));
  // The tags are checked where they are read.
  const rules = regions.flatMap(({ region, rules: choices }) => [
    ...ruleProblems({ ...choices, tags: {} }),
    ...customRuleProblems({ ...choices, tags: {}, region }),
  ]);
  const found = [
    ...under("evidence", evidenceProblems(evidence)),
    ...recorders.map((problem) => ({ ...problem, path: recorderPath(problem.path) })),
    ...(role === undefined ? [] : under("recorder", roleProblems(role, evidence.region))),
    ...rules.map((problem) => ({
      ...problem,
      path: problem.path === "batchSize" ? "rules.batchSize" : "selection",
    })),
  ];
  // The regions are checked where they are read.
  return found.filter(({ path }) => !REGION_PATHS.includes(path));
}

const REGION_PATHS: readonly string[] = ["evidence.region", "recorder.region", "recorder.homeRegion"];

function recorderPath(path: string): string {
  if (path === "retentionDays") return path;
  return path === "snapshotFrequency" ? `delivery.${path}` : `recorder.${path}`;
}
