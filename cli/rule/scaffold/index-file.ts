import type { ScalarFact, Scaffold, TagFact } from "./facts";

/** `index.ts` of a new control: metadata, the predicate and the mappings to its facts. */
export const indexFile = (scaffold: Scaffold): string =>
  scaffold.fact.kind === "tag" ? ofTag(scaffold, scaffold.fact) : ofScalar(scaffold, scaffold.fact);

const text = JSON.stringify;

const PLACE =
  "/** The predicate: write what your organisation asks for in its place, over facts that both mappings below give. */";

/** The sources of the one fact, and what finds the resources. */
function originOf({ isPeriodic }: Scaffold, fact: string, path: string, isParameterised: boolean): string {
  const read = `{ from: "read", action: ACTION, because: "a schedule brings no configuration item" }`;
  return `triggerTypes: [${isPeriodic ? '"Periodic"' : '"ConfigurationChange"'}],
  parameters: ${isParameterised ? "PARAMETERS" : "{}"},
  sources: { ${fact}: ${isPeriodic ? read : `{ from: "item", path: ${text(path)} }`} },
  listing: [${isPeriodic ? "ACTION" : ""}],
  judge: ${isParameterised ? "(facts: Facts, parameters) => judge(facts, parameters)" : "(facts: Facts) => judge(facts)"},`;
}

const headOf = ({ name, sample, isPeriodic }: Scaffold, title: string): string =>
  `${isPeriodic ? '/** AWS Config\'s advanced queries read what it has recorded. */\nconst ACTION = "config:SelectResourceConfig";\n\n' : ""}export const control = customControl({
  name: ${text(name)},
  title: ${text(title)},
  severity: "medium",
  resourceTypes: [${text(sample.configType)}],`;

/** How the mapping after the deployment is called, and what it gets. */
const mappingOf = ({ isPeriodic }: Scaffold): { readonly comment: string; readonly head: string } =>
  isPeriodic
    ? {
        comment: "/** After the deployment: what AWS Config's query answers with about a resource. */",
        head: "export const fromAccount = (recorded: object): Facts",
      }
    : {
        comment: "/** After the deployment: what AWS Config records. */",
        head: "export const fromItem = (recorded: ConfigurationItem): Facts",
      };

function ofScalar(scaffold: Scaffold, fact: ScalarFact): string {
  const { sample, isPeriodic } = scaffold;
  const { name, input, recorded, kind } = fact;
  const { parameters, title, isGood, fix, found, used } = predicateOf(sample.configType, fact);
  const { comment, head } = mappingOf(scaffold);
  const isParameterised = parameters !== "";
  const Parameters = isParameterised ? "Parameters" : "NoParameters";
  return `import type { ResourceArgs } from "../../catalog/generated/resource-types";
import { check, undecided } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { policy } from "../../engine/policy";
import type { ${isParameterised ? "" : "NoParameters, "}Policy } from "../../engine/policy";
import type { Reader } from "../../engine/reader";
import { isUnknown, UNKNOWN } from "../../engine/values";
import type { Unknown } from "../../engine/values";
import { customControl } from "../control";
import { scalarAt } from "../items";
${isPeriodic ? "" : 'import type { ConfigurationItem } from "../items";\n'}import { preventive } from "../judge";
${isParameterised ? 'import type { ParameterSchema, ParameterValues } from "../parameters";\n' : ""}
const TYPE = ${text(sample.type)};

/** What decides. */
export interface Facts {
  readonly ${name}: ${kind} | Unknown;
}

${isParameterised ? `const PARAMETERS = {${parameters}} as const satisfies ParameterSchema;\n\ntype Parameters = ParameterValues<typeof PARAMETERS>;\n\n` : ""}${headOf(scaffold, title)}
  ${originOf(scaffold, name, recorded, isParameterised)}
});

${PLACE}
function judge({ ${name} }: Facts${isParameterised ? `, ${used}: Parameters` : ""}): Outcome {
  const reason = (found: string): Reason => ({ property: ${text(input)}, found, fix: ${fix} });
  if (isUnknown(${name})) return undecided(reason(${text(`"${input}" is not set, or not known yet`)}));
  return check(${isGood}, reason(${found}));
}

const known = (value: unknown): ${kind} | Unknown => (typeof value === "${kind}" ? value : UNKNOWN);

/** Before the deployment: what a program declares. */
export const fromInputs = (resource: Reader<ResourceArgs[typeof TYPE]>): Facts => ({
  ${name}: known(resource.value(${text(input)})),
});

${comment}
${head} => ({ ${name}: known(scalarAt(recorded, ${text(recorded)})) });

export const preventivePolicy: Policy<${Parameters}> = policy(control.title, {
  [TYPE]: preventive(control, fromInputs),
});
`;
}

