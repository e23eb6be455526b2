import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseRecording, overridePrices, parseRegions, parseUsage, shippedPrices } from "../../rules/cost";
import type { Prices, Recording, Usage } from "../../rules/cost";
import type { Selection } from "../../rules";
import { Problems } from "../../rules/selection/problems";
import { UsageError } from "../errors";
import { projectFolder } from "../project";
import { selectionFrom } from "../selection";
import { readDocument, selectionError } from "../selection-file";
import { readProject, readStackConfig } from "../sources/project";
import type { StackConfig } from "../sources/project";
import { chosenSelection } from "../sources/selection";

/** The names of the usage files that ship. */
export const SHIPPED_USAGES = ["small", "medium", "large"] as const;

/** What the flags of `compliance estimate` say about the input. */
export interface InputFlags {
  /** A file, or the name of one that ships. @defaultValue medium */
  readonly usage?: string | undefined;
  readonly selection?: string | undefined;
  /** The stack whose settings say regions, recording and selection. */
  readonly stack?: string | undefined;
  readonly prices?: string | undefined;
  /** How many regions, or their names with commas. */
  readonly regions?: string | undefined;
  readonly recording?: "continuous" | "daily" | undefined;
}

/** Everything that an estimate needs, valid. */
export interface Inputs {
  readonly selection: Selection;
  readonly usage: Usage;
  readonly prices: Prices;
  /** Where the usage is from. */
  readonly usageFile: string;
  /** Whether somebody else looks after the recorder. */
  readonly isRecorderOfOthers: boolean;
}

/**
 * Reads usage, prices, selection and settings. A flag goes before the settings of the stack, and they before the usage
 * file.
 * @throws UsageError with all problems of the first file that has any.
 */
export function readInputs(flags: InputFlags, today: string): Inputs {
  const usageFile = usagePath(flags.usage ?? "medium");
  const document = readDocument(usageFile, "The usage file", "List each resource type once.");
  const { usage, problems } = parseUsage(document.value);
  if (usage === undefined) throw selectionError(problems, document, "The usage file");
  const stack = flags.stack === undefined ? undefined : stackSettings(flags.stack);
  const regions = flags.regions === undefined ? undefined : regionsOfFlag(flags.regions);
  const recording = stack?.recording ?? usage.recording;
  return {
    selection: selectionFrom(chosenSelection(flags), {}, today),
    usage: {
      ...usage,
      regions: regions ?? stack?.regions ?? usage.regions,
      recording: flags.recording === undefined ? recording : allAt(recording, flags.recording),
    },
    prices: flags.prices === undefined ? shippedPrices() : readPrices(flags.prices),
    usageFile: relative("", usageFile),
    isRecorderOfOthers: stack?.isRecorderOfOthers ?? false,
  };
}

function usagePath(given: string): string {
  const shipped = SHIPPED_USAGES.find((name) => name === given);
  if (shipped !== undefined) return join(projectFolder(), "examples", "usage", `${shipped}.yaml`);
  if (!existsSync(given)) {
    throw new UsageError(
      `There is no such file. Give the path of a usage file, or one of ${SHIPPED_USAGES.join(", ")}.`,
      given,
    );
  }
  return given;
}

function readPrices(path: string): Prices {
  const document = readDocument(path, "The price file", "List each price once.");
  const { prices, problems } = overridePrices(shippedPrices(), document.value, basename(path));
  if (prices === undefined) throw selectionError(problems, document, "The price file");
  return prices;
}

function regionsOfFlag(given: string): readonly string[] | number {
  const problems = new Problems();
  const isCount = /^\d+$/.test(given);
  const value = isCount ? Number(given) : given.split(",").map((name) => name.trim());
  const regions = parseRegions(value, "", problems);
  const [problem] = problems.all;
  if (problem !== undefined) throw new UsageError(problem.message, "--regions");
  return regions;
}

const allAt = ({ strategy }: Recording, frequency: "continuous" | "daily"): Recording => ({
  strategy,
  recordingMode: { frequency: frequency === "daily" ? "DAILY" : "CONTINUOUS" },
});

/** What a stack's settings say about cost; the program itself checks them whole. */
interface StackSettings {
  readonly regions?: readonly string[] | undefined;
  readonly recording: Recording;
  readonly isRecorderOfOthers: boolean;
}

function stackSettings(name: string): StackSettings {
  const project = readProject("Pulumi.yaml");
  const config = readStackConfig(project, name);
  const problems = new Problems();
  const recorder = problems.object("compliance:recorder", rawOf(config, "compliance:recorder"));
  const settings = {
    regions: stackRegions(config, problems),
    recording: parseRecording(recorder, "compliance:recorder", problems),
    isRecorderOfOthers: recorder.get("mode") === "existing",
  };
  if (problems.all.length > 0) {
    const place = config.file ?? "Pulumi.yaml";
    const document = { value: undefined, place, folder: project.folder, locate: () => undefined };
    throw selectionError(problems.all, document, "The stack's configuration");
  }
  return settings;
}

/** Names, the home region first. */
function stackRegions(config: StackConfig, problems: Problems): readonly string[] | undefined {
  const own = rawOf(config, "aws:region");
  const given = rawOf(config, "compliance:regions") ?? (own === undefined ? undefined : [own]);
  if (given === undefined) return undefined;
  const regions = parseRegions(given, "compliance:regions", problems);
  if (typeof regions === "number") {
    problems.add("compliance:regions", "A stack needs the names of its regions. List them.");
    return undefined;
  }
  const home = rawOf(config, "compliance:homeRegion") ?? regions[0];
  return [...regions].sort((a, b) => Number(b === home) - Number(a === home));
}

/** A value as the program sees it: text that is JSON is what it says. */
function rawOf(config: StackConfig, key: string): unknown {
  const value = config.raw.get(key);
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
