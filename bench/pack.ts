import * as path from "node:path";
import type { ResourceFacts } from "../rules";
import { analyzeRequest, analyzeStackRequest, configureRequest } from "../test/support/analyzer";
import { allControls } from "../rules";
import { inTurns, timed } from "./measure";
import type { Sample, Subject } from "./measure";
import { PackClient } from "./pack-client";
import type { Row } from "./results";
import { generateStack } from "./workloads";

const RESOURCES = 1000;

/** Of a whole stack: one call alone meets a garbage collection or does not, and says little. */
const CALLS_A_ROUND = 5;

const comparison = (name: string): string => path.join(__dirname, "packs", name);

/** Every policy, mandatory: nothing is cheaper because it is disabled. */
const everything = configureRequest(
  Object.fromEntries(
    allControls().flatMap(({ rule, policy }) =>
      policy === undefined ? [] : [[rule.name, { level: "mandatory" as const }]],
    ),
  ),
);

/** The policy pack against packs that do nothing, over the engine's own protocol. */
export async function benchPack(rounds: number): Promise<readonly Row[]> {
  const own = path.join(__dirname, "..", "policypack");
  const starts = await inTurns([startOf("own", own), startOf("empty", comparison("empty"))], rounds);
  const packs = {
    own: await PackClient.start(own),
    "no-op": await PackClient.start(comparison("no-op")),
    reading: await PackClient.start(comparison("reading")),
  };
  try {
    await packs.own.configure(everything);
    const stack = generateStack(RESOURCES).filter(({ type }) => type.startsWith("aws:"));
    const resources = await inTurns(
      [analyzeOf("own", packs.own, stack), analyzeOf("no-op", packs["no-op"], stack)],
      rounds,
    );
    const stacks = await inTurns(
      [analyzeStackOf("own", packs.own, stack), analyzeStackOf("reading", packs.reading, stack)],
      rounds,
    );
    return [
      row("start of the pack", starts, "empty", "an empty pack", 1.1),
      row("`Analyze` of one resource, all policies", resources, "no-op", "a policy that does nothing", 1.5),
      row(
        `\`AnalyzeStack\` of ${RESOURCES} resources, all policies`,
        stacks,
        "reading",
        "a policy that reads every property",
        2,
      ),
    ];
  } finally {
    for (const pack of Object.values(packs)) await pack.stop();
  }
}

function startOf(name: string, folder: string): Subject {
  return {
    name,
    round: async () => {
      let pack: PackClient | undefined;
      const milliseconds = await timed(async () => (pack = await PackClient.start(folder)));
      await pack?.stop();
      return [milliseconds];
    },
  };
}

function analyzeOf(name: string, pack: PackClient, stack: readonly ResourceFacts[]): Subject {
  const requests = stack.map((facts) => Buffer.from(analyzeRequest(facts).serializeBinary()));
  return {
    name,
    round: async () => {
      const times: number[] = [];
      for (const request of requests) times.push(await timed(() => pack.analyze(request)));
      return times;
    },
  };
}

function analyzeStackOf(name: string, pack: PackClient, stack: readonly ResourceFacts[]): Subject {
  const request = Buffer.from(analyzeStackRequest(stack).serializeBinary());
  return {
    name,
    round: async () => {
      const times: number[] = [];
      for (let call = 0; call < CALLS_A_ROUND; call++)
        times.push(await timed(() => pack.analyzeStack(request)));
      return times;
    },
  };
}

function row(
  what: string,
  samples: ReadonlyMap<string, Sample>,
  floorKey: string,
  floorName: string,
  goal: number,
): Row {
  const [measured, floor] = [samples.get("own"), samples.get(floorKey)];
  if (measured === undefined || floor === undefined) throw new Error(`"${what}" was not measured.`);
  return { what, measured, floor, floorName, goal };
}
