import * as os from "node:os";
import type { Sample } from "./measure";

/** One line of the table: a measured thing against its floor. */
export interface Row {
  readonly what: string;
  readonly measured: Sample;
  readonly floor: Sample;
  readonly floorName: string;
  /** The ratio of the medians that is wanted at most, where there is one. */
  readonly goal?: number;
  /** Peak resident memory, in MB, where it is measured. */
  readonly memory?: number;
}

export const ratioOf = ({ measured, floor }: Row): number => measured.median / floor.median;

/** A memory figure with its goal, in MB. */
export interface MemoryRow {
  readonly what: string;
  readonly megabytes: number;
  readonly floor: number;
  readonly goal: number;
}

/** The table as it is checked in. */
export function resultsPage(
  rows: readonly Row[],
  memory: readonly MemoryRow[],
  about: readonly string[],
): string {
  return `${[
    "# Benchmarks",
    "`npm run bench` writes this page. Each figure is the median of rounds that take turns with those of its floor, in the same run on the same machine; the spread is the least and the most of them. Only the ratios can be compared between machines.",
    about.map((line) => `- ${line}`).join("\n"),
    table(
      ["what", "median ms", "spread ms", "floor", "floor ms", "spread ms", "ratio", "goal", "peak MB"],
      rows.map((row) => [
        row.what,
        number(row.measured.median),
        spread(row.measured),
        row.floorName,
        number(row.floor.median),
        spread(row.floor),
        ratioOf(row).toFixed(2),
        row.goal === undefined ? "" : verdict(ratioOf(row), row.goal),
        row.memory === undefined ? "" : row.memory.toFixed(0),
      ]),
    ),
    table(
      ["peak memory", "MB", "`node -e 0`, MB", "goal, MB"],
      memory.map(({ what, megabytes, floor, goal }) => [
        what,
        megabytes.toFixed(0),
        floor.toFixed(0),
        verdict(megabytes, goal),
      ]),
    ),
  ].join("\n\n")}\n`;
}

const verdict = (measured: number, goal: number): string => `${goal}${measured <= goal ? "" : " (missed)"}`;

const number = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const spread = ({ least, most }: Sample): string => `${number(least)} to ${number(most)}`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The machine, as far as it matters for the figures. */
export const machine = (): string =>
  `Node ${process.versions.node}, ${os.cpus().length} processors (${os.cpus()[0]?.model.trim() ?? "unknown"}), ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, ${os.platform()}`;
