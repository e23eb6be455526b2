import * as path from "node:path";
import type { ResourceFacts } from "../rules";
import { analyzeRequest, analyzeStackRequest, configureRequest } from "../test/support/analyzer";
import { PackProcess } from "../test/support/pack-process";
import { allControls } from "../rules";
import { inTurns, timed } from "./measure";
import type { Sample, Subject } from "./measure";
import type { Row } from "./results";
import { generateStack } from "./workloads";

const RUN_POLICY_PACK = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const RESOURCES = 1000;

const comparison = (name: string): string => path.join(__dirname, "packs", name);

/** A pack as the engine starts it. */
const started = (folder: string): Promise<PackProcess> =>
  PackProcess.start(folder, [RUN_POLICY_PACK, "127.0.0.1:0", folder]);

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
    own: await started(own),
    "no-op": await started(comparison("no-op")),
    reading: await started(comparison("reading")),
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
      let pack: PackProcess | undefined;
      const milliseconds = await timed(async () => (pack = await started(folder)));
      await pack?.stop();
      return [milliseconds];
    },
  };
}

function analyzeOf(name: string, pack: PackProcess, stack: readonly ResourceFacts[]): Subject {
  const requests = stack.map((facts) => analyzeRequest(facts));
  return {
    name,
    round: async () => {
      const times: number[] = [];
      for (const request of requests) times.push(await timed(() => pack.analyze(request)));
      return times;
    },
  };
}

function analyzeStackOf(name: string, pack: PackProcess, stack: readonly ResourceFacts[]): Subject {
  const request = analyzeStackRequest(stack);
  return { name, round: async () => [await timed(() => pack.analyzeStack(request))] };
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
