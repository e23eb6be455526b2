import { ACCOUNT } from "../engine/environment";
import { isObject, listOf, objectOf, textOf, type JsonObject } from "../json";
import { AwsError } from "./aws-error";
import { isTrusted } from "./permissions";
import type { JsonCall, JsonHandler } from "./server";

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const PATTERN_LENGTH = 2048;
const TARGETS_A_RULE = 5;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html */
const TEMPLATE_LENGTH = 8192;
const PATHS_A_TARGET = 100;
/** Services that EventBridge calls with a role: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html */
const BY_ROLE = ["codebuild", "codepipeline", "kinesis", "states", "ecs", "batch", "events"];

/**
 * Refuses the rules and targets of EventBridge that AWS refuses and moto takes.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export function eventOperations(): Record<string, JsonHandler> {
  return {
    PutRule: ({ body, forward }) => {
      refuseName(textOf(body["Name"]), "name");
      const pattern = textOf(body["EventPattern"]);
      if (pattern.length > PATTERN_LENGTH) throw tooLong("eventPattern", PATTERN_LENGTH);
      if (textOf(body["Description"]).length > 512) throw tooLong("description", 512);
      if (pattern === "" && textOf(body["ScheduleExpression"]) === "") {
        throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
      }
      return forward();
    },
    PutTargets: async (call) => {
      const targets = listOf(call.body["Targets"]).map(objectOf);
      await refuseCount(call, targets);
      for (const target of targets) await refuseTarget(call, target);
      return call.forward();
    },
  };
}

async function refuseCount(call: JsonCall, targets: readonly JsonObject[]): Promise<void> {
  const { Rule, EventBusName } = call.body;
  const answer = await call.ask("AWSEvents.ListTargetsByRule", { Rule, EventBusName });
  const there = listOf(answer["Targets"]).map((target) => objectOf(target)["Id"]);
  const all = new Set([...there, ...targets.map((target) => target["Id"])]);
  if (all.size > TARGETS_A_RULE) {
    const message = "The requested resource exceeds the maximum number allowed.";
    throw new AwsError("LimitExceededException", message);
  }
}

async function refuseTarget(call: JsonCall, target: JsonObject): Promise<void> {
  const id = textOf(target["Id"]);
  const arn = textOf(target["Arn"]);
  const role = textOf(target["RoleArn"]);
  refuseName(id, "targets.id");
  const ways = ["Input", "InputPath", "InputTransformer"].filter((way) => target[way] !== undefined);
  if (ways.length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  if (BY_ROLE.includes(arn.split(":")[2] ?? "") && role === "") {
    throw invalid(`RoleArn is required for target ${arn}.`);
  }
  const rule = `arn:aws:events:${call.region}:${ACCOUNT}:rule/${textOf(call.body["Rule"])}`;
  const context = { "aws:sourceaccount": ACCOUNT, "aws:sourcearn": rule };
  if (role !== "" && !(await isTrusted(call, role, "events.amazonaws.com", context))) {
    throw invalid(`Provided role '${role}' cannot be assumed by principal 'events.amazonaws.com'.`);
  }
  refuseRetries(objectOf(target["RetryPolicy"]));
  if (isObject(target["InputTransformer"])) refuseTransformer(id, target["InputTransformer"]);
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
function refuseRetries(policy: JsonObject): void {
  const { MaximumRetryAttempts: attempts = 0, MaximumEventAgeInSeconds: age = 60 } = policy;
  if (!(Number(attempts) >= 0 && Number(attempts) <= 185))
    throw invalid("MaximumRetryAttempts must be 0 to 185.");
  if (!(Number(age) >= 60 && Number(age) <= 86_400))
    throw invalid("MaximumEventAgeInSeconds must be 60 to 86400.");
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function refuseTransformer(id: string, transformer: JsonObject): void {
  const template = textOf(transformer["InputTemplate"]);
  const paths = objectOf(transformer["InputPathsMap"]);
  if (template.length > TEMPLATE_LENGTH)
    throw tooLong("targets.inputTransformer.inputTemplate", TEMPLATE_LENGTH);
  if (Object.keys(paths).length > PATHS_A_TARGET)
    throw tooLong("targets.inputTransformer.inputPathsMap", PATHS_A_TARGET);
  for (const [name, path] of Object.entries(paths)) {
    const isName = /^[A-Za-z0-9_-]{1,256}$/.test(name) && !name.startsWith("AWS");
    if (!isName || !/^\$.{0,255}$/.test(textOf(path))) {
      throw invalid(`InputPath for target ${id} is invalid: ${name}: ${textOf(path)}.`);
    }
  }
  const used = [...template.matchAll(/<([A-Za-z0-9_-]+)>/g)].map(([, name = ""]) => name);
  const unknown = used.find((name) => !(name in paths));
  if (unknown !== undefined) {
    throw invalid(
      `InputTemplate for target ${id} contains placeholder <${unknown}>, which InputPathsMap does not define.`,
    );
  }
  // A placeholder stands for a value, or for text inside of one; lines of a template are texts of their own.
  const lines = template.trimStart().startsWith("{")
    ? [template]
    : template.split("\n").filter((line) => line.trim() !== "");
  for (const line of lines) {
    try {
      JSON.parse(line.replaceAll(/<[\w.-]+>/g, "0"));
    } catch (cause) {
      throw invalid(
        `Invalid InputTemplate for target ${id}: ${cause instanceof Error ? cause.message : ""}.`,
      );
    }
  }
}

function refuseName(name: string, where: string): void {
  if (/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) return;
  throw invalid(`Value '${name}' at '${where}' failed to satisfy constraint: [\\.\\-_A-Za-z0-9]{1,64}.`);
}

function tooLong(where: string, limit: number): AwsError {
  return invalid(
    `Value at '${where}' failed to satisfy constraint: Member must have length less than or equal to ${limit}.`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
