import * as assert from "node:assert/strict";

import { carryOver, inputsFromLive, withOwnTags } from "../sandbox/provider/reconcile";
import { factsOf } from "./support";

const recorder = factsOf("aws:cfg/recorder:Recorder");
const bucket = factsOf("aws:s3/bucket:Bucket");

describe("inputs after a look at AWS", () => {
  it("stay as they are where AWS says the same in other words", () => {
    const inputs = {
      recordingGroup: {
        allSupported: false,
        resourceTypes: ["AWS::S3::Bucket", "AWS::EC2::VPC"],
        __defaults: [],
      },
      roleArn: "arn",
      __defaults: ["name"],
    };
    const live = {
      recordingGroup: {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: ["AWS::EC2::VPC", "AWS::S3::Bucket"],
        recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
      },
      roleArn: "arn",
    };
    assert.deepEqual(inputsFromLive(inputs, live, recorder), inputs);
    const policy = { policy: '{"a":1}', versioning: { enabled: false } };
    assert.deepEqual(inputsFromLive(policy, { policy: '{ "a": 1 }', versioning: undefined }, bucket), policy);
  });

  it("take what differs in AWS", () => {
    const inputs = { recordingGroup: { allSupported: true }, roleArn: "arn" };
    const live = { recordingGroup: { allSupported: false, resourceTypes: [] }, roleArn: "arn" };
    assert.deepEqual(inputsFromLive(inputs, live, recorder), {
      recordingGroup: { allSupported: false },
      roleArn: "arn",
    });
  });

  it("take a tag that somebody added, and lose one that somebody removed", () => {
    const inputs = { tags: { a: "1", b: "2" } };
    assert.deepEqual(inputsFromLive(inputs, { tags: { a: "1", c: "3" } }, bucket), {
      tags: { a: "1", c: "3" },
    });
  });

  it("lose what AWS does not hold any more, and keep what the look says nothing of", () => {
    const inputs = { policy: '{"a":1}', forceDestroy: true };
    assert.deepEqual(inputsFromLive(inputs, { policy: undefined }, bucket), { forceDestroy: true });
  });

  it("are all that AWS holds, except what is off or empty, when the resource is imported", () => {
    const live = {
      arn: "arn:x",
      bucket: "b",
      policy: undefined,
      forceDestroy: false,
      versioning: { enabled: true, mfaDelete: false },
    };
    const expected = { bucket: "b", versioning: { enabled: true }, __defaults: [] };
    assert.deepEqual(inputsFromLive({}, live, bucket), expected);
  });
});

describe("own tags", () => {
  it("leave out the provider's default tags unless the program repeats them, and those of AWS", () => {
    const live = { tagsAll: { a: "1", team: "x", stage: "dev", "aws:cloudformation:stack": "s" } };
    const defaults = { team: "x", stage: "dev" };
    assert.deepEqual(withOwnTags(live, { tags: { a: "1", stage: "dev" } }, defaults), {
      tags: { a: "1", stage: "dev" },
      tagsAll: { a: "1", team: "x", stage: "dev" },
    });
    assert.deepEqual(withOwnTags({ arn: "x" }, {}, defaults), { arn: "x" });
  });
});

describe("what an update sends", () => {
  it("keeps what AWS chose where the program says nothing, and nothing else", () => {
    const state = { name: "n", recordingGroup: { allSupported: true }, roleArn: "old" };
    assert.deepEqual(carryOver({ name: "n", roleArn: "new" }, state, recorder), {
      name: "n",
      recordingGroup: { allSupported: true },
      roleArn: "new",
    });
    assert.deepEqual(carryOver({}, { forceDestroy: true, tags: { a: "1" } }, bucket), {});
  });
});
