import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { managedRules } from "../../../rules";
import { customControls } from "../../../rules/custom/registered";
import { guardControls } from "../../../rules/guard";
import { guardCases } from "../../../rules/guard/cases";
import { evaluateGuard } from "../../support/cfn-guard";

const FOLDER = join(__dirname, "..", "..", "..", "rules", "guard");
const policyOf = (name: string): string => readFileSync(join(FOLDER, `${name}.guard`), "utf8");

/** AWS Config's word for what Guard says. */
const VERDICTS = { PASS: "COMPLIANT", FAIL: "NON_COMPLIANT", SKIP: "NOT_APPLICABLE" } as const;

const TEMPLATE = {
  Resources: { Orders: { Type: "AWS::DynamoDB::Table", Properties: { TableName: "orders" } } },
};

describe("Guard controls", () => {
  const names = guardControls.map(({ name }) => name);

  it("each have a policy, cases and metadata, under one name of their own", () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith(".guard"));
    assert.deepEqual(names, [...names].sort());
    assert.deepEqual(
      files.sort(),
      names.map((name) => `${name}.guard`),
    );
    assert.deepEqual(Object.keys(guardCases), names);
    const taken = new Set([
      ...managedRules().map(({ name }) => name),
      ...customControls.map(({ control }) => control.name),
    ]);
    assert.deepEqual(
      names.filter((name) => taken.has(name)),
      [],
    );
  });

  for (const { name, title, resourceTypes, detectOnly } of guardControls) {
    describe(name, () => {
      const cases = guardCases[name] ?? [];

      it("says what is good, and why nothing can be decided before the deployment", () => {
        assert.match(name, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/);
        assert.match(title, /^[A-Z].*\.$/);
        assert.match(detectOnly, /^[a-zA-Z].{20,}[^.]$/);
      });

      it("gives the verdict of each case", () => {
        const found = evaluateGuard(
          policyOf(name),
          cases.map(({ item }) => item),
        );
        assert.deepEqual(
          found.map((status, index) => `${cases[index]?.title}: ${VERDICTS[status]}`),
          cases.map(({ title: of, verdict }) => `${of}: ${verdict}`),
        );
      });

      it("has cases of every verdict, of its own types and of another one", () => {
        const verdicts = new Set(cases.map(({ verdict }) => verdict));
        assert.deepEqual([...verdicts].sort(), ["COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE"]);
        const foreign = cases.filter(({ item }) => !resourceTypes.includes(item.resourceType));
        assert.ok(foreign.length > 0);
        assert.ok(foreign.every(({ verdict }) => verdict === "NOT_APPLICABLE"));
      });

      it("does not apply to a template of CloudFormation", () => {
        assert.deepEqual(evaluateGuard(policyOf(name), [TEMPLATE]), ["SKIP"]);
      });
    });
  }
});
