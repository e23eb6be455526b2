import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { CHECKOUT } from "../engine/checkout";
import { fixture, jsonFile } from "../engine/fixtures";
import { graphDifference, plannedGraph, programsBelow, recordedGraph } from "../engine/graphs";
import { Stack, succeeded } from "../engine/stack";
import { analyse, checkEverything, differenceOf, everyPolicy } from "../engine/verdicts";
import type { Scenario } from "../scenario";
import { onPath } from "../toolchain/tool";

const NO_DIFFERENCE = { graph: [], verdicts: { offline: [], engine: [] } };

/** Its components exist only inside a plugin, without which there is no preview. */
const NEEDS_PLUGIN = "awsx-ecs";

const examples = programsBelow(path.join(CHECKOUT, "examples")).filter(
  (folder) => !folder.startsWith(NEEDS_PLUGIN) || onPath("pulumi-resource-awsx").length > 0,
);

/** The stacks that a program has settings for; `dev` where it needs none. */
function stacksOf(program: string): readonly string[] {
  const names = fs.readdirSync(program).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return names.length === 0 ? ["dev"] : names.sort();
}

/** The offline recording of a program against the engine's own preview of it. */
function agrees(title: string, folder: string, stackName = "dev"): Scenario {
  return {
    title: `${title} is the same offline and on the engine: resources, parents, dependencies and verdicts`,
    run: async (sandbox, say) => {
      const program = path.join(sandbox.checkout, folder);
      const stack = await Stack.create(sandbox.engine, program, stackName);
      const [recorded, planned] = [await recordedGraph(program, stackName), await plannedGraph(stack)];
      const { violations } = await stack.preview(await everyPolicy(sandbox));
      const findings = await checkEverything(sandbox, [program, "--stack", stackName]);
      const verdicts = differenceOf(findings, violations);
      assert.deepEqual({ graph: graphDifference(recorded, planned), verdicts }, NO_DIFFERENCE);
      say(`${Object.keys(planned).length} resources, ${violations.length} reports`);
    },
  };
}

/** What the command says without the engine against what the engine says. */
export const agreement: readonly Scenario[] = [
  agrees("this program", "."),
  ...examples.flatMap((example) => {
    const folder = path.join("examples", example);
    const stacks = stacksOf(path.join(CHECKOUT, folder));
    return stacks.map((stack) =>
      agrees(`the example ${example}${stack === "dev" ? "" : ` (${stack})`}`, folder, stack),
    );
  }),
  {
    title: "the analysis of an export by the pack and the check of it by the command find the same",
    run: async (sandbox, say) => {
      const programs = [
        { folder: fixture(sandbox, "buckets"), config: { versioning: "None", tls: false } },
        { folder: sandbox.checkout, config: { "aws:region": "us-east-1" } },
      ];
      for (const { folder, config } of programs) {
        const stack = await Stack.create(sandbox.engine, folder, "exported", config);
        succeeded(await stack.up({ skipPreview: true }));
        const file = jsonFile(sandbox, "export.json", await stack.export());
        const analysed = await analyse(sandbox, file);
        assert.ok(analysed.length > 0);
        assert.deepEqual(
          differenceOf(await checkEverything(sandbox, [file]), analysed),
          NO_DIFFERENCE.verdicts,
        );
        say(`${analysed.length} reports in ${path.basename(folder)}`);
      }
    },
  },
];
