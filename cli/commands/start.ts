import { relative } from "node:path";
import { createColors } from "picocolors";
import { findControl, printable } from "../../rules";
import type { Selection } from "../../rules";
import { UsageError } from "../errors";
import { deliver } from "../output";
import { projectFolder } from "../project";
import { ReportBuilder, type Report } from "../reports";
import { textReport } from "../reports/text";
import { counted } from "../reports/wording";
import { selectionFrom } from "../selection";
import { sourcesOf } from "../sources";
import type { Source } from "../sources";
import { progressOn } from "./check";
import type { CheckContext } from "./check";
import { factsOf } from "./control-facts";
import { countsOf } from "./coverage";
import type { Colours } from "./format";
import type { ProgramFlags } from "./program-flags";
import { treeOf } from "./tree";

/**
 * `compliance start`, which `npm start` runs: shows a newcomer what this project's own program would deploy, which
 * controls it brings, and how the program itself is judged by them. It needs no account, no Pulumi CLI and no network.
 * @param folder - the folder of the program; that of this project.
 * @returns 0, or 1 when the program violates a mandatory control.
 * @throws UsageError when the program cannot be recorded, or its selection is wrong.
 */
export async function start(
  flags: ProgramFlags,
  context: CheckContext,
  folder = projectFolder(),
): Promise<0 | 1 | 2> {
  const say = progressOn(context);
  say("Recording the program, without an account ...");
  const source = await sourceOf(folder, flags, context);
  say("Judging it ...");
  const selection = selectionFrom(source.selection?.(), {}, context.today);
  const builder = new ReportBuilder({ failOn: "low", onUnknown: "advisory" });
  builder.judge(source, selection);
  const report = builder.finish(selection);
  const colours = createColors(context.colour);
  const judgement = textReport(report, {
    colour: context.colour,
    all: false,
    // Which they are is said below, once a control.
    undecided: false,
    today: context.today,
  });
  say("");
  deliver(
    [
      heading("What would be deployed", colours),
      deployment(source, colours),
      heading("The controls", colours),
      controls(selection, report.summary.controls),
      heading("The program, judged by them", colours),
      judgement.trimEnd(),
      ...undecided(report),
      heading("What next", colours),
      NEXT,
    ].join("\n\n") + "\n",
    undefined,
    context,
  );
  return report.status;
}

async function sourceOf(
  folder: string,
  { stack, timeout }: ProgramFlags,
  context: CheckContext,
): Promise<Source> {
  const options = {
    ...context,
    stack,
    timeoutSeconds: timeout,
    onProgress: progressOn(context),
  };
  for await (const source of sourcesOf(relative("", folder) || ".", options)) {
    if ("error" in source) throw source.error;
    return source;
  }
  throw new UsageError("There is no program to record.", folder);
}

const heading = (text: string, colours: Colours): string => colours.bold(colours.underline(text));

function deployment(source: Source, colours: Colours): string {
  const resources = source.graph.nodes.filter(({ facts }) => facts.passive !== true).length;
  return [
    ...treeOf(source.graph, colours),
    "",
    `${counted(resources, "resource")} in the program "${printable(source.name)}".`,
  ].join("\n");
}

/** @param judging - how many of them the program is judged by. */
function controls(selection: Selection, judging: number): string {
  const { both, onlyPrevented, onlyDetected } = countsOf(
    selection.controls.flatMap(({ id }) => findControl(id) ?? []).map(factsOf),
  );
  const parts = [
    part(both, "prevented before a deployment and detected after it"),
    part(onlyDetected, "only detected"),
    ...(onlyPrevented === 0 ? [] : [part(onlyPrevented, "only prevented")]),
  ];
  const held = `The selection holds ${counted(selection.controls.length, "control")}: ${parts.join(", ")}.`;
  if (judging === selection.controls.length) return held;
  const disabled = selection.controls.filter(({ level }) => level === "disabled").length;
  const others = [
    part(selection.controls.length - judging - disabled, "decided by what only a deployed account shows"),
    part(disabled, "disabled"),
  ].filter((text) => !text.startsWith("0 "));
  return `${held}\nThe program is judged by ${judging} of them; ${others.join(", ")}.`;
}

/** What the program alone does not tell, by control: many resources wait for the same. */
function undecided({ results }: Report): readonly string[] {
  const byControl = new Map<string, Set<string>>();
  for (const { verdict, name, urn, exemption } of results) {
    if (verdict !== "UNDECIDED" || exemption !== undefined) continue;
    // A control may say several things of one resource.
    byControl.set(name, (byControl.get(name) ?? new Set()).add(urn));
  }
  const lines = [...byControl].map(([name, urns]) => `  ${name} (${counted(urns.size, "resource")})`);
  return lines.length === 0 ? [] : [["Undecided by the program alone:", ...lines].join("\n")];
}

const part = (count: number, what: string): string => `${count} ${count === 1 ? "is" : "are"} ${what}`;

const NEXT = [
  ["npx compliance check . --all", "what passed as well, and why something is undecided"],
  [
    "npx compliance check examples/static-web-site/violating",
    "a program with violations, and its repaired twin beside it",
  ],
  [
    "npx compliance explain s3-bucket-public-read-prohibited",
    "what a control asks for, and how to satisfy it",
  ],
  ["npx compliance coverage", "every control: prevented, detected, and why not"],
  ["edit selection.yaml", "which controls apply, with parameters, levels and exemptions"],
  ["pulumi preview --policy-pack policypack", "the same with an account, stopped before anything is created"],
]
  .map((line) => line.join("\n    "))
  .join("\n");
