import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { PassThrough } from "node:stream";
import { DEFAULT_SELECTION } from "../cli/project";
import { selectionFrom } from "../cli/selection";
import { readSelectionFile } from "../cli/selection-file";
import { sourcesOf } from "../cli/sources";
import type { Source } from "../cli/sources";
import { findRule, judge, policyOf } from "../rules";
import type { Judgement, Result, Selection } from "../rules";

const TODAY = "2026-01-01";
const TIMEOUT_SECONDS = 60;
const EXAMPLES = ["static-web-site", "three-tier", "data-platform", "awsx-ecs"] as const;
type Example = (typeof EXAMPLES)[number];

const root = path.join(__dirname, "..");

/** Records a program as `compliance check` does. */
async function recorded(folder: string): Promise<Source> {
  const options = {
    timeoutSeconds: TIMEOUT_SECONDS,
    stdin: new PassThrough().end(),
    env: process.env,
    onProgress: () => undefined,
  };
  for await (const source of sourcesOf(folder, options)) {
    if ("error" in source) throw source.error;
    return source;
  }
  throw new Error(`${folder} has no program.`);
}

function ownSelection(source: Source): Selection {
  assert.ok(source.selection, "the stack configures no selection");
  return selectionFrom(source.selection, {}, TODAY);
}

const judgedByOwn = (source: Source): Judgement => judge(source.graph, ownSelection(source));

const judgedByAll = (source: Source): Judgement =>
  judge(source.graph, selectionFrom(undefined, { controls: ["all"] }, TODAY));

const violations = ({ results }: Judgement): readonly Result[] =>
  results.filter(({ verdict, exemption }) => verdict === "NON_COMPLIANT" && exemption === undefined);

/** A finding on one line: class, resource, control, and the key where a resource has several findings of one control. */
function lineOf({ urn, type, name, key }: Result): string {
  const [, module = "", className = type] = type.split(":");
  const resource = urn.slice(urn.lastIndexOf("::") + 2);
  return `${module.split("/")[0] ?? ""}.${className} ${resource}: ${name}${key === "" ? "" : ` [${key}]`}`;
}

describe("examples", function () {
  // Each program is a process that loads the SDK.
  this.timeout(120_000);
  const violating = new Map<Example, Source>();
  const repaired = new Map<Example, Source>();

  before(async () => {
    for (const example of EXAMPLES) {
      const twins = ["violating", "repaired"].map((name) =>
        recorded(path.join(root, "examples", example, name)),
      );
      const [wrong, right] = await Promise.all(twins);
      assert.ok(wrong && right);
      violating.set(example, wrong);
      repaired.set(example, right);
    }
  });

  const programs = (sources: ReadonlyMap<Example, Source>, example: Example): Source => {
    const source = sources.get(example);
    assert.ok(source);
    return source;
  };

  for (const example of EXAMPLES) {
    it(`finds in the violating ${example} exactly what its findings.txt lists`, () => {
      const file = path.join(root, "examples", example, "findings.txt");
      const found = violations(judgedByOwn(programs(violating, example))).map(lineOf);
      assert.deepEqual(found, fs.readFileSync(file, "utf8").trimEnd().split("\n"));
    });

    it(`finds nothing mandatory in the repaired ${example}`, () => {
      const { results, errors } = judgedByOwn(programs(repaired, example));
      assert.deepEqual(errors, []);
      assert.deepEqual(violations({ results, errors, used: new Set() }).map(lineOf), []);
      assert.ok(results.some(({ verdict }) => verdict === "COMPLIANT"));
    });

    it(`judges both programs of ${example} by the same controls`, () => {
      const controlsOf = (source: Source): readonly string[] =>
        ownSelection(source).controls.map(({ id }) => id);
      assert.deepEqual(controlsOf(programs(violating, example)), controlsOf(programs(repaired, example)));
    });

    it(`needs every exemption of the repaired ${example}`, () => {
      const source = programs(repaired, example);
      const selection = ownSelection(source);
      const { used } = judge(source.graph, selection);
      // Of a control that has no policy yet, only the deployed rule needs it.
      const unused = selection.exemptions.filter(
        (exemption) => !used.has(exemption) && policyOf(exemption.control) !== undefined,
      );
      assert.deepEqual(
        unused.map(({ control }) => control),
        [],
      );
    });
  }

  it("finds violations of many services with all controls", () => {
    const found = EXAMPLES.flatMap((example) => violations(judgedByAll(programs(violating, example))));
    const services = new Set(found.map(({ control }) => findRule(control)?.service));
    assert.ok(found.length >= 12, `${found.length} findings`);
    assert.ok(services.size >= 8, [...services].join(", "));
  });

  it("leaves what a plugin creates opaque, and says so", () => {
    const source = programs(repaired, "awsx-ecs");
    assert.deepEqual(
      source.opaque.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)),
      ["shop"],
    );
    assert.ok(!source.graph.nodes.some(({ type }) => type === "aws:ec2/vpc:Vpc"));
  });

  it("finds nothing mandatory in the program of this repository", async () => {
    const source = await recorded(root);
    const selection = selectionFrom(readSelectionFile(path.join(root, DEFAULT_SELECTION)), {}, TODAY);
    assert.ok(selection.controls.length >= 60, `${selection.controls.length} controls`);
    const { results, errors } = judge(source.graph, selection);
    assert.deepEqual(errors, []);
    assert.deepEqual(violations({ results, errors, used: new Set() }).map(lineOf), []);
  });
});
