import * as assert from "node:assert/strict";
import { AccountNotifications } from "../../components/account-notifications";
import { runProgram } from "../support/program";
import { ACCOUNT, record } from "../support/pulumi-mocks";

const REGIONS = ["us-east-1", "eu-west-1"];
const SLACK = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";

describe("AccountNotifications", () => {
  it("hold the notifications of each region, and one configuration for a chat channel", async () => {
    const shared = { namePrefix: "acme", chat: true, rules: [] };
    const { result, ...recording } = await record(
      () =>
        new AccountNotifications("news", {
          regions: REGIONS.map((region, index) => ({
            ...shared,
            region,
            stream: index === 0 ? {} : undefined,
          })),
          chat: {
            region: "us-east-1",
            namePrefix: "acme",
            slack: [{ workspaceId: "T0123ABCD", channelId: "C0123ABCD" }],
          },
        }),
    );
    assert.deepEqual([...result.streams.keys()], ["us-east-1"]);
    assert.deepEqual(Object.keys(result.alertsTopicArns), REGIONS);
    const channels = recording.resources.filter(({ type }) => type === SLACK);
    assert.deepEqual(
      channels.map(({ inputs }) => inputs["snsTopicArns"]),
      [REGIONS.map((region) => `arn:aws:sns:us-east-1:${ACCOUNT}:news-${region}-chat`)],
    );
  });
});

describe("The program, with notifications", () => {
  const config = {
    "compliance:parts": '["detection","notifications","trail"]',
    "compliance:regions": '["us-east-1","eu-west-1"]',
    "compliance:recorder": '{"role":{"leastPrivilege":{}}}',
    "compliance:selection": '{"controls":["iam-user-mfa-enabled"]}',
  };

  it("sends what a channel delivers to the stream of its region, once that admits AWS Config", async () => {
    const recording = await record(runProgram, { config });
    for (const region of REGIONS) {
      const channel = recording.get("aws:cfg/deliveryChannel:DeliveryChannel", `recorder-${region}`);
      const topic = `notifications-${region}-stream`;
      assert.equal(channel.inputs["snsTopicArn"], `arn:aws:sns:us-east-1:${ACCOUNT}:${topic}`);
      assert.ok(recording.isAfter(channel, recording.get("aws:sns/topicPolicy:TopicPolicy", topic)));
    }
  });

  it("lets the recorder's own role publish to the streams of all regions, and use their keys", async () => {
    const recording = await record(runProgram, { config });
    const policy = String(recording.get("aws:iam/policy:Policy", "recorder-role-delivery").inputs["policy"]);
    for (const region of REGIONS) {
      assert.ok(policy.includes(`:notifications-${region}-stream"`), policy);
      assert.ok(policy.includes(`:key/notifications-${region}"`), policy);
    }
  });

  it("keeps a channel's topic that exists, and makes none for its region", async () => {
    const arn = `arn:aws:sns:eu-west-1:${ACCOUNT}:own`;
    const recording = await record(runProgram, {
      config: { ...config, "compliance:delivery": JSON.stringify({ snsTopicArns: [arn] }) },
    });
    const channel = recording.get("aws:cfg/deliveryChannel:DeliveryChannel", "recorder-eu-west-1");
    assert.equal(channel.inputs["snsTopicArn"], arn);
    const topics = recording.resources.filter(({ type }) => type === "aws:sns/topic:Topic");
    assert.deepEqual(
      topics.map(({ name }) => name).filter((name) => name.endsWith("-stream")),
      ["notifications-us-east-1-stream"],
    );
  });

  it("tells people of the trail's alarms", async () => {
    const recording = await record(runProgram, { config });
    const alarm = recording.get("aws:cloudwatch/metricAlarm:MetricAlarm", "trail-recorder");
    assert.deepEqual(alarm.inputs["alarmActions"], [
      `arn:aws:sns:us-east-1:${ACCOUNT}:notifications-us-east-1-alerts`,
    ]);
  });
});
