import * as assert from "node:assert/strict";
import { changed, found, listing, oversized, rig, scheduled } from "./support";

describe("the log of a custom rule", () => {
  const fn = rig();

  it("says in one line of JSON what was reported, and for which rule", async () => {
    const result = await fn.run(scheduled(), { list: listing([found("a"), found("b", 99), found("c", -1)]) });
    assert.deepEqual(fn.lines.at(-1), {
      level: "info",
      event: "reported",
      control: "sample-volume-size",
      requestId: "request",
      rule: "sample-rule",
      account: "123456789012",
      messageType: "ScheduledNotification",
      isTest: false,
      reported: { COMPLIANT: 1, NON_COMPLIANT: 1, NOT_APPLICABLE: 1 },
    });
    assert.deepEqual(result, {
      control: "sample-volume-size",
      rule: "sample-rule",
      reported: { COMPLIANT: 1, NON_COMPLIANT: 1, NOT_APPLICABLE: 1 },
      isTest: false,
    });
  });

  it("names an error that is thrown, and whose it is", async () => {
    await assert.rejects(fn.run(oversized()));
    const { level, event, blame, name, message } = fn.lines.at(-1) ?? {};
    assert.deepEqual(
      { level, event, blame, name },
      { level: "error", event: "failed", blame: "internal", name: "EventError" },
    );
    assert.match(String(message), /holds no configuration item/);
  });

  it("holds nothing of a configuration, whatever happens", async () => {
    const secret = "hunter2";
    const configuration = { size: 50, note: secret, password: secret };
    await fn.run(changed({ configuration, tags: { secret }, supplementaryConfiguration: { secret } }));
    await fn.run(changed({ configuration: { ...configuration, size: -1 } }));
    await assert.rejects(
      fn.run(changed({ configuration }), {
        fromItem: ({ configuration: all }) => {
          throw new Error(JSON.stringify(all));
        },
      }),
    );
    await assert.rejects(fn.run(changed({ configuration: `{"a":"${secret}` })));
    assert.equal(fn.lines.length, 5);
    assert.doesNotMatch(JSON.stringify(fn.lines), new RegExp(secret));
  });

  it("is what Lambda prints too: the answer is JSON, with dates or without", async () => {
    fn.aws.history = [
      [
        {
          configurationItemCaptureTime: Date.parse("2026-03-04T05:06:07.089Z") / 1000,
          configurationItemStatus: "OK",
          resourceType: "AWS::EC2::Volume",
          resourceId: "vol-1",
          configuration: '{"size":1}',
        },
      ],
    ];
    const result = await fn.run(oversized());
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
  });
});
