import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  evaluate,
  evaluated,
  findRule,
  isProperties,
  isUnknown,
  isList,
  labelOf,
  reveal,
  ResourceGraph,
} from "../../rules";
import type { EvaluatedControl, Finding, ResourceFacts, ResourceNode, Value } from "../../rules";
import { caseFacts, cases } from "../../rules/cases";
import type { Case } from "../../rules/cases";
import { unknown } from "../../rules/cases/build";

/** Whose property a finding names, over every case of every control. */

const awsPackage = dirname(require.resolve("@pulumi/aws/package.json"));
const inputsOf = new Map<string, ReadonlySet<string>>();

/** The inputs that the installed class of a type has. */
function acceptedBy(token: string): ReadonlySet<string> {
  const known = inputsOf.get(token);
  if (known !== undefined) return known;
  const module = token.split(":")[1] ?? "";
  const folder = join(awsPackage, dirname(module));
  const wanted = basename(module).toLowerCase();
  const source = readdirSync(folder)
    .filter((file) => [`${wanted}.js`, `${wanted}_.js`].includes(file.toLowerCase()))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  const found = new Set(
    [...source.matchAll(/resourceInputs\["(\w+)"\] = (?:\(?args|pulumi)/g)].map(([, name]) => name ?? ""),
  );
  assert.ok(found.size > 0, `${token} has no inputs in the installed @pulumi/aws`);
  inputsOf.set(token, found);
  return found;
}

const topOf = (path: string): string => path.replace(/[.[].*$/, "");

/** Whether something is at a path that a finding names; lists of one block are stepped through. */
function isAt(node: ResourceNode, path: string): boolean {
  let current: Value = node.inputs;
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== "")) {
    current = reveal(current);
    if (isList(current) && !/^\d+$/.test(step)) current = reveal(current[0] ?? null);
    const next: Value | undefined = isList(current)
      ? current[Number(step)]
      : isProperties(current) && Object.hasOwn(current, step)
        ? current[step]
        : undefined;
    // Neither a text in JSON nor what is not known yet is gone into: the property itself holds it.
    if (next === undefined) return typeof current === "string" || isUnknown(current);
    current = next;
  }
  return current !== null;
}

function controlOf(id: string, example: Case): EvaluatedControl {
  const rule = findRule(id);
  const control = rule === undefined ? undefined : evaluated(rule, example.parameters ?? {}, example.strict);
  assert.ok(control, id);
  return control;
}

/** The stack of a case, and every copy of it in which one property is not known yet. */
function* variants(example: Case): Generator<readonly ResourceFacts[]> {
  const facts = caseFacts(example.stack);
  yield facts;
  for (const [index, fact] of facts.entries()) {
    for (const property of Object.keys(fact.inputs)) {
      const hidden = { ...fact, inputs: { ...fact.inputs, [property]: unknown } };
      yield facts.map((one, position) => (position === index ? hidden : one));
    }
  }
}

function* everyFinding(): Generator<{ finding: Finding; graph: ResourceGraph; place: string }> {
  for (const [id, examples] of cases) {
    for (const example of examples) {
      const control = controlOf(id, example);
      for (const facts of variants(example)) {
        const graph = new ResourceGraph(facts);
        for (const finding of evaluate(graph, [control]).findings)
          yield { finding, graph, place: `${id} where it ${example.title}: ${finding.message}` };
      }
    }
  }
}

describe("the property that a finding names", () => {
  it("belongs to the holder, which the message names", () => {
    let held = 0;
    for (const { finding, graph, place } of everyFinding()) {
      if (finding.holder === undefined) continue;
      held++;
      const { urn, type } = finding.holder;
      const holder = graph.node(urn);
      assert.ok(holder, place);
      assert.equal(holder.facts.type, type);
      assert.notEqual(urn, finding.urn, place);
      assert.ok(finding.property !== undefined, place);
      assert.ok(finding.message.includes(labelOf(finding.holder)), place);
      assert.ok(acceptedBy(holder.type).has(topOf(finding.property)), `${place} ${finding.property}`);
    }
    assert.ok(held > 150, `${held} findings have a holder`);
  });

  it("belongs to the resource of the finding where no holder is told", () => {
    for (const { finding, graph, place } of everyFinding()) {
      const { holder, property } = finding;
      if (holder !== undefined || property === undefined) continue;
      const node = graph.node(finding.urn);
      assert.ok(node, place);
      assert.ok(acceptedBy(node.type).has(topOf(property)), `${place} ${property}`);
      // What the resource lacks is no property of its siblings, but it may be one of a part that was read.
      if (isAt(node, property) || finding.message.includes("not set")) continue;
      const others = graph.nodes.filter((other) => other.type !== node.type && isAt(other, property));
      assert.deepEqual(
        others.map(({ urn }) => urn),
        [],
        `${place} ${property}`,
      );
    }
  });

  it("is never said to be in the very resource of the finding", () => {
    for (const { finding, place } of everyFinding())
      assert.ok(!finding.message.toLowerCase().includes(`in ${labelOf(finding)},`.toLowerCase()), place);
  });
});
