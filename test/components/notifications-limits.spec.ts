import * as assert from "node:assert/strict";
import { type NotificationChoices, notificationProblems } from "../../components/notifications-limits";
import type { Subscription, SubscriptionProtocol } from "../../components/notification-subscriptions";
import { record } from "../support/pulumi-mocks";

const REGION = "eu-west-1";

/** The problems of choices as `path: message`, one each. */
async function problemsOf(choices: Partial<NotificationChoices>): Promise<readonly string[]> {
  const given: NotificationChoices = {
    region: REGION,
    namePrefix: "acme",
    rules: ["iam-user-mfa-enabled"],
    ...choices,
  };
  const { result } = await record(() => notificationProblems(given));
  return result.map(({ path, message }) => `${path}: ${message}`);
}

const subscribe = (protocol: SubscriptionProtocol, endpoint: string, more: Partial<Subscription> = {}) => [
  { protocol, endpoint, ...more },
];
const alerts = (...subscription: Parameters<typeof subscribe>) => ({
  alerts: { subscriptions: subscribe(...subscription) },
});
const stream = (...subscription: Parameters<typeof subscribe>) => ({
  stream: { subscriptions: subscribe(...subscription) },
});

describe("The limits of notifications", () => {
  const accepted: readonly (readonly [string, Partial<NotificationChoices>])[] = [
    ["the defaults", {}],
    ["an e-mail address", alerts("email", "o'neil+aws@mail.example.co.uk")],
    ["an address for HTTPS", alerts("https", "https://example.org:8443/hook?team=a")],
    ["a queue of another region", stream("sqs", "arn:aws:sqs:us-east-1:111122223333:siem")],
    ["a function with an alias", stream("lambda", "arn:aws:lambda:eu-west-1:111122223333:function:f:live")],
    [
      "raw messages to a queue",
      stream("sqs", "arn:aws:sqs:eu-west-1:111122223333:q", { rawMessageDelivery: true }),
    ],
    ["pages of the team", { controlPages: "https://example.org/controls/{control}.md#fix" }],
    [
      "the ends of the ranges",
      { retry: { attempts: 0, maxAgeSeconds: 60 }, deadLetters: { retentionDays: 1 } },
    ],
    [
      "the other ends",
      { retry: { attempts: 185, maxAgeSeconds: 86_400 }, deadLetters: { retentionDays: 14 } },
    ],
    ["the longest prefix", { namePrefix: "p".repeat(47) }],
  ];
  for (const [what, choices] of accepted) {
    it(`accept ${what}`, async () => {
      assert.deepEqual(await problemsOf(choices), []);
    });
  }

  const refused: readonly (readonly [string, Partial<NotificationChoices>, RegExp])[] = [
    [
      "an address without a domain",
      alerts("email", "security"),
      /^alerts\.subscriptions\[0\]\.endpoint: .*e-mail/,
    ],
    ["two addresses in one", alerts("email", "a@b.org,c@d.org"), /\.endpoint: .*e-mail/],
    ["HTTP", alerts("https", "http://example.org"), /\.endpoint: .*https:\/\//],
    ["an address that is none", alerts("https", "example.org/hook"), /\.endpoint: .*https:\/\//],
    ["a queue's address", stream("sqs", "https://sqs.eu-west-1.amazonaws.com/1/q"), /\.endpoint: .*ARN/],
    ["a FIFO queue", stream("sqs", "arn:aws:sqs:eu-west-1:111122223333:q.fifo"), /\.endpoint: .*FIFO/],
    ["a function's name", stream("lambda", "handler"), /\.endpoint: .*ARN/],
    ["mail for each change", stream("email", "a@b.org"), /^stream\..*\.protocol: .*"alerts"/],
    [
      "text for machines",
      alerts("sqs", "arn:aws:sqs:eu-west-1:111122223333:q"),
      /^alerts\..*\.protocol: .*"stream"/,
    ],
    ["raw mail", alerts("email", "a@b.org", { rawMessageDelivery: true }), /\.rawMessageDelivery: /],
    [
      "somebody twice",
      { alerts: { subscriptions: [...subscribe("email", "a@b.org"), ...subscribe("email", "a@b.org")] } },
      /^alerts\.subscriptions\[1\]\.endpoint: .*twice/,
    ],
    ["a region that is none", { region: "europe" }, /^region: /],
    ["a prefix that is too long", { namePrefix: "p".repeat(48) }, /^namePrefix: .*1 to 47/],
    ["an empty prefix", { namePrefix: "" }, /^namePrefix: "" cannot begin/],
    ["a prefix with a dot", { namePrefix: "acme.org" }, /^namePrefix: "acme\.org" /],
    [
      "a key of another region",
      { key: { existing: { arn: "arn:aws:kms:us-east-1:111122223333:key/k" } } },
      /^key\.existing\.arn: The key is in "us-east-1", but the topic is in "eu-west-1"/,
    ],
    [
      "an alias",
      { key: { existing: { arn: "arn:aws:kms:eu-west-1:111122223333:alias/k" } } },
      /^key\.existing\.arn: /,
    ],
    [
      "a topic of another region",
      { alerts: { topic: { existing: { arn: "arn:aws:sns:us-east-1:111122223333:t" } } } },
      /^alerts\.topic\.existing\.arn: The topic is in "us-east-1"/,
    ],
    [
      "a FIFO topic",
      { alerts: { topic: { existing: { arn: "arn:aws:sns:eu-west-1:111122223333:t.fifo" } } } },
      /^alerts\.topic\.existing\.arn: .*FIFO/,
    ],
    [
      "a subscription",
      { alerts: { topic: { existing: { arn: "arn:aws:sns:eu-west-1:111122223333:t:0-1-2" } } } },
      /^alerts\.topic\.existing\.arn: .*not the ARN of an SNS topic/,
    ],
    [
      "subscribers of a topic that is not touched",
      {
        alerts: {
          topic: { existing: { arn: "arn:aws:sns:eu-west-1:111122223333:t" } },
          subscriptions: subscribe("email", "a@b.org"),
        },
      },
      /^alerts\.subscriptions: .*not touched/,
    ],
    [
      "a control that is not selected",
      { alerts: { controls: ["iam-user-mfa-enable"] } },
      /^alerts\.controls\[0\]: .*Did you mean "iam-user-mfa-enabled"\?/,
    ],
    [
      "pages without a control",
      { controlPages: "https://example.org/controls" },
      /^controlPages: .*"\{control\}"/,
    ],
    ["pages with two", { controlPages: "https://example.org/{control}/{control}" }, /^controlPages: .*once/],
    ["pages over HTTP", { controlPages: "http://example.org/{control}" }, /^controlPages: .*https/],
    [
      "pages that end the text",
      { controlPages: 'https://example.org/{control}"' },
      /^controlPages: .*quotes/,
    ],
    ["too many attempts", { retry: { attempts: 186 } }, /^retry\.attempts: .*0 to 185/],
    ["too short an age", { retry: { maxAgeSeconds: 59 } }, /^retry\.maxAgeSeconds: .*60 to 86400/],
    [
      "too long a retention",
      { deadLetters: { retentionDays: 15 } },
      /^deadLetters\.retentionDays: .*1 to 14/,
    ],
    [
      "more lists than EventBridge has rules",
      {
        rules: Array.from({ length: 5000 }, (_, index) => `${"r".repeat(120)}-${index}`),
        alerts: { severities: ["medium"] },
      },
      /^alerts\.severities: \d+ event rules .* allows 300/,
    ],
    ["a reserved tag", { tags: { "aws:x": "y" } }, /^tags\["aws:x"\]: /],
  ];
  for (const [what, choices, expected] of refused) {
    it(`refuse ${what}`, async () => {
      const problems = await problemsOf(choices);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", expected);
    });
  }

  it("do not show the password in an address", async () => {
    const problems = await problemsOf(alerts("https", "https://me:hunter2@example.org/hook"));
    assert.match(problems.join("\n"), /^alerts\.subscriptions\[0\]\.endpoint: The address holds a password/);
    assert.doesNotMatch(problems.join("\n"), /hunter2/);
  });
});
