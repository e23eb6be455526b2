import * as assert from "node:assert/strict";
import {
  AWS_CONTROL_PAGES,
  complianceMessage,
  deliveryMessage,
  EXPLAIN_CONTROL,
  type Message,
  recorderMessage,
} from "../../components/notification-messages";
import { findRule, ruleUrl } from "../../rules";
import { transform } from "../support/input-transformer";

const COMPLIANCE = {
  id: "f6d29562-cddc-8302-80c9-1857d49fa132",
  "detail-type": "Config Rules Compliance Change",
  source: "aws.config",
  account: "123456789012",
  region: "eu-west-1",
  detail: {
    resourceId: "reports",
    resourceType: "AWS::S3::Bucket",
    awsRegion: "eu-west-1",
    awsAccountId: "123456789012",
    configRuleName: "s3-bucket-public-read-prohibited",
    messageType: "ComplianceChangeNotification",
    newEvaluationResult: {
      complianceType: "NON_COMPLIANT",
      resultRecordedTime: "2026-11-25T10:00:00.000Z",
      annotation: 'The policy allows "everybody" to read.',
    },
  },
};

const RECORDER = {
  id: "1",
  account: "123456789012",
  region: "eu-west-1",
  detail: {
    eventName: "StopConfigurationRecorder",
    eventTime: "2026-11-25T10:00:00Z",
    userIdentity: {
      arn: "arn:aws:sts::123456789012:assumed-role/admin/mallory",
      accessKeyId: "ASIAIOSFODNN7EXAMPLE",
      sessionContext: { sessionIssuer: { userName: "admin" } },
    },
    requestParameters: { configurationRecorderName: "hunter2" },
    responseElements: { token: "hunter2" },
  },
};

const DELIVERY = {
  id: "2",
  time: "2026-11-25T10:00:00Z",
  account: "123456789012",
  region: "eu-west-1",
  detail: {
    messageType: "OversizedConfigurationItemChangeDeliveryFailed",
    s3DeliverySummary: { errorCode: "NoSuchBucket", errorMessage: "There is no bucket example." },
    configurationItem: { configuration: { password: "hunter2" } },
  },
};

/** The lines of a text message, without the quotes that EventBridge leaves around them. */
function linesOf({ text }: Message, event: unknown): readonly string[] {
  return transform(text, event)
    .split("\n")
    .map((line) => {
      assert.match(line, /^".*"$/);
      return line.slice(1, -1).replaceAll('\\"', '"');
    });
}

/** A chat message as the service reads it. */
const chatOf = ({ chat }: Message, event: unknown): unknown => JSON.parse(transform(chat, event)) as unknown;

describe("The messages of notifications", () => {
  it("say what is violated, where, why, and how to fix it", () => {
    assert.deepEqual(linesOf(complianceMessage("critical", AWS_CONTROL_PAGES), COMPLIANCE), [
      "AWS Config found a critical violation of s3-bucket-public-read-prohibited.",
      "What: AWS::S3::Bucket reports",
      "Where: account 123456789012, region eu-west-1, since 2026-11-25T10:00:00.000Z",
      'Why: The policy allows "everybody" to read.',
      "How to fix it: https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-read-prohibited.html",
    ]);
  });

  it("link to the page that the catalogue has for a control, or to the team's own", () => {
    const rule = findRule("s3-bucket-public-read-prohibited");
    assert.ok(rule !== undefined);
    assert.equal(AWS_CONTROL_PAGES.replace("{control}", rule.name), ruleUrl(rule));
    const own = complianceMessage("low", "https://example.org/{control}.md#fix");
    const fix = "How to fix it: https://example.org/s3-bucket-public-read-prohibited.md#fix";
    assert.equal(linesOf(own, COMPLIANCE).at(-1), fix);
  });

  it("say what to run for a control that has no page", () => {
    const message = complianceMessage("low", EXPLAIN_CONTROL);
    const step =
      "How to fix it: run npx compliance explain s3-bucket-public-read-prohibited (of a package: with --selection FILE)";
    assert.equal(linesOf(message, COMPLIANCE).at(-1), step);
    assert.match(JSON.stringify(chatOf(message, COMPLIANCE)), /run npx compliance explain s3-bucket-public/);
  });

  it("leave the reason empty where AWS Config gives none", () => {
    const { annotation, ...newEvaluationResult } = COMPLIANCE.detail.newEvaluationResult;
    assert.ok(annotation !== "");
    const event = { ...COMPLIANCE, detail: { ...COMPLIANCE.detail, newEvaluationResult } };
    assert.equal(linesOf(complianceMessage("high", AWS_CONTROL_PAGES), event)[3], "Why: ");
    chatOf(complianceMessage("high", AWS_CONTROL_PAGES), event);
  });

  it("keep to the schema of custom notifications in a chat", () => {
    assert.deepEqual(chatOf(complianceMessage("critical", AWS_CONTROL_PAGES), COMPLIANCE), {
      version: "1.0",
      source: "custom",
      id: COMPLIANCE.id,
      content: {
        textType: "client-markdown",
        title: "AWS Config found a critical violation of s3-bucket-public-read-prohibited",
        description: [
          "*What:* AWS::S3::Bucket reports",
          "*Where:* account 123456789012, region eu-west-1, since 2026-11-25T10:00:00.000Z",
          '*Why:* The policy allows "everybody" to read.',
        ].join("\n"),
        nextSteps: [
          "How to fix it: https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-public-read-prohibited.html",
        ],
        keywords: ["critical", "s3-bucket-public-read-prohibited"],
      },
      metadata: {
        threadId: "123456789012/eu-west-1/s3-bucket-public-read-prohibited/reports",
        summary: "AWS Config found a critical violation of s3-bucket-public-read-prohibited",
      },
    });
  });

  it("say who changed the recorder, and whether AWS refused", () => {
    const lines = linesOf(recorderMessage(), RECORDER);
    assert.equal(lines[0], "The recording of AWS Config was changed: StopConfigurationRecorder.");
    assert.equal(lines[1], "Who: arn:aws:sts::123456789012:assumed-role/admin/mallory");
    assert.equal(lines[3], "Error, where AWS refused the call: ");
    const refused = { ...RECORDER, detail: { ...RECORDER.detail, errorCode: "AccessDenied" } };
    assert.equal(linesOf(recorderMessage(), refused)[3], "Error, where AWS refused the call: AccessDenied");
  });

  it("say why AWS Config cannot deliver", () => {
    const lines = linesOf(deliveryMessage(), DELIVERY);
    assert.match(lines[0] ?? "", /OversizedConfigurationItemChangeDeliveryFailed/);
    assert.equal(lines[2], "Why: There is no bucket example.");
  });

  it("hold nothing of an event that could be a secret", () => {
    const all: readonly (readonly [Message, unknown])[] = [
      [complianceMessage("critical", AWS_CONTROL_PAGES), COMPLIANCE],
      [recorderMessage(), RECORDER],
      [deliveryMessage(), DELIVERY],
    ];
    for (const [message, event] of all) {
      for (const transformer of [message.text, message.chat]) {
        const sent = transform(transformer, event);
        assert.doesNotMatch(sent, /hunter2|ASIA/);
        for (const path of Object.values(transformer.inputPaths)) {
          // A whole object would carry along whatever a service puts into it one day.
          assert.match(
            path,
            /\.(id|account|region|time|awsAccountId|awsRegion|eventTime|eventName|errorCode|arn|errorMessage|messageType|annotation|resultRecordedTime|configRuleName|resourceId|resourceType)$/,
          );
        }
      }
    }
  });
});
