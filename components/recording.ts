import { didYouMean, oneOfProblems, show } from "./limits";
import { type Problem } from "./problems";
// eslint-disable-next-line @typescript-eslint/no-require-imports -- "import *" of a list is no list under "esModuleInterop", which a program that uses this as a library may set
import recordableTypes = require("../rules/catalog/source/recordable-types.json");

/** Which resource types a recorder records; global IAM types are taken care of by region. */
export type RecordingStrategy =
  /** Every type that AWS Config supports, also those to come. */
  | "all"
  /** Every type but these. */
  | { readonly exclude: readonly string[] }
  /** Only these types. */
  | { readonly include: readonly string[] };

/** How often AWS Config records a changed resource. */
export type RecordingFrequency = "CONTINUOUS" | "DAILY";

/** Recording frequency, with the one exception that AWS Config allows. */
export interface RecordingMode {
  /** For all types that are not in the override. @defaultValue `"CONTINUOUS"` */
  readonly frequency?: RecordingFrequency | undefined;
  /** The other frequency for some types; AWS Config accepts a single override, so it holds all of them. */
  readonly override?: RecordingOverride | undefined;
}

/** The frequency of some types, where it is not that of all others. */
export interface RecordingOverride {
  readonly frequency: RecordingFrequency;
  /** At least one type that the strategy records. */
  readonly resourceTypes: readonly string[];
  /** 1 to 256 characters. @defaultValue none */
  readonly description?: string | undefined;
}

/** What decides what is recorded in one region. */
export interface RecordingChoice {
  readonly strategy: RecordingStrategy;
  readonly mode: RecordingMode;
  /** Global types are recorded here and in no other region. */
  readonly isHomeRegion: boolean;
}

/**
 * The global IAM types. Recorded in every region, each of them is billed and evaluated once a region.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
 */
export const GLOBAL_TYPES: readonly string[] = [
  "AWS::IAM::Group",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::IAM::User",
];

/**
 * Types that AWS Config records continuously or not at all.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingMode.html
 */
const NEVER_DAILY: readonly string[] = [
  "AWS::Config::ConfigurationRecorder",
  "AWS::Config::ConformancePackCompliance",
  "AWS::Config::ResourceCompliance",
];
/** What {@link RecordingFrequency} can be. */
export const RECORDING_FREQUENCIES: readonly RecordingFrequency[] = ["CONTINUOUS", "DAILY"];
const RESOURCE_TYPE = /^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+$/;

/**
 * The recording group of one region. The strategy is always spelled out and no list is ever empty: AWS Config keeps
 * the strategy that it had when a change leaves it out, and the provider cannot send an empty list.
 */
