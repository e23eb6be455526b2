import { compare, isOwn, judge, policyOf, printable, SEVERITIES, sourceOf } from "../../rules";
import type { Exemption, Level, Result, SelectedControl, Selection, Severity, Verdict } from "../../rules";
import type { UsageError } from "../errors";
import type { Source, SourceKind } from "../sources";
import { unseenIn } from "./unseen";

/** What an undecided verdict counts as. */
export type OnUnknown = "ignore" | "advisory" | "mandatory";

/** From which severity on a mandatory finding makes the command fail. */
export type FailOn = Severity | "never";

/** What decides how verdicts count. */
export interface ReportRules {
  readonly failOn: FailOn;
  readonly onUnknown: OnUnknown;
  /** Keeps what does not apply, of which there is much. */
  readonly all?: boolean;
}

/** A verdict of one control on one resource of one source. */
export interface ReportResult extends Result {
  readonly source: string;
  /** The file that a code-scanning view opens. */
  readonly file: string;
  /** Whether it alone makes the command fail. */
  readonly fails: boolean;
}

/** Something that could not be judged. */
export interface ReportError {
  readonly source: string;
  readonly control?: string;
  readonly urn?: string;
  readonly message: string;
}

/** A type of which the source has resources that no selected control looked at. */
export interface Uncovered {
  readonly type: string;
  readonly resources: number;
}

/** What was judged. */
export interface ReportSource {
  readonly name: string;
  readonly kind: SourceKind;
  readonly resources: number;
  readonly notes: readonly string[];
  readonly uncovered: readonly Uncovered[];
  readonly opaque: readonly string[];
}

/** Numbers of the whole report; results that are exempted are counted by their verdict as well. */
export interface Summary {
  readonly resources: number;
  /** Controls that can be decided from a stack. */
  readonly controls: number;
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly undecided: number;
  readonly exempted: number;
  readonly errors: number;
}

/** Everything that a report says, whatever its format. */
export interface Report {
  readonly selection: { readonly controls: number; readonly frameworks: readonly string[] };
  readonly sources: readonly ReportSource[];
  /** Sorted by source, URN, control and key; what does not apply is only there when it was asked for. */
  readonly results: readonly ReportResult[];
  /** How many verdicts were `NOT_APPLICABLE`. */
  readonly notApplicable: number;
  readonly errors: readonly ReportError[];
  /** Exemptions that are over. */
  readonly expired: readonly Exemption[];
  /** Exemptions that covered nothing. */
  readonly unused: readonly Exemption[];
  readonly summary: Summary;
  readonly status: 0 | 1 | 2;
}

/** Collects the judgements of all sources. */
export class ReportBuilder {
  private readonly results: ReportResult[] = [];
  private readonly errors: ReportError[] = [];
  private readonly sources: ReportSource[] = [];
  private readonly used = new Set<Exemption>();
  private readonly selections = new Set<Selection>();
  private notApplicable = 0;

  public constructor(private readonly rules: ReportRules) {}

  /** Judges a source. Sources may have selections of their own. */
  public judge(source: Source, selection: Selection): void {
    this.selections.add(selection);
    const judgement = judge(source.graph, selection);
    for (const result of judgement.results) this.add(result, source);
    for (const { control, urn, message } of judgement.errors) {
      this.errors.push({ source: source.name, control, urn, message: controlFailure(control, message) });
    }
    this.errors.push(...refusalsIn(judgement.results, source.name));
    for (const exemption of judgement.used) this.used.add(exemption);
    this.sources.push({
      name: source.name,
      kind: source.kind,
      resources: source.graph.nodes.filter((node) => node.facts.passive !== true).length,
      notes: [...source.notes, ...unseenIn(source.graph)],
      uncovered: uncoveredTypes(source),
      opaque: source.opaque,
    });
  }

  /** Notes that a source could not be read. */
  public fail(name: string, error: UsageError): void {
    this.errors.push({ source: name, message: error.line });
  }

