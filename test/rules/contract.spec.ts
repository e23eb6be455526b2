import * as assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as fc from "fast-check";
import { allControls, evaluate, evaluateEarly, evaluated, findRule, spellingsOf } from "../../rules";
import type { EvaluatedControl, Finding, ResourceFacts, Verdict } from "../../rules";
import { ResourceGraph } from "../../rules";
import { caseFacts, caseUrn, cases } from "../../rules/cases";
import type { Case } from "../../rules/cases";
import { unknown } from "../../rules/cases/build";

/** What holds for every control, whoever writes it. */

const prevented = allControls().filter((control) => control.policy !== undefined);
const awsPackage = dirname(require.resolve("@pulumi/aws/package.json"));
/** The same inputs in every run, so that a failure can be seen again; `FUZZ_RUNS=1000` looks further, at random. */
const runs = process.env["FUZZ_RUNS"];
const FUZZING = runs === undefined ? { numRuns: 25, seed: 20_260_801 } : { numRuns: Number(runs) };
const SECRET = "a-secret-that-nobody-may-see";

function controlOf(id: string, example?: Case): EvaluatedControl {
  const rule = findRule(id);
  const control =
    rule === undefined ? undefined : evaluated(rule, example?.parameters ?? {}, example?.strict);
  assert.ok(control, `${id} has no policy`);
  return control;
}

/** The findings of a control over a stack, which must not fail. */
function findingsOf(control: EvaluatedControl, facts: readonly ResourceFacts[]): readonly Finding[] {
  const { findings, errors } = evaluate(new ResourceGraph(facts), [control]);
  assert.deepEqual(errors, []);
  return findings;
}

function subjectUrn(example: Case): string {
  return caseUrn("subject", example.stack["subject"]?.type ?? "");
}

function verdictOf(findings: readonly Finding[], urn: string): Verdict {
  const verdicts = new Set(
    findings.filter((finding) => finding.urn === urn).map((finding) => finding.verdict),
  );
  assert.equal(verdicts.size, 1, `one verdict is expected, got ${[...verdicts].join(", ")}`);
  const [verdict] = verdicts;
  return verdict ?? "NOT_APPLICABLE";
}

/** Every copy of a value in which one known part is unknown; what is empty is no input. */
function* hidden(value: unknown): Generator {
  if (value === null || value === "" || value === undefined || value === unknown) return;
  yield unknown;
  if (typeof value !== "object") return;
  for (const [key, part] of Object.entries(value)) {
    for (const other of hidden(part)) {
      if (Array.isArray(value))
        yield value.map((item: unknown, index) => (String(index) === key ? other : item));
      else yield { ...value, [key]: other };
    }
  }
}

