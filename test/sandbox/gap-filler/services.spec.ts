import * as assert from "node:assert/strict";
import type { JsonObject } from "../json";
import { awsClients, type AwsClients } from "../local-aws/clients";
import { ChatChannels } from "./chatbot";
import { buildOperations } from "./codebuild";
import { Connections } from "./codeconnections";
import { Evaluations } from "./evaluations";
import { eventOperations } from "./events";
import { logOperations } from "./logs";
import type { JsonCall, JsonHandler } from "./server";

const REGION = "us-east-1";
/** The role's trust policy; only IAM is asked in these tests. */
const TRUST = (service: string): string =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** A call whose answers of moto are given, by the last part of the operation's name. */
function call(
  body: JsonObject,
  answers: Readonly<Record<string, JsonObject>> = {},
  trusted = "none",
): JsonCall {
  const aws: AwsClients = awsClients("http://127.0.0.1:1", REGION);
  aws.iam.middlewareStack.add(
    () => () =>
      Promise.resolve({
        response: {},
        output: { $metadata: {}, Role: { AssumeRolePolicyDocument: encodeURIComponent(TRUST(trusted)) } },
      }),
    { step: "initialize" },
  );
  return {
    region: REGION,
    aws,
    elsewhere: () => aws,
    body,
    forward: () => Promise.resolve({ forwarded: true }),
    ask: (target) => Promise.resolve(answers[target.split(".").at(-1) ?? ""] ?? {}),
  };
}

/** Runs an operation; one that does not exist is a mistake of the test. */
function run(
  operations: Readonly<Record<string, JsonHandler>>,
  name: string,
  given: JsonCall,
): Promise<JsonObject> {
  const handler = operations[name];
  assert.ok(handler, name);
  // A refusal may be thrown before there is a promise.
  return Promise.resolve().then(() => handler(given));
}

describe("what the local AWS says of event rules and targets", () => {
  const target = (members: JsonObject): JsonCall =>
    call({
      Rule: "rule",
      Targets: [{ Id: "id", Arn: "arn:aws:sns:us-east-1:123456789012:topic", ...members }],
    });
  const put = (members: JsonObject): Promise<JsonObject> =>
    run(eventOperations(), "PutTargets", target(members));

  it("refuses a pattern of more than 2,048 characters, and a rule without pattern and schedule", async () => {
    const rule = (EventPattern: string): Promise<JsonObject> =>
      run(eventOperations(), "PutRule", call({ Name: "rule", EventPattern }));
    assert.deepEqual(await rule("x".repeat(2048)), { forwarded: true });
    await assert.rejects(rule("x".repeat(2049)), { code: "ValidationException" });
    await assert.rejects(rule(""), /must be specified/);
  });

  it("refuses a sixth target of a rule", async () => {
    const Targets = Array.from({ length: 5 }, (_, index) => ({ Id: `other-${index}` }));
    const sixth = { ...target({}), ask: () => Promise.resolve({ Targets }) };
    await assert.rejects(run(eventOperations(), "PutTargets", sixth), { code: "LimitExceededException" });
  });

  it("refuses templates that are not JSON or name what no path gives", async () => {
    const transformer = (InputTemplate: string): JsonObject => ({
      InputTransformer: { InputPathsMap: { rule: "$.detail.rule" }, InputTemplate },
    });
    assert.deepEqual(await put(transformer('{"rule": <rule>, "text": "of <rule>"}')), { forwarded: true });
    assert.deepEqual(await put(transformer('"one <rule>"\n"two"')), { forwarded: true });
    await assert.rejects(put(transformer("no text <rule>")), /Invalid InputTemplate/);
    await assert.rejects(put(transformer('{"rule": <other>}')), /does not define/);
  });

  it("refuses a target that needs a role and has none, and a role that EventBridge cannot assume", async () => {
    const Arn = "arn:aws:codepipeline:us-east-1:123456789012:pipeline";
    await assert.rejects(put({ Arn }), /RoleArn is required/);
    const RoleArn = "arn:aws:iam::123456789012:role/start";
    await assert.rejects(put({ Arn, RoleArn }), /cannot be assumed/);
    const body = { Rule: "rule", Targets: [{ Id: "id", Arn, RoleArn }] };
    const trusted = call(body, {}, "events.amazonaws.com");
    assert.deepEqual(await run(eventOperations(), "PutTargets", trusted), { forwarded: true });
  });

  it("refuses retries out of range", async () => {
    await assert.rejects(put({ RetryPolicy: { MaximumRetryAttempts: 186 } }), /0 to 185/);
    await assert.rejects(put({ RetryPolicy: { MaximumEventAgeInSeconds: 59 } }), /60 to 86400/);
  });
});

