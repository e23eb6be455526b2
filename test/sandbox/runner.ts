import type { Say, Scenario } from "./scenario";

/** What the runner itself needs of the place where scenarios run. */
export interface ScenarioPlace {
  readonly aws: { reset(): Promise<void> };
}

/** How a run ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs scenarios in order. One that fails does not stop those of other groups; the rest of its own group counts as
 * failed, because it would go on with a state that is not there.
 *
 * @param stopped - asked before each scenario; a true answer ends the run.
 */
export async function runScenarios<Place extends ScenarioPlace>(
  scenarios: readonly Scenario<Place>[],
  sandbox: Place,
  print: Say,
  stopped: () => boolean,
): Promise<Tally> {
  let [passed, failed] = [0, 0];
  let group: string | undefined;
  let broken = false;
  for (const [index, scenario] of scenarios.entries()) {
    if (stopped()) break;
    if (scenario.group === undefined || scenario.group !== group) {
      if (index > 0) await sandbox.aws.reset();
      group = scenario.group;
      broken = false;
    }
    if (broken) {
      failed++;
      print(`  ✗ ${scenario.title} (not run: an earlier scenario of "${group ?? ""}" failed)`);
      continue;
    }
    const started = Date.now();
    const took = (): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    print(`▸ ${scenario.title}`);
    try {
      await scenario.run(sandbox, (line) => print(`    ${line}`));
      passed++;
      print(`  ✓ ${scenario.title} (${took()})`);
    } catch (error) {
      if (stopped()) break;
      failed++;
      broken = true;
      print(`  ✗ ${scenario.title} (${took()})\n${indented(error)}`);
    }
  }
  return { passed, failed };
}

function indented(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text
    .split("\n")
    .map((line) => `      ${line}`)
    .join("\n");
}
