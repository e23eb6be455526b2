import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { WITHOUT_SOURCE_CONDITION } from "../../components/documents/unconditioned";
import { Notifications, type NotificationsArgs } from "../../components/notifications";
import { ACCOUNT, record, type Recording, valueOf } from "../support/pulumi-mocks";

const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const KEY = "aws:kms/key:Key";

const REGION = "eu-west-1";
const RULES = ["iam-user-mfa-enabled", "s3-bucket-public-read-prohibited", "ec2-imdsv2-check"];

const make = (
  args: Partial<NotificationsArgs> = {},
  options: { readonly preview?: boolean } = {},
): Promise<Recording<Notifications>> =>
  record(
    () => new Notifications("news", { region: REGION, rules: RULES, namePrefix: "acme", ...args }),
    options,
  );

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Condition?: unknown;
}

function statementsOf(recording: Recording<unknown>, type: string, name: string): readonly Statement[] {
  const { policy } = recording.get(type, name).inputs;
  const document = JSON.parse(String(policy)) as { readonly Statement: readonly Statement[] };
  return document.Statement;
}

const all = (recording: Recording<unknown>, type: string) =>
  recording.resources.filter((resource) => resource.type === type);

describe("Notifications", () => {
  it("make a key, topics for machines and people, event rules, a dead-letter queue and alarms", async () => {
    const recording = await make({ stream: {} });
    assert.deepEqual(recording.names(), [
      [RULE, "news-critical-1"],
      [RULE, "news-delivery-failed"],
      [RULE, "news-high-1"],
      [RULE, "news-recorder-changed"],
      [TARGET, "news-critical-1-alerts"],
      [TARGET, "news-delivery-failed-alerts"],
      [TARGET, "news-high-1-alerts"],
      [TARGET, "news-recorder-changed-alerts"],
      [ALARM, "news-dead-letters"],
      [ALARM, "news-stream-undelivered"],
      ["aws:kms/alias:Alias", "news"],
      [KEY, "news"],
      [TOPIC, "news-alerts"],
      [TOPIC, "news-stream"],
      [TOPIC_POLICY, "news-alerts"],
      [TOPIC_POLICY, "news-stream"],
      [QUEUE, "news-dead-letters"],
      [QUEUE_POLICY, "news-dead-letters"],
      ["compliance:aws:AlertRules", "news"],
      ["compliance:aws:CustomerKey", "news"],
      ["compliance:aws:DeadLetterQueue", "news-dead-letters"],
      ["compliance:aws:NotificationTopic", "news-alerts"],
      ["compliance:aws:NotificationTopic", "news-stream"],
      ["compliance:aws:Notifications", "news"],
    ]);
  });

  it("put everything into one region, under names that hold no account", async () => {
    const recording = await make({ stream: {}, chat: true });
    for (const { type, name, inputs } of recording.resources) {
      if (!type.startsWith("aws:")) continue;
      assert.equal(inputs["region"], REGION, name);
      assert.ok(typeof inputs["name"] !== "string" || !inputs["name"].includes(ACCOUNT), name);
    }
    const named = [TOPIC, QUEUE, RULE, ALARM].flatMap((type) => all(recording, type));
    for (const { name, inputs } of named) assert.equal(inputs["name"], name.replace("news", "acme"));
  });

  it("begin the names with project and stack by default", async () => {
    const recording = await make({ namePrefix: undefined });
    assert.equal(recording.get(TOPIC, "news-alerts").inputs["name"], "project-stack-alerts");
  });

  it("encrypt topics with the customer key, and let the services that publish use it", async () => {
    const recording = await make({ stream: {}, chat: true });
    const arn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/news`;
    for (const { inputs } of all(recording, TOPIC)) assert.equal(inputs["kmsMasterKeyId"], arn);
    const [, config, events, alarms] = statementsOf(recording, KEY, "news");
    const actions = ["kms:Decrypt", "kms:GenerateDataKey"];
    assert.deepEqual(config?.Principal, { Service: "config.amazonaws.com" });
    assert.deepEqual(config.Condition, { StringEquals: { "aws:SourceAccount": [ACCOUNT] } });
    assert.deepEqual(events, {
      Sid: "AllowEventRulesToEncrypt",
      Effect: "Allow",
      Action: actions,
      Resource: "*",
      Principal: { Service: "events.amazonaws.com" },
    });
    for (const action of [...actions, "sns:Publish"]) {
      const isListed = WITHOUT_SOURCE_CONDITION.some(
        (entry) => entry.principal === "events.amazonaws.com" && entry.action === action,
      );
      assert.ok(isListed, action);
    }
    assert.deepEqual(alarms?.Principal, { Service: "cloudwatch.amazonaws.com" });
    assert.deepEqual(alarms.Condition, {
      StringEquals: { "aws:SourceAccount": ACCOUNT },
      ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*` },
    });
    assert.equal(recording.get(KEY, "news").retainOnDelete, false);
  });

  it("let only AWS Config publish the stream, and only event rules and alarms the alerts", async () => {
    const recording = await make({ stream: {}, chat: true });
    const [config, ...restOfStream] = statementsOf(recording, TOPIC_POLICY, "news-stream");
    assert.deepEqual(config, {
      Sid: "AllowConfigToPublish",
      Effect: "Allow",
      Principal: { Service: "config.amazonaws.com" },
      Action: "sns:Publish",
      Resource: `arn:aws:sns:${REGION}:${ACCOUNT}:acme-stream`,
      Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    });
    assert.deepEqual(
      restOfStream.map(({ Sid, Effect }) => [Sid, Effect]),
      [["DenyInsecureTransport", "Deny"]],
    );
    for (const name of ["alerts", "chat"]) {
      const [events, alarms, tls, ...rest] = statementsOf(recording, TOPIC_POLICY, `news-${name}`);
      assert.deepEqual(events?.Principal, { Service: "events.amazonaws.com" });
      assert.equal(events.Condition, undefined, "EventBridge supports none here");
      assert.deepEqual(alarms?.Principal, { Service: "cloudwatch.amazonaws.com" });
      assert.notEqual(alarms.Condition, undefined);
      assert.equal(tls?.Effect, "Deny");
      assert.deepEqual(rest, []);
    }
  });

  it("know every policy in a preview, so that the policy pack can judge it", async () => {
    const recording = await make({ stream: {}, chat: true }, { preview: true });
    for (const type of [TOPIC_POLICY, QUEUE_POLICY, KEY]) {
      for (const { name, inputs } of all(recording, type)) {
        assert.match(String(inputs["policy"]), /^\{"Version"/, `${type} ${name}`);
      }
    }
  });

  it("watch the rules that severity or name choose, and no others", async () => {
    const watched = async (args: Partial<NotificationsArgs>): Promise<readonly string[]> => {
      const recording = await make(args);
      return all(recording, RULE)
        .map(
          ({ inputs }) => JSON.parse(String(inputs["eventPattern"])) as { detail: Record<string, unknown> },
        )
        .flatMap(({ detail }) => detail["configRuleName"] ?? [])
        .map(String)
        .sort();
    };
    assert.deepEqual(await watched({}), ["ec2-imdsv2-check", "s3-bucket-public-read-prohibited"]);
    const medium = { severities: ["medium"] } as const;
    assert.deepEqual(await watched({ alerts: medium }), ["iam-user-mfa-enabled"]);
    assert.deepEqual(await watched({ alerts: { severities: [], controls: ["ec2-imdsv2-check"] } }), [
      "ec2-imdsv2-check",
    ]);
    assert.deepEqual(await watched({ rules: [] }), []);
  });

  it("publish with retries, and leave what fails in the queue", async () => {
    const recording = await make({
      retry: { attempts: 3, maxAgeSeconds: 600 },
      deadLetters: { retentionDays: 7 },
    });
    const targets = all(recording, TARGET);
    assert.ok(targets.length > 0);
    for (const { inputs } of targets) {
      assert.deepEqual(inputs["retryPolicy"], { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 600 });
      assert.deepEqual(inputs["deadLetterConfig"], { arn: await valueOf(recording.result.deadLetterArn) });
      assert.equal(inputs["roleArn"], undefined);
    }
    const { inputs } = recording.get(QUEUE, "news-dead-letters");
    assert.equal(inputs["messageRetentionSeconds"], 7 * 86_400);
    assert.equal(inputs["sqsManagedSseEnabled"], true);
    const [events, topics, tls] = statementsOf(recording, QUEUE_POLICY, "news-dead-letters");
    assert.deepEqual(events?.Condition, {
      ArnLike: { "aws:SourceArn": `arn:aws:events:${REGION}:${ACCOUNT}:rule/acme-*` },
    });
    assert.deepEqual(topics?.Condition, {
      ArnLike: { "aws:SourceArn": `arn:aws:sns:${REGION}:${ACCOUNT}:acme-*` },
    });
    assert.equal(tls?.Effect, "Deny");
  });

  it("raise an alarm on dead letters and on a stream that AWS Config cannot publish to", async () => {
    const recording = await make({ stream: {}, chat: true });
    const [alertsTopicArn, chatTopicArn] = ["alerts", "chat"].map(
      (role) => `arn:aws:sns:us-east-1:${ACCOUNT}:news-${role}`,
    );
    const { inputs } = recording.get(ALARM, "news-dead-letters");
    assert.equal(inputs["metricName"], "ApproximateNumberOfMessagesVisible");
    assert.deepEqual(inputs["dimensions"], { QueueName: "acme-dead-letters" });
    for (const { inputs: alarm } of all(recording, ALARM)) {
      assert.deepEqual(alarm["alarmActions"], [alertsTopicArn, chatTopicArn]);
    }
  });

  it("send to chat channels in a form of its own", async () => {
    const recording = await make({ chat: true });
    for (const role of ["alerts", "chat"]) {
      const { inputs } = recording.get(TARGET, `news-critical-1-${role}`);
      const transformer = inputs["inputTransformer"] as { readonly inputTemplate: string };
      assert.equal(transformer.inputTemplate.includes('"source":"custom"'), role === "chat");
    }
  });

  it("create targets and channels only when the policies are in place", async () => {
    const recording = await make({ stream: {} });
    for (const target of all(recording, TARGET)) {
      for (const policy of [
        recording.get(TOPIC_POLICY, "news-alerts"),
        recording.get(QUEUE_POLICY, "news-dead-letters"),
      ]) {
        assert.ok(recording.isAfter(target, policy), target.name);
      }
    }
  });

  it("subscribe people and machines under names that stay", async () => {
    const mail = { protocol: "email", endpoint: "security@example.org" } as const;
    const hook = { protocol: "https", endpoint: "https://example.org/hook" } as const;
    const queue = {
      protocol: "sqs",
      endpoint: `arn:aws:sqs:${REGION}:${ACCOUNT}:siem`,
      rawMessageDelivery: true,
    } as const;
    const recording = await make({
      alerts: { subscriptions: [hook, mail] },
      stream: { subscriptions: [queue] },
    });
    const alone = await make({ alerts: { subscriptions: [mail] } });
    const [byMail] = all(alone, SUBSCRIPTION);
    assert.ok(byMail !== undefined);
    assert.deepEqual(recording.get(SUBSCRIPTION, byMail.name).inputs, byMail.inputs);
    assert.equal(byMail.inputs["redrivePolicy"], undefined);
    const raw = all(recording, SUBSCRIPTION).filter(({ inputs }) => inputs["rawMessageDelivery"] === true);
    assert.deepEqual(
      raw.map(({ inputs }) => inputs["endpoint"]),
      [queue.endpoint],
    );
    const deadLetterTargetArn = await valueOf(recording.result.deadLetterArn);
    assert.deepEqual(JSON.parse(String(raw[0]?.inputs["redrivePolicy"])), { deadLetterTargetArn });
  });

  it("use a key and a topic that exist, and touch neither", async () => {
    const key = { existing: { arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/own` } };
    const topic = { existing: { arn: `arn:aws:sns:${REGION}:${ACCOUNT}:own` } };
    const recording = await make({ key, alerts: { topic }, stream: {} });
    assert.deepEqual(all(recording, KEY), []);
    assert.deepEqual(
      all(recording, TOPIC).map(({ name }) => name),
      ["news-stream"],
    );
    assert.equal(recording.get(TOPIC, "news-stream").inputs["kmsMasterKeyId"], key.existing.arn);
    assert.equal(recording.get(TARGET, "news-critical-1-alerts").inputs["arn"], topic.existing.arn);
    const { stream } = recording.result;
    assert.ok(stream?.kmsKeyArn !== undefined);
    assert.equal(await valueOf(stream.kmsKeyArn), key.existing.arn);
  });

  it("leave the stream without a key where it is told to", async () => {
    const recording = await make({ stream: { encrypted: false } });
    assert.equal(recording.get(TOPIC, "news-stream").inputs["kmsMasterKeyId"], undefined);
    assert.notEqual(recording.get(TOPIC, "news-alerts").inputs["kmsMasterKeyId"], undefined);
    assert.equal(recording.result.stream?.kmsKeyArn, undefined);
  });

  it("tag what can be tagged", async () => {
    const tags = { owner: "security" };
    const recording = await make({ tags, stream: {}, chat: true });
    for (const type of [TOPIC, QUEUE, RULE, ALARM, KEY]) {
      const expected = type === "aws:kms/key:Key" ? { ...tags, "compliance:stack": "project/stack" } : tags;
      for (const { name, inputs } of all(recording, type)) assert.deepEqual(inputs["tags"], expected, name);
    }
  });

  it("refuse bad arguments before anything is created", async () => {
    await assert.rejects(
      make({ region: "europe", alerts: { controls: ["iam-user-mfa-enable"] } }),
      (error) => {
        assert.ok(error instanceof pulumi.ResourceError);
        assert.match(error.message, /^Notifications "news" has 2 problems:/);
        assert.match(error.message, /"alerts.controls\[0\]": .*Did you mean "iam-user-mfa-enabled"\?/);
        return true;
      },
    );
  });
});
