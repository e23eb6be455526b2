import * as assert from "node:assert/strict";
import { compliant, violation } from "../../../rules/engine";
import { configRule } from "../../../rules/lambda";
import { textAt } from "../../../rules/custom/items";
import type { Subject } from "../../../rules/lambda";
import { Refusal } from "./loopback";
import {
  changed,
  control,
  evaluation,
  found,
  fromItem,
  listing,
  oversized,
  rig,
  scheduled,
  TYPE,
} from "./support";
import type { Facts } from "./support";

/** What an author's code can do wrong: each is a clear error that names the control, and never a verdict. */

const SECRET = "hunter2";
type Judge = typeof control.judge;
const judging = (judge: unknown): typeof control => ({ ...control, judge: judge as Judge });

describe("a custom control that fails", () => {
  const fn = rig();

  /** The predicate, what is said of it, and a limit for the one that would use up the usual one. */
  const predicates: Readonly<
    Record<string, readonly [unknown, RegExp, { readonly predicateMilliseconds: number }?]>
  > = {
    "throws an error": [
      () => {
        throw new RangeError(SECRET);
      },
      /^The predicate of "sample-volume-size" threw RangeError \(failures\.spec\.ts:\d+:\d+\)\.$/,
    ],
    "throws something else": [
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is tested
        throw SECRET;
      },
      /threw something that is no error \(string\)/,
    ],
    "does not come back": [
      () => {
        for (;;);
      },
      /did not answer within 50 ms/,
      { predicateMilliseconds: 50 },
    ],
    "answers nothing": [() => undefined, /answered undefined; answer with compliant\(\)/],
    "answers a word": [() => "COMPLIANT", /answered string/],
    "answers true": [() => true, /answered boolean/],
    "answers later": [() => Promise.resolve(compliant()), /answered with a promise; it must be synchronous/],
    "answers another verdict": [() => ({ verdict: "FINE", reasons: [] }), /without one of the four verdicts/],
    "answers with the verdict that AWS Config keeps for itself": [
      () => ({ verdict: "INSUFFICIENT_DATA", reasons: [] }),
      /without one of the four verdicts/,
    ],
    "answers without reasons": [() => ({ verdict: "COMPLIANT" }), /reasons that have no "found" and "fix"/],
    "answers with other reasons": [
      () => ({ verdict: "NON_COMPLIANT", reasons: [{ found: "x" }] }),
      /reasons that have no "found" and "fix"/,
    ],
    "does not say why": [() => violation(), /answered NON_COMPLIANT without a reason/],
    "changes a fact": [
      (facts: { size: number }) => {
        facts.size = 1;
        return compliant();
      },
      /changes its input \(failures\.spec\.ts:\d+:\d+\)\. Facts and parameters are read-only/,
    ],
    "changes a parameter": [
      (_: unknown, parameters: { names: string[] }) => {
        parameters.names.push("other");
        return compliant();
      },
      /changes its input/,
    ],
  };
  for (const [what, [judge, message, milliseconds]] of Object.entries(predicates)) {
    it(`is named when its predicate ${what}, and nothing is reported`, async () => {
      const event = changed({}, { ruleParameters: '{"names":"a"}' });
      const run = fn.run(event, { control: judging(judge) }, milliseconds);
      await assert.rejects(run, { name: "ControlFailure", message });
      assert.deepEqual(fn.evaluations(), []);
      assert.equal(fn.lines.at(-1)?.["blame"], "internal");
      assert.doesNotMatch(JSON.stringify(fn.lines), new RegExp(SECRET));
    });
  }

  const mappings: Readonly<Record<string, readonly [Parameters<typeof fn.run>[1], RegExp]>> = {
    "its mapping throws": [
      {
        fromItem: () => {
          throw new Error(SECRET);
        },
      },
      /^The mapping of "sample-volume-size" threw Error \(failures\.spec\.ts/,
    ],
    "the item lacks what its mapping reads": [
      { fromItem: (item) => ({ size: 1, note: textAt(item, "resourceName") }) },
      /^The configuration item of AWS::EC2::Volume has no text at "resourceName"\.$/,
    ],
    "its read throws": [
      { read: () => Promise.reject(new SyntaxError(SECRET)), fromItem: () => ({ size: 1, note: "" }) },
      /^The mapping of "sample-volume-size" threw SyntaxError/,
    ],
  };
  for (const [what, [definition, message]] of Object.entries(mappings)) {
    it(`is named when ${what}`, async () => {
      await assert.rejects(fn.run(changed(), definition), { name: "ControlFailure", message });
      assert.deepEqual(fn.evaluations(), []);
      assert.doesNotMatch(JSON.stringify(fn.lines), new RegExp(SECRET));
    });
  }

  describe("for one resource of an account", () => {
    const broken = { ...found("broken"), facts: () => Promise.reject(new Error(SECRET)) };

    it("leaves the verdicts on the others, and its own earlier result", async () => {
      fn.aws.held = [{ type: TYPE, id: "broken" }];
      const run = fn.run(scheduled(), { list: listing([found("a"), broken, found("b")]) });
      await assert.rejects(run, {
        name: "IncompleteError",
        message:
          /^Evaluating 3 resources failed in one place\. The first: The mapping of "sample-volume-size" threw Error/,
      });
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT", "a"), evaluation("COMPLIANT", "b")]);
    });

    it("is named when it finds a resource twice, or one of another type", async () => {
      const twice = fn.run(scheduled(), { list: listing([found("a"), found("a", 99)]) });
      await assert.rejects(twice, { message: /"sample-volume-size" found AWS::EC2::Volume "a" twice/ });
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT", "a")]);
      const other = fn.run(scheduled(), { list: listing([found("a"), found("x", 1, "AWS::S3::Bucket")]) });
      await assert.rejects(other, { message: /AWS::S3::Bucket "x" is not of a type that/ });
    });

    it("reports what was found before its list failed, and retires nothing", async () => {
      fn.aws.held = [{ type: TYPE, id: "unseen" }];
      const list = async function* (): AsyncGenerator<ReturnType<typeof found>> {
        yield await Promise.resolve(found("a"));
        throw new Error(SECRET);
      };
      await assert.rejects(fn.run(scheduled(), { list }), { name: "ControlFailure" });
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT", "a")]);
    });
  });

  describe("because AWS refuses", () => {
    const refusing = (
      id: string,
      refusal = new Refusal("AccessDeniedException", `no to ${id}`),
    ): Subject<Facts> => ({
      ...found(id),
      facts: () => Promise.reject(Object.assign(refusal, { name: refusal.code, $fault: "client" })),
    });

    it("every resource says so as it is, and in AWS Config", async () => {
      await assert.rejects(fn.run(scheduled(), { list: listing([refusing("a"), refusing("b")]) }), {
        name: "AccessDeniedException",
        message:
          "The role of the function lacks a permission: no to a. The rule itself needs ec2:DescribeVolumes.",
      });
      const [sent, ...others] = fn.evaluations();
      assert.equal(sent?.["ComplianceResourceType"], "AWS::::Account");
      assert.deepEqual(others, []);
    });

    it("one resource leaves the verdicts on the others", async () => {
      await assert.rejects(fn.run(scheduled(), { list: listing([refusing("a"), found("b")]) }), {
        name: "IncompleteError",
        message: "Evaluating 2 resources failed in one place. The first: no to a",
      });
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT", "b")]);
    });

    for (const [code, status, blame] of [
      ["Surprise", 500, "internal"],
      ["InternalErrorException", 400, "internal"],
      ["ThrottlingException", 400, "internal"],
      ["NoAvailableConfigurationRecorderException", 400, "caller"],
    ] as const) {
      it(`blames ${blame} for ${code} ${status}`, async () => {
        const refusal = (): never => {
          throw new Refusal(code, "AWS says no.", status);
        };
        for (let attempt = 0; attempt < 5; attempt++) fn.aws.answer("GetResourceConfigHistory", refusal);
        await assert.rejects(fn.run(oversized(), {}, { client: { ...fn.client(), maxAttempts: 1 } }), {
          name: code,
        });
        assert.equal(fn.lines.at(-1)?.["blame"], blame);
      });
    }
  });

  describe("by its trigger", () => {
    it("says that a schedule does not trigger it", () =>
      assert.rejects(fn.run(scheduled()), {
        name: "InvalidParameterValueException",
        message: /triggered by a schedule, but "sample-volume-size" is evaluated by changes only/,
      }));

    it("says that changes do not trigger it", () =>
      assert.rejects(fn.run(changed(), { fromItem: undefined, list: listing([]) }), {
        message: /triggered by changes, but "sample-volume-size" is evaluated by a schedule only/,
      }));

    it("is refused when nothing can trigger it, or it takes a name that every rule uses", () => {
      assert.throws(() => configRule({ control }), { message: /neither "fromItem" nor "list"/ });
      const parameters = { ExecutionRoleName: { type: "String", description: "Mine." } } as const;
      const other = { ...control, parameters, judge: compliant };
      assert.throws(() => configRule({ control: other, fromItem }), { message: /"ExecutionRoleName"/ });
    });
  });
});
