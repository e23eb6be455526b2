import * as assert from "node:assert/strict";
import { catalog } from "../../../cli/commands/catalog";
import type { CatalogOptions } from "../../../cli/commands/catalog";
import { factsOf } from "../../../cli/commands/control-facts";
import type { ControlFacts } from "../../../cli/commands/control-facts";
import { UsageError } from "../../../cli/errors";
import { customControls } from "../../../rules/custom/registered";
import { guardControls } from "../../../rules/guard";
import { allControls, evaluate, evaluated, findControl, frameworks, managedRules } from "../../../rules";
import type { Control, Verdict } from "../../../rules";
import { caseGraph, cases } from "../../../rules/cases";
import { run } from "./support";

async function listed(options: CatalogOptions = {}): Promise<readonly ControlFacts[]> {
  const { out } = await run((io) => catalog({ ...options, format: "json" }, io));
  return (JSON.parse(out) as { controls: ControlFacts[] }).controls;
}

/** The verdicts that the policy of a control gives to the examples of it. */
function verdictsOf({ rule }: Control): ReadonlySet<Verdict> {
  return new Set(
    (cases.get(rule.identifier) ?? []).flatMap((example) => {
      const control = evaluated(rule, example.parameters ?? {}, example.strict);
      return control === undefined
        ? []
        : evaluate(caseGraph(example.stack), [control]).findings.map(({ verdict }) => verdict);
    }),
  );
}

describe("compliance catalog", () => {
  it("lists every managed rule and every custom one, sorted by id", async () => {
    const all = await listed();
    const ids = all.map(({ id }) => id);
    assert.deepEqual(
      all.filter(({ custom }) => custom !== true).map(({ id }) => id),
      managedRules().map((rule) => rule.identifier),
    );
    assert.deepEqual(
      all.filter(({ custom }) => custom === true).map(({ name }) => name),
      [...customControls.map(({ control }) => control.name), ...guardControls.map(({ name }) => name)].sort(),
    );
    assert.deepEqual(ids, [...ids].sort());
  });

  it("says the fields of the contract", async () => {
    const [control] = await listed({ query: "RDS_MULTI_AZ_SUPPORT" });
    assert.deepEqual(
      { ...control, frameworks: [] },
      {
        id: "RDS_MULTI_AZ_SUPPORT",
        name: "rds-multi-az-support",
        service: "rds",
        severity: "medium",
        resourceTypes: ["AWS::RDS::DBInstance"],
        preventive: true,
        detective: true,
        decision: findControl("RDS_MULTI_AZ_SUPPORT")?.policy?.decision,
        frameworks: [],
      },
    );
  });

  for (const control of allControls()) {
    const { preventive, decision, reason } = factsOf(control);
    if (!preventive) continue;
    it(`calls ${control.rule.name} preventive because its policy decides both ways`, () => {
      const verdicts = verdictsOf(control);
      assert.ok(verdicts.has("NON_COMPLIANT"), "no case is NON_COMPLIANT");
      assert.ok(decision === "partial" || verdicts.has("COMPLIANT"), "no case is COMPLIANT");
      assert.equal(reason, undefined);
    });
  }

  it("gives a reason for every control without a policy", async () => {
    const without = (await listed()).filter(({ preventive }) => !preventive);
    assert.ok(without.length > 100);
    for (const { id, reason, decision } of without) {
      assert.equal(decision, "none", id);
      assert.match(reason ?? "", /^[A-Z@].*\.$/s, id);
    }
  });

  it("tells state at run time, a missing resource and a missing policy apart", async () => {
    const reasonOf = async (id: string): Promise<string | undefined> =>
      (await listed({ query: id })).find((control) => control.id === id)?.reason;
    assert.match((await reasonOf("IAM_ROOT_ACCESS_KEY_CHECK")) ?? "", /run time or of the account/);
    assert.match((await reasonOf("GROUNDSTATION_CONFIG_TAGGED")) ?? "", /no resource of this type/);
    assert.match((await reasonOf("CLOUDFORMATION_TERMINATION_PROTECTION_CHECK")) ?? "", /not the property/);
    assert.match((await reasonOf("FMS_SECURITY_GROUP_CONTENT_CHECK")) ?? "", /Firewall Manager/);
  });

  it("narrows by framework, pack, service and words, all of which must hold", async () => {
    const cis = await listed({ framework: ["cis-aws-3.0.0"] });
    const wanted = new Set(
      frameworks()
        .find(({ id }) => id === "cis-aws-3.0.0")
        ?.controls.flatMap(([, rules]) => rules),
    );
    assert.deepEqual(new Set(cis.map(({ id }) => id)), wanted);
    const both = await listed({ framework: ["cis-aws-3.0.0"], service: ["S3"], query: "mfa DELETE" });
    assert.deepEqual(
      both.map(({ id }) => id),
      ["S3_BUCKET_MFA_DELETE_ENABLED"],
    );
    const pack = await listed({ pack: ["Operational-Best-Practices-for-Amazon-S3"], service: ["kms", "s3"] });
    assert.ok(pack.length > 0 && pack.every(({ service }) => service === "kms" || service === "s3"));
  });

  it("names the nearest framework, pack or service for a misspelt one", async () => {
    const complains = (options: CatalogOptions, message: RegExp): Promise<void> =>
      assert.rejects(
        () => run((io) => catalog(options, io)),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    await complains(
      { framework: ["cis-aws-3.0"] },
      /no framework "cis-aws-3.0". Did you mean "cis-aws-3.0.0"\?/,
    );
    await complains({ framework: ["iso"] }, /Did you mean "iso-27001-2022" or "iso-27001-2013"\?/);
    await complains({ service: ["dynamo"] }, /no service "dynamo". Did you mean "dynamodb"\?/);
    await complains({ pack: ["\u001b[31m"] }, /no conformance pack "\\u001b\[31m"/);
  });

  it("prints a table that counts what is prevented and detected", async () => {
    const { status, out } = await run((io) => catalog({ query: "encrypted-volumes" }, io));
    assert.equal(status, 0);
    assert.match(out, /^CONTROL +SERVICE +SEVERITY +PREVENTED +DETECTED\n/);
    assert.match(out, /^encrypted-volumes +ec2 +medium +(resource|stack) +yes$/m);
    assert.match(out, /1 control: 1 prevented, 1 detected\./);
  });

  it("colours the head where colour is wanted", async () => {
    const isColoured = async (colour: boolean): Promise<boolean> =>
      (await run((io) => catalog({ query: "rds-multi" }, io), { colour })).out.includes("\u001b[");
    assert.equal(await isColoured(true), true);
    assert.equal(await isColoured(false), false);
  });

  it("says so when nothing matches", async () => {
    const { status, out } = await run((io) => catalog({ query: "no such words" }, io));
    assert.equal(status, 0);
    assert.match(out, /No control matches/);
  });
});
