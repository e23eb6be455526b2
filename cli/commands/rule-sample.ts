import { didYouMean, printable } from "../../rules";
import { samples } from "../../rules/samples";
import type { Sample } from "../../rules/samples";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { printFacts } from "./format";
import type { Colours, FactOptions } from "./format";
import { snippetOf } from "./snippet";
import { table } from "./table";

export interface RuleSampleOptions extends Pick<FactOptions, "format" | "output"> {
  /** As AWS Config or as Pulumi spells it, whatever its case. */
  readonly type?: string;
  /** Print the types instead. */
  readonly list?: true;
  /** Print this part alone, as JSON. */
  readonly only?: "item" | "inputs";
}

/**
 * `compliance rule sample`: a resource as AWS Config sends it, and as a program declares it.
 * @throws UsageError when there is no such sample, or the file cannot be written.
 */
export function ruleSample(options: RuleSampleOptions, io: Io): 0 {
  const { type, list, only } = options;
  if ((type === undefined) === (list === undefined)) {
    throw new UsageError('Give either a resource type, e.g. "AWS::S3::Bucket", or "--list".');
  }
  if (type === undefined) {
    if (only !== undefined)
      throw new UsageError('Give a resource type, of whose sample "--only" prints a part.');
    const types = samples().map(({ configType, type: token }) => ({ configType, type: token }));
    printFacts({ types }, (colours) => listText(types, colours), options, io);
    return 0;
  }
  const sample = knownSample(type);
  if (only !== undefined) {
    printFacts(sample[only], () => jsonOf(sample[only]), options, io);
    return 0;
  }
  const { configType, type: token, item, inputs } = sample;
  printFacts(
    { configType, type: token, item, inputs },
    (colours) => sampleText(sample, colours),
    options,
    io,
  );
  return 0;
}

/**
 * The sample of a type, whoever spells it.
 * @throws UsageError with the nearest type that has one.
 */
export function knownSample(given: string): Sample {
  const wanted = given.toLowerCase();
  const found = samples().find(
    ({ configType, type }) => configType.toLowerCase() === wanted || type.toLowerCase() === wanted,
  );
  if (found !== undefined) return found;
  const asked = didYouMean(given, samples().map(given.includes("/") ? tokenOf : configTypeOf));
  const hint = asked === undefined ? "" : ` ${asked}`;
  throw new UsageError(
    `There is no sample of "${printable(given)}".${hint} "compliance rule sample --list" lists the types.`,
  );
}

const tokenOf = ({ type }: Sample): string => type;
const configTypeOf = ({ configType }: Sample): string => configType;

const jsonOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function listText(types: readonly Pick<Sample, "configType" | "type">[], colours: Colours): string {
  const head = ["AWS CONFIG", "PULUMI"].map(colours.bold);
  const rows = types.map(({ configType, type }) => [configType, type]);
  return `${table(head, rows)}\n\n${types.length} types. "compliance rule sample TYPE" prints the sample of one.\n`;
}

function sampleText({ configType, type, item, inputs }: Sample, colours: Colours): string {
  return [
    colours.bold(`${configType} as AWS Config sends it with a change`),
    jsonOf(item),
    colours.bold(`${type} as a program declares it`),
    `${snippetOf({ subject: { type, inputs } })}\n`,
    `"--only item" and "--only inputs" print one of them as JSON.\n`,
  ].join("\n");
}
