import * as pulumi from "@pulumi/pulumi";
import { resolveSelection, type Selection } from "../rules";
import { Problems } from "../rules/selection/problems";
import { selectionSource } from "./selection-source";
import type { EvidenceBucketArgs } from "./evidence-bucket";
import { evidenceProblems } from "./evidence-limits";
import { didYouMean, parseArn, regionProblems, show, tagProblems } from "./limits";
import { describeProblems, type Problem } from "./problems";
import { type RecorderChoices, recorderProblems, topicProblems } from "./recorder-limits";
import { type RecorderRoleArgs, roleProblems } from "./recorder-role";
import { regionalRules } from "./regional-rules";
import { type RuleChoices, ruleProblems } from "./rule-limits";
import { evidencePart, recorderPart } from "./settings-parts";
import { Section } from "./settings-section";

/** What is deployed in one region. */
export interface RegionalSettings {
  readonly region: string;
  readonly recorder: RecorderChoices;
  /** The suffix keeps logical names apart between regions; the home region has none. */
  readonly rules: RuleChoices & { readonly suffix: string };
}

/** The stack's configuration, complete and valid. */
export interface Settings {
  /** Bucket and role; `undefined` where the account's recorders are left alone. */
  readonly recording:
    { readonly evidence: EvidenceBucketArgs; readonly role: Omit<RecorderRoleArgs, "evidence"> } | undefined;
  /** In the order of the setting `regions`. */
  readonly regions: readonly RegionalSettings[];
}

const NAMESPACE = "compliance";
const ENTRIES = [
  "regions",
  "homeRegion",
  "evidence",
  "recorder",
  "delivery",
  "retentionDays",
  "rules",
  "tags",
  "selection",
];

/**
 * Reads the stack's configuration below `compliance:`. Every entry has a default.
 *
 * @throws `pulumi.RunError` with every problem at once, before anything is created.
 */
export function readSettings(): Settings {
  const problems = new Problems();
  const root = new Section(problems, "", configuration(problems), ENTRIES);
  const regions = regionList(root, problems);
  const homeRegion = root.text("homeRegion") ?? regions[0] ?? "";
  if (regions.length > 0 && !regions.includes(homeRegion)) {
    const hint = didYouMean(homeRegion, regions);
    root.refuse(
      "homeRegion",
      `${show(homeRegion)} is not in "regions".${hint} Add it there, or name one of them.`,
    );
  }
  const evidence = evidencePart(root);
  const { shared, role, snsTopicArns } = recorderPart(root);
  const topics = topicsByRegion(snsTopicArns, regions, problems);
  const tags = root.textMap("tags");
  const batchSize = root.section("rules", ["batchSize"]).number("batchSize");
  const selection = readSelection(root, regions, problems);

  const regional = regions.map((region): RegionalSettings => {
    const rules = selection === undefined ? [] : regionalRules(selection, region, homeRegion);
    return {
      region,
      recorder: { ...shared, region, homeRegion, snsTopicArn: topics.get(region) },
      rules: { rules, batchSize, tags, suffix: region === homeRegion ? "" : `-${region}` },
    };
  });
  const settings = { evidence: { ...evidence, region: homeRegion }, role, regional, tags };
  const unreadable = problems.all.map(({ path }) => path);
  for (const { path, message } of limitProblems(settings)) {
    // The limits of a value that could not be read would only repeat what is reported already.
    if (!unreadable.some((known) => isWithin(path, known))) problems.add(path, message);
  }
  if (problems.all.length > 0) {
    const named = problems.all.map((problem) => ({ ...problem, path: `${NAMESPACE}:${problem.path}` }));
    throw new pulumi.RunError(describeProblems(`The configuration of stack "${pulumi.getStack()}"`, named));
  }
  return {
    recording:
      shared.mode === "existing"
        ? undefined
        : {
            evidence: { ...settings.evidence, tags },
            role: { role, tags, snsTopicArns: [...topics.values()] },
          },
    regions: regional,
  };
}

