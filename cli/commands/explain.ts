import type { Io } from "../io";
import { addPackagesOf } from "../selection";
import { explanationOf } from "./explanation";
import type { Example, ExplainedFramework, ExplainedParameter, Explanation } from "./explanation";
import { printFacts } from "./format";
import type { Colours, FactOptions } from "./format";
import { knownControl } from "./names";

export interface ExplainOptions extends FactOptions {
  /** The id or the name, in any case. */
  readonly control: string;
}

/**
 * `compliance explain CONTROL`: everything about one control.
 * @throws UsageError for a control that does not exist, with the nearest one that does.
 */
export function explain(options: ExplainOptions, io: Io): number {
  addPackagesOf(options.selection);
  const explanation = explanationOf(knownControl(options.control));
  printFacts(explanation, (colours) => explanationText(explanation, colours), options, io);
  return 0;
}

function explanationText(control: Explanation, colours: Colours): string {
  const sections = [
    `${colours.bold(control.name)} (${control.id})\n${control.title ?? "AWS's page says what it asks for."}`,
    facts(control),
    section("Parameters", control.parameters.map(parameterLine), colours),
    ...examples(control, colours),
    section("Frameworks", control.frameworks.map(frameworkLine), colours),
    control.url,
  ];
  return `${sections.filter((part) => part !== "").join("\n\n")}\n`;
}

function facts(control: Explanation): string {
  const rows: readonly (readonly [string, string])[] = [
    ["Service", control.service],
    [
      "Severity",
      control.rated ? `${control.severity} (rated by Security Hub)` : `${control.severity} (not rated)`,
    ],
    ["Prevented", `${control.prevention.decision === "none" ? "No. " : ""}${control.prevention.effect}`],
    ["Detected", control.detection.effect],
    ["AWS types", control.resourceTypes.join(", ")],
    ["Pulumi types", control.pulumiTypes.join(", ")],
    [
      "Packs",
      control.packs.length > 8
        ? `${control.packs.slice(0, 8).join(", ")}, and ${control.packs.length - 8} more`
        : control.packs.join(", "),
    ],
    ["Dated", control.legacy ?? ""],
  ];
  return rows
    .filter(([, value]) => value !== "")
    .map(([label, value]) => wrapped(label.padEnd(14), value))
    .join("\n");
}

const TEXT_CHARACTERS = 100;

/** A label and its text, broken at spaces; later lines are set in. */
function wrapped(label: string, value: string): string {
  const lines: string[] = [label];
  for (const word of value.split(" ")) {
    const line = lines[lines.length - 1] ?? "";
    const fits = line.length + word.length + 1 <= TEXT_CHARACTERS || line.trim() === "";
    if (fits) lines[lines.length - 1] = line.endsWith(" ") ? line + word : `${line} ${word}`;
    else lines.push(" ".repeat(label.length) + word);
  }
  return lines.join("\n");
}

function section(title: string, lines: readonly string[], colours: Colours): string {
  return lines.length === 0 ? "" : `${colours.bold(title)}\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

function parameterLine({ name, type, default: value, required }: ExplainedParameter): string {
  const meaning = value === undefined ? (required ? "required" : "optional") : `default ${value}`;
  return `${name} (${type}, ${meaning})`;
}

const frameworkLine = ({ id, requirements }: ExplainedFramework): string =>
  wrapped(`${id}:`, requirements.join(", ")).replaceAll("\n", "\n  ");

function examples({ examples: { compliant, violating } }: Explanation, colours: Colours): readonly string[] {
  return [
    ...(violating === undefined ? [] : [example("Violating", violating, colours.red, colours)]),
    ...(compliant === undefined ? [] : [example("Compliant", compliant, colours.green, colours)]),
  ];
}

function example(
  kind: string,
  { title, code, parameters, strict, note, findings }: Example,
  paint: (text: string) => string,
  colours: Colours,
): string {
  const given = [
    ...Object.entries(parameters ?? {}).map(([name, value]) => `${name} = ${value}`),
    ...(strict === true ? ["strict = true"] : []),
  ];
  const lines = [
    ...(given.length === 0 ? [] : [`// with ${given.join(", ")}`]),
    ...code.split("\n"),
    ...(findings ?? []).map(({ message }) => colours.yellow(`// ${message}`)),
    ...(note === undefined ? [] : [`// ${note}`]),
  ];
  return section(`${paint(kind)}: a resource that ${title}`, lines, colours);
}
