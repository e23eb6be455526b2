/**
 * Generates `rules/catalog/generated/` from the originals in `rules/catalog/source/`: compact data by part, the union
 * of identifiers and each rule's parameters as types. Run by `npm run generate`; a test asserts that nothing drifts.
 */
import * as fs from "node:fs";
import * as path from "node:path";

interface Parameter {
  name: string;
  type: "CSV" | "String" | "int" | "boolean" | "double" | "StringMap";
  default?: string;
  optional: boolean;
}
interface ManagedRule {
  identifier: string;
  name: string;
  docSlug: string | null;
  service: string;
  status: string;
  triggerTypes: string[];
  resourceTypes: string[];
  parameters: Parameter[];
  regionsExcept?: string[];
  regionsOnly?: string[];
  legacy?: string;
}
interface PackRule {
  ruleName: string;
  identifier?: string;
  inputParameters?: Record<string, string>;
  deployedByDefault?: boolean;
}
interface Pack {
  pack: string;
  title: string;
  identicalTo?: string;
  rules: PackRule[];
}
interface FrameworkControl {
  id: string;
  rules?: string[];
  inferred?: string[];
  parameters?: Record<string, Record<string, string>>;
  severity?: string;
}
interface Framework {
  title: string;
  version: string;
  note?: string;
  controls: FrameworkControl[];
}

const source = path.join(__dirname, "..", "rules", "catalog", "source");
const read = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(source, file), "utf8"));
const TYPESCRIPT = {
  CSV: "readonly string[]",
  String: "string",
  int: "number",
  boolean: "boolean",
  double: "number",
  StringMap: "Readonly<Record<string, string>>",
} as const;
const LEVELS = ["low", "medium", "high", "critical"];

/** The severest rating that Security Hub gives to a control of the rule; `medium` when it has none. */
function severities(frameworks: Record<string, Framework>): Map<string, string> {
  const found = new Map<string, string>();
  for (const { controls } of Object.values(frameworks)) {
    for (const { rules = [], severity } of controls) {
      if (severity === undefined) continue;
      for (const rule of rules) {
        const before = found.get(rule);
        const now = severity.toLowerCase();
        if (before === undefined || LEVELS.indexOf(now) > LEVELS.indexOf(before)) found.set(rule, now);
      }
    }
  }
  return found;
}

/**
 * Parameters whose default is only what the console proposes: the rule compares with them when they are given.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-settings-check.html
 */
const MATCHED_WHEN_GIVEN: Readonly<Record<string, readonly string[]>> = {
  CLOUDWATCH_ALARM_SETTINGS_CHECK: ["period"],
  LAMBDA_FUNCTION_SETTINGS_CHECK: ["memorySize", "timeout"],
  REDSHIFT_CLUSTER_CONFIGURATION_CHECK: ["nodeTypes"],
};

function withoutProposals(rule: ManagedRule): ManagedRule {
  const names = MATCHED_WHEN_GIVEN[rule.identifier] ?? [];
  const parameters = rule.parameters.map(({ default: value, ...rest }) =>
    value === undefined || names.includes(rest.name)
      ? rest
      : { name: rest.name, type: rest.type, default: value, optional: rest.optional },
  );
  return { ...rule, parameters };
}

function rules(managed: ManagedRule[], severity: Map<string, string>): string {
  const facts = managed.map((rule) => ({
    identifier: rule.identifier,
    name: rule.name,
    ...(rule.docSlug === null ? {} : { page: rule.docSlug }),
    service: rule.service,
    status: rule.status,
    severity: severity.get(rule.identifier) ?? "medium",
    ...(severity.has(rule.identifier) ? { rated: true } : {}),
    triggerTypes: rule.triggerTypes,
    resourceTypes: rule.resourceTypes,
    parameters: rule.parameters,
    ...(rule.regionsExcept === undefined ? {} : { regionsExcept: rule.regionsExcept }),
    ...(rule.regionsOnly === undefined ? {} : { regionsOnly: rule.regionsOnly }),
    ...(rule.legacy === undefined ? {} : { legacy: rule.legacy }),
  }));
  return lines(facts);
}

function packs(all: Pack[]): string {
  return lines(
    all.map(({ pack, title, identicalTo, rules: entries }) => ({
      pack: pack.replace(/\.ya?ml$/, (end) =>
        all.some((p) => p.pack !== pack && p.pack.startsWith(pack.slice(0, -end.length) + ".")) ? end : "",
      ),
      title,
      ...(identicalTo === undefined ? {} : { identicalTo: identicalTo.replace(/\.ya?ml$/, "") }),
      rules: entries
        .filter((entry) => entry.identifier !== undefined && entry.deployedByDefault !== false)
        .map(({ identifier, inputParameters }) => [
          identifier,
          ...(inputParameters === undefined ? [] : [inputParameters]),
        ]),
    })),
  );
}

