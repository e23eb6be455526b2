import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { AccountNotificationsArgs } from "../../../components/account-notifications";
import { readSettings } from "../../../components/settings";
import { record } from "../../support/pulumi-mocks";
import { refusedFor } from "./problems-of";

type Config = Readonly<Record<string, unknown>>;

/** Reads the part from a stack with these settings; other entries of `compliance:` stand beside it. */
async function read(notifications: Config, others: Config = {}): Promise<AccountNotificationsArgs> {
  const selection = {
    controls: ["rds-multi-az-support", "iam-user-mfa-enabled", "s3-bucket-acl-prohibited"],
  };
  const entries: Config = { selection, regions: ["us-east-1", "eu-west-1"], ...others, notifications };
  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(entries)) config[`compliance:${key}`] = JSON.stringify(value);
  const { result } = await record(readSettings, { config });
  assert.ok(result.notifications !== undefined);
  return result.notifications;
}

/** The problems of settings as `path: message`, one each. */
const problemsOf = (notifications: Config, others: Config = {}): Promise<readonly string[]> =>
  refusedFor(() => read(notifications, others));

const topic = (region: string): string => `arn:aws:sns:${region}:111122223333:own`;
const key = (region: string): string => `arn:aws:kms:${region}:111122223333:key/own`;
const streamsOf = ({ regions }: AccountNotificationsArgs): readonly string[] =>
  regions.filter(({ stream }) => stream !== undefined).map(({ region }) => region);

