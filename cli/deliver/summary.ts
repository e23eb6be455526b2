import { printable } from "../../rules";
import type { Report } from "../reports";
import { counted, nameOf } from "../reports/wording";
import type { Events } from "./events";
import { sorted, summaryOf } from "./steps";
import type { Step } from "./steps";

/** What a preview found. */
export interface Summary {
  readonly stack: string;
  readonly commit: string;
  readonly events: Events;
  readonly report: Report;
  /** Whether the secrets of the stack were known, or placeholders stood for them. */
  readonly secrets: boolean;
}

const PLACEHOLDERS =
  "It did without the secrets of the stack and without environments of Pulumi ESC: a placeholder stands for each secret, " +
  "so that what is made from one shows as changed.";

/** An approval's message takes a thousand characters, and one stack is not alone in it. */
const MAX_LINE = 400;

/** Bytes of a comment; the smallest limit of a provider is 32,768 characters. */
const MAX_COMMENT = 32_000;

/** Steps that a comment lists. */
const MAX_STEPS = 100;

/** One line for an approval. */
export function summaryLine({ stack, commit, events, report, secrets }: Summary): string {
  const open = report.results.filter(({ exemption }) => exemption === undefined);
  const violations = open.filter(({ verdict }) => verdict === "NON_COMPLIANT");
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const undecided = open.filter(({ verdict }) => verdict === "UNDECIDED").length;
  const parts = [
    `${stack} at ${commit.slice(0, 12)}`,
    summaryOf(events.counts),
    [
      mandatory === 0 ? "no mandatory violation" : counted(mandatory, "mandatory violation"),
      counted(violations.length - mandatory, "advisory finding"),
      `${undecided} undecided`,
    ].join(", "),
    ...(secrets ? [] : ["without its secrets"]),
  ];
  return printable(parts.join("; ")).slice(0, MAX_LINE);
}

/** The preview as a comment on a pull request: what would change, then the findings. */
export async function commentOf(
  { stack, commit, events, report, secrets }: Summary,
  today: string,
): Promise<string> {
  const steps = sorted(events.steps);
  const listed = steps.slice(0, MAX_STEPS).map(rowOf);
  const more = steps.length - listed.length;
  const head =
    `<!-- compliance-preview ${stack} -->\n# Preview of ${code(stack)}\n\n` +
    `${code(commit.slice(0, 12))}: ${summaryOf(events.counts)}.\n` +
    (secrets ? "" : `\n${PLACEHOLDERS}\n`) +
    (listed.length === 0
      ? ""
      : `\n<details><summary>${counted(steps.length, "step")}</summary>\n\n| Step | Resource | Type | Properties |\n` +
        `|---|---|---|---|\n${listed.join("")}${more > 0 ? `\n${more} more are in the preview's artefact.\n` : ""}\n</details>\n`) +
    "\n";
  const { markdownReport } = await import("../reports/markdown");
  return head + markdownReport(report, today, MAX_COMMENT - Buffer.byteLength(head));
}

const rowOf = ({ op, urn, type, diffs }: Step): string =>
  `| ${op} | ${code(nameOf(urn))} | ${code(type)} | ${diffs.slice(0, 10).map(code).join(", ")} |\n`;

/** A text as code in a table cell: it cannot end the cell, nor mention somebody. */
const code = (text: string): string => `\`${printable(text).replace(/[`|]/g, "'").slice(0, 100)}\``;
