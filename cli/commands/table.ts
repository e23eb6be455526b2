// eslint-disable-next-line @typescript-eslint/no-require-imports -- the package exports a class by `export =`
import Table = require("cli-table3");

/** No frames: columns that a terminal and `grep` both like. */
const PLAIN = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/**
 * A table as text, one line a row, with a line for the head. Columns of numbers are aligned to the right.
 * @param right - further columns to align so, by their index: formatted numbers
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  right: readonly number[] = [],
): string {
  const numeric = head.map(
    (_, column) => right.includes(column) || rows.every((row) => typeof row[column] === "number"),
  );
  const lines = new Table({
    head: [...head],
    chars: PLAIN,
    colAligns: numeric.map((isNumeric) => (isNumeric ? "right" : "left")),
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
  });
  lines.push(...rows.map((row) => [...row]));
  return lines
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
