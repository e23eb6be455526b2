import type { Say, Scenario } from "./scenario";

/** How a run ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** What the runner itself needs of a place where scenarios run. */
export interface ScenarioPlace {
  readonly aws: { reset(): Promise<void> };
}

/** Scenarios that stand together, in order. */
type Group<Place> = readonly Scenario<Place>[];

/**
 * Runs scenarios, as many groups at the same time as there are places. One that fails does not stop those of other
 * groups; the rest of its own group counts as failed, because it would go on with a state that is not there.
 *
 * @param places - each with a local AWS of its own, which is emptied between groups.
 * @param print - gets a line for each step, with the number of the place in front where there are several.
 * @param stopped - asked before each scenario; a true answer ends the run.
 */
export async function runScenarios<Place extends ScenarioPlace>(
  scenarios: readonly Scenario<Place>[],
  places: readonly Place[],
  print: Say,
  stopped: () => boolean,
): Promise<Tally> {
  const waiting = groupsOf(scenarios);
  const tally = { passed: 0, failed: 0 };
  const work = async (place: Place, index: number): Promise<void> => {
    const say: Say = places.length === 1 ? print : (line) => print(line.replace(/^/gm, `${index + 1} `));
    let isUsed = false;
    for (let group = waiting.shift(); group && !stopped(); group = waiting.shift()) {
      if (isUsed) await place.aws.reset();
      isUsed = true;
      const passed = await runGroup(group, place, say, stopped);
      tally.passed += passed;
      // What an interruption left out is neither passed nor failed.
      if (!stopped()) tally.failed += group.length - passed;
    }
  };
  await Promise.all(places.map(work));
  return tally;
}

function groupsOf<Place>(scenarios: readonly Scenario<Place>[]): Group<Place>[] {
  const groups: Scenario<Place>[][] = [];
  for (const scenario of scenarios) {
    const last = groups.at(-1);
    if (last && scenario.group !== undefined && last[0]?.group === scenario.group) last.push(scenario);
    else groups.push([scenario]);
  }
  return groups;
}

/** Runs a group until one of it fails, and gives the number of those that passed. */
async function runGroup<Place>(
  group: Group<Place>,
  place: Place,
  print: Say,
  stopped: () => boolean,
): Promise<number> {
  for (const [index, scenario] of group.entries()) {
    if (stopped()) return index;
    print(`▸ ${scenario.title}`);
    const started = Date.now();
    const took = (): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    try {
      await scenario.run(place, (line) => print(`    ${line}`));
    } catch (error) {
      if (stopped()) return index;
      print(`✗ ${scenario.title} (${took()})\n${indented(error)}`);
      for (const { title } of group.slice(index + 1)) print(`✗ ${title} (not run, for one before it failed)`);
      return index;
    }
    print(`✓ ${scenario.title} (${took()})`);
  }
  return group.length;
}

function indented(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
