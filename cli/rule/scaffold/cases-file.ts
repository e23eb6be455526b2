import type { Scaffold } from "./facts";

/** Stands in a literal for the variable that takes its place. */
const VARIABLE = "\u0000";

/** `cases.ts` of a new control: the sample in both worlds, with the good value, another one, and none that is known. */
export function casesFile(scaffold: Scaffold): string {
  const { sample, fact, isPeriodic } = scaffold;
  const isTag = fact.kind === "tag";
  const variable = isTag ? "tags" : fact.name;
  const inputs = literal(sample.inputs, isTag ? "tags" : fact.input, variable);
  const recorded = isPeriodic
    ? literal(queried(scaffold), isTag ? "tags" : fact.recorded, variable)
    : literal(sample.item, isTag ? "tags" : fact.recorded, variable);
  const [After, typed] = isPeriodic ? ["Scheduled", "<object>"] : ["After", ""];
  const value = (of: unknown): string => JSON.stringify(of);
  const good = isTag ? value({ [fact.key]: fact.value }) : value(fact.good);
  const bad = isTag ? "{}" : value(fact.bad);
  // A query answers with a list of tags.
  const listed = isTag && isPeriodic ? value([{ key: fact.key, value: fact.value }]) : good;
  const none = isTag && isPeriodic ? "[]" : bad;
  const titles = isTag
    ? [`has the tag "${fact.key}"`, `does not have the tag "${fact.key}"`, "has tags that are not known yet"]
    : [
        `has "${fact.input}" at ${String(fact.good)}`,
        `has "${fact.input}" at ${String(fact.bad)}`,
        `has "${fact.input}" at a value that is not known`,
      ];
  return `import type { ${After}, Before, CustomCase } from "../cases";

/** The SDK's text for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** As a program declares it. */
const declared = (${variable}: unknown): Before => ({
  resources: [{ type: ${value(sample.type)}, inputs: ${inputs} }],
});

/** ${isPeriodic ? "As AWS Config answers a query" : "As AWS Config records it"}. */
const recorded = (${variable}: unknown): ${After}<${isPeriodic ? "object" : "undefined"}> => ({
  ${isPeriodic ? `account: ${recorded}` : `item: ${recorded}, read: undefined`},
});

export const cases: readonly CustomCase${typed}[] = [
  { title: ${value(titles[0])}, verdict: "COMPLIANT", before: declared(${good}), after: recorded(${listed}) },
  { title: ${value(titles[1])}, verdict: "NON_COMPLIANT", before: declared(${bad}), after: recorded(${none}) },
  {
    title: ${value(titles[2])},
    verdict: "UNDECIDED",
    before: declared(UNKNOWN),
    after: ${isTag ? '{ never: "AWS Config knows every tag" }' : "recorded(undefined)"},
  },
];
`;
}

/** What a query for the id and the fact answers with. */
function queried({ sample: { item }, fact }: Scaffold): object {
  if (fact.kind === "tag") return { resourceId: item.resourceId, tags: [] };
  const [first = "", ...rest] = fact.recorded.split(".");
  const nested = rest.reduceRight<unknown>((inner, step) => ({ [step]: inner }), fact.good);
  return { resourceId: item.resourceId, [first]: nested };
}

/** A value as source, with a variable at a path. */
function literal(value: unknown, path: string, variable: string): string {
  const text = JSON.stringify(withVariable(value, path.split(".")));
  const last = path.slice(path.lastIndexOf(".") + 1);
  const mark = JSON.stringify(VARIABLE);
  return last === variable
    ? text.replace(`${JSON.stringify(last)}:${mark}`, variable)
    : text.replace(mark, variable);
}

function withVariable(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return VARIABLE;
  const before: object = typeof value === "object" && value !== null ? value : {};
  return { ...before, [step]: withVariable(Reflect.get(before, step), rest) };
}
