import * as assert from "node:assert/strict";
import type { Subject } from "../../../rules/lambda";
import { changed, evaluation, found, oversized, rig, scheduled, TYPE } from "./support";
import type { Facts } from "./support";

/** What becomes of an invocation whose time is nearly over. */

describe("the deadline of a custom rule", () => {
  const fn = rig();

  it("ends the search in time, reports what is known, retires nothing, and throws", async () => {
    fn.aws.held = [{ type: TYPE, id: "unseen" }];
    const list = async function* (): AsyncGenerator<Subject<Facts>> {
      yield await Promise.resolve(found("a"));
      yield found("b", 50);
      fn.remaining = 4_000;
      yield found("c");
    };
    await assert.rejects(fn.run(scheduled(), { list }), {
      name: "DeadlineError",
      message: /time is over .*Raise its time-out\.$/,
    });
    assert.deepEqual(
      fn.evaluations().map(({ ComplianceResourceId: id, ComplianceType: type }) => [id, type]),
      [
        ["a", "COMPLIANT"],
        ["b", "NON_COMPLIANT"],
      ],
    );
    assert.deepEqual(fn.aws.bodies("GetComplianceDetailsByConfigRule"), []);
  });

  it("does not wait for a search that hangs", async () => {
    fn.remaining = 50;
    const list = async function* (): AsyncGenerator<Subject<Facts>> {
      yield await Promise.resolve(found("a"));
      await new Promise(() => undefined);
    };
    await assert.rejects(fn.run(scheduled(), { list }), { name: "DeadlineError" });
    assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT", "a")]);
  });

  it("does not wait for a read that hangs", async () => {
    fn.remaining = 50;
    const definition = {
      read: () => new Promise<never>(() => undefined),
      fromItem: () => ({ size: 1, note: "" }),
    };
    await assert.rejects(fn.run(changed(), definition), {
      name: "DeadlineError",
      message: 'The function\'s time is over while reading AWS::EC2::Volume "vol-1". Raise its time-out.',
    });
    assert.deepEqual(fn.evaluations(), []);
  });

  it("does not turn the pages of a history without end", async () => {
    for (let page = 0; page < 20; page++) {
      fn.aws.answer("GetResourceConfigHistory", () => {
        fn.remaining -= 10_000;
        return { configurationItems: [], nextToken: "more" };
      });
    }
    await assert.rejects(fn.run(oversized()), { name: "DeadlineError" });
    assert.equal(fn.aws.bodies("GetResourceConfigHistory").length, 6);
  });

  it("does not send again when there is no time to wait", async () => {
    fn.remaining = 400;
    fn.aws.answer("PutEvaluations", (body) => ({ FailedEvaluations: body["Evaluations"] }));
    await assert.rejects(fn.run(changed()), { name: "IncompleteError" });
    assert.equal(fn.aws.bodies("PutEvaluations").length, 1);
    assert.deepEqual(fn.slept, []);
  });
});