export function recordingGroup(choice: RecordingChoice) {
  const { strategy, isHomeRegion } = choice;
  if (strategy === "all") {
    return {
      allSupported: true,
      includeGlobalResourceTypes: isHomeRegion,
      recordingStrategies: [{ useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" }],
    };
  }
  const listed = { allSupported: false, includeGlobalResourceTypes: false };
  if ("exclude" in strategy) {
    // With exclusions, AWS Config ignores "includeGlobalResourceTypes": the types must be on the list.
    const resourceTypes = [...new Set([...strategy.exclude, ...(isHomeRegion ? [] : GLOBAL_TYPES)])];
    return {
      ...listed,
      exclusionByResourceTypes: [{ resourceTypes }],
      recordingStrategies: [{ useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }],
    };
  }
  return {
    ...listed,
    resourceTypes: strategy.include.filter((type) => isRecordedIn(type, isHomeRegion)),
    recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
  };
}

/** The recording mode of one region; an override of global types only is left out elsewhere than at home. */
export function recordingMode({ mode, isHomeRegion }: RecordingChoice) {
  const { frequency = "CONTINUOUS", override } = mode;
  const resourceTypes = override?.resourceTypes.filter((type) => isRecordedIn(type, isHomeRegion)) ?? [];
  if (override === undefined || resourceTypes.length === 0) return { recordingFrequency: frequency };
  const { description } = override;
  return {
    recordingFrequency: frequency,
    recordingModeOverride: {
      recordingFrequency: override.frequency,
      resourceTypes,
      ...(description === undefined ? {} : { description }),
    },
  };
}

/** Everything that AWS Config would refuse in strategy and mode, with paths `strategy...` and `recordingMode...`. */
export function recordingProblems(choice: RecordingChoice): readonly Problem[] {
  return [...strategyProblems(choice), ...modeProblems(choice)];
}

/**
 * Regions opened after February 2022, where AWS Config does not record the global IAM types.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
 */
const REGIONS_WITHOUT_GLOBAL_TYPES: readonly string[] = [
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "mx-central-1",
];

/** A warning when no region at all records the global types. */
export function homeRegionWarnings(homeRegion: string): readonly string[] {
  if (!REGIONS_WITHOUT_GLOBAL_TYPES.includes(homeRegion)) return [];
  const fix = 'Choose a "homeRegion" that AWS Config was in before February 2022, if the account has one';
  return [`AWS Config does not record IAM resources in the home region ${show(homeRegion)}. ${fix}.`];
}

/** What AWS Config accepts but somebody probably does not mean: full sentences, each naming the type. */
export function recordingWarnings({ strategy, mode }: RecordingChoice): readonly string[] {
  const known: readonly string[] = recordableTypes;
  const listed = new Set([...listedTypes(strategy), ...(mode.override?.resourceTypes ?? [])]);
  const warnings = [...listed]
    .filter((type) => !known.includes(type))
    .map((type) => `AWS Config may not know the resource type ${show(type)}.${didYouMean(type, known)}`);
  if (
    typeof strategy === "object" &&
    "exclude" in strategy &&
    strategy.exclude.includes(RESOURCE_COMPLIANCE)
  ) {
    warnings.push(`Without "${RESOURCE_COMPLIANCE}", AWS Config shows no compliance timelines.`);
  }
  return warnings;
}

const RESOURCE_COMPLIANCE = "AWS::Config::ResourceCompliance";

function listedTypes(strategy: RecordingStrategy): readonly string[] {
  if (strategy === "all") return [];
  return "exclude" in strategy ? strategy.exclude : strategy.include;
}

function isRecordedIn(type: string, isHomeRegion: boolean): boolean {
  return isHomeRegion || !GLOBAL_TYPES.includes(type);
}

function strategyProblems({ strategy, mode, isHomeRegion }: RecordingChoice): readonly Problem[] {
  if (strategy === "all") return [];
  const path = "exclude" in strategy ? "strategy.exclude" : "strategy.include";
  const problems = [...typeListProblems(path, listedTypes(strategy))];
  if ("include" in strategy) {
    const { include } = strategy;
    if (!isHomeRegion && include.length > 0 && include.every((type) => GLOBAL_TYPES.includes(type))) {
      const reason = "These are only global types, which are recorded in the home region alone";
      problems.push({ path, message: `${reason}: nothing is left to record here. Add a regional type.` });
    }
    if (mode.frequency === "DAILY")
      problems.push(...neverDailyProblems(path, include, mode.override?.resourceTypes));
  }
  return problems;
}

function modeProblems({ strategy, mode }: RecordingChoice): readonly Problem[] {
  const { frequency = "CONTINUOUS", override } = mode;
  const path = "recordingMode.override";
  const problems = [...oneOfProblems("recordingMode.frequency", frequency, RECORDING_FREQUENCIES)];
  if (override === undefined) return problems;
  problems.push(...oneOfProblems(`${path}.frequency`, override.frequency, RECORDING_FREQUENCIES));
  problems.push(...typeListProblems(`${path}.resourceTypes`, override.resourceTypes));
  if (override.frequency === frequency) {
    const message = `${show(frequency)} is the frequency of all other types too; write the other one, or leave the override out.`;
    problems.push({ path: `${path}.frequency`, message });
  }
  if (override.frequency === "DAILY") {
    problems.push(...neverDailyProblems(`${path}.resourceTypes`, override.resourceTypes));
  }
  if (
    override.description !== undefined &&
    (override.description.length < 1 || override.description.length > 256)
  ) {
    const message = `The description has ${override.description.length} characters; 1 to 256 are allowed.`;
    problems.push({ path: `${path}.description`, message });
  }
  for (const type of override.resourceTypes) {
    if (isRecorded(type, strategy)) continue;
    const message = `${show(type)} is not recorded with this strategy; remove it here, or record it.`;
    problems.push({ path: `${path}.resourceTypes`, message });
  }
  return problems;
}

function isRecorded(type: string, strategy: RecordingStrategy): boolean {
  if (strategy === "all") return true;
  return "exclude" in strategy ? !strategy.exclude.includes(type) : strategy.include.includes(type);
}

function neverDailyProblems(
  path: string,
  types: readonly string[],
  overridden: readonly string[] = [],
): readonly Problem[] {
  return types
    .filter((type) => NEVER_DAILY.includes(type) && !overridden.includes(type))
    .map((type) => ({ path, message: `${show(type)} cannot be recorded daily; record it continuously.` }));
}

function typeListProblems(path: string, types: readonly string[]): readonly Problem[] {
  if (types.length === 0) {
    return [
      { path, message: 'The list is empty; name at least one type such as "AWS::EC2::NetworkInterface".' },
    ];
  }
  const problems: Problem[] = [];
  types.forEach((type, index) => {
    const here = `${path}[${index}]`;
    if (!RESOURCE_TYPE.test(type)) {
      problems.push({
        path: here,
        message: `${show(type)} is not a resource type; write one such as "AWS::S3::Bucket".`,
      });
    } else if (types.indexOf(type) !== index) {
      problems.push({ path: here, message: `${show(type)} is listed twice; remove one.` });
    }
  });
  return problems;
}