describe("what the local AWS says of metric filters", () => {
  const metric = { metricName: "calls", metricNamespace: "Sandbox", metricValue: "1" };
  const put = (transformation: JsonObject, groups: readonly string[]): Promise<JsonObject> => {
    const logGroups = groups.map((logGroupName) => ({ logGroupName }));
    const body = { filterName: "f", logGroupName: "group", metricTransformations: [transformation] };
    return run(logOperations(), "PutMetricFilter", call(body, { DescribeLogGroups: { logGroups } }));
  };

  it("refuses a filter of a group that does not exist", async () => {
    assert.deepEqual(await put(metric, ["group"]), { forwarded: true });
    await assert.rejects(put(metric, ["group-2"]), { code: "ResourceNotFoundException" });
  });

  it("refuses dimensions beside a default value", async () => {
    await assert.rejects(
      put({ ...metric, defaultValue: 0, dimensions: { a: "$.a" } }, ["group"]),
      /together/,
    );
  });
});

describe("what the local AWS says of CodeBuild", () => {
  const PROJECT = {
    name: "build",
    source: { type: "CODEPIPELINE" },
    artifacts: { type: "CODEPIPELINE" },
    environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: "image" },
    serviceRole: "arn:aws:iam::123456789012:role/build",
  };
  const trusted = (body: JsonObject): JsonCall => call(body, {}, "codebuild.amazonaws.com");

  it("keeps a project that a pipeline starts, changes and forgets it", async () => {
    const operations = buildOperations(new Connections());
    await run(operations, "CreateProject", trusted(PROJECT));
    await assert.rejects(run(operations, "CreateProject", trusted(PROJECT)), {
      code: "ResourceAlreadyExistsException",
    });
    await run(operations, "UpdateProject", trusted({ name: "build", description: "new" }));
    const { projects } = await run(operations, "BatchGetProjects", call({ names: ["build", "other"] }));
    assert.deepEqual(projects, [
      {
        ...PROJECT,
        arn: "arn:aws:codebuild:us-east-1:123456789012:project/build",
        badge: { badgeEnabled: false },
        description: "new",
      },
    ]);
    await run(operations, "DeleteProject", call({ name: "build" }));
    const gone = await run(operations, "BatchGetProjects", call({ names: ["build"] }));
    assert.deepEqual(gone, { projects: [], projectsNotFound: ["build"] });
  });

  it("refuses what AWS refuses of a project", async () => {
    const wrong: readonly JsonObject[] = [
      { name: "b" },
      { name: "a b" },
      { artifacts: { type: "NO_ARTIFACTS" } },
      { source: { type: "S3" }, artifacts: { type: "NO_ARTIFACTS" } },
      { environment: { ...PROJECT.environment, computeType: "HUGE" } },
      {
        environment: {
          ...PROJECT.environment,
          environmentVariables: [{ name: "A", value: "1", type: "SECRET" }],
        },
      },
      { cache: { type: "LOCAL" } },
      { timeoutInMinutes: 4 },
      { queuedTimeoutInMinutes: 481 },
    ];
    for (const members of wrong) {
      const operations = buildOperations(new Connections());
      const refused = run(operations, "CreateProject", trusted({ ...PROJECT, ...members }));
      await assert.rejects(refused, { code: "InvalidInputException" }, JSON.stringify(members));
    }
    const operations = buildOperations(new Connections());
    await assert.rejects(run(operations, "CreateProject", call(PROJECT)), /sts:AssumeRole/);
  });

  it("refuses a webhook until somebody has authorised the connection", async () => {
    const connections = new Connections();
    const made = await run(
      connections.operations(),
      "CreateConnection",
      call({ ConnectionName: "c", ProviderType: "GitHub" }),
    );
    const arn = String(made["ConnectionArn"]);
    const operations = buildOperations(connections);
    const source = {
      type: "GITHUB",
      location: "https://github.com/acme/repo.git",
      auth: { type: "CODECONNECTIONS", resource: arn },
    };
    await run(
      operations,
      "CreateProject",
      trusted({ ...PROJECT, source, artifacts: { type: "NO_ARTIFACTS" } }),
    );
    const filterGroups = [[{ type: "EVENT", pattern: "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED" }]];
    const hook = call({ projectName: "build", filterGroups });
    await assert.rejects(run(operations, "CreateWebhook", hook), { code: "OAuthProviderException" });
    connections.authorize(arn);
    await run(operations, "CreateWebhook", hook);
    const unknown = call({ projectName: "build", filterGroups: [[{ type: "EVENT", pattern: "MERGED" }]] });
    await assert.rejects(run(operations, "UpdateWebhook", unknown), /no event/);
  });
});

