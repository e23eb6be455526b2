import { printable } from "../../rules";
import { CASES } from "../../rules/cost";
import type { ByCase, Driver } from "../../rules/cost";
import type { Colours } from "../commands/format";
import { table } from "../commands/table";
import { counted, dollars } from "./amounts";
import { regionCount } from "./report";
import type { EstimateReport } from "./report";

/** How many drivers the text shows; JSON has all. */
const DRIVERS = 5;
/** How many types a line names before it only counts the rest. */
const NAMED = 6;

/** The estimate for people. */
export function estimateText(report: EstimateReport, colours: Colours): string {
  return `${[
    head(report),
    lines(report, colours),
    drivers(report, colours),
    changes(report, colours),
    foot(report),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const money = (values: ByCase<bigint>): readonly string[] => CASES.map((name) => dollars(values[name]));

function head(report: EstimateReport): string {
  const { selection, usage, usageFile } = report;
  const description = usage.description === undefined ? "" : `: ${printable(usage.description)}`;
  return (
    `A month of ${plural(selection.controls.length, "rule")} in ${plural(regionCount(report), "region")}, in dollars.\n` +
    `Usage of ${printable(usageFile)}${description}`
  );
}

function lines({ month, firstMonth, prices }: EstimateReport, colours: Colours): string {
  const rows = month.lines.map(({ title, unit, quantity, microDollars, price }) => {
    const { status } = prices.of[price];
    const count = quantity.expected;
    return [
      title,
      counted(count),
      unit === "GB" || count === 1n ? unit : `${unit}s`,
      ...money(microDollars),
      status === "verified" ? "" : `price ${status}`,
    ];
  });
  const total = ["Total", "", "", ...money(month.microDollars), ""];
  const first = [
    "First month, on top",
    counted(firstMonth.items.expected + firstMonth.evaluations.expected),
    "items and evaluations",
    ...money(firstMonth.microDollars),
    "",
  ];
  const titles = ["ITEM", "EXPECTED", "UNIT", "LOW", "EXPECTED", "HIGH", ""].map(colours.bold);
  return table(titles, [...rows, total, first], [1, 3, 4, 5]);
}

function drivers({ month }: EstimateReport, colours: Colours): string {
  const types = month.types.slice(0, DRIVERS);
  const rules = month.rules.slice(0, DRIVERS);
  if (types.length === 0) return "";
  const row = ({ name, items, evaluations, microDollars }: Driver): readonly string[] => [
    name,
    counted(items),
    counted(evaluations),
    dollars(microDollars),
  ];
  return [
    colours.bold("What drives it, as expected"),
    table(["TYPE", "ITEMS", "EVALUATIONS", "DOLLARS"], types.map(row), [1, 2, 3]),
    ...(rules.length === 0
      ? []
      : [
          "",
          table(
            ["RULE", "EVALUATIONS", "DOLLARS"],
            rules.map(({ name, evaluations, microDollars }) => [
              name,
              counted(evaluations),
              dollars(microDollars),
            ]),
            [1, 2],
          ),
        ]),
  ].join("\n");
}

function changes({ whatIfs }: EstimateReport, colours: Colours): string {
  if (whatIfs.length === 0) return "";
  const rows = whatIfs.map(({ title, savedMicroDollars }, index) => [
    `${index + 1}. ${title}`,
    ...money(savedMicroDollars),
  ]);
  const details = whatIfs.map(({ types, warning }, index) => {
    const named = types.slice(0, NAMED).join(", ");
    const more = types.length > NAMED ? ` and ${types.length - NAMED} more` : "";
    const about = types.length === 0 ? "" : ` ${named}${more}.`;
    return `${index + 1}.${about}${warning === undefined ? "" : ` ${warning}`}`;
  });
  return [
    colours.bold("What would change it"),
    table(["CHANGE", "SAVES LOW", "EXPECTED", "HIGH"], rows, [1, 2, 3]),
    ...details.filter((detail) => !/^\d+\.$/.test(detail)),
  ].join("\n");
}

function foot({ prices, used, notes }: EstimateReport): string {
  const unverified = used.filter(([, { status }]) => status === "unverified").map(([id]) => id);
  const given = used.filter(([, { status }]) => status === "given").map(([id]) => id);
  return [
    `Prices of ${prices.region} as of ${prices.asOf}, from ${prices.files.map(printable).join(" and ")}; ` +
      '"--format json" has the source of each.',
    ...(unverified.length === 0 ? [] : [`Never verified at AWS: ${unverified.join(", ")}.`]),
    ...(given.length === 0 ? [] : [`Given by you: ${given.join(", ")}.`]),
    ...notes,
  ].join("\n");
}
