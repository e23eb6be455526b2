/**
 * `npm run bench [-- ROUNDS]`: measures the command, the policy pack and a custom rule against floors of the same run, prints the
 * table and writes it to `bench/RESULTS.md`. It needs what `npm ci` builds.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { allControls } from "../rules";
import { benchCheck } from "./check";
import { benchPack } from "./pack";
import { benchRule } from "./rule";
import { machine, resultsPage } from "./results";
import { generateStack } from "./workloads";

const LEAST_ROUNDS = 5;

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? LEAST_ROUNDS);
  if (!Number.isInteger(rounds) || rounds < LEAST_ROUNDS)
    throw new Error(
      `"${process.argv[2] ?? ""}" is no number of rounds. Allowed are whole numbers from ${LEAST_ROUNDS}.`,
    );
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  try {
    process.stderr.write(`compliance check, ${rounds} rounds ...\n`);
    const check = await benchCheck(folder, rounds);
    process.stderr.write(`policy pack, ${rounds} rounds ...\n`);
    const pack = await benchPack(rounds);
    process.stderr.write(`custom rule, ${rounds} rounds ...\n`);
    const rule = await benchRule(rounds);
    const policies = allControls().filter(({ policy }) => policy !== undefined).length;
    const types = new Set(generateStack(1000).map(({ type }) => type)).size;
    const page = resultsPage([...check.rows, ...pack, ...rule], check.memory, [
      `${new Date().toISOString().slice(0, 10)}, ${machine()}`,
      `${policies} policies, ${rounds} rounds; generated stacks of ${types} types`,
    ]);
    fs.writeFileSync(path.join(__dirname, "RESULTS.md"), page);
    process.stdout.write(page);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