describe("what the local AWS says of chat channels", () => {
  it("refuses wrong ids, and workspaces that nobody has authorised", async () => {
    const channels = new ChatChannels();
    const create = channels.operations()["/create-slack-channel-configuration"];
    assert.ok(create);
    const body = {
      ConfigurationName: "alerts",
      SlackTeamId: "T0123ABCD",
      SlackChannelId: "C0123ABCD",
      IamRoleArn: "arn:aws:iam::123456789012:role/chat",
      SnsTopicArns: ["arn:aws:sns:us-east-1:123456789012:chat"],
    };
    const surroundings = call({}, {}, "chatbot.amazonaws.com");
    await assert.rejects(create(body, surroundings), { code: "InvalidRequestException" });
    channels.authorize("T0123ABCD");
    await create(body, surroundings);
    await assert.rejects(create({ ...body, SlackTeamId: "acme" }, surroundings), /wrong form/);
    await assert.rejects(create({ ...body, SnsTopicArns: ["chat"] }, surroundings), /no topic/);
  });
});

describe("what the local AWS says of evaluations", () => {
  const known = { DescribeConfigRules: { ConfigRules: [{ ConfigRuleName: "rule" }] } };
  const named = (body: JsonObject = {}): JsonCall => call({ ConfigRuleNames: ["rule"], ...body }, known);

  it("takes 25 rules a call and one call a minute", async () => {
    const evaluations = new Evaluations();
    const operations = evaluations.operations();
    const many = call({ ConfigRuleNames: Array.from({ length: 26 }, String) }, known);
    await assert.rejects(run(operations, "StartConfigRulesEvaluation", many), {
      code: "ValidationException",
    });
    await run(operations, "StartConfigRulesEvaluation", named());
    await assert.rejects(run(operations, "StartConfigRulesEvaluation", named()), {
      code: "LimitExceededException",
    });
    evaluations.advance(60_000);
    await run(operations, "StartConfigRulesEvaluation", named());
    assert.deepEqual(evaluations.started, [["rule"], ["rule"]]);
  });

  it("refuses to start what still runs", async () => {
    const evaluations = new Evaluations();
    evaluations.hold("rule");
    await run(evaluations.operations(), "StartConfigRulesEvaluation", named());
    evaluations.advance(60_000);
    const again = run(evaluations.operations(), "StartConfigRulesEvaluation", named());
    await assert.rejects(again, { code: "ResourceInUseException" });
    const { ConfigRulesEvaluationStatus } = await run(
      evaluations.operations(),
      "DescribeConfigRuleEvaluationStatus",
      named(),
    );
    assert.ok(Array.isArray(ConfigRulesEvaluationStatus));
    assert.ok(!("LastSuccessfulEvaluationTime" in ConfigRulesEvaluationStatus[0]));
  });

  it("gives planted verdicts page by page", async () => {
    const evaluations = new Evaluations();
    const verdict = (resourceId: string, compliance: "COMPLIANT" | "NON_COMPLIANT") => ({
      resourceType: "AWS::S3::Bucket",
      resourceId,
      compliance,
    });
    evaluations.plant("rule", [
      verdict("a", "NON_COMPLIANT"),
      verdict("b", "COMPLIANT"),
      verdict("c", "NON_COMPLIANT"),
    ]);
    const operations = evaluations.operations();
    const ask = (NextToken?: unknown): Promise<JsonObject> =>
      run(
        operations,
        "GetComplianceDetailsByConfigRule",
        call({ ConfigRuleName: "rule", ComplianceTypes: ["NON_COMPLIANT"], Limit: 1, NextToken }, known),
      );
    const first = await ask();
    const second = await ask(first["NextToken"]);
    assert.equal(second["NextToken"], undefined);
    assert.match(JSON.stringify([first, second]), /"ResourceId":"a".*"ResourceId":"c"/);
    const { ComplianceByConfigRules } = await run(operations, "DescribeComplianceByConfigRule", named());
    assert.deepEqual(ComplianceByConfigRules, [
      { ConfigRuleName: "rule", Compliance: { ComplianceType: "NON_COMPLIANT" } },
    ]);
  });
});
