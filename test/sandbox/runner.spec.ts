import * as assert from "node:assert/strict";
import { runScenarios, type ScenarioPlace } from "./runner";
import type { Scenario } from "./scenario";

const scenario = (group: string | undefined, title: string, ran: string[], fails = false) => ({
  ...(group === undefined ? {} : { group }),
  title,
  run: (): Promise<void> => {
    ran.push(title);
    return fails ? Promise.reject(new Error(`${title} went wrong`)) : Promise.resolve();
  },
});

describe("the runner of scenarios", () => {
  let lines: string[];
  let ran: string[];
  let resets: number;
  const place: ScenarioPlace = {
    aws: {
      reset: () => {
        resets++;
        return Promise.resolve();
      },
    },
  };

  beforeEach(() => {
    lines = [];
    ran = [];
    resets = 0;
  });

  const run = (
    scenarios: Parameters<typeof runScenarios<ScenarioPlace>>[0],
    stopped = (): boolean => false,
  ) => runScenarios(scenarios, [place], (line) => lines.push(line), stopped);

  it("counts what passed and what failed, and shows why", async () => {
    const tally = await run([
      scenario("a", "one", ran),
      scenario("b", "two", ran, true),
      scenario("c", "three", ran),
    ]);
    assert.deepEqual(tally, { passed: 2, failed: 1 });
    assert.match(lines.join("\n"), /✗ two[^]*two went wrong/);
  });

  it("empties the local AWS between groups and not inside one", async () => {
    await run([scenario("a", "one", ran), scenario("a", "two", ran), scenario("b", "three", ran)]);
    assert.equal(resets, 1);
  });

  it("empties the local AWS for each scenario without a group, and lets no other failure stop it", async () => {
    const alone = ["one", "two", "three"].map((title) => scenario(undefined, title, ran, title === "one"));
    assert.deepEqual(await run(alone), { passed: 2, failed: 1 });
    assert.equal(resets, 2);
  });

  it("counts the rest of a broken group as failed and goes on with the next", async () => {
    const broken = [scenario("a", "one", ran, true), scenario("a", "two", ran), scenario("b", "three", ran)];
    assert.deepEqual(await run(broken), { passed: 1, failed: 2 });
    assert.deepEqual(ran, ["one", "three"]);
  });

  it("runs groups at the same time in several places, and each of them once", async () => {
    const both: (() => void)[] = [];
    const meet = (group: string): Scenario<ScenarioPlace> => ({
      group,
      title: group,
      // Ends only when the other has begun.
      run: () =>
        new Promise((resolve) => {
          both.push(resolve);
          if (both.length === 2) for (const end of both) end();
        }),
    });
    const tally = await runScenarios(
      [meet("a"), meet("b")],
      [place, place],
      () => undefined,
      () => false,
    );
    assert.deepEqual(tally, { passed: 2, failed: 0 });
    assert.equal(resets, 0);
  });

  it("stops when it is told to", async () => {
    const tally = await run([scenario("a", "one", ran), scenario("a", "two", ran)], () => ran.length === 1);
    assert.deepEqual([tally, ran], [{ passed: 1, failed: 0 }, ["one"]]);
  });
});