/** The untyped configuration of the namespace. */
function configuration(problems: Problems): Readonly<Record<string, unknown>> {
  const config = new pulumi.Config(NAMESPACE);
  const secretKeys = process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "";
  const found: Record<string, unknown> = {};
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    const [namespace, name = ""] = key.split(":");
    if (namespace !== NAMESPACE) continue;
    if (secretKeys.includes(JSON.stringify(key))) {
      // Settings become names and tags that everybody can read, and errors show them.
      problems.add(name, "It is encrypted, but settings are no secrets. Set it again without --secret.");
    } else {
      found[name] = untypedValue(config, name);
    }
  }
  return found;
}

/** JSON where the text is JSON: lists and maps always are, and so are numbers and booleans. */
function untypedValue(config: pulumi.Config, name: string): unknown {
  const text = config.get(name) ?? "";
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function regionList(root: Section, problems: Problems): readonly string[] {
  const own =
    new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  const regions = root.texts("regions") ?? (own === undefined ? [] : [own]);
  const isShapeReported = root.has("regions") && !Array.isArray(root.raw("regions"));
  if (regions.length === 0 && !isShapeReported) {
    root.refuse(
      "regions",
      'No region is given. List at least one, or run "pulumi config set aws:region us-east-1".',
    );
  }
  regions.forEach((region, index) => {
    const path = root.has("regions") ? `regions[${index}]` : "regions";
    for (const problem of regionProblems(path, region)) problems.add(problem.path, problem.message);
    if (regions.indexOf(region) !== index) problems.add(path, `${show(region)} is listed twice. Remove one.`);
  });
  return regions;
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
    const region = parseArn(arn)?.region ?? "";
    const shape = topicProblems(path, arn, region);
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

function readSelection(root: Section, regions: readonly string[], problems: Problems): Selection | undefined {
  const source = selectionSource(root.raw("selection"));
  if ("problem" in source) {
    root.refuse("selection", source.problem);
    return undefined;
  }
  const today = new Date().toISOString().slice(0, 10);
  const resolved = resolveSelection(source.content, { today, regions, path: root.at("selection") });
  for (const { path, message } of resolved.problems) problems.add(path, `${message}${source.where}`);
  return resolved.selection;
}

/** What AWS would refuse of well-formed settings, with paths of the settings. */
function limitProblems(settings: {
  readonly evidence: EvidenceBucketArgs;
  readonly role: RecorderRoleArgs["role"];
  readonly regional: readonly RegionalSettings[];
  readonly tags: Readonly<Record<string, string>> | undefined;
}): readonly Problem[] {
  const { evidence, role, regional, tags = {} } = settings;
  const recorders = regional.flatMap(({ recorder }) => recorderProblems(recorder));
  const rules = regional.flatMap((region) => ruleProblems({ ...region.rules, tags: {} }));
  const found = [
    ...evidenceProblems(evidence).map((problem) => ({ ...problem, path: `evidence.${problem.path}` })),
    ...recorders.map((problem) => ({ ...problem, path: recorderPath(problem.path) })),
    ...(role === undefined ? [] : roleProblems(role)).map((problem) => ({
      ...problem,
      path: `recorder.${problem.path}`,
    })),
    ...rules.map((problem) => ({
      ...problem,
      path: problem.path === "batchSize" ? "rules.batchSize" : "selection",
    })),
    ...tagProblems("tags", tags),
  ];
  // Regions share most settings, and with them the problems; the regions themselves are checked where they are read.
  return found.filter(({ path, message }, index) => {
    if (REGION_PATHS.includes(path)) return false;
    return found.findIndex((other) => other.path === path && other.message === message) === index;
  });
}

const REGION_PATHS: readonly string[] = ["evidence.region", "recorder.region", "recorder.homeRegion"];

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function recorderPath(path: string): string {
  if (path === "retentionDays") return path;
  return path === "snapshotFrequency" ? `delivery.${path}` : `recorder.${path}`;
}
