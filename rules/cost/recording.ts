import { describe, join } from "../selection/problems";
import type { Problems } from "../selection/problems";

/** How often AWS Config records a changed resource. */
export type Frequency = "CONTINUOUS" | "DAILY";
const FREQUENCIES: readonly Frequency[] = ["CONTINUOUS", "DAILY"];

/** What a recorder records, as the setting `recorder` of a stack says it. */
export interface Recording {
  readonly strategy:
    "all" | { readonly exclude: readonly string[] } | { readonly include: readonly string[] };
  readonly recordingMode: {
    readonly frequency: Frequency;
    /** The other frequency for some types; AWS Config accepts one override. */
    readonly override?: { readonly frequency: Frequency; readonly resourceTypes: readonly string[] };
  };
}

/** The type of what AWS Config itself records when the compliance of a resource changes. */
export const RESOURCE_COMPLIANCE = "AWS::Config::ResourceCompliance";

/**
 * Global types, which this project records in the home region only.
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
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingMode.html
 */
const NEVER_DAILY: readonly string[] = [
  "AWS::Config::ConfigurationRecorder",
  "AWS::Config::ConformancePackCompliance",
  RESOURCE_COMPLIANCE,
];

/** A resource type, of AWS or a registered one of somebody else. */
export const isTypeName = (text: string): boolean => /^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(text);

/** Whether resources of a type are recorded through the API, and billed apart. */
export const isCustom = (type: string): boolean => !type.startsWith("AWS::");

export function isRecorded({ strategy }: Recording, type: string, isHome: boolean): boolean {
  if (!isHome && GLOBAL_TYPES.includes(type)) return false;
  if (strategy === "all") return true;
  return "exclude" in strategy ? !strategy.exclude.includes(type) : strategy.include.includes(type);
}

export function isDaily({ recordingMode }: Recording, type: string): boolean {
  if (isCustom(type) || NEVER_DAILY.includes(type)) return false;
  const { frequency, override } = recordingMode;
  return (override?.resourceTypes.includes(type) === true ? override.frequency : frequency) === "DAILY";
}

/** Reads what a usage file, or the setting `recorder`, says of recording; other entries are left to others. */
export function parseRecording(
  entries: ReadonlyMap<string, unknown>,
  path: string,
  problems: Problems,
): Recording {
  const at = join(path, "recordingMode");
  const mode = problems.object(at, entries.get("recordingMode"), ["frequency", "override"]);
  const frequency = frequencyIn(mode, at, problems) ?? "CONTINUOUS";
  const overridePath = join(at, "override");
  const override = problems.object(overridePath, mode.get("override"), [
    "frequency",
    "resourceTypes",
    "description",
  ]);
  const other = frequency === "DAILY" ? "CONTINUOUS" : "DAILY";
  return {
    strategy: strategyIn(entries.get("strategy"), join(path, "strategy"), problems),
    recordingMode: {
      frequency,
      ...(mode.get("override") === undefined
        ? {}
        : {
            override: {
              frequency: frequencyIn(override, overridePath, problems) ?? other,
              resourceTypes: types(
                override.get("resourceTypes"),
                join(overridePath, "resourceTypes"),
                problems,
              ),
            },
          }),
    },
  };
}

function frequencyIn(
  entries: ReadonlyMap<string, unknown>,
  path: string,
  problems: Problems,
): Frequency | undefined {
  const value = entries.get("frequency");
  return value === undefined ? undefined : problems.word(join(path, "frequency"), value, FREQUENCIES);
}

function strategyIn(value: unknown, path: string, problems: Problems): Recording["strategy"] {
  if (value === undefined || value === "all") return "all";
  if (typeof value === "string") {
    problems.add(
      path,
      `${describe(value)} is not allowed here. Write all, { exclude: [...] } or { include: [...] }.`,
    );
    return "all";
  }
  const entries = problems.object(path, value, ["exclude", "include"]);
  if (entries.has("exclude") && entries.has("include")) {
    problems.add(path, "exclude and include exclude each other. Keep one of them.");
  }
  for (const name of ["exclude", "include"] as const) {
    if (!entries.has(name)) continue;
    const listed = types(entries.get(name), join(path, name), problems);
    return name === "exclude" ? { exclude: listed } : { include: listed };
  }
  return "all";
}

function types(value: unknown, path: string, problems: Problems): readonly string[] {
  const listed = problems.list(path, value);
  if (listed.length === 0) {
    problems.add(path, 'No type is listed. Name at least one, such as "AWS::EC2::NetworkInterface".');
  }
  return listed.flatMap(([place, item]) => {
    const type = problems.text(place, item, "A resource type");
    if (type === undefined || isTypeName(type)) return type ?? [];
    problems.add(place, `${describe(type)} is not a resource type. Write one such as "AWS::S3::Bucket".`);
    return [];
  });
}
