import * as assert from "node:assert/strict";
import * as path from "node:path";
import {
  DeleteConfigRuleCommand,
  paginateGetComplianceDetailsByConfigRule,
  PutConfigRuleCommand,
} from "@aws-sdk/client-config-service";
import { GetPolicyCommand, ListFunctionsCommand, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import { GetTopicAttributesCommand, SetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { ACCOUNT, REGION } from "../engine/environment";
import { fixture, jsonFile } from "../engine/fixtures";
import { changed, deliver, type Message, oversized, scheduled } from "../engine/rule-function";
import { Stack, succeeded } from "../engine/stack";
import { listOf, objectOf, parseJson, textOf, type JsonObject } from "../json";
import type { Finished } from "../processes";
import type { Sandbox, Scenario } from "../scenario";
import { rulesOf } from "./aws-state";
import { inventoryOf } from "./inventory";
import { retainedBy } from "./retained";

const GROUP = "custom rules";
const SHARED = "sns-topic-shared-in-organization";
const DECLARED = "config-rules-as-declared";
const GUARD = "dynamodb-table-key-accessible";
const VERSIONING = "s3-bucket-versioning-enabled";
const TYPE = "AWS::SNS::Topic";
const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:fixture-orders`;
const FOREIGN = "444455556666";
const PARAMETERS = { [SHARED]: { trustedAccounts: [ACCOUNT] } };

let account: Stack;
let program: Stack;

/** What the rule says of the topic, as the compliance query answers: verdict and annotation. */
async function verdictOf({ clients }: Sandbox, rule: string, id: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { EvaluationResults = [] } of paginateGetComplianceDetailsByConfigRule(
    { client: clients.config },
    { ConfigRuleName: rule },
  )) {
    for (const { EvaluationResultIdentifier: of, ComplianceType = "", Annotation = "" } of EvaluationResults)
      if (of?.EvaluationResultQualifier?.ResourceId === id) found.push(ComplianceType, Annotation);
  }
  return found;
}

/** The topic as AWS Config would record it now. */
async function itemOf({ clients }: Sandbox): Promise<JsonObject> {
  const { Attributes = {} } = await clients.sns.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));
  return {
    version: "1.3",
    accountId: ACCOUNT,
    awsAccountId: ACCOUNT,
    configurationItemCaptureTime: new Date().toISOString(),
    configurationItemStatus: "OK",
    configurationStateId: String(Date.now()),
    resourceType: TYPE,
    resourceId: TOPIC,
    resourceName: "fixture-orders",
    ARN: TOPIC,
    awsRegion: REGION,
    availabilityZone: "Not Applicable",
    tags: {},
    relatedEvents: [],
    relationships: [],
    configuration: Attributes,
    supplementaryConfiguration: {},
  };
}

/** The same as the API answers with it: the parts that are JSON are text, and times are numbers. */
const historical = ({
  configuration,
  ARN,
  configurationItemCaptureTime: time,
  ...item
}: JsonObject): JsonObject => ({
  ...item,
  arn: ARN,
  configuration: JSON.stringify(configuration),
  configurationItemCaptureTime: Date.parse(textOf(time)) / 1000,
});

async function share({ clients }: Sandbox, principal: string): Promise<void> {
  const AttributeValue = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ByHand",
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: "sns:Publish",
        Resource: TOPIC,
      },
    ],
  });
  const attribute = { TopicArn: TOPIC, AttributeName: "Policy", AttributeValue };
  await clients.sns.send(new SetTopicAttributesCommand(attribute));
}

/** Delivers, and gives what the function logged. */
async function judged(sandbox: Sandbox, rule: string, message: Message): Promise<string> {
  const done = await deliver(sandbox, rule, message);
  assert.equal(done.status, 0, done.stderr + done.stdout);
  assert.deepEqual(sandbox.aws.hands.identities.denials, []);
  return done.stdout;
}

/** `compliance rule invoke`, with the credentials of a person. */
function invoked(
  { processes, checkout, engine: { env } }: Sandbox,
  rule: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Finished> {
  const command = path.join(checkout, "dist", "compliance.js");
  const args = ["rule", "invoke", rule, "--region", REGION, "--parameters", JSON.stringify(parameters)];
  return processes.run(process.execPath, [command, ...args], { cwd: checkout, env });
}

/** One control, as a policy before the deployment and as a function of ours after it. */
export const customRules: readonly Scenario[] = [
  {
    group: GROUP,
    title:
      "up deploys function, permission and rule of each custom control, and a policy in Guard as one rule",
    run: async (sandbox, say) => {
      const selection = { controls: [SHARED, DECLARED, GUARD, VERSIONING], parameters: PARAMETERS };
      account = await Stack.create(sandbox.engine, sandbox.checkout, "custom", {
        "aws:region": REGION,
        "compliance:parts": ["detection"],
        "compliance:selection": selection,
      });
      const made = succeeded(await account.up({ skipPreview: true }));
      say(`${made.done.length} resources`);
      const rules = await rulesOf(sandbox.clients);
      assert.deepEqual(
        [...rules].map(([name, { Source }]) => [name, Source?.Owner]).sort(),
        [
          [DECLARED, "CUSTOM_LAMBDA"],
          [GUARD, "CUSTOM_POLICY"],
          [VERSIONING, "AWS"],
          [SHARED, "CUSTOM_LAMBDA"],
        ].sort(),
      );
      const { Functions = [] } = await sandbox.clients.lambda.send(new ListFunctionsCommand({}));
      assert.equal(Functions.length, 2);
      for (const { FunctionName } of Functions) {
        const { Policy = "" } = await sandbox.clients.lambda.send(new GetPolicyCommand({ FunctionName }));
        const [statement, ...others] = listOf(objectOf(parseJson(Policy, "The policy"))["Statement"]).map(
          objectOf,
        );
        assert.deepEqual(others, []);
        assert.deepEqual(statement?.["Principal"], { Service: "config.amazonaws.com" });
        assert.deepEqual(Object.values(objectOf(statement["Condition"])), [{ "AWS:SourceAccount": ACCOUNT }]);
      }
      const again = succeeded(await account.up({ skipPreview: true }));
      assert.deepEqual(
        again.steps.filter(({ op, type }) => op !== "same" && type.startsWith("aws:")),
        [],
      );
    },
  },
  {
    group: GROUP,
    title: "the control stops in preview what its function would find, and lets the repaired program through",
    run: async (sandbox) => {
      const packConfig = jsonFile(sandbox, "topics.json", {
        all: "disabled",
        [SHARED]: { enforcementLevel: "mandatory", ...PARAMETERS[SHARED] },
      });
      const pack = { packs: [path.join(sandbox.checkout, "policypack")], packConfigs: [packConfig] };
      program = await Stack.create(sandbox.engine, fixture(sandbox, "topics"), "shared", {
        account: FOREIGN,
        topicArn: TOPIC,
      });
      const stopped = await program.preview(pack);
      assert.notEqual(stopped.status, 0);
      const said = new Set(stopped.violations.map(({ policy, level }) => `${policy} ${level}`));
      assert.deepEqual([...said], [`${SHARED} mandatory`]);
      const before = await sandbox.clients.sns.send(new GetTopicAttributesCommand({ TopicArn: TOPIC })).then(
        () => "is there",
        () => "is not there",
      );
      assert.equal(before, "is not there");
      program.configure({ account: ACCOUNT, topicArn: TOPIC });
      succeeded(await program.up({ ...pack, skipPreview: true }));
    },
  },
  {
    group: GROUP,
    title: "what is changed by hand is found by the deployed function, reported by a token and read back",
    run: async (sandbox, say) => {
      await judged(sandbox, SHARED, { invokingEvent: changed(await itemOf(sandbox)) });
      assert.deepEqual(await verdictOf(sandbox, SHARED, TOPIC), ["COMPLIANT", ""]);
      await share(sandbox, `arn:aws:iam::${FOREIGN}:root`);
      await judged(sandbox, SHARED, { invokingEvent: changed(await itemOf(sandbox)) });
      const [verdict, annotation = ""] = await verdictOf(sandbox, SHARED, TOPIC);
      assert.equal(verdict, "NON_COMPLIANT");
      assert.match(annotation, /lets in an account that is not trusted/);
      say(annotation);
      const did = [...sandbox.aws.hands.identities.allowed].find(([role]) =>
        role.includes("-rule-sns-topic-"),
      )?.[1];
      assert.ok(did?.has("config:PutEvaluations"));
    },
  },
  {
    group: GROUP,
    title:
      "an item that is too large is fetched; deleted and out of scope, the resource is no longer reported",
    run: async (sandbox) => {
      const { customRules: config, identities } = sandbox.aws.hands;
      await share(sandbox, "*");
      const open = await itemOf(sandbox);
      config.record([historical(open)]);
      await judged(sandbox, SHARED, { invokingEvent: oversized(open) });
      const [verdict, annotation = ""] = await verdictOf(sandbox, SHARED, TOPIC);
      assert.equal(verdict, "NON_COMPLIANT");
      assert.match(annotation, /lets in everybody/);
      const did = [...identities.allowed].find(([role]) => role.includes("-rule-sns-topic-"))?.[1];
      assert.ok(did?.has("config:GetResourceConfigHistory"));
      const now = await itemOf(sandbox);
      await judged(sandbox, SHARED, { invokingEvent: changed(now), eventLeftScope: true });
      assert.deepEqual(await verdictOf(sandbox, SHARED, TOPIC), []);
      await judged(sandbox, SHARED, { invokingEvent: changed(await itemOf(sandbox)) });
      assert.equal((await verdictOf(sandbox, SHARED, TOPIC))[0], "NON_COMPLIANT");
      const deleted = {
        ...(await itemOf(sandbox)),
        configurationItemStatus: "ResourceDeleted",
        configuration: null,
      };
      await judged(sandbox, SHARED, { invokingEvent: changed(deleted) });
      assert.deepEqual(await verdictOf(sandbox, SHARED, TOPIC), []);
    },
  },
  {
    group: GROUP,
    title: "rule invoke judges what is recorded and what the account holds, and tells AWS Config nothing",
    run: async (sandbox, say) => {
      const { customRules: config, evaluations } = sandbox.aws.hands;
      const before = await verdictOf(sandbox, SHARED, TOPIC);
      config.record([historical(await itemOf(sandbox))]);
      evaluations.discover({ resourceType: TYPE, resourceId: TOPIC, resourceName: "fixture-orders" });
      const open = await invoked(sandbox, SHARED, { trustedAccounts: ACCOUNT });
      assert.equal(open.status, 1, open.stderr);
      assert.match(open.stdout, /NON_COMPLIANT +AWS::SNS::Topic[^\n]*fixture-orders[^]*lets in everybody/);
      say(open.stdout.trim().split("\n")[0] ?? "");
      await share(sandbox, `arn:aws:iam::${ACCOUNT}:root`);
      config.record([historical(await itemOf(sandbox))]);
      const closed = await invoked(sandbox, SHARED, { trustedAccounts: ACCOUNT });
      assert.equal(closed.status, 0, closed.stderr + closed.stdout);
      const declared = await invoked(sandbox, DECLARED, {
        expectedRules: [SHARED, DECLARED, GUARD, VERSIONING, "not-deployed"].join(","),
      });
      assert.equal(declared.status, 1, declared.stderr);
      assert.match(declared.stdout, /NON_COMPLIANT[^]*not-deployed/);
      assert.deepEqual(await verdictOf(sandbox, SHARED, TOPIC), before);
    },
  },
  {
    group: GROUP,
    title: "a token that AWS Config did not issue, and a function that may not be called, are refused",
    run: async (sandbox) => {
      const { customRules: config } = sandbox.aws.hands;
      const issue = config.token.bind(config);
      config.token = () => "forged";
      const refused = await deliver(sandbox, SHARED, { invokingEvent: changed(await itemOf(sandbox)) });
      config.token = issue;
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, /InvalidResultTokenException/);
      const rule = (await rulesOf(sandbox.clients)).get(SHARED);
      const FunctionName = rule?.Source?.SourceIdentifier ?? "";
      const { Policy = "" } = await sandbox.clients.lambda.send(new GetPolicyCommand({ FunctionName }));
      const [statement] = listOf(objectOf(parseJson(Policy, "The policy"))["Statement"]).map(objectOf);
      const StatementId = textOf(statement?.["Sid"]);
      await sandbox.clients.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
      const ConfigRule = { ConfigRuleName: SHARED, Source: rule?.Source };
      await assert.rejects(sandbox.clients.config.send(new PutConfigRuleCommand({ ConfigRule })), {
        name: "InsufficientPermissionsException",
      });
    },
  },
  {
    group: GROUP,
    title: "the schedule finds a rule that somebody deleted",
    run: async (sandbox, say) => {
      await judged(sandbox, DECLARED, { invokingEvent: scheduled() });
      assert.equal((await verdictOf(sandbox, DECLARED, ACCOUNT))[0], "COMPLIANT");
      await sandbox.clients.config.send(new DeleteConfigRuleCommand({ ConfigRuleName: VERSIONING }));
      await judged(sandbox, DECLARED, { invokingEvent: scheduled() });
      const [verdict, annotation = ""] = await verdictOf(sandbox, DECLARED, ACCOUNT);
      assert.equal(verdict, "NON_COMPLIANT");
      assert.match(annotation, new RegExp(VERSIONING));
      say(annotation);
      succeeded(await account.refresh());
      succeeded(await account.up({ skipPreview: true }));
      assert.ok((await rulesOf(sandbox.clients)).has(VERSIONING));
    },
  },
  {
    group: GROUP,
    title: "destroy takes functions, queues and roles with it",
    run: async (sandbox) => {
      succeeded(await program.destroy());
      const kept = await retainedBy(account);
      succeeded(await account.destroy());
      assert.deepEqual(await inventoryOf(sandbox.clients), [...kept.values()].sort());
      const { Functions = [] } = await sandbox.clients.lambda.send(new ListFunctionsCommand({}));
      const { QueueUrls = [] } = await sandbox.clients.sqs.send(new ListQueuesCommand({}));
      assert.deepEqual([Functions, QueueUrls], [[], []]);
    },
  },
];
