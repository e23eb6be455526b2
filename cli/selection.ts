import { loadPackages } from "../packages";
import { compare, resolveSelection } from "../rules";
import type { Problem, SelectedControl, Selection } from "../rules";
import { UsageError } from "./errors";
import { readSelectionFile, selectionError } from "./selection-file";
import type { SelectionDocument } from "./selection-file";

/** Flags that narrow a selection. Values of one flag are alternatives; different flags must all hold. */
export interface SelectionFlags {
  /** `all`, or ids and names of controls: replaces what the selection says about which controls apply. */
  readonly controls?: readonly string[] | undefined;
  readonly framework?: readonly string[] | undefined;
  readonly pack?: readonly string[] | undefined;
  readonly service?: readonly string[] | undefined;
  readonly severity?: readonly string[] | undefined;
}

/** The entries of a selection that say which controls apply. */
const CHOICES = ["controls", "frameworks", "packs", "services", "severities", "exclude"] as const;

/** The entry of a selection that each narrowing flag speaks of. */
const NARROWING = [
  ["framework", "frameworks"],
  ["pack", "packs"],
  ["service", "services"],
  ["severity", "severities"],
] as const;

/**
 * The controls that a selection and the flags leave, with parameters, levels and exemptions. Without a selection every
 * control applies.
 * @throws UsageError with all problems at once.
 */
export function selectionFrom(
  document: SelectionDocument | undefined,
  flags: SelectionFlags,
  today: string,
): Selection {
  const base = document?.value ?? {};
  if (document !== undefined) {
    addPackages(document);
    const { problems } = resolveSelection(base, { today });
    if (problems.length > 0) throw selectionError(problems, document);
  }
  const file = typeof base === "object" ? (base as Readonly<Record<string, unknown>>) : {};
  const chosen =
    flags.controls === undefined ? file : { ...without(file, CHOICES), controls: listed(flags.controls) };
  // Frameworks and packs of the flags join those of the file, so that the parameters which they ask for hold; what the
  // file leaves out is taken away again below.
  const widened = {
    ...chosen,
    ...(flags.framework === undefined
      ? {}
      : { frameworks: [...list(chosen["frameworks"]), ...flags.framework] }),
    ...(flags.pack === undefined ? {} : { packs: [...list(chosen["packs"]), ...flags.pack] }),
  };
  const selection = resolved(widened, today);
  if (NARROWING.every(([flag]) => flags[flag] === undefined)) return selection;
  const wanted = [idsOf(chosen, today), ...narrowed(flags, today)];
  return {
    ...selection,
    controls: selection.controls.filter(({ id }) => wanted.every((ids) => ids.has(id))),
  };
}

/**
 * Makes the controls of the packages known that a selection file names.
 * @throws UsageError with everything that is wrong with them.
 */
export function addPackagesOf(file: string | undefined): void {
  if (file !== undefined) addPackages(readSelectionFile(file));
}

function addPackages(document: SelectionDocument): void {
  const problems = loadPackages(document.value, document.folder);
  if (problems.length > 0) throw selectionError(problems, document);
}

function narrowed(flags: SelectionFlags, today: string): readonly ReadonlySet<string>[] {
  return NARROWING.flatMap(([flag, entry]) => {
    const values = flags[flag];
    return values === undefined ? [] : [idsOf({ [entry]: values }, today)];
  });
}

const idsOf = (file: unknown, today: string): ReadonlySet<string> =>
  new Set(resolved(file, today).controls.map(({ id }: SelectedControl) => id));

function resolved(file: unknown, today: string): Selection {
  const { selection, problems } = resolveSelection(file, { today });
  if (selection !== undefined) return selection;
  throw flagError(problems);
}

const FLAG_OF: Readonly<Record<string, string>> = {
  controls: "--controls",
  frameworks: "--framework",
  packs: "--pack",
  services: "--service",
  severities: "--severity",
};

/** The file was valid by itself, so that only a flag can be wrong. */
function flagError(problems: readonly Problem[]): UsageError {
  const lines = problems.map(
    ({ path, message }) => [FLAG_OF[/^\w*/.exec(path)?.[0] ?? ""] ?? path, message] as const,
  );
  const unique = [...new Map(lines.map((line) => [line.join(), line])).values()].sort((a, b) =>
    compare(a[0], b[0]),
  );
  const [first] = unique;
  if (unique.length === 1 && first !== undefined) return new UsageError(first[1], first[0]);
  return new UsageError(
    `Several flags are wrong:\n${unique.map(([flag, message]) => `  ${flag}: ${message}`).join("\n")}`,
  );
}

function listed(controls: readonly string[]): "all" | readonly string[] {
  return controls.length === 1 && controls[0] === "all" ? "all" : controls;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function without(file: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(file).filter(([name]) => !names.includes(name)));
}

/**
 * Refuses a selection that leaves nothing: a gate that looks at nothing would open for everything.
 * @param purpose - What the controls are for: `verify`, or `judge by`.
 * @param path - The selection's file, where it has one.
 * @throws UsageError when no control is left.
 */
export function refuseEmpty(selection: Selection, purpose: string, path?: string): void {
  if (selection.controls.some(({ level }) => level !== "disabled")) return;
  const message = `No control is left to ${purpose}. Select at least one that is not disabled.`;
  throw new UsageError(message, path);
}
