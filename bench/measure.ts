import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Something that is measured: each call is one round and gives one or more milliseconds. */
export interface Subject {
  readonly name: string;
  readonly round: () => Promise<readonly number[]>;
}

/** Measured times of one subject. */
export interface Sample {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Measures subjects in turns, so that what else the machine does meets all of them alike. The first round warms the
 * caches of the system up and is not counted.
 */
export async function inTurns(
  subjects: readonly Subject[],
  rounds: number,
): Promise<ReadonlyMap<string, Sample>> {
  const times = new Map(subjects.map(({ name }) => [name, new Array<number>()]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, round: measure } of subjects) {
      const measured = await measure();
      if (round > 0) times.get(name)?.push(...measured);
    }
  }
  return new Map([...times].map(([name, values]) => [name, sampleOf(values)]));
}

function sampleOf(values: readonly number[]): Sample {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), least: at(0), most: at(1) };
}

/** Milliseconds of an asynchronous piece of work. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/**
 * Runs Node with arguments and waits for its end; what it prints is discarded.
 * @param env - Variables beside those of this process.
 * @throws Error when it fails with another status than the allowed ones.
 */
export function runNode(
  args: readonly string[],
  allowed: readonly number[] = [0],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, ...env },
    });
    let errors = "";
    child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    child.on("error", reject);
    child.on("close", (status) => {
      if (status !== null && allowed.includes(status)) resolve();
      else reject(new Error(`node ${args.join(" ")} ended with status ${String(status)}: ${errors}`));
    });
  });
}

/** Peak resident memory of a run of Node, in MB: a run of its own, because reporting it takes time. */
export async function peakMemory(args: readonly string[], allowed: readonly number[] = [0]): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-memory-"));
  try {
    const hook = path.join(folder, "report.js");
    const report = path.join(folder, "kilobytes");
    fs.writeFileSync(
      hook,
      `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`,
    );
    await runNode(["--require", hook, ...args], allowed);
    return Number(fs.readFileSync(report, "utf8")) / 1024;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
