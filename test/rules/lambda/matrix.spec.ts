import * as assert from "node:assert/strict";
import type { Json } from "./loopback";
import {
  ACCOUNT,
  changed,
  evaluation,
  eventOf,
  found,
  ID,
  item,
  listing,
  oversized,
  rig,
  scheduled,
  SECONDS,
  TIME,
  TYPE,
} from "./support";

/** Every message, in every state, inside and outside the scope: what is reported. */

const STATES = [
  "OK",
  "ResourceDiscovered",
  "ResourceDeleted",
  "ResourceDeletedNotRecorded",
  "ResourceNotRecorded",
];
const isThere = (state: string): boolean => state === "OK" || state === "ResourceDiscovered";
const GONE = "The resource is deleted or not recorded.";
const LEFT = "The resource left the scope of the rule.";

/** As the API has it: other names, and JSON in texts. */
const recorded = (more: Json = {}): Json => ({
  configurationItemCaptureTime: SECONDS,
  configurationItemStatus: "OK",
  configurationStateId: "1700000000001",
  resourceType: TYPE,
  resourceId: ID,
  accountId: ACCOUNT,
  configuration: JSON.stringify({ size: 5 }),
  ...more,
});

describe("the handler of a custom rule", () => {
  const fn = rig();

  for (const [message, make] of Object.entries({ change: changed, oversized })) {
    for (const state of STATES) {
      for (const left of [false, true, undefined]) {
        const reason = !isThere(state) ? GONE : left === true ? LEFT : undefined;
        const verdict = reason === undefined ? "COMPLIANT" : "NOT_APPLICABLE";
        it(`reports ${verdict} for ${message}, ${state}, left scope ${String(left)}`, async () => {
          fn.aws.history = [[recorded({ configurationItemStatus: state })]];
          const configuration = isThere(state) ? { size: 5 } : null;
          await fn.run(make({ configurationItemStatus: state, configuration }, { eventLeftScope: left }));
          assert.deepEqual(fn.evaluations(), [evaluation(verdict, ID, reason)]);
          const fetched = message === "oversized" && reason === undefined ? 1 : 0;
          assert.equal(fn.aws.bodies("GetResourceConfigHistory").length, fetched);
        });
      }
    }

    it(`refuses a state that is not known, for ${message}`, async () => {
      await assert.rejects(fn.run(make({ configurationItemStatus: "Vanished" })), {
        name: "EventError",
        message: 'The state "Vanished" of a configuration item is not known.',
      });
      assert.deepEqual(fn.evaluations(), []);
    });

    it(`reports a type that the control does not have as not applicable, for ${message}`, async () => {
      await fn.run(make({ resourceType: "AWS::S3::Bucket" }));
      const [sent] = fn.evaluations();
      assert.equal(sent?.["ComplianceType"], "NOT_APPLICABLE");
      assert.equal(sent["ComplianceResourceType"], "AWS::S3::Bucket");
      assert.match(String(sent["Annotation"]), /evaluates AWS::EC2::Volume, AWS::EC2::Snapshot only/);
    });
  }

  for (const messageType of ["ScheduledNotification", "ConfigurationSnapshotDeliveryCompleted"]) {
    it(`evaluates every resource of the account on ${messageType}`, async () => {
      await fn.run(scheduled({ messageType }), { list: listing([found("a"), found("b", 99)]) });
      assert.deepEqual(fn.evaluations(), [
        evaluation("COMPLIANT", "a"),
        evaluation("NON_COMPLIANT", "b", '"size" is 99; set "size" to 10 or less.'),
      ]);
    });
  }

  const broken: Readonly<Record<string, readonly [unknown, RegExp]>> = {
    "a console's event": [{ key1: "value1" }, /no "invokingEvent".*To try the function by hand/],
    "no event": [undefined, /no "invokingEvent"/],
    "an invoking event that is no text": [
      { ...eventOf({}), invokingEvent: { messageType: "x" } },
      /"invokingEvent" of the event must be a JSON text/,
    ],
    "an invoking event that is no JSON": [
      eventOf('{"secret":"hunter2"'),
      /^"invokingEvent" of the event is not JSON\.$/,
    ],
    "an invoking event that is a list": [eventOf("[]"), /no JSON object/],
    "no message type": [eventOf({}), /"invokingEvent" has no text "messageType"/],
    "an unknown message type": [
      eventOf({ messageType: "Surprise" }),
      /"Surprise" is not known\. Known are ConfigurationItemChangeNotification,/,
    ],
    "a change without item": [
      eventOf({ messageType: "ConfigurationItemChangeNotification" }),
      /no "configurationItem"/,
    ],
    "an oversized change without summary": [
      eventOf({ messageType: "OversizedConfigurationItemChangeNotification", configurationItem: item() }),
      /no "configurationItemSummary"/,
    ],
    "an item without id": [
      changed({ resourceId: undefined }),
      /"configurationItem" has no text "resourceId"/,
    ],
    "an item without capture time": [
      changed({ configurationItemCaptureTime: undefined }),
      /no text "configurationItemCaptureTime"/,
    ],
    "a capture time that is none": [changed({ configurationItemCaptureTime: "soon" }), /no time in ISO 8601/],
    "a schedule without time": [
      scheduled({ notificationCreationTime: undefined }),
      /no text "notificationCreationTime"/,
    ],
    "no token": [changed({}, { resultToken: "" }), /no text "resultToken"/],
    "no rule": [changed({}, { configRuleName: undefined }), /no text "configRuleName"/],
    "a scope that is no boolean": [changed({}, { eventLeftScope: "true" }), /"eventLeftScope"/],
  };
  for (const [what, [event, message]] of Object.entries(broken)) {
    it(`throws for ${what}, and reports nothing`, async () => {
      await assert.rejects(fn.run(event), { name: "EventError", message });
      assert.deepEqual(fn.aws.calls, []);
      assert.equal(fn.lines.at(-1)?.["event"], "failed");
      assert.doesNotMatch(JSON.stringify(fn.lines), /hunter2/);
    });
  }

  describe("fetching an oversized item", () => {
    it("asks for the item of the event, and not for a newer one", async () => {
      fn.aws.history = [[recorded()]];
      await fn.run(oversized());
      assert.deepEqual(fn.aws.bodies("GetResourceConfigHistory"), [
        { resourceType: TYPE, resourceId: ID, laterTime: SECONDS, limit: 1 },
      ]);
    });

    it("turns the page while a page is empty", async () => {
      fn.aws.history = [[], [], [recorded({ configuration: '{"size":50}' })]];
      await fn.run(oversized());
      assert.equal(fn.aws.bodies("GetResourceConfigHistory").length, 3);
      assert.equal(fn.evaluations()[0]?.["ComplianceType"], "NON_COMPLIANT");
    });

    it("gives the mapping the form that a change has", async () => {
      fn.aws.history = [
        [
          recorded({
            arn: "arn:aws:ec2:eu-west-1:123456789012:volume/vol-1",
            configurationItemMD5Hash: "md5",
            version: "1.3",
            tags: { team: "a" },
            relationships: [
              { resourceType: "AWS::EC2::Instance", resourceId: "i-1", relationshipName: "Is attached to" },
            ],
            supplementaryConfiguration: { Text: '"{}"', Object: '{"a":1}' },
          }),
        ],
      ];
      let seen: unknown;
      await fn.run(oversized(), {
        fromItem: (given) => {
          seen = given;
          return { size: 1, note: "" };
        },
      });
      assert.deepEqual(seen, {
        resourceType: TYPE,
        resourceId: ID,
        ARN: "arn:aws:ec2:eu-west-1:123456789012:volume/vol-1",
        awsAccountId: ACCOUNT,
        configurationItemStatus: "OK",
        configurationItemCaptureTime: TIME,
        configurationItemVersion: "1.3",
        configurationStateId: "1700000000001",
        configurationStateMd5Hash: "md5",
        tags: { team: "a" },
        relationships: [{ resourceType: "AWS::EC2::Instance", resourceId: "i-1", name: "Is attached to" }],
        configuration: { size: 5 },
        supplementaryConfiguration: { Text: "{}", Object: { a: 1 } },
      });
    });

    const impossible: Readonly<Record<string, readonly [readonly (readonly Json[])[], RegExp]>> = {
      "an empty history": [[], /holds no configuration item until 2026-03-04T05:06:07\.089Z/],
      "an older item only": [
        [[recorded({ configurationItemCaptureTime: SECONDS - 60, configurationStateId: "1" })]],
        /is not in it yet/,
      ],
      "no configuration": [[[recorded({ configuration: undefined })]], /"vol-1" has no configuration/],
      "a null configuration": [[[recorded({ configuration: "null" })]], /"vol-1" has no configuration/],
      "a configuration that is no JSON": [
        [[recorded({ configuration: '{"password":"hunter2"' })]],
        /^"configuration" of AWS::EC2::Volume "vol-1" is not JSON\.$/,
      ],
      "a supplement that is no JSON": [
        [[recorded({ supplementaryConfiguration: { Policy: "hunter2" } })]],
        /^"supplementaryConfiguration\.Policy" of AWS::EC2::Volume "vol-1" is not JSON\.$/,
      ],
    };
    for (const [what, [history, message]] of Object.entries(impossible)) {
      it(`throws for ${what}, so that Lambda tries again`, async () => {
        fn.aws.history = history;
        await assert.rejects(fn.run(oversized()), { name: "EventError", message });
        assert.deepEqual(fn.evaluations(), []);
        assert.doesNotMatch(JSON.stringify(fn.lines), /hunter2/);
      });
    }
  });

  it("throws for a change of a resource that is there and has no configuration", async () => {
    for (const configuration of [null, undefined, {}, "{}"]) {
      await assert.rejects(fn.run(changed({ configuration })), { message: /"vol-1" has no configuration/ });
    }
    assert.deepEqual(fn.evaluations(), []);
  });
});
