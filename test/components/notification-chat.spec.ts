import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { NotificationChat, type NotificationChatArgs } from "../../components/notification-chat";
import { ACCOUNT, record, type Recording } from "../support/pulumi-mocks";

const SLACK = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
const TEAMS = "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration";
const ROLE = "aws:iam/role:Role";

const topicArns = ["us-east-1", "eu-west-1"].map((region) => `arn:aws:sns:${region}:${ACCOUNT}:acme-chat`);
const slack = [{ workspaceId: "T0123ABCD", channelId: "C0123ABCD" }];
const teams = [
  {
    tenantId: "123e4567-e89b-12d3-a456-426614174000",
    teamId: "123e4567-e89b-12d3-a456-426614174001",
    channelId: "19%3Aabc123%40thread.tacv2",
  },
];

const make = (args: Partial<NotificationChatArgs> = {}): Promise<Recording<NotificationChat>> =>
  record(() => new NotificationChat("chat", { region: "us-east-1", namePrefix: "acme", topicArns, ...args }));

describe("NotificationChat", () => {
  it("gives each channel the topics of all regions", async () => {
    const recording = await make({ slack, teams });
    assert.deepEqual(recording.names(), [
      [SLACK, "chat-slack-C0123ABCD"],
      [TEAMS, "chat-teams-2992871f"],
      [ROLE, "chat"],
      ["compliance:aws:NotificationChat", "chat"],
    ]);
    const channel = recording.get(SLACK, "chat-slack-C0123ABCD").inputs;
    assert.equal(channel["slackTeamId"], "T0123ABCD");
    assert.equal(channel["configurationName"], "acme-slack-C0123ABCD");
    for (const type of [SLACK, TEAMS]) {
      const [found] = recording.resources.filter((resource) => resource.type === type);
      assert.deepEqual(found?.inputs["snsTopicArns"], topicArns);
    }
  });

  it("configures the channels where the service has an API, wherever home is", async () => {
    const recording = await make({ slack, teams, region: "us-east-1" });
    for (const { type, inputs } of recording.resources) {
      if (type === SLACK || type === TEAMS) assert.equal(inputs["region"], "us-east-2", type);
    }
  });

  it("lets nobody act in AWS from a channel", async () => {
    const recording = await make({ slack, teams });
    for (const { type, inputs } of recording.resources) {
      if (type !== SLACK && type !== TEAMS) continue;
      assert.deepEqual(inputs["guardrailPolicyArns"], ["arn:aws:iam::aws:policy/AWSDenyAll"]);
      assert.equal(inputs["userAuthorizationRequired"], true);
    }
    const role = recording.get(ROLE, "chat").inputs;
    assert.deepEqual(JSON.parse(String(role["assumeRolePolicy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowChatOfThisAccount",
          Effect: "Allow",
          Principal: { Service: "chatbot.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
        },
      ],
    });
  });

  const [teamsChannel] = teams;
  assert.ok(teamsChannel !== undefined);
  const refused: readonly (readonly [string, Partial<NotificationChatArgs>, RegExp])[] = [
    [
      "the name of a workspace",
      { slack: [{ workspaceId: "acme", channelId: "C0123ABCD" }] },
      /"slack\[0\]\.workspaceId": "acme" .*"T0123ABCD"/,
    ],
    [
      "the name of a channel",
      { slack: [{ workspaceId: "T0123ABCD", channelId: "#alerts" }] },
      /"slack\[0\]\.channelId": "#alerts" .*"C0123ABCD"/,
    ],
    ["a channel twice", { slack: [...slack, ...slack] }, /"slack\[1\]\.channelId": .*twice/],
    [
      "a tenant's domain",
      { teams: [{ ...teamsChannel, tenantId: "acme.org" }] },
      /"teams\[0\]\.tenantId": .*UUID/,
    ],
    ["a team's name", { teams: [{ ...teamsChannel, teamId: "Security" }] }, /"teams\[0\]\.teamId": .*UUID/],
    [
      "a channel's id that is not encoded",
      { teams: [{ ...teamsChannel, channelId: "19:abc@thread.tacv2" }] },
      /"teams\[0\]\.channelId": .*%3A/,
    ],
    ["a region where the service is not", { slack, region: "cn-north-1" }, /does not exist in the partition/],
  ];
  for (const [what, args, message] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(make(args), (error) => {
        assert.ok(error instanceof pulumi.ResourceError);
        assert.match(error.message, /^NotificationChat "chat" has 1 problem:/);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});
