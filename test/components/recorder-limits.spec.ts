import * as assert from "node:assert/strict";
import { type RecorderChoices, recorderProblems } from "../../components/recorder-limits";

const HERE: RecorderChoices = { region: "us-east-1", homeRegion: "us-east-1" };
const TOPIC = "arn:aws:sns:us-east-1:123456789012:config";

describe("recorderProblems", () => {
  const accepted: readonly (readonly [string, RecorderChoices])[] = [
    ["the defaults", HERE],
    ["the shortest retention", { ...HERE, retentionDays: 30 }],
    ["the longest retention", { ...HERE, retentionDays: 2557 }],
    ["a topic of the region", { ...HERE, snsTopicArn: TOPIC }],
    ["a name of 256 characters", { ...HERE, recorderName: "r".repeat(256) }],
    ["an adopted pair of names", { ...HERE, mode: "adopt", recorderName: "a", channelName: "b" }],
    ["an existing recorder", { ...HERE, mode: "existing" }],
  ];
  for (const [what, choices] of accepted) {
    it(`accepts ${what}`, () => assert.deepEqual(recorderProblems(choices), []));
  }

  // What a program in JavaScript or a settings file may hold.
  const untyped = (text: string): Partial<RecorderChoices> => JSON.parse(text) as Partial<RecorderChoices>;
  const refused: readonly (readonly [string, Partial<RecorderChoices>, string, RegExp])[] = [
    ["a region that is none", { region: "US East" }, "region", /not an AWS region code/],
    ["a home region that is none", { homeRegion: "" }, "homeRegion", /not an AWS region code/],
    ["an unknown mode", untyped('{"mode":"addopt"}'), "mode", /Did you mean "adopt"\?/],
    ["an empty name", { recorderName: "" }, "recorderName", /1 to 256/],
    ["a blank name", { recorderName: "  " }, "recorderName", /1 to 256/],
    ["a name of 257 characters", { recorderName: "r".repeat(257) }, "recorderName", /1 to 256/],
    [
      "Control Tower's recorder",
      { recorderName: "aws-controltower-BaselineConfigRecorder" },
      "recorderName",
      /AWS Control Tower.*cannot be created/,
    ],
    [
      "adopting Control Tower's channel",
      { mode: "adopt", channelName: "AWS-ControlTower-X" },
      "channelName",
      /cannot be adopted here; write "existing"/,
    ],
    [
      "a service-linked recorder",
      { recorderName: "AWSConfigurationRecorderForX_abc" },
      "recorderName",
      /service-linked/,
    ],
    [
      "a channel name of its own for a new channel",
      { channelName: "central" },
      "channelName",
      /has the recorder's name/,
    ],
    [
      "an unknown snapshot frequency",
      untyped('{"snapshotFrequency":"Two_Hours"}'),
      "snapshotFrequency",
      /"One_Hour", "Three_Hours"/,
    ],
    [
      "a topic of another region",
      { snsTopicArn: TOPIC.replace("us-east-1", "eu-west-1") },
      "snsTopicArn",
      /AWS Config publishes only to topics of its own region\. Use one of "us-east-1"/,
    ],
    ["a FIFO topic", { snsTopicArn: `${TOPIC}.fifo` }, "snsTopicArn", /FIFO topic; AWS Config/],
    ["a topic that is no ARN", { snsTopicArn: "config" }, "snsTopicArn", /not the ARN of an SNS topic/],
    ["too short a retention", { retentionDays: 29 }, "retentionDays", /from 30 to 2557/],
    ["too long a retention", { retentionDays: 2558 }, "retentionDays", /from 30 to 2557/],
    ["half a day of retention", { retentionDays: 30.5 }, "retentionDays", /whole number/],
    [
      "settings of a recorder that is left alone",
      { mode: "existing", recording: false },
      "recording",
      /no effect/,
    ],
  ];
  for (const [what, choices, path, message] of refused) {
    it(`refuses ${what}`, () => {
      const problems = recorderProblems({ ...HERE, ...choices });
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
      assert.match(problems[0]?.message ?? "", message);
    });
  }
});
