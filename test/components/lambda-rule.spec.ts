import * as assert from "node:assert/strict";
import { valueOf } from "../support/pulumi-mocks";
import {
  POLICY,
  REGION,
  RULE,
  control,
  given,
  make,
  onChanges,
  onSchedule,
  refusal,
} from "./lambda-rule-support";

const FUNCTION = "aws:lambda/function:Function";
const PERMISSION = "aws:lambda/permission:Permission";

describe("LambdaRule", () => {
  it("makes function, role, log, queue, alarm, permission and rule, and nothing else", async () => {
    const recording = await make();
    assert.deepEqual(recording.names(), [
      [RULE, "named"],
      ["aws:cloudwatch/logGroup:LogGroup", "named"],
      ["aws:cloudwatch/metricAlarm:MetricAlarm", "named-dead-letters"],
      [POLICY, "named"],
      ["aws:iam/role:Role", "named"],
      ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "named"],
      [FUNCTION, "named"],
      [PERMISSION, "named"],
      ["aws:sqs/queue:Queue", "named-dead-letters"],
      ["aws:sqs/queuePolicy:QueuePolicy", "named-dead-letters"],
      ["compliance:aws:LambdaRule", "named"],
      ["compliance:aws:RuleFunction", "named"],
      ["compliance:aws:ServiceRole", "named"],
    ]);
    const component = recording.get("compliance:aws:LambdaRule", "named").urn;
    assert.equal(recording.get(RULE, "named").parent, component);
    const judge = recording.get("compliance:aws:RuleFunction", "named");
    assert.equal(judge.parent, component);
    assert.equal(recording.get(FUNCTION, "named").parent, judge.urn);
  });

  it("lets AWS Config of this account invoke the function before the rule exists", async () => {
    const recording = await make();
    const permission = recording.get(PERMISSION, "named");
    assert.deepEqual(permission.inputs, {
      function: "project-stack-s3-bucket-named-well",
      region: REGION,
      action: "lambda:InvokeFunction",
      principal: "config.amazonaws.com",
      sourceAccount: "123456789012",
    });
    assert.ok(recording.isAfter(recording.get(RULE, "named"), permission));
  });

  it("is triggered by changes, also of items too large for an event, and by a schedule", async () => {
    const recording = await make({ rules: [{ ...given, frequency: "Six_Hours" }] });
    assert.deepEqual(recording.get(RULE, "named").inputs, {
      name: "s3-bucket-named-well",
      description: "S3 buckets have names that say whose they are.",
      region: REGION,
      inputParameters: '{"prefix":"acme"}',
      scope: { complianceResourceTypes: ["AWS::S3::Bucket", "AWS::S3::AccessPoint"] },
      source: {
        owner: "CUSTOM_LAMBDA",
        sourceIdentifier: "arn:aws:lambda:us-east-1:123456789012:named",
        sourceDetails: [
          { messageType: "ConfigurationItemChangeNotification" },
          { messageType: "OversizedConfigurationItemChangeNotification" },
          { messageType: "ScheduledNotification", maximumExecutionFrequency: "Six_Hours" },
        ],
      },
    });
  });

  it("has no scope when only a schedule triggers it, and no schedule when only changes do", async () => {
    const scheduled = (await make({ control: onSchedule })).get(RULE, "named").inputs;
    assert.equal(scheduled["scope"], undefined);
    assert.deepEqual(scheduled["source"], {
      owner: "CUSTOM_LAMBDA",
      sourceIdentifier: "arn:aws:lambda:us-east-1:123456789012:named",
      sourceDetails: [
        { messageType: "ScheduledNotification", maximumExecutionFrequency: "TwentyFour_Hours" },
      ],
    });
    const changed = JSON.stringify((await make({ control: onChanges })).get(RULE, "named").inputs);
    assert.doesNotMatch(changed, /Scheduled|Frequency/);
  });

  it("runs the newest Node.js on arm64, traces errors to their source, and keeps what failed", async () => {
    const { inputs, dependencies } = (await make()).get(FUNCTION, "named");
    assert.equal(inputs["runtime"], "nodejs24.x");
    assert.deepEqual(inputs["architectures"], ["arm64"]);
    assert.equal(inputs["handler"], "index.handler");
    assert.equal(inputs["timeout"], 300);
    assert.deepEqual(inputs["environment"], { variables: { NODE_OPTIONS: "--enable-source-maps" } });
    assert.deepEqual(inputs["deadLetterConfig"], {
      targetArn: "arn:aws:sqs:us-east-1:123456789012:named-dead-letters",
    });
    assert.ok(dependencies.includes("named-dead-letters"));
  });

  it("encrypts and keeps its dead letters, and raises an alarm at the first", async () => {
    const topic = "arn:aws:sns:eu-west-1:123456789012:alerts";
    const recording = await make({ alarmTopicArns: [topic] });
    const queue = recording.get("aws:sqs/queue:Queue", "named-dead-letters").inputs;
    assert.equal(queue["sqsManagedSseEnabled"], true);
    assert.equal(queue["messageRetentionSeconds"], 14 * 86_400);
    const alarm = recording.get("aws:cloudwatch/metricAlarm:MetricAlarm", "named-dead-letters").inputs;
    assert.deepEqual(alarm["dimensions"], { QueueName: queue["name"] });
    assert.deepEqual(alarm["alarmActions"], [topic]);
    assert.equal(alarm["threshold"], 1);
  });

  it("keeps its log for a year under the given key", async () => {
    const kmsKeyArn = `arn:aws:kms:${REGION}:123456789012:key/logs`;
    const { inputs } = (await make({ kmsKeyArn })).get("aws:cloudwatch/logGroup:LogGroup", "named");
    assert.deepEqual(inputs, {
      name: "/aws/lambda/project-stack-s3-bucket-named-well",
      region: REGION,
      retentionInDays: 365,
      kmsKeyId: kmsKeyArn,
    });
  });

  it("has several rules on one function", async () => {
    const rules = [
      { name: "ours", ...given, scope: { resourceTypes: ["AWS::S3::Bucket"], resourceId: "acme-logs" } },
      { name: "theirs", parameters: { prefix: "other" }, scope: { tag: { key: "team", value: "other" } } },
    ];
    const recording = await make({ rules });
    assert.equal(recording.resources.filter(({ type }) => type === FUNCTION).length, 1);
    assert.deepEqual(recording.get(RULE, "named-ours").inputs["scope"], {
      complianceResourceTypes: ["AWS::S3::Bucket"],
      complianceResourceId: "acme-logs",
    });
    assert.deepEqual(recording.get(RULE, "named-theirs").inputs["scope"], {
      tagKey: "team",
      tagValue: "other",
    });
    assert.deepEqual(Object.keys(await valueOf(recording.result.ruleArns)), ["ours", "theirs"]);
  });

  it("shortens a long name to what AWS allows, and keeps different ones apart", async () => {
    const name = (end: string) => `s3-${"very-".repeat(10)}${end}`;
    const names = await Promise.all(
      ["a", "b"].map(async (end) => {
        const recording = await make({ control: { ...control, name: name(end) } });
        return [recording.get(FUNCTION, "named"), recording.get("aws:iam/role:Role", "named")].map(
          ({ inputs }) => String(inputs["name"]),
        );
      }),
    );
    assert.ok(names.flat().every((text) => text.length <= 64));
    assert.equal(new Set(names.flat()).size, 4);
  });

  it("reports all problems in one error and creates nothing", async () => {
    const message = await refusal({
      code: "no/such/folder",
      timeoutSeconds: 3,
      logRetentionDays: 2,
      rules: [
        { name: "a b", parameters: { prefix: "9", prefixes: "x" } },
        { name: "a b", ...given, scope: { resourceId: "x" } },
      ],
    });
    assert.match(message, /^LambdaRule "named" has 9 problems:/);
    for (const part of [
      '"code": "no/such/folder" has no "index.js"',
      '"rules[0].name": "a b" is not a rule name',
      '"rules[0].parameters": "prefixes" is no parameter of the rule; allowed are prefix.',
      '"rules[0].parameters": "prefix" is "9"; set it to a text that matches [a-z]+.',
      '"rules[1].scope.resourceId": A resource id needs exactly one type, and there are 2',
      '"rules[1].name": "a b" is the name of two rules',
      '"timeoutSeconds": 3 is not a whole number of seconds from 60 to 900.',
    ]) {
      assert.ok(message.includes(part), `${part}\n${message}`);
    }
  });

  it("refuses a schedule without a trigger for it, a scope without changes, and a foreign type", async () => {
    assert.match(
      await refusal({ control: onChanges, rules: [{ ...given, frequency: "One_Hour" }] }),
      /"rules\[0\]\.frequency": Only changes trigger the control/,
    );
    assert.match(
      await refusal({ control: onSchedule, rules: [{ ...given, scope: { tag: { key: "a" } } }] }),
      /"rules\[0\]\.scope": Only a schedule triggers the control/,
    );
    assert.match(
      await refusal({ rules: [{ ...given, scope: { resourceTypes: ["AWS::EC2::Volume"] } }] }),
      /"rules\[0\]\.scope\.resourceTypes\[0\]": "AWS::EC2::Volume" is not a type of the control/,
    );
    assert.match(await refusal({ rules: [] }), /"rules": No rule is given/);
    assert.match(await refusal({ rules: [{}] }), /"prefix" has no value; set it to a text/);
  });
});
