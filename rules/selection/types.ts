import type { Severity } from "../catalog";
import type { Rule } from "../registry";

/** CrossGuard's enforcement levels, without `remediate`. */
export type Level = "mandatory" | "advisory" | "disabled";
export const LEVELS: readonly Level[] = ["mandatory", "advisory", "disabled"];

/** A finding that is accepted: by whom, why, until when. */
export interface Exemption {
  /** The id of the control. */
  readonly control: string;
  /** URN, name or component path; `*` stands for anything but a slash, `**` for anything. */
  readonly resource: string;
  /** The key of one finding, e.g. `tcp/443 0.0.0.0/0`; absent: every finding of the control on the resource. */
  readonly key?: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
  readonly ticket?: string;
}

/** How often AWS Config evaluates a periodic rule. */
export type Frequency = "One_Hour" | "Three_Hours" | "Six_Hours" | "Twelve_Hours" | "TwentyFour_Hours";
export const FREQUENCIES: readonly Frequency[] = [
  "One_Hour",
  "Three_Hours",
  "Six_Hours",
  "Twelve_Hours",
  "TwentyFour_Hours",
];

/** A value of a parameter as people write it. */
export type ParameterInput = string | number | boolean | readonly (string | number)[];

/** The selection file: which controls apply, with parameters, levels and exemptions. */
export interface SelectionFile {
  /** Packages of an organisation's own controls: names, or paths that begin with `./`, from the folder of the file. */
  readonly packages?: readonly string[];
  readonly controls?: "all" | readonly string[];
  readonly frameworks?: readonly string[];
  readonly packs?: readonly string[];
  readonly services?: readonly string[];
  readonly severities?: readonly Severity[];
  readonly exclude?: readonly string[];
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, ParameterInput>>>>;
  readonly levels?: {
    readonly default?: Level;
    readonly severity?: Readonly<Partial<Record<Severity, Level>>>;
    readonly service?: Readonly<Record<string, Level>>;
    readonly controls?: Readonly<Record<string, Level>>;
  };
  readonly frequencies?: Readonly<Record<string, Frequency>>;
  /** Whether what AWS's defaults already satisfy must be configured explicitly; default false. */
  readonly strict?: boolean;
  readonly exemptions?: readonly Exemption[];
}

/** A control that a selection holds. */
export interface SelectedControl {
  readonly id: string;
  readonly rule: Rule;
  readonly level: Level;
  /** Every parameter that has a value, as text: the file's, else the framework's or pack's, else the documented default. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Required parameters that have no value from anywhere. */
  readonly missing: readonly string[];
  readonly frequency?: Frequency;
  /** Whether what AWS's defaults already satisfy must be configured explicitly. */
  readonly strict: boolean;
  /** Whether the file names the control itself, rather than a framework, pack, service or severity. */
  readonly named: boolean;
}

export interface Selection {
  /** Sorted by id. */
  readonly controls: readonly SelectedControl[];
  readonly frameworks: readonly string[];
  /** Those that hold today; see {@link ExpiredExemption} for the others. */
  readonly exemptions: readonly Exemption[];
  readonly expired: readonly Exemption[];
}

/** Something that is wrong with the input of a user. */
export interface Problem {
  /** The place, as a dotted path: `exemptions[0].expires`. */
  readonly path: string;
  /** What was given, what is allowed and how to fix it: full sentences. */
  readonly message: string;
}
