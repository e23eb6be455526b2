import { isObject, listOf, objectOf, textOf, textsOf, type JsonObject } from "../json";
import { AwsError } from "./aws-error";
import type { JsonHandler } from "./server";

/** @see https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingMode.html */
const NEVER_DAILY = [
  "AWS::Config::ResourceCompliance",
  "AWS::Config::ConformancePackCompliance",
  "AWS::Config::ConfigurationRecorder",
];
const FREQUENCIES = ["CONTINUOUS", "DAILY"];
/** Recorders of other services carry this prefix, and customers cannot touch them. */
const SERVICE_LINKED = "AWSConfigurationRecorderFor";

/**
 * Keeps the recording mode, which moto accepts and forgets, and refuses the recorders that AWS refuses.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 */
export function recorderOperations(): Record<string, JsonHandler> {
  const modes = new Map<string, JsonObject>();
  const key = (region: string, name: unknown): string => `${region}/${textOf(name)}`;
  return {
    PutConfigurationRecorder: async ({ region, body, forward }) => {
      const recorder = objectOf(body["ConfigurationRecorder"]);
      refuseRecorder(recorder);
      const answer = await forward();
      modes.set(key(region, recorder["name"]), modeOf(recorder));
      return answer;
    },
    DescribeConfigurationRecorders: async ({ region, forward }) => {
      const answer = await forward();
      const recorders = listOf(answer["ConfigurationRecorders"]).map(objectOf);
      return {
        ...answer,
        ConfigurationRecorders: recorders.map((recorder) => ({
          ...recorder,
          recordingMode: modes.get(key(region, recorder["name"])) ?? modeOf({}),
        })),
      };
    },
    DeleteConfigurationRecorder: async ({ region, body, forward }) => {
      const answer = await forward();
      modes.delete(key(region, body["ConfigurationRecorderName"]));
      return answer;
    },
  };
}

/** What AWS shows for a recorder: continuous recording unless something else was asked for. */
function modeOf(recorder: JsonObject): JsonObject {
  const mode = objectOf(recorder["recordingMode"]);
  return {
    recordingFrequency: mode["recordingFrequency"] ?? "CONTINUOUS",
    recordingModeOverrides: listOf(mode["recordingModeOverrides"]),
  };
}

function refuseRecorder(recorder: JsonObject): void {
  const name = textOf(recorder["name"]);
  if (name.startsWith(SERVICE_LINKED)) {
    throw new AwsError("UnmodifiableEntityException", `"${name}" is the name of a service-linked recorder.`);
  }
  const role = textOf(recorder["roleARN"]);
  if (!/^arn:[\w-]+:iam::\d{12}:role\/\S+$/.test(role)) {
    throw new AwsError(
      "InvalidRoleException",
      `"${role}" is not the ARN of a role that AWS Config can assume.`,
    );
  }
  if (isObject(recorder["recordingMode"])) refuseMode(recorder["recordingMode"], recordedTypes(recorder));
}

function recordedTypes(recorder: JsonObject): readonly string[] {
  return textsOf(objectOf(recorder["recordingGroup"])["resourceTypes"]);
}

function refuseMode(mode: JsonObject, recorded: readonly string[]): void {
  refuseFrequency(mode, "recordingMode");
  const overrides = listOf(mode["recordingModeOverrides"]).map(objectOf);
  if (overrides.length > 1) {
    // https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingMode.html: at most one item.
    const where = "'configurationRecorder.recordingMode.recordingModeOverrides'";
    throw new AwsError(
      "ValidationException",
      `${where} failed: Member must have length less than or equal to 1.`,
    );
  }
  for (const override of overrides) {
    refuseFrequency(override, "recordingMode.recordingModeOverrides");
    refuseDaily(override["recordingFrequency"], textsOf(override["resourceTypes"]));
  }
  // For all types AWS itself records these continuously; a list that names them with DAILY is refused.
  const overridden = overrides.flatMap((override) => textsOf(override["resourceTypes"]));
  refuseDaily(
    mode["recordingFrequency"],
    recorded.filter((type) => !overridden.includes(type)),
  );
}

function refuseFrequency(holder: JsonObject, where: string): void {
  const frequency = textOf(holder["recordingFrequency"]);
  if (FREQUENCIES.includes(frequency)) return;
  const rule = `Member must satisfy enum value set: [${FREQUENCIES.join(", ")}]`;
  throw new AwsError(
    "ValidationException",
    `Value '${frequency}' at '${where}.recordingFrequency' failed: ${rule}`,
  );
}

function refuseDaily(frequency: unknown, types: readonly string[]): void {
  const forbidden = types.filter((type) => NEVER_DAILY.includes(type));
  if (frequency !== "DAILY" || forbidden.length === 0) return;
  throw new AwsError(
    "InvalidRecordingGroupException",
    `Daily recording cannot be specified for ${forbidden.join(", ")}.`,
  );
}
