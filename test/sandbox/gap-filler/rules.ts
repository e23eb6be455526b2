import * as fs from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { DescribeConfigurationRecordersCommand } from "@aws-sdk/client-config-service";
import { isObject, objectOf, parseJson, textOf, type JsonObject } from "../json";
import { AwsError } from "./aws-error";
import type { CustomRules } from "./custom-rules";
import type { JsonCall, JsonHandler } from "./server";

/** https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html */
const PARAMETERS_LENGTH = 1024;

/**
 * The managed rules as moto's own copy of the AWS documentation lists them. The sandbox reads this and not the
 * project's catalogue: a catalogue that judges itself proves nothing.
 *
 * @param python - the interpreter that has moto; its packages are beside it.
 */
export function managedRules(python: string): ReadonlyMap<string, JsonObject> {
  const lib = path.join(path.dirname(python), "..", "lib");
  const version = fs.readdirSync(lib).find((entry) => /^python3\.\d+$/.test(entry)) ?? "";
  const file = path.join(lib, version, "site-packages/moto/config/resources/aws_managed_rules.json.gz");
  const data = objectOf(
    parseJson(gunzipSync(fs.readFileSync(file)).toString(), "moto's list of managed rules"),
  );
  return new Map(Object.entries(objectOf(data["ManagedRules"])).map(([id, rule]) => [id, objectOf(rule)]));
}

/**
 * Refuses the rules that AWS refuses and moto takes.
 *
 * @param custom - takes it to moto.
 * @param put - hears of each rule that was taken.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigRule.html
 */
export function ruleOperations(
  rules: ReadonlyMap<string, JsonObject>,
  custom: Pick<CustomRules, "put">,
  put: (call: JsonCall) => void,
): Record<string, JsonHandler> {
  return {
    PutConfigRule: async (call) => {
      const { body, aws } = call;
      const rule = objectOf(body["ConfigRule"]);
      refuseName(rule);
      refuseParameters(rule);
      refuseFrequency(rule, rules);
      const recorders = await aws.config.send(new DescribeConfigurationRecordersCommand({}));
      if (!recorders.ConfigurationRecorders?.length) {
        throw new AwsError(
          "NoAvailableConfigurationRecorderException",
          "Configuration recorder is not available to create a rule; create a configuration recorder first.",
        );
      }
      const answer = await custom.put(call);
      put(call);
      return answer;
    },
  };
}

function refuseName(rule: JsonObject): void {
  const name = textOf(rule["ConfigRuleName"]);
  if (/\S/.test(name) && name.length <= 128) return;
  throw new AwsError(
    "ValidationException",
    `The rule name "${name}" must have 1 to 128 characters and not be blank.`,
  );
}

function refuseParameters(rule: JsonObject): void {
  const text = textOf(rule["InputParameters"]);
  if (text === "") return;
  if (text.length > PARAMETERS_LENGTH) {
    const rule1024 = `Member must have length less than or equal to ${PARAMETERS_LENGTH}`;
    throw new AwsError("ValidationException", `Value at 'configRule.inputParameters' failed: ${rule1024}.`);
  }
  let parameters: unknown;
  try {
    parameters = JSON.parse(text);
  } catch {
    return; // moto refuses what is not JSON.
  }
  if (!isObject(parameters)) {
    throw new AwsError(
      "InvalidParameterValueException",
      `Invalid json ${text} passed in the InputParameters field.`,
    );
  }
  for (const [name, value] of Object.entries(parameters)) {
    // AWS words a value that is no text in the same way as a blank one.
    if (typeof value === "string" && value.trim() !== "") continue;
    const message = `Blank spaces are not acceptable for input parameter: ${name}.`;
    throw new AwsError("InvalidParameterValueException", message);
  }
}

/** https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config-rules.html: only periodic rules have one. */
function refuseFrequency(rule: JsonObject, rules: ReadonlyMap<string, JsonObject>): void {
  const source = objectOf(rule["Source"]);
  if (source["Owner"] !== "AWS" || rule["MaximumExecutionFrequency"] === undefined) return;
  const trigger = textOf(rules.get(textOf(source["SourceIdentifier"]))?.["Trigger type"]);
  if (trigger === "" || trigger.includes("Periodic")) return;
  throw new AwsError(
    "InvalidParameterValueException",
    "A maximum execution frequency for this rule is not allowed because only a change in resources triggers this managed rule.",
  );
}