describe("The settings of the part notifications", () => {
  it("have a default for everything: a stream and alerts in each region, no chat", async () => {
    const settings = await read({});
    assert.deepEqual(streamsOf(settings), ["us-east-1", "eu-west-1"]);
    assert.equal(settings.chat, undefined);
    assert.deepEqual(
      settings.regions.map(({ region, rules, chat }) => [region, rules, chat]),
      [
        ["us-east-1", ["iam-user-mfa-enabled", "rds-multi-az-support", "s3-bucket-acl-prohibited"], false],
        ["eu-west-1", ["rds-multi-az-support", "s3-bucket-acl-prohibited"], false],
      ],
    );
  });

  it("hand every entry to its component", async () => {
    const mail = { protocol: "email", endpoint: "a@b.org" };
    const queue = {
      protocol: "sqs",
      endpoint: "arn:aws:sqs:us-east-1:111122223333:q",
      rawMessageDelivery: true,
    };
    const slack = [{ workspaceId: "T0123ABCD", channelId: "C0123ABCD" }];
    const given = {
      namePrefix: "acme",
      stream: { encrypted: false, subscriptions: [queue] },
      alerts: { severities: ["medium"], controls: ["iam-user-mfa-enabled"], subscriptions: [mail] },
      chat: { slack },
      controlPages: "https://example.org/{control}",
      retry: { attempts: 3, maxAgeSeconds: 600 },
      deadLetters: { retentionDays: 7 },
    };
    const { regions, chat } = await read(given, { tags: { owner: "security" } });
    const [home, other] = regions;
    assert.deepEqual(home, {
      region: "us-east-1",
      namePrefix: "acme",
      rules: ["iam-user-mfa-enabled", "rds-multi-az-support", "s3-bucket-acl-prohibited"],
      key: undefined,
      stream: given.stream,
      alerts: {
        ...given.alerts,
        subscriptions: [{ ...mail, rawMessageDelivery: undefined }],
        topic: undefined,
      },
      chat: true,
      controlPages: given.controlPages,
      retry: given.retry,
      deadLetters: given.deadLetters,
      tags: { owner: "security" },
    });
    assert.deepEqual(other?.alerts?.controls, [], "a rule of IAM is deployed in the home region only");
    assert.deepEqual(chat, {
      region: "us-east-1",
      namePrefix: "acme",
      slack,
      teams: [],
      tags: { owner: "security" },
    });
  });

  it("give each region the key and the topic that its ARN names", async () => {
    const arns = (make: (region: string) => string) => ({
      existing: { arns: [make("eu-west-1"), make("us-east-1")] },
    });
    const { regions } = await read({ key: arns(key), alerts: { topic: arns(topic) } });
    for (const { region, key: chosen, alerts } of regions) {
      assert.deepEqual(chosen, { existing: { arn: key(region) } });
      assert.deepEqual(alerts?.topic, { existing: { arn: topic(region) } });
    }
    const created = await read({ key: { create: {} }, alerts: { topic: { create: {} } } });
    assert.equal(created.regions[0]?.key, undefined);
  });

  it("make no stream where the channel has a topic, or is not this stack's", async () => {
    const delivery = { snsTopicArns: [topic("eu-west-1")] };
    assert.deepEqual(streamsOf(await read({}, { delivery })), ["us-east-1"]);
    assert.deepEqual(streamsOf(await read({}, { recorder: { mode: "existing" } })), []);
    assert.deepEqual(streamsOf(await read({}, { parts: ["notifications"] })), []);
    assert.deepEqual(streamsOf(await read({ stream: { enabled: false } })), []);
  });

  it("leave the topic of a channel that is taken over, unless they ask for the stream", async () => {
    const adopt = { recorder: { mode: "adopt" } };
    assert.deepEqual(streamsOf(await read({}, adopt)), []);
    assert.deepEqual(streamsOf(await read({ stream: { enabled: true } }, adopt)), ["us-east-1", "eu-west-1"]);
  });

  const hook = { protocol: "https", endpoint: "https://example.org" };
  const refused: readonly (readonly [string, Config, RegExp, Config?])[] = [
    ["a misspelt entry", { allerts: {} }, /^"compliance:notifications\.allerts": .*Did you mean "alerts"\?/],
    [
      "a subscription without protocol",
      { alerts: { subscriptions: [{ endpoint: "a@b.org" }] } },
      /^"compliance:notifications\.alerts\.subscriptions\[0\]\.protocol": The protocol is missing/,
    ],
    [
      "a protocol that SNS has and this project has not",
      { alerts: { subscriptions: [{ protocol: "sms", endpoint: "+1" }] } },
      /\.subscriptions\[0\]\.protocol": "sms" is not allowed here/,
    ],
    [
      "a subscription without endpoint",
      { stream: { subscriptions: [{ protocol: "sqs" }] } },
      /\.stream\.subscriptions\[0\]\.endpoint": The address or ARN is missing/,
    ],
    [
      "a bad address, once for all regions",
      { alerts: { subscriptions: [hook, { protocol: "email", endpoint: "me" }] } },
      /\.alerts\.subscriptions\[1\]\.endpoint": "me" is not an e-mail address/,
    ],
    [
      "a misspelt severity",
      { alerts: { severities: ["critcal"] } },
      /\.alerts\.severities\[0\]": .*Did you mean "critical"\?/,
    ],
    [
      "a control that is not selected",
      { alerts: { controls: ["rds-multi-az-suport"] } },
      /\.alerts\.controls\[0\]": .*Did you mean "rds-multi-az-support"\?/,
    ],
    [
      "keys for too few regions",
      { key: { existing: { arns: [key("us-east-1")] } } },
      /\.key\.existing\.arns": None is in "eu-west-1"/,
    ],
    [
      "a key of a region that is not deployed",
      { key: { existing: { arns: ["us-east-1", "eu-west-1", "eu-west-2"].map(key) } } },
      /\.key\.existing\.arns\[2\]": It is in "eu-west-2"/,
    ],
    [
      "two topics of a region",
      { alerts: { topic: { existing: { arns: ["us-east-1", "eu-west-1", "us-east-1"].map(topic) } } } },
      /\.alerts\.topic\.existing\.arns\[2\]": "us-east-1" has one already/,
    ],
    [
      "a topic that is none",
      { alerts: { topic: { existing: { arns: ["alerts"] } } } },
      /\.alerts\.topic\.existing\.arns\[0\]": "alerts" is not the ARN of an SNS topic/,
    ],
    ["a key made and given", { key: { create: {}, existing: {} } }, /\.key": create and existing exclude/],
    [
      "a channel without id",
      { chat: { slack: [{ workspaceId: "T0123ABCD" }] } },
      /\.chat\.slack\[0\]\.channelId": The id of the channel is missing/,
    ],
    [
      "subscribers of a stream that is not made",
      { stream: { subscriptions: [{ protocol: "https", endpoint: "https://example.org" }] } },
      /\.stream": No stream is made/,
      { recorder: { mode: "existing" } },
    ],
    [
      "subscribers of a stream that is turned off",
      { stream: { enabled: false, subscriptions: [hook] } },
      /\.stream": No stream is made: .*Remove "enabled"/,
    ],
    [
      "settings of a part that is left out",
      { alerts: {} },
      /^"compliance:notifications": The stack does not hold the part "notifications"/,
      { parts: ["detection"] },
    ],
  ];
  for (const [what, notifications, expected, others] of refused) {
    it(`refuse ${what}`, async () => {
      const problems = await problemsOf(notifications, others);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", expected);
    });
  }

  it("read every example of the guide", async () => {
    const guide = readFileSync(join(__dirname, "../../../docs/guides/notifications.md"), "utf8");
    const examples = [...guide.matchAll(/^```yaml\n([^`]*)^```$/gm)].map(
      ([, text = ""]) => parse(text) as Config,
    );
    assert.ok(examples.length >= 7);
    for (const example of examples) {
      const [[entry, notifications] = ["", {}], ...others] = Object.entries(example);
      assert.equal(entry, "compliance:notifications");
      assert.deepEqual(others, []);
      const problems = await problemsOf(notifications as Config, {
        regions: ["us-east-1"],
        selection: { controls: ["cw-loggroup-retention-period-check"] },
      });
      assert.deepEqual(problems, []);
    }
  });

  it("report everything at once, with that of other parts", async () => {
    const problems = await problemsOf(
      { retry: { attempts: 200 }, deadLetters: { retentionDays: 0 }, namePrefix: "a.b" },
      { retentionDays: 1 },
    );
    assert.deepEqual(
      problems.map((line) => line.slice(0, line.indexOf(": "))),
      [
        '"compliance:retentionDays"',
        '"compliance:notifications.namePrefix"',
        '"compliance:notifications.retry.attempts"',
        '"compliance:notifications.deadLetters.retentionDays"',
      ],
    );
  });
});
