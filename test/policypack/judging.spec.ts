import * as assert from "node:assert/strict";
import { judgeResource, judgeStack } from "../../policypack/judging";
import type { Asked } from "../../policypack/judging";
import { preventedControls } from "../../policypack/prevented";
import { Session } from "../../policypack/session";
import type { ResourceType } from "../../rules/catalog/generated/resource-types";
import { check, compliant, noDocument, stackPolicy, violation } from "../../rules/engine";
import type { Check, ResourceFacts } from "../../rules/engine";

const TYPE = "aws:ebs/volume:Volume";
const subject: ResourceFacts = { urn: `urn:pulumi:dev::case::${TYPE}::v`, type: TYPE, inputs: {} };
const reason = { found: "it is bad", fix: "make it good" };
const [real] = preventedControls();
assert.ok(real);

/** A stack policy made for the test, under the name of some control. */
function asking(answer: Check<unknown, never>, early: Check<unknown, never> = answer): Asked {
  assert.ok(real);
  const checks = new Map<ResourceType, Check<unknown, never>>([[TYPE, answer]]);
  const earlyChecks = new Map<ResourceType, Check<unknown, never>>([[TYPE, early]]);
  const policy = { ...stackPolicy("It is good.", {}), checks, early: earlyChecks };
  const control = { ...real, policy, types: new Set([TYPE]) };
  const parameters = {};
  return {
    control,
    settings: {
      control: { id: control.rule.identifier, policy, parameters },
      exemptions: [],
      expired: [],
      onUnknown: "advisory",
      problems: [],
    },
  };
}

const EXEMPTION = { resource: "**", reason: "r", owner: "o", expires: "2999-01-01" };

const newSession = (): Session => new Session(() => "2026-06-01");

describe("what a policy reports", () => {
  it("names a control that fails, as mandatory, and without the text of the error", () => {
    const asked = asking(() => {
      throw new Error("about s3cr3t");
    });
    const reports = judgeStack(newSession(), [subject], [asked]).get(asked.control) ?? [];
    assert.deepEqual(
      reports.map(({ urn, level }) => [urn, level]),
      [[subject.urn, "mandatory"]],
    );
    assert.match(reports[0]?.message ?? "", new RegExp(`The control ${asked.control.rule.name} failed`));
    assert.doesNotMatch(reports[0]?.message ?? "", /s3cr3t/);
  });

  it("tells of a stack policy what one resource proves, and does not repeat it at the end", () => {
    const asked = asking(() => violation(reason));
    const session = newSession();
    const early = judgeResource(session, subject, undefined, [asked]).get(asked.control) ?? [];
    assert.ok(early.length > 0);
    assert.equal(judgeStack(session, [subject], [asked]).get(asked.control), undefined);
    session.forget();
    assert.equal(judgeStack(session, [subject], [asked]).get(asked.control)?.length, 1);
  });

  it("tells early what AWS refuses, by the level of the policy", () => {
    const asked = asking(() => noDocument({ property: "policy" }), compliant);
    const early = judgeResource(newSession(), subject, undefined, [asked]).get(asked.control) ?? [];
    assert.deepEqual(
      early.map(({ level }) => level),
      [undefined],
    );
    const exempted = {
      ...asked,
      settings: { ...asked.settings, exemptions: [{ ...EXEMPTION, control: asked.control.rule.identifier }] },
    };
    assert.deepEqual(
      judgeResource(newSession(), subject, undefined, [exempted]).get(asked.control),
      early,
      "no exemption covers it",
    );
    assert.match(
      early[0]?.message ?? "",
      /Undecided: "policy" is not a policy document in JSON; write a JSON object/,
    );
  });

  it("keeps silent early about what only the whole stack shows", () => {
    const asked = asking((_, __, { stack }) => check(stack.partial, reason));
    const session = newSession();
    assert.equal(judgeResource(session, subject, undefined, [asked]).get(asked.control), undefined);
    assert.equal(judgeStack(session, [subject], [asked]).get(asked.control)?.length, 1);
  });

  it("finds the components around a resource, and gives up on a loop", () => {
    const session = newSession();
    const a: ResourceFacts = { urn: "urn:a", type: "acme:a", inputs: { secret: "x" }, parent: "urn:b" };
    const b: ResourceFacts = { urn: "urn:b", type: "acme:b", inputs: {}, parent: "urn:a" };
    session.remember(a);
    session.remember(b);
    const ancestors = session.ancestors({ ...subject, parent: "urn:a" });
    assert.deepEqual(
      ancestors.map(({ urn, inputs, passive }) => [urn, inputs, passive]),
      [
        ["urn:a", {}, true],
        ["urn:b", {}, true],
      ],
    );
  });
});
