import * as fs from "node:fs";
import * as path from "node:path";
import { inTurns, peakMemory, runNode, timed } from "./measure";
import type { Sample, Subject } from "./measure";
import type { MemoryRow, Row } from "./results";
import { exportOf } from "./stack";
import { generateStack } from "./workloads";

const COMPLIANCE = path.join(__dirname, "..", "dist", "compliance.js");
const FLOOR = ["-e", "0"];
const GOALS: readonly (readonly [resources: number, ratio: number])[] = [
  [10, 2.5],
  [100, 3],
  [1000, 6],
];
const LARGE = 10_000;
const GROWTH_GOAL = 12;
const MEMORY_GOAL_MB = 150;
/** The generated stacks violate controls, which is status 1. */
const STATUSES = [0, 1];

const argsOf = (file: string): readonly string[] => [
  COMPLIANCE,
  "check",
  "--controls",
  "all",
  "--format",
  "json",
  file,
];

/** `compliance check` of generated exports with all controls, against a Node that does nothing. */
export async function benchCheck(
  folder: string,
  rounds: number,
): Promise<{ readonly rows: readonly Row[]; readonly memory: readonly MemoryRow[] }> {
  const sizes = [...GOALS.map(([size]) => size), LARGE];
  const files = new Map(
    sizes.map((size) => {
      const file = path.join(folder, `export-${size}.json`);
      fs.writeFileSync(file, exportOf(generateStack(size)));
      return [size, file];
    }),
  );
  const fileOf = (size: number): string => files.get(size) ?? "";
  const subject = (name: string, args: readonly string[]): Subject => ({
    name,
    round: async () => [await timed(() => runNode(args, STATUSES))],
  });
  const samples = await inTurns(
    [subject("floor", FLOOR), ...sizes.map((size) => subject(String(size), argsOf(fileOf(size))))],
    rounds,
  );
  const sample = (name: string | number): Sample => {
    const found = samples.get(String(name));
    if (found === undefined) throw new Error(`There is no sample "${name}".`);
    return found;
  };
  const memoryOf = (size: number): Promise<number> => peakMemory(argsOf(fileOf(size)), STATUSES);
  const rows: Row[] = [];
  for (const [size, goal] of GOALS) {
    rows.push({
      what: `\`check\` of ${size} resources`,
      measured: sample(size),
      floor: sample("floor"),
      floorName: "`node -e 0`",
      goal,
      memory: await memoryOf(size),
    });
  }
  rows.push({
    what: `\`check\` of ${LARGE} resources`,
    measured: sample(LARGE),
    floor: sample(1000),
    floorName: "`check` of 1000",
    goal: GROWTH_GOAL,
    memory: await memoryOf(LARGE),
  });
  const memory = [
    {
      what: "`check` of 1000 resources",
      megabytes: await memoryOf(1000),
      floor: await peakMemory(FLOOR),
      goal: MEMORY_GOAL_MB,
    },
  ];
  return { rows, memory };
}