  /**
   * The report over everything so far.
   * @param fallback - the selection that the report states when no source could be judged.
   */
  public finish(fallback: Selection): Report {
    const selections = this.selections.size === 0 ? [fallback] : [...this.selections];
    const controls = new Map<string, SelectedControl>();
    for (const { controls: selected } of selections) for (const item of selected) controls.set(item.id, item);
    return {
      selection: {
        controls: controls.size,
        frameworks: [...new Set(selections.flatMap(({ frameworks }) => frameworks))].sort(compare),
      },
      sources: this.sources,
      results: this.results.sort(inOrder),
      notApplicable: this.notApplicable,
      errors: this.errors,
      expired: selections.flatMap(({ expired }) => expired),
      unused: selections.flatMap(({ exemptions }) => exemptions.filter((item) => !this.used.has(item))),
      summary: this.summary([...controls.values()].filter(isDecidable).length),
      status: this.errors.length > 0 ? 2 : this.results.some(({ fails }) => fails) ? 1 : 0,
    };
  }

  private summary(controls: number): Summary {
    const count = (verdict: Verdict): number =>
      this.results.filter((result) => result.verdict === verdict).length;
    return {
      resources: this.sources.reduce((sum, { resources }) => sum + resources, 0),
      controls,
      compliant: count("COMPLIANT"),
      nonCompliant: count("NON_COMPLIANT"),
      undecided: count("UNDECIDED"),
      exempted: this.results.filter(({ exemption }) => exemption !== undefined).length,
      errors: this.errors.length,
    };
  }

  private add(result: Result, source: Source): void {
    if (result.verdict === "NOT_APPLICABLE") {
      this.notApplicable++;
      if (this.rules.all !== true) return;
    }
    const level = levelOf(result, this.rules.onUnknown);
    const wrong = result.verdict === "NON_COMPLIANT" || result.verdict === "UNDECIDED";
    this.results.push({
      ...result,
      level,
      source: source.name,
      file: source.file,
      fails:
        wrong &&
        level === "mandatory" &&
        result.exemption === undefined &&
        isGrave(result.severity, this.rules.failOn),
    });
  }
}

const inOrder = (a: ReportResult, b: ReportResult): number =>
  compare(a.source, b.source) ||
  compare(a.urn, b.urn) ||
  compare(a.control, b.control) ||
  compare(a.key, b.key);

/** Whether a selected control can be decided from a stack at all. */
const isDecidable = ({ id, level }: SelectedControl): boolean =>
  level !== "disabled" && policyOf(id) !== undefined;

/** An undecided verdict is never graver than the reader wants it to be. */
function levelOf(result: Result, onUnknown: OnUnknown): Level {
  return result.verdict === "UNDECIDED" && onUnknown !== "mandatory" ? "advisory" : result.level;
}

const isGrave = (severity: Severity, failOn: FailOn): boolean =>
  failOn !== "never" && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn);

function controlFailure(control: string, message: string): string {
  const what = `${printable(message).replace(/\.+$/, "")}.`;
  const [whose, report] = isOwn(control)
    ? [`The control ${control} failed, which is an error of this program`, "Report it"]
    : [`The control ${control} of ${printable(sourceOf(control))} failed`, "Tell who maintains the package"];
  return `${whose}: ${what} ${report}, and leave the control out with "exclude" until it is mended.`;
}

/** What AWS refuses, each value once, however many controls have looked at it. */
function refusalsIn(results: readonly Result[], source: string): readonly ReportError[] {
  const refusals = new Map<string, ReportError>();
  for (const { refused, urn, property, control, message } of results) {
    if (refused !== true) continue;
    const key = JSON.stringify([urn, property]);
    if (!refusals.has(key)) refusals.set(key, { source, control, urn, message });
  }
  return [...refusals.values()];
}

/** After the judgement: a control that reads a part of another resource looks at the part as well. */
function uncoveredTypes({ graph }: Source): readonly Uncovered[] {
  const counts = new Map<string, number>();
  for (const { type, facts } of graph.nodes) {
    if (facts.passive === true || graph.wasAskedFor(type) || facts.type.startsWith("pulumi:")) continue;
    counts.set(facts.type, (counts.get(facts.type) ?? 0) + 1);
  }
  return [...counts]
    .map(([type, resources]) => ({ type, resources }))
    .sort((a, b) => compare(a.type, b.type));
}
