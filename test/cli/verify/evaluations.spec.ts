import * as assert from "node:assert/strict";
import { managedRules } from "../../../rules";
import { exported, resource } from "../support";
import { Bench, HOME, HOUR, NOW, reasonOf, stackRule, statesOf } from "./support";

const VERSIONING = "s3-bucket-versioning-enabled";
const VOLUMES = "encrypted-volumes";
const MFA = "iam-user-mfa-enabled";

/** Names of rules without parameters that only a change triggers, as many as asked for. */
const simpleRules = (count: number): readonly string[] =>
  managedRules()
    .filter(
      ({ parameters, triggerTypes, status, regionsOnly, regionsExcept }) =>
        parameters.length === 0 &&
        status === "listed" &&
        regionsOnly === undefined &&
        !(regionsExcept ?? []).includes(HOME) &&
        triggerTypes.join() === "ConfigurationChange",
    )
    .slice(0, count)
    .map(({ name }) => name);

describe("verify: evaluations", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
    for (const type of ["AWS::S3::Bucket", "AWS::EC2::Volume"]) bench.aws.region(HOME).counts.set(type, 3);
  });
  afterEach(() => bench.close());

  const started = (): readonly unknown[] =>
    bench.aws.bodies("StartConfigRulesEvaluation").map((body) => body["ConfigRuleNames"]);

  it("starts nothing where every rule has a result", async () => {
    bench.aws.deploy(HOME, VERSIONING);
    const { status, report } = await bench.json({ controls: [VERSIONING] });
    assert.equal(status, 0);
    assert.deepEqual(statesOf(report), { [VERSIONING]: "compliant" });
    assert.deepEqual(started(), []);
    assert.deepEqual(bench.clock.slept, []);
  });

  it("starts a rule that was never evaluated, and waits for it", async () => {
    const rule = bench.aws.deploy(HOME, VERSIONING, { takes: 40_000 });
    delete rule.evaluated;
    const { status, report } = await bench.json({ controls: [VERSIONING] });
    assert.equal(status, 0);
    assert.deepEqual(statesOf(report), { [VERSIONING]: "compliant" });
    assert.deepEqual(started(), [[VERSIONING]]);
    assert.deepEqual(bench.clock.slept, [15_000, 15_000, 15_000]);
  });

  it("starts the rules that the stack changed after their last evaluation, and no others", async () => {
    bench.aws.deploy(HOME, VERSIONING);
    bench.aws.deploy(HOME, VOLUMES);
    const state = exported([
      stackRule(VERSIONING, { modified: new Date(NOW - 60_000).toISOString() }),
      stackRule(VOLUMES, { modified: new Date(NOW - 2 * HOUR).toISOString() }),
    ]);
    const { status } = await bench.json({ controls: [VERSIONING, VOLUMES] }, {}, [state]);
    assert.equal(status, 0);
    assert.deepEqual(started(), [[VERSIONING]]);
  });

  it("does not take an evaluation from before the change for a result", async () => {
    bench.aws.deploy(HOME, VERSIONING, { takes: undefined });
    const modified = new Date(NOW - 60_000).toISOString();
    const { status, report } = await bench.json({ controls: [VERSIONING] }, { timeout: 2 }, [
      exported([stackRule(VERSIONING, { modified })]),
    ]);
    assert.equal(status, 1);
    assert.deepEqual(statesOf(report), { [VERSIONING]: "notReported" });
    assert.match(reasonOf(report, VERSIONING), /within 2 minutes; its last result is from 2026-06-15T11:00/);
    assert.equal(bench.clock.now(), NOW + 120_000);
  });

  it("fails when a rule does not report in time, and says so", async () => {
    const rule = bench.aws.deploy(HOME, VERSIONING, { takes: undefined });
    delete rule.evaluated;
    const { status, out } = await bench.run({ controls: [VERSIONING] }, { timeout: 1 });
    assert.equal(status, 1);
    assert.match(
      out,
      /Rules that did not report\n.*s3-bucket-versioning-enabled: it did not report within 1/,
    );
  });

  it("shows why an evaluation failed", async () => {
    const failed = { evaluationFailed: NOW - 1000, error: ["AccessDenied", "no\u001b[31m right"] as const };
    bench.aws.deploy(HOME, VERSIONING, { takes: undefined, ...failed });
    const { status, report, out } = await bench.json({ controls: [VERSIONING] }, { timeout: 1 });
    assert.equal(status, 1);
    assert.match(reasonOf(report, VERSIONING), /failed on 2026-06-15T11:59:59.000Z: AccessDenied: no/);
    assert.ok(!out.includes("\u001b["));
    assert.deepEqual(started(), [[VERSIONING]]);
  });

  it("takes a failed invocation for a failure", async () => {
    bench.aws.deploy(HOME, VERSIONING, { takes: undefined, invocationFailed: NOW - 1000 });
    const { report } = await bench.json({ controls: [VERSIONING] }, { timeout: 1 });
    assert.deepEqual(statesOf(report), { [VERSIONING]: "notReported" });
  });

  it("starts a periodic rule that missed two of its periods", async () => {
    bench.aws.deploy(HOME, MFA, { evaluated: NOW - 13 * HOUR, frequency: "Six_Hours", takes: 1000 });
    await bench.json({ controls: [MFA] });
    assert.deepEqual(started(), [[MFA]]);
  });

  it("leaves a periodic rule alone that is within its periods", async () => {
    bench.aws.deploy(HOME, MFA, { activated: NOW - 99 * HOUR, evaluated: NOW - 47 * HOUR });
    const { status } = await bench.json({ controls: [MFA] });
    assert.equal(status, 0);
    assert.deepEqual(started(), []);
  });

  it("evaluates all rules anew when asked", async () => {
    bench.aws.deploy(HOME, VERSIONING, { takes: 1 });
    bench.aws.deploy(HOME, MFA, { takes: 1 });
    const { status } = await bench.json({ controls: [VERSIONING, MFA] }, { evaluate: "all" });
    assert.equal(status, 0);
    assert.deepEqual(started().flat().length, 2);
  });

  it("neither starts nor waits when told to evaluate none", async () => {
    const rule = bench.aws.deploy(HOME, VERSIONING);
    delete rule.evaluated;
    const { status, report } = await bench.json({ controls: [VERSIONING] }, { evaluate: "none" });
    assert.equal(status, 1);
    assert.equal(reasonOf(report, VERSIONING), "it was never evaluated");
    assert.deepEqual(started(), []);
    assert.deepEqual(bench.clock.slept, []);
  });

  it("starts 25 rules a call and one call a minute", async () => {
    const names = simpleRules(60);
    assert.equal(names.length, 60);
    for (const name of names) bench.aws.deploy(HOME, name, { takes: 3 * 60_000 });
    for (const { resourceTypes } of managedRules()) {
      for (const type of resourceTypes) bench.aws.region(HOME).counts.set(type, 1);
    }
    const { status, report } = await bench.json({ controls: names }, { evaluate: "all" });
    assert.equal(status, 0);
    assert.deepEqual(
      started().map((batch) => (batch as readonly string[]).length),
      [25, 25, 10],
    );
    assert.deepEqual([...started().flat()].sort(), [...names].sort());
    assert.equal(report.summary["compliant"], 60);
    // The third call was made two minutes after the first, and its rules took three.
    assert.equal(bench.clock.now(), NOW + 5 * 60_000);
  });

  for (const code of ["LimitExceededException", "ResourceInUseException", "ThrottlingException"]) {
    it(`waits a minute after ${code}, and starts again`, async () => {
      bench.aws.region(HOME).busy.push(code, code);
      bench.aws.deploy(HOME, VERSIONING, { takes: 1000 });
      const { status } = await bench.json({ controls: [VERSIONING] }, { evaluate: "all" });
      assert.equal(status, 0);
      assert.equal(started().length, 3);
      assert.ok(bench.clock.now() >= NOW + 120_000);
    });
  }

  it("says when a start was never accepted", async () => {
    bench.aws.region(HOME).busy.push(...Array.from({ length: 9 }, () => "LimitExceededException"));
    bench.aws.deploy(HOME, VERSIONING);
    const { status, report } = await bench.json({ controls: [VERSIONING] }, { evaluate: "all", timeout: 5 });
    assert.equal(status, 1);
    assert.match(reasonOf(report, VERSIONING), /did not accept the start of its evaluation within 5 minutes/);
    assert.equal(bench.clock.now(), NOW + 5 * 60_000);
  });

  it("asks for the start of new rules last, for AWS Config evaluates them of itself", async () => {
    const names = simpleRules(26);
    for (const name of names) bench.aws.deploy(HOME, name, { takes: 1 });
    for (const { resourceTypes } of managedRules()) {
      for (const type of resourceTypes) bench.aws.region(HOME).counts.set(type, 1);
    }
    const [first = ""] = names;
    // Evaluated half a minute from now without being asked.
    const rule = bench.aws.deploy(HOME, first, { due: NOW + 30_000 });
    delete rule.evaluated;
    const { status } = await bench.json({ controls: names }, { evaluate: "all" });
    assert.equal(status, 0);
    assert.equal(started().length, 1);
    assert.ok(!started().flat().includes(first));
  });

  for (const [what, compliance, expected] of [
    ["lists no violation of a violated rule", "NON_COMPLIANT", "lists no resource that violates it"],
    ["gives no result of a rule", "", "gives no result"],
  ] as const) {
    it(`does not take it for a pass when AWS Config ${what}`, async () => {
      bench.aws.deploy(HOME, MFA, { compliance });
      const { status, report } = await bench.json({ controls: [MFA] });
      assert.equal(status, 1);
      assert.deepEqual(statesOf(report), { [MFA]: "notReported" });
      assert.ok(reasonOf(report, MFA).includes(expected));
    });
  }

  it("sees that the last violation was resolved between two questions", async () => {
    const rule = bench.aws.deploy(HOME, MFA, { compliance: "NON_COMPLIANT" });
    bench.aws.onCall = (operation) => {
      if (operation === "GetComplianceDetailsByConfigRule") rule.compliance = "COMPLIANT";
    };
    const { status, report } = await bench.json({ controls: [MFA] });
    assert.equal(status, 0);
    assert.deepEqual(statesOf(report), { [MFA]: "compliant" });
  });

  describe("of a rule without a resource", () => {
    const volumes = (): void => {
      const rule = bench.aws.deploy(HOME, VOLUMES, { takes: undefined, compliance: "INSUFFICIENT_DATA" });
      delete rule.evaluated;
    };

    it("expects no report, and tells it apart from one that is missing", async () => {
      volumes();
      bench.aws.region(HOME).counts.set("AWS::EC2::Volume", 0);
      const { status, report, out } = await bench.json({ controls: [VOLUMES] });
      assert.equal(status, 0, out);
      assert.deepEqual(statesOf(report), { [VOLUMES]: "insufficientData" });
      assert.deepEqual(bench.clock.slept, []);
    });

    it("expects one while there is a resource", async () => {
      volumes();
      const { status, report } = await bench.json({ controls: [VOLUMES] }, { timeout: 1 });
      assert.equal(status, 1);
      assert.deepEqual(statesOf(report), { [VOLUMES]: "notReported" });
    });

    it("does not believe a recorder that has just started", async () => {
      volumes();
      bench.aws.region(HOME).counts.delete("AWS::EC2::Volume");
      for (const recorder of bench.aws.region(HOME).recorders) recorder.started = NOW - 60_000;
      const { status, report } = await bench.json({ controls: [VOLUMES] });
      assert.equal(status, 0);
      assert.deepEqual(statesOf(report), { [VOLUMES]: "insufficientData" });
      assert.equal(bench.clock.now(), NOW + 9 * 60_000);
    });

    it("does not believe a count of nothing while the stack has such a resource", async () => {
      const versioning = bench.aws.deploy(HOME, VERSIONING, {
        takes: undefined,
        compliance: "INSUFFICIENT_DATA",
      });
      delete versioning.evaluated;
      bench.aws.region(HOME).counts.delete("AWS::S3::Bucket");
      const expected = async (region: string): Promise<Readonly<Record<string, string>>> => {
        const bucket = resource("aws:s3/bucket:Bucket", "new", {}, { outputs: { region } });
        const state = exported([stackRule(VERSIONING), bucket]);
        return statesOf((await bench.json({ controls: [VERSIONING] }, { timeout: 1 }, [state])).report);
      };
      assert.deepEqual(await expected(HOME), { [VERSIONING]: "notReported" });
      assert.deepEqual(await expected("eu-west-1"), { [VERSIONING]: "insufficientData" });
    });

    it("takes an evaluated rule without results for one", async () => {
      bench.aws.deploy(HOME, MFA, { compliance: "INSUFFICIENT_DATA" });
      const { status, report } = await bench.json({ controls: [MFA] });
      assert.equal(status, 0);
      assert.deepEqual(statesOf(report), { [MFA]: "insufficientData" });
    });
  });

  it("gives up on a list that leads back to its beginning", async () => {
    bench.aws.deploy(HOME, VERSIONING);
    bench.aws.repeatsToken = true;
    const { status, report } = await bench.json({ controls: [VERSIONING] });
    assert.equal(status, 2);
    assert.match(report.regions[0]?.error ?? "", /the same continuation token twice/);
  });
});