function frameworks(all: Record<string, Framework>): string {
  return lines(
    Object.entries(all).map(([id, { title, version, note, controls }]) => ({
      id,
      title,
      version,
      ...(note === undefined ? {} : { note }),
      controls: controls.map((control) => [
        control.id,
        control.rules ?? [],
        ...(control.parameters === undefined ? [] : [control.parameters]),
      ]),
      inferred: [...new Set(controls.flatMap((control) => control.inferred ?? []))].sort(),
    })),
  );
}

/** One entry a line: diffs stay readable and the file stays small. */
function lines(entries: object[]): string {
  return `[\n${entries.map((entry) => JSON.stringify(entry)).join(",\n")}\n]\n`;
}

/** Whether a check may see no value: a required parameter without one leaves its control undecided before it is checked. */
const mayLack = (parameter: Parameter): boolean => parameter.optional && parameter.default === undefined;

function types(managed: ManagedRule[]): string {
  const parameters = managed
    .filter((rule) => rule.parameters.length > 0)
    .map(
      (rule) =>
        `  ${rule.identifier}: {\n${rule.parameters
          .map(
            (p) =>
              `    readonly ${p.name}${mayLack(p) ? "?" : ""}: ${TYPESCRIPT[p.type]}${mayLack(p) ? " | undefined" : ""};\n`,
          )
          .join("")}  };\n`,
    );
  return (
    "// Generated by `npm run generate` from rules/catalog/source/managed-rules.json. Do not edit.\n\n" +
    "/** The identifier of an AWS Config managed rule. */\n" +
    `export type ManagedRuleIdentifier =\n${managed.map((rule) => `  | "${rule.identifier}"`).join("\n")};\n\n` +
    "/** The parameters of the rules that have some, in AWS's spelling; those that are required or have a documented default are always set. */\n" +
    `export interface ManagedRuleParameters {\n${parameters.join("")}}\n`
  );
}

/** What each generated file holds, by file name. */
export function generateCatalog(): Record<string, string> {
  const managed = (read("managed-rules.json") as ManagedRule[]).map(withoutProposals);
  const all = read("frameworks.json") as Record<string, Framework>;
  return {
    "rules.json": rules(managed, severities(all)),
    "packs.json": packs(read("conformance-packs.json") as Pack[]),
    "frameworks.json": frameworks(all),
    "rule-types.ts": types(managed),
    "withdrawn.json": `${JSON.stringify(withdrawn())}\n`,
    "gaps.json": gaps(managed),
  };
}

/** What the conditions say where nothing in particular stands behind "run-time state". */
const GENERIC_CONDITION = "Run-time or account state outside the Pulumi inputs";

/** Why a rule cannot be prevented, in words, by identifier; a rule that is not here only lacks its policy. */
function gaps(managed: ManagedRule[]): string {
  const conditions = new Map(
    fs
      .readFileSync(path.join(source, "preventive-conditions.tsv"), "utf8")
      .trim()
      .split("\n")
      .map((row) => row.split("\t"))
      .map(([identifier = "", , , decidable = "", , , , condition = ""]) => [
        identifier,
        { decidable, condition },
      ]),
  );
  const reasons = managed.flatMap((rule): [string, string][] => {
    const reason = statusGap(rule.status) ?? conditionGap(conditions.get(rule.identifier));
    return reason === undefined ? [] : [[rule.identifier, reason]];
  });
  return `{\n${reasons.map(([identifier, reason]) => `${JSON.stringify(identifier)}:${JSON.stringify(reason)}`).join(",\n")}\n}\n`;
}

function statusGap(status: string): string | undefined {
  switch (status) {
    case "unlisted":
      return "AWS Firewall Manager makes this rule for its own policies; it can be neither selected nor prevented.";
    case "processCheck":
      return "It records in a conformance pack that people follow a process; no resource shows it.";
    default:
      return undefined;
  }
}

function conditionGap(row: { decidable: string; condition: string } | undefined): string | undefined {
  switch (row?.decidable) {
    case "runtime": {
      const detail = row.condition === GENERIC_CONDITION ? "" : `: ${row.condition}`;
      return `What decides is state at run time or of the account, which no program declares${detail}.`;
    }
    case "not-modelled":
      return row.condition.startsWith("No resource")
        ? "@pulumi/aws has no resource of this type."
        : row.condition.startsWith("The resource exists")
          ? "@pulumi/aws has this resource, but not the property that the rule looks at."
          : "AWS does not document what the rule looks at well enough for a policy.";
    default:
      return undefined;
  }
}

/** Identifiers that stood in AWS's list only as drafts (February to May 2025), as section 4 of DATA.md names them. */
function withdrawn(): string[] {
  const text = fs.readFileSync(path.join(source, "DATA.md"), "utf8");
  const paragraph = /Withdrawn drafts:[\s\S]*?\n\n([\s\S]*?)\n\n/.exec(text)?.[1] ?? "";
  return [...paragraph.matchAll(/`([A-Z0-9_]+)`/g)].map((match) => match[1] ?? "").sort();
}
