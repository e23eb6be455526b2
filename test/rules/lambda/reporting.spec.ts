import * as assert from "node:assert/strict";
import { annotationOf } from "../../../rules/lambda/annotation";
import { Refusal } from "./loopback";
import type { Json } from "./loopback";
import { ACCOUNT, changed, evaluation, found, ID, listing, rig, scheduled, SECONDS, TYPE } from "./support";

const many = (count: number): ReturnType<typeof found>[] =>
  Array.from({ length: count }, (_, index) => found(`vol-${index}`));

/** An answer that takes all but some evaluations. */
const failing =
  (...ids: readonly string[]) =>
  (body: Json): Json => ({
    FailedEvaluations: (body["Evaluations"] as readonly Json[]).filter(({ ComplianceResourceId: id }) =>
      ids.includes(String(id)),
    ),
  });

const throttled = (): never => {
  throw new Refusal("ThrottlingException", "Rate exceeded");
};

describe("reporting to AWS Config", () => {
  const fn = rig();
  const sizes = (): readonly number[] =>
    fn.aws.bodies("PutEvaluations").map(({ Evaluations: sent }) => (sent as readonly Json[]).length);

  describe("in calls", () => {
    for (const [count, calls] of [
      [1, [1]],
      [99, [99]],
      [100, [100]],
      [101, [100, 1]],
      [250, [100, 100, 50]],
    ] as const) {
      it(`sends ${count} results as ${calls.join(" + ")}, each with the token`, async () => {
        const result = await fn.run(scheduled(), { list: listing(many(count)) });
        assert.deepEqual(sizes(), calls);
        const ids = fn.evaluations().map(({ ComplianceResourceId: id }) => id);
        assert.deepEqual(new Set(ids), new Set(many(count).map(({ resourceId }) => resourceId)));
        for (const { ResultToken: token } of fn.aws.bodies("PutEvaluations")) assert.equal(token, "token");
        assert.deepEqual(result.reported, { COMPLIANT: count });
      });
    }

    it("says that an account without resources was evaluated", async () => {
      await fn.run(scheduled(), { list: listing([]) });
      assert.deepEqual(fn.evaluations(), [
        evaluation(
          "NOT_APPLICABLE",
          ACCOUNT,
          "The account has no resource that the rule evaluates.",
          "AWS::::Account",
        ),
      ]);
    });
  });

  describe("that does not go well", () => {
    it("sends again only what was not taken", async () => {
      fn.aws.answer("PutEvaluations", failing("vol-1", "vol-2"));
      fn.aws.answer("PutEvaluations", failing("vol-2"));
      await fn.run(scheduled(), { list: listing(many(4)) });
      assert.deepEqual(sizes(), [4, 2, 1]);
      assert.deepEqual(fn.slept, [400, 800]);
    });

    it("throws when something is never taken, and sends the rest", async () => {
      for (let attempt = 0; attempt < 4; attempt++) fn.aws.answer("PutEvaluations", failing("vol-7"));
      await assert.rejects(fn.run(scheduled(), { list: listing(many(101)) }), {
        name: "IncompleteError",
        message: /AWS Config did not take 1 of 100 evaluations, e\.g\. that of AWS::EC2::Volume "vol-7"\./,
      });
      assert.deepEqual(sizes(), [100, 1, 1, 1, 1]);
    });

    it("throws when nothing is taken for a change", async () => {
      for (let attempt = 0; attempt < 4; attempt++) fn.aws.answer("PutEvaluations", failing(ID));
      await assert.rejects(fn.run(changed()), { name: "IncompleteError" });
    });

    it("sends everything again when a failure names nothing that was sent", async () => {
      fn.aws.answer("PutEvaluations", () => ({ FailedEvaluations: [{ ComplianceResourceId: "other" }] }));
      await fn.run(scheduled(), { list: listing(many(3)) });
      assert.deepEqual(sizes(), [3, 3]);
    });

    it("is patient when it is throttled", async () => {
      fn.aws.answer("PutEvaluations", throttled);
      await fn.run(changed());
      assert.deepEqual(sizes(), [1, 1]);
    });

    for (const code of ["InvalidResultTokenException", "NoSuchConfigRuleException"]) {
      it(`throws ${code}`, async () => {
        fn.aws.answer("PutEvaluations", () => {
          throw new Refusal(code, "AWS says no.");
        });
        await assert.rejects(fn.run(changed()), { name: code });
        assert.deepEqual(sizes(), [1]);
      });
    }

    it("names the types when AWS Config does not know one", async () => {
      fn.aws.answer("PutEvaluations", () => {
        throw new Refusal("InvalidParameterValueException", "The resource type is not valid.");
      });
      await assert.rejects(fn.run(changed()), {
        name: "InvalidParameterValueException",
        message: "AWS Config refused evaluations of AWS::EC2::Volume: The resource type is not valid.",
      });
    });
  });

  describe("what a verdict becomes", () => {
    it("is not applicable, and says so, where nothing is decided", async () => {
      await fn.run(changed({ configuration: { size: -1 } }));
      assert.deepEqual(fn.evaluations(), [
        evaluation("NOT_APPLICABLE", ID, 'Undecided: "size" is not known; set "size" to 10 or less.'),
      ]);
      assert.deepEqual(
        fn.lines.map(({ level, event }) => [level, event]),
        [
          ["warn", "undecided"],
          ["info", "reported"],
        ],
      );
    });

    it("is the same, without annotation, where nothing is wrong", async () => {
      await fn.run(changed({ configuration: { size: 5 } }));
      await fn.run(changed({ configuration: { size: -2 } }));
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT"), evaluation("NOT_APPLICABLE")]);
    });
  });

  describe("annotations", () => {
    it("are sent when they fit, and cut when they do not", async () => {
      const note = "n".repeat(300);
      await fn.run(changed({ configuration: { size: 50, note } }));
      const annotation = String(fn.evaluations()[0]?.["Annotation"]);
      assert.equal(annotation.length, 256);
      assert.match(annotation, /^"size" is 50n+\.\.\.$/);
    });

    for (const [what, text, expected] of [
      ["nothing", "", undefined],
      ["blanks", " \n", undefined],
      ["256 characters", "a".repeat(256), "a".repeat(256)],
      ["257 characters", "a".repeat(257), `${"a".repeat(253)}...`],
      ["surrogates at the cut", `${"a".repeat(252)}${"\u{1f600}".repeat(9)}`, `${"a".repeat(252)}...`],
      ["combining marks at the cut", `${"a".repeat(252)}e\u0301${"b".repeat(9)}`, `${"a".repeat(252)}...`],
      [
        "a thumb and its colour at the cut",
        `${"a".repeat(250)}\u{1f44d}\u{1f3fd}bbb`,
        `${"a".repeat(250)}...`,
      ],
      ["half a surrogate", "a\ud83d!", "a\ufffd!"],
      ["a letter with 300 marks", `e${"\u0301".repeat(300)}`, "..."],
      ["terminal escapes", "a\u001b[31m", "a\\u001b[31m"],
    ] as const) {
      it(`are right for ${what}`, () => {
        const annotation = annotationOf(text);
        assert.equal(annotation, expected);
        assert.ok(annotation === undefined || annotation.length <= 256);
        assert.doesNotMatch(annotation ?? "", /\p{Surrogate}/u);
      });
    }
  });

  describe("times", () => {
    it("are those of the event, so that a second delivery sends the same", async () => {
      for (const [event, list] of [
        [changed(), undefined],
        [scheduled(), listing([found("a"), found("b", 50)])],
      ] as const) {
        fn.aws.reset();
        const definition = list === undefined ? {} : { list };
        await fn.run(event, definition);
        const [first] = fn.aws.bodies("PutEvaluations");
        await fn.run(event, definition);
        const [, second] = fn.aws.bodies("PutEvaluations");
        assert.deepEqual(second, first);
        for (const { OrderingTimestamp: time } of fn.evaluations()) assert.equal(time, SECONDS);
      }
    });
  });

  describe("in a try-out", () => {
    it("asks AWS Config to keep nothing, and retires nothing", async () => {
      fn.aws.held = [{ type: TYPE, id: "gone" }];
      const event = scheduled({}, { resultToken: "TESTMODE" });
      const result = await fn.run(event, { list: listing([found("a")]) });
      assert.deepEqual(fn.aws.bodies("PutEvaluations"), [
        { Evaluations: [evaluation("COMPLIANT", "a")], ResultToken: "TESTMODE", TestMode: true },
      ]);
      assert.deepEqual(fn.aws.bodies("GetComplianceDetailsByConfigRule"), []);
      assert.equal(result.isTest, true);
    });

    it("is not taken for one with any other token", async () => {
      await fn.run(changed());
      assert.equal(fn.aws.bodies("PutEvaluations")[0]?.["TestMode"], undefined);
    });
  });

  describe("retiring results", () => {
    it("goes by type and id, and leaves those of the proactive mode", async () => {
      fn.aws.held = [
        { type: TYPE, id: "a" },
        { type: TYPE, id: "gone", compliance: "NON_COMPLIANT" },
        { type: "AWS::EC2::Snapshot", id: "a" },
        { type: TYPE, id: "planned", mode: "PROACTIVE" },
        { type: TYPE, id: "retired", compliance: "NOT_APPLICABLE" },
      ];
      await fn.run(scheduled(), { list: listing([found("a")]) });
      const gone = "The resource is gone.";
      assert.deepEqual(fn.evaluations().slice(1), [
        evaluation("NOT_APPLICABLE", "gone", gone),
        evaluation("NOT_APPLICABLE", "a", gone, "AWS::EC2::Snapshot"),
      ]);
    });

    it("reads all pages", async () => {
      fn.aws.held = Array.from({ length: 250 }, (_, index) => ({ type: TYPE, id: `gone-${index}` }));
      await fn.run(scheduled(), { list: listing([found("a")]) });
      assert.equal(fn.aws.bodies("GetComplianceDetailsByConfigRule").length, 3);
      assert.deepEqual(sizes(), [1, 100, 100, 50]);
    });

    for (const [what, subjects, problem] of [
      ["a type that is not declared", [found("i-1", 1, "AWS::EC2::Instance")], /is not of a type that/],
      ["one resource twice", [found("a"), found("a")], /found AWS::EC2::Volume "a" twice/],
      [
        "a type that is not declared, among others",
        [found("a"), found("i-1", 1, "AWS::EC2::Instance")],
        /is not of a type that "sample-volume-size" declares/,
      ],
    ] as const) {
      it(`is not done when the list has ${what}, since it may lack more`, async () => {
        fn.aws.held = [{ type: TYPE, id: "b", compliance: "NON_COMPLIANT" }];
        await assert.rejects(fn.run(scheduled(), { list: listing(subjects) }), {
          name: "IncompleteError",
          message: problem,
        });
        const ids = new Set(fn.evaluations().map(({ ComplianceResourceId: id }) => id));
        assert.deepEqual([...ids], subjects[0].resourceId === "a" ? ["a"] : []);
        assert.deepEqual(fn.aws.bodies("GetComplianceDetailsByConfigRule"), []);
      });
    }

    it("is done when only facts could not be read, since the list is whole", async () => {
      fn.aws.held = [{ type: TYPE, id: "gone" }];
      const unread = { ...found("a"), facts: () => Promise.reject(new Error("unreadable")) };
      await assert.rejects(fn.run(scheduled(), { list: listing([unread]) }), { name: "IncompleteError" });
      assert.deepEqual(fn.evaluations(), [evaluation("NOT_APPLICABLE", "gone", "The resource is gone.")]);
    });

    it("is not done after a change", async () => {
      fn.aws.held = [{ type: TYPE, id: "other" }];
      await fn.run(changed());
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT")]);
    });
  });
});