describe("every preventive control", () => {
  it("has a case that complies or does not apply, and one that violates", () => {
    for (const { rule, policy } of prevented) {
      const verdicts = (cases.get(rule.identifier) ?? []).map((example) => example.verdict);
      assert.ok(verdicts.includes("NON_COMPLIANT"), `${rule.identifier} has no violating case`);
      if (policy?.decision !== "partial")
        assert.ok(verdicts.includes("COMPLIANT"), `${rule.identifier} has no compliant case`);
    }
    for (const id of cases.keys()) assert.ok(controlOf(id), `${id} has cases but no policy`);
  });

  it("states the good condition in one sentence", () => {
    for (const { rule, policy } of prevented) {
      assert.match(policy?.title ?? "", /^(?!Ensure)[A-Z].*[^.]\.$/, rule.identifier);
    }
  });

  it("speaks only of types that the installed provider has", () => {
    for (const { policy } of prevented) {
      for (const type of [...(policy?.checks.keys() ?? []), ...(policy?.early.keys() ?? [])]) {
        assert.ok(spellingsOf(type).some(isInstalled), `${type} is not in the installed @pulumi/aws`);
      }
    }
  });

  for (const [id, examples] of cases) {
    describe(id, () => {
      for (const example of examples) {
        it(`says ${example.verdict} where it ${example.title}`, () => {
          const findings = findingsOf(controlOf(id, example), caseFacts(example.stack));
          assert.equal(
            verdictOf(findings, subjectUrn(example)),
            example.verdict,
            JSON.stringify(findings, null, 1),
          );
        });
      }

      it("explains every violation: a property or thing, what it holds and what to set", () => {
        for (const example of examples.filter(
          ({ verdict }) => verdict === "NON_COMPLIANT" || verdict === "UNDECIDED",
        )) {
          const findings = findingsOf(controlOf(id, example), caseFacts(example.stack));
          for (const finding of findings.filter(({ verdict }) => verdict === example.verdict)) {
            assert.match(finding.message, /^.+; .+[^.]\.$/);
            assert.match(finding.fix, /^[A-Z"].+[^.]\.$/);
          }
        }
      });

      it("turns a verdict only into UNDECIDED when an input is not known", () => {
        for (const example of examples) {
          const control = controlOf(id, example);
          const facts = caseFacts(example.stack);
          facts.forEach((fact, position) => {
            for (const [property, value] of Object.entries(fact.inputs)) {
              for (const other of hidden(value)) {
                const inputs = { ...fact.inputs, [property]: other };
                const changed = facts.map((one, index) => (index === position ? { ...one, inputs } : one));
                const verdict = verdictOf(findingsOf(control, changed), subjectUrn(example));
                const place = `${example.title}: ${fact.type} ${JSON.stringify(inputs)}`;
                assert.ok(
                  verdict === "UNDECIDED" || verdict === example.verdict,
                  `${place}: ${example.verdict} became ${verdict}`,
                );
              }
            }
          });
        }
      });

      it("violates by one resource alone only what the whole stack violates", () => {
        for (const example of examples) {
          const control = controlOf(id, example);
          const facts = caseFacts(example.stack);
          if (findingsOf(control, facts).some(({ verdict }) => verdict === "NON_COMPLIANT")) continue;
          const providers = facts.filter(({ type }) => type.startsWith("pulumi:providers:"));
          for (const fact of facts.filter(({ urn }) => urn === subjectUrn(example))) {
            const graph = new ResourceGraph([fact, ...providers.filter((one) => one !== fact)], {
              partial: true,
            });
            const node = graph.node(fact.urn);
            assert.ok(node);
            const { findings } = evaluateEarly(graph, node, [control]);
            assert.deepEqual(
              findings.filter((finding) => finding.verdict === "NON_COMPLIANT"),
              [],
              example.title,
            );
          }
        }
      });

      it("shows no secret, whether all texts are secret or one", () => {
        for (const example of examples) {
          const control = controlOf(id, example);
          const facts = caseFacts(example.stack);
          const stacks = [facts.map((fact) => ({ ...fact, inputs: withSecrets(fact.inputs) }))];
          for (const fact of facts) {
            for (const inputs of oneSecret(fact.inputs))
              stacks.push(facts.map((each) => (each === fact ? { ...each, inputs } : each)));
          }
          for (const stack of stacks) {
            const { findings } = evaluate(new ResourceGraph(stack), [control]);
            assert.ok(!JSON.stringify(findings).includes(SECRET), example.title);
          }
        }
      });

      it("does not throw on arbitrary inputs", () => {
        for (const example of examples) {
          const control = controlOf(id, example);
          const facts = caseFacts(example.stack);
          fc.assert(
            fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(), (value, seed) => {
              const changed = facts.map((fact) => ({ ...fact, inputs: scrambled(fact.inputs, value, seed) }));
              findingsOf(control, changed);
            }),
            FUZZING,
          );
        }
      });
    });
  }
});

/** One property of the inputs, or one part of it, replaced by an arbitrary value. */
function scrambled(
  inputs: Readonly<Record<string, unknown>>,
  value: unknown,
  seed: number,
): Readonly<Record<string, unknown>> {
  const keys = Object.keys(inputs);
  const key = keys[seed % Math.max(1, keys.length)];
  if (key === undefined) return inputs;
  const before = inputs[key];
  if (seed % 2 === 1 && Array.isArray(before)) return { ...inputs, [key]: [...(before as unknown[]), value] };
  if (seed % 2 === 1 && typeof before === "object" && before !== null && !Array.isArray(before)) {
    return { ...inputs, [key]: scrambled({ ...before }, value, Math.floor(seed / 2)) };
  }
  return { ...inputs, [key]: value };
}

type Inputs = Readonly<Record<string, unknown>>;

/** A text as a secret that holds something else. */
const secretOf = (text: string): Inputs => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value: `${SECRET} ${text}`,
});

/** Inputs with every text as a secret. */
function withSecrets(inputs: Inputs): Inputs {
  const hide = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, hide(part)]));
    return typeof value === "string" ? secretOf(value) : value;
  };
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, hide(value)]));
}

/** Every copy of inputs in which one text is a secret. */
function* oneSecret(inputs: Inputs): Generator<Inputs> {
  function* copies(value: unknown): Generator {
    if (typeof value === "string") yield secretOf(value);
    if (typeof value !== "object" || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      for (const copy of copies(part)) {
        yield Array.isArray(value)
          ? value.map((item: unknown, index) => (String(index) === key ? copy : item))
          : { ...value, [key]: copy };
      }
    }
  }
  for (const copy of copies(inputs)) yield copy as Inputs;
}

/** Some module files differ from their token by case or by a trailing underscore. */
function isInstalled(token: string): boolean {
  const module = token.split(":")[1] ?? "";
  const folder = join(awsPackage, dirname(module));
  if (!existsSync(folder)) return false;
  const wanted = basename(module).toLowerCase();
  return readdirSync(folder)
    .filter((file) => [`${wanted}.js`, `${wanted}_.js`].includes(file.toLowerCase()))
    .some((file) => readFileSync(join(folder, file), "utf8").includes(`'${token}'`));
}
