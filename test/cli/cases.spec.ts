import * as assert from "node:assert/strict";
import { readExport } from "../../cli/sources/export";
import { ResourceGraph, evaluate, evaluated, findRule, judge } from "../../rules";
import { caseFacts, cases } from "../../rules/cases";
import type { Case } from "../../rules/cases";
import type { ResourceFacts } from "../../rules/engine";
import { resolveSelection } from "../../rules/selection";

const STACK = "urn:pulumi:dev::case::pulumi:pulumi:Stack::case-dev";

interface Verdict {
  readonly urn: string;
  readonly verdict: string;
  readonly key: string;
}

/** In one order, and without what an offline check does not speak of. */
const picture = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts
    .filter(({ verdict }) => verdict !== "NOT_APPLICABLE")
    .map(({ urn, verdict, key }) => `${urn} ${verdict} ${key}`)
    .sort();

function directly(id: string, { parameters = {}, strict = false, stack }: Case): readonly string[] {
  const rule = findRule(id);
  const control = rule === undefined ? undefined : evaluated(rule, parameters, strict);
  assert.ok(control, id);
  return picture(evaluate(new ResourceGraph(caseFacts(stack)), [control]).findings);
}

/** A stack as `pulumi stack export` writes it. */
const exportOf = (facts: readonly ResourceFacts[]): unknown => ({
  version: 3,
  deployment: {
    resources: [
      { urn: STACK, type: "pulumi:pulumi:Stack", custom: false },
      ...facts.map((each) => ({
        ...each,
        custom: true,
        provider: each.provider === undefined ? undefined : `${each.provider}::id`,
      })),
    ],
  },
});

function byExport(id: string, { parameters, strict = false, stack }: Case): readonly string[] {
  const written = JSON.parse(JSON.stringify(exportOf(caseFacts(stack)))) as Readonly<Record<string, unknown>>;
  const given = parameters === undefined ? {} : { parameters: { [id]: parameters } };
  const { selection, problems } = resolveSelection(
    { controls: [id], strict, ...given },
    { today: "2026-06-01" },
  );
  assert.ok(selection, JSON.stringify(problems));
  const { results, errors } = judge(readExport(written, "case.json").graph, selection);
  assert.deepEqual(errors, []);
  return picture(results);
}

describe("every case of every control, by a check of an export", () => {
  for (const [id, examples] of cases) {
    it(id, () => {
      for (const example of examples)
        assert.deepEqual(byExport(id, example), directly(id, example), example.title);
    });
  }
});
