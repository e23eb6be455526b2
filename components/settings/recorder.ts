import { EXECUTION_FREQUENCIES, RECORDER_MODES, type RecorderChoices } from "../recorder-limits";
import type { RecorderRoleChoice } from "../recorder-role";
import { RECORDING_FREQUENCIES, type RecordingMode, type RecordingStrategy } from "../recording";
import type { Section } from "./section";

/** What the settings say of all recorders; region and topic come later. */
export type SharedRecorderChoices = Omit<RecorderChoices, "region" | "homeRegion" | "snsTopicArn">;

/** The entries `recorder`, `delivery` and `retentionDays`. */
export function recorderPart(root: Section): {
  /** What is the same in all regions. */
  readonly shared: SharedRecorderChoices;
  readonly role: RecorderRoleChoice | undefined;
  /** Topics of any region. */
  readonly snsTopicArns: readonly string[];
} {
  const recorder = root.section("recorder", [
    "mode",
    "recorderName",
    "channelName",
    "strategy",
    "recordingMode",
    "recording",
    "role",
  ]);
  const delivery = root.section("delivery", ["snapshotFrequency", "snsTopicArns"]);
  const mode = recorder.word("mode", RECORDER_MODES);
  if (mode === "existing") refuseUnused(root, recorder);
  return {
    shared: {
      mode,
      recorderName: recorder.text("recorderName"),
      channelName: recorder.text("channelName"),
      strategy: recorder.has("strategy") ? strategyPart(recorder) : undefined,
      recordingMode: recorder.has("recordingMode") ? recordingModePart(recorder) : undefined,
      recording: recorder.flag("recording"),
      snapshotFrequency: delivery.word("snapshotFrequency", EXECUTION_FREQUENCIES),
      retentionDays: root.number("retentionDays"),
    },
    // An account that has a recorder has AWS's role for it, too.
    role: rolePart(recorder) ?? (mode === "adopt" ? { serviceLinked: "existing" } : undefined),
    snsTopicArns: delivery.texts("snsTopicArns") ?? [],
  };
}

/** Settings of what is not deployed would be ignored in silence. */
function refuseUnused(root: Section, recorder: Section): void {
  const fix = 'Remove it, or change "recorder.mode"';
  const message = `It has no effect beside a recorder that is left alone ("existing"). ${fix}.`;
  for (const name of ["evidence", "delivery"]) if (root.has(name)) root.refuse(name, message);
  if (recorder.has("role")) recorder.refuse("role", message);
}

function strategyPart(recorder: Section): RecordingStrategy {
  if (recorder.raw("strategy") === "all") return "all";
  if (typeof recorder.raw("strategy") === "string") {
    recorder.refuse(
      "strategy",
      'A strategy is "all", or a map with a list of types named "exclude" or "include".',
    );
    return "all";
  }
  const strategy = recorder.section("strategy", ["exclude", "include"]);
  switch (strategy.choice(["exclude", "include"])) {
    case "exclude":
      return { exclude: strategy.texts("exclude") ?? [] };
    case "include":
      return { include: strategy.texts("include") ?? [] };
    case undefined:
      return "all";
  }
}

function recordingModePart(recorder: Section): RecordingMode {
  const mode = recorder.section("recordingMode", ["frequency", "override"]);
  const frequency = mode.word("frequency", RECORDING_FREQUENCIES);
  if (!mode.has("override")) return { frequency };
  const override = mode.section("override", ["frequency", "resourceTypes", "description"]);
  const other = frequency === "DAILY" ? "CONTINUOUS" : "DAILY";
  return {
    frequency,
    override: {
      frequency: override.word("frequency", RECORDING_FREQUENCIES) ?? other,
      resourceTypes: override.texts("resourceTypes") ?? [],
      description: override.text("description"),
    },
  };
}

function rolePart(recorder: Section): RecorderRoleChoice | undefined {
  if (!recorder.has("role")) return undefined;
  const role = recorder.section("role", ["serviceLinked", "leastPrivilege", "existing"]);
  switch (role.choice(["serviceLinked", "leastPrivilege", "existing"])) {
    case "serviceLinked":
      return { serviceLinked: role.word("serviceLinked", ["create", "existing"]) ?? "create" };
    case "leastPrivilege": {
      const own = role.section("leastPrivilege", ["name", "permissionsBoundary"]);
      return {
        leastPrivilege: { name: own.text("name"), permissionsBoundary: own.text("permissionsBoundary") },
      };
    }
    case "existing":
      return {
        existing: { arn: role.section("existing", ["arn"]).requiredText("arn", "The ARN of the role") },
      };
    case undefined:
      return undefined;
  }
}