interface Predicate {
  readonly parameters: string;
  readonly title: string;
  /** Expressions. */
  readonly isGood: string;
  readonly fix: string;
  readonly found: string;
  /** How the function takes the parameters. */
  readonly used: string;
}

function predicateOf(configType: string, { kind, name, input, good }: ScalarFact): Predicate {
  const resources = `Resources of ${configType} have`;
  switch (kind) {
    case "boolean":
      return {
        parameters: "",
        title: `${resources} "${input}" set to ${String(good)}.`,
        isGood: good === true ? name : `!${name}`,
        fix: text(`set "${input}" to ${String(good)}`),
        found: `\`"${input}" is \${${name}}\``,
        used: "",
      };
    case "number":
      return {
        parameters: `maximum: { type: ${Number.isInteger(good) ? '"int"' : '"double"'}, default: ${text(String(good))}, description: "The greatest value that is allowed." }`,
        title: `${resources} no greater "${input}" than allowed.`,
        isGood: `${name} <= maximum`,
        fix: `\`set "${input}" to \${maximum} or less\``,
        found: `\`"${input}" is \${${name}}\``,
        used: "{ maximum }",
      };
    case "string":
      return {
        parameters: `allowed: { type: "CSV", default: ${text(String(good))}, description: "The values that are allowed." }`,
        title: `${resources} an allowed "${input}".`,
        isGood: `allowed.includes(${name})`,
        fix: `\`set "${input}" to \${allowed.map((one) => \`"\${one}"\`).join(" or ")}\``,
        found: `\`"${input}" is "\${${name}}"\``,
        used: "{ allowed }",
      };
  }
}

function ofTag(scaffold: Scaffold, { key }: TagFact): string {
  const { sample, isPeriodic } = scaffold;
  const { comment, head } = mappingOf(scaffold);
  const mapping = isPeriodic
    ? `/** A query answers with a list of tags. */
interface Recorded {
  readonly tags?: readonly { readonly key?: string; readonly value?: string }[];
}

${comment}
export const fromAccount = ({ tags = [] }: Recorded): Facts => ({
  tag: tags.find(({ key }) => key === TAG)?.value,
});`
    : `${comment}\n${head} => ({ tag: recorded.tags[TAG] });`;
  return `import { check, undecided } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { policy } from "../../engine/policy";
import type { Context, NoParameters, Policy } from "../../engine/policy";
import { isScalar } from "../../engine/reader";
import { isUnknown, reveal, UNKNOWN } from "../../engine/values";
import type { Unknown } from "../../engine/values";
import { effectiveTags } from "../../views/tags";
import { customControl } from "../control";
${isPeriodic ? "" : 'import type { ConfigurationItem } from "../items";\n'}import { preventive } from "../judge";

const TYPE = ${text(sample.type)};
const TAG = ${text(key)};

/** What decides: the value of the tag; \`undefined\` without it. */
export interface Facts {
  readonly tag: string | Unknown | undefined;
}

${headOf(scaffold, `Resources of ${sample.configType} have the tag "${key}".`)}
  ${originOf(scaffold, "tag", "tags", false)}
});

${PLACE}
function judge({ tag }: Facts): Outcome {
  const reason = (found: string): Reason => ({ property: "tags", found, fix: \`set the tag "\${TAG}"\` });
  if (isUnknown(tag)) return undecided(reason(\`the tag "\${TAG}" is not known yet\`));
  return check(tag !== undefined && tag !== "", reason(\`the resource has no tag "\${TAG}"\`));
}

/** Before the deployment: the resource's own tags over the default tags of its provider. */
function fromContext(context: Context): Facts {
  const { tags, complete } = effectiveTags(context);
  const value = tags.get(TAG);
  if (value === undefined) return { tag: complete ? undefined : UNKNOWN };
  const inner = reveal(value);
  return { tag: isScalar(inner) ? String(inner) : UNKNOWN };
}

${mapping}

export const preventivePolicy: Policy<NoParameters> = policy(control.title, {
  [TYPE]: (resource, parameters: NoParameters, context) =>
    preventive(control, () => fromContext(context))(resource, parameters, context),
});
`;
}
