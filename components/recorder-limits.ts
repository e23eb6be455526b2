import { topicProblems } from "./arns";
import { oneOfProblems, rangeProblems, regionProblems, show } from "./limits";
import { type Problem } from "./problems";
import { type RecordingMode, recordingProblems, type RecordingStrategy } from "./recording";

/** How often AWS Config may deliver a snapshot or run a periodic rule. */
export const EXECUTION_FREQUENCIES = [
  "One_Hour",
  "Three_Hours",
  "Six_Hours",
  "Twelve_Hours",
  "TwentyFour_Hours",
] as const;

/** One of {@link EXECUTION_FREQUENCIES}. */
export type ExecutionFrequency = (typeof EXECUTION_FREQUENCIES)[number];

/** Whether the program makes the recorder, takes over the one that exists, or leaves it alone. */
export type RecorderMode = "create" | "adopt" | "existing";

/** The plain values that a recorder is made of; what decides whether AWS Config accepts it. */
export interface RecorderChoices {
  /** Region of recorder, channel and retention. */
  readonly region: string;
  /** The one region that records the global IAM types. */
  readonly homeRegion: string;
  /**
   * `create`: the region has no recorder yet. `adopt`: take over recorder and channel of the given names: they are
   * imported and brought to these settings, and they stay when the program goes. (A Pulumi CLI that refuses an import
   * with differences wants settings equal to theirs in the first update.) `existing`: somebody else, such as AWS Control Tower, looks after the recorder; nothing is deployed.
   * @defaultValue `"create"`
   */
  readonly mode?: RecorderMode | undefined;
  /** Physical name of the recorder, 1 to 256 characters. @defaultValue `"aws-config-recorder"`; to adopt: `"default"` */
  readonly recorderName?: string | undefined;
  /**
   * Physical name of the channel to adopt, 1 to 256 characters. A channel that is created has the recorder's name:
   * renamed alone, it could not be deleted while the recorder runs.
   * @defaultValue the recorder's name
   */
  readonly channelName?: string | undefined;
  /** Which resource types are recorded. @defaultValue `"all"` */
  readonly strategy?: RecordingStrategy | undefined;
  /** How often. @defaultValue continuously */
  readonly recordingMode?: RecordingMode | undefined;
  /** `false` stops the recorder and leaves everything else in place. @defaultValue true */
  readonly recording?: boolean | undefined;
  /** How often a snapshot of everything is delivered. @defaultValue `"TwentyFour_Hours"` */
  readonly snapshotFrequency?: ExecutionFrequency | undefined;
  /** ARN of the SNS topic for changes and deliveries, in the same region. @defaultValue none */
  readonly snsTopicArn?: string | undefined;
  /**
   * Days that AWS Config keeps configuration history, 30 to 2557; what is in the bucket is not affected.
   * @defaultValue 2557, AWS's own; to adopt: left as it is
   */
  readonly retentionDays?: number | undefined;
}

/** What {@link RecorderMode} can be. */
export const RECORDER_MODES: readonly RecorderMode[] = ["create", "adopt", "existing"];

/**
 * Everything that AWS Config, or somebody who already looks after the account, would refuse.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutDeliveryChannel.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutRetentionConfiguration.html
 */
export function recorderProblems(choices: RecorderChoices): readonly Problem[] {
  const { region, homeRegion, mode = "create", strategy = "all", recordingMode = {} } = choices;
  const problems = [...regionProblems("region", region), ...regionProblems("homeRegion", homeRegion)];
  problems.push(...oneOfProblems("mode", mode, RECORDER_MODES));
  if (mode === "existing") return [...problems, ...uselessProblems(choices)];
  problems.push(...nameProblems("recorderName", choices.recorderName, mode));
  problems.push(...nameProblems("channelName", choices.channelName, mode));
  if (mode === "create" && choices.channelName !== undefined) {
    const message =
      'A channel that is created has the recorder\'s name; remove it, or write "adopt" as "mode".';
    problems.push({ path: "channelName", message });
  }
  problems.push(...recordingProblems({ strategy, mode: recordingMode, isHomeRegion: region === homeRegion }));
  if (choices.snapshotFrequency !== undefined) {
    problems.push(...oneOfProblems("snapshotFrequency", choices.snapshotFrequency, EXECUTION_FREQUENCIES));
  }
  if (choices.snsTopicArn !== undefined)
    problems.push(...topicProblems("snsTopicArn", choices.snsTopicArn, region, "AWS Config"));
  if (choices.retentionDays !== undefined) {
    problems.push(
      ...rangeProblems("retentionDays", choices.retentionDays, { min: 30, max: 2557, unit: "days" }),
    );
  }
  return problems;
}

function nameProblems(path: string, name: string | undefined, mode: RecorderMode): readonly Problem[] {
  if (name === undefined) return [];
  if (name.length < 1 || name.length > 256 || name.trim() === "") {
    return [{ path, message: `${show(name)} is not a valid name; it needs 1 to 256 characters.` }];
  }
  const owner = owners.find(({ prefix }) => name.toLowerCase().startsWith(prefix.toLowerCase()));
  if (owner === undefined) return [];
  const fix = 'write "existing" as "mode" to deploy only rules beside it';
  const action = mode === "adopt" ? "adopted" : "created";
  return [{ path, message: `${show(name)} belongs to ${owner.who} and cannot be ${action} here; ${fix}.` }];
}

const owners = [
  { prefix: "aws-controltower-", who: "AWS Control Tower, which resets what others change" },
  { prefix: "AWSConfigurationRecorderFor", who: "an AWS service, as a service-linked recorder" },
] as const;

/** Settings of a recorder that is left alone would be ignored in silence. */
function uselessProblems(choices: RecorderChoices): readonly Problem[] {
  const ours = [
    "recorderName",
    "channelName",
    "strategy",
    "recordingMode",
    "recording",
    "snapshotFrequency",
    "snsTopicArn",
    "retentionDays",
  ] as const;
  return ours
    .filter((key) => choices[key] !== undefined)
    .map((path) => {
      const fix = 'remove it, or write "create" or "adopt" as "mode"';
      return { path, message: `It has no effect on a recorder that is left alone ("existing"); ${fix}.` };
    });
}
