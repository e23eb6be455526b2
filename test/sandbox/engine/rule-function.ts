import { createHash } from "node:crypto";
import * as assert from "node:assert/strict";
import * as path from "node:path";
import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import type { JsonObject } from "../json";
import { contentOf } from "../provider/archive";
import type { Finished } from "../processes";
import type { Sandbox } from "../scenario";
import { rulesOf } from "../scenarios/aws-state";
import { ACCOUNT, REGION } from "./environment";
import { jsonFile } from "./fixtures";

/** Calls a handler as Lambda does, and ends with status 1 when it throws. */
const RUNNER = `
const [, bundle, event] = process.argv;
const context = { getRemainingTimeInMillis: () => 60_000, awsRequestId: "sandbox" };
require(bundle).handler(JSON.parse(require("node:fs").readFileSync(event, "utf8")), context).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
`;

/** What AWS Config tells a function. */
export interface Message {
  readonly invokingEvent: JsonObject;
  /** The resource is no longer in the scope of the rule. @defaultValue false */
  readonly eventLeftScope?: boolean;
}

/**
 * Delivers a message to the function of a rule: with the parameters that the rule was deployed with and a token that the
 * local AWS issues, and with the keys of a session of the function's own role.
 *
 * moto runs no functions, so that this runs the folder whose archive was deployed; it fails when another one was.
 */
export async function deliver(
  sandbox: Sandbox,
  ruleName: string,
  { invokingEvent, eventLeftScope = false }: Message,
): Promise<Finished> {
  const { clients, aws, checkout } = sandbox;
  const rule = (await rulesOf(clients)).get(ruleName);
  assert.equal(rule?.Source?.Owner, "CUSTOM_LAMBDA", `the rule ${ruleName}`);
  const { Configuration: made } = await clients.lambda.send(
    new GetFunctionCommand({ FunctionName: rule.Source.SourceIdentifier }),
  );
  const folder = path.join(checkout, "dist", "rules", ruleName);
  const archive = contentOf({ path: folder });
  assert.equal(made?.CodeSha256, createHash("sha256").update(archive).digest("base64"));
  assert.equal(made.Handler, "index.handler");
  const event = jsonFile(sandbox, "event.json", {
    version: "1.0",
    invokingEvent: JSON.stringify(invokingEvent),
    ruleParameters: rule.InputParameters ?? "{}",
    resultToken: aws.hands.customRules.token(ruleName),
    eventLeftScope,
    executionRoleArn: made.Role,
    configRuleArn: rule.ConfigRuleArn,
    configRuleName: ruleName,
    configRuleId: rule.ConfigRuleId,
    accountId: ACCOUNT,
  });
  const session = await aws.hands.identities.session({ aws: clients }, made.Role ?? "");
  return sandbox.processes.run(process.execPath, ["-e", RUNNER, path.join(folder, "index.js"), event], {
    cwd: checkout,
    env: {
      ...made.Environment?.Variables,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken,
      AWS_LAMBDA_FUNCTION_NAME: made.FunctionName ?? "",
    },
  });
}

/** The message about a resource that changed. */
export const changed = (item: JsonObject): JsonObject => ({
  messageType: "ConfigurationItemChangeNotification",
  configurationItemDiff: null,
  configurationItem: item,
  notificationCreationTime: item["configurationItemCaptureTime"],
  recordVersion: "1.3",
});

/** What a message about a change leaves out when it is too large: the item itself has to be fetched. */
const LEFT_OUT = ["configuration", "supplementaryConfiguration", "relationships", "relatedEvents", "tags"];

/** The message about a change that is too large for one. */
export const oversized = (item: JsonObject): JsonObject => ({
  messageType: "OversizedConfigurationItemChangeNotification",
  configurationItemSummary: {
    changeType: "UPDATE",
    ...Object.fromEntries(Object.entries(item).filter(([name]) => !LEFT_OUT.includes(name))),
  },
  notificationCreationTime: item["configurationItemCaptureTime"],
  recordVersion: "1.0",
});

/** The message of a schedule. */
export const scheduled = (): JsonObject => ({
  messageType: "ScheduledNotification",
  awsAccountId: ACCOUNT,
  notificationCreationTime: new Date().toISOString(),
  recordVersion: "1.0",
});
