import { createColors } from "picocolors";
import { ruleParameterProblems } from "../../rules/custom/access-parameters";
import { parameterTexts } from "../../rules/custom/parameters";
import type { ParameterSchema } from "../../rules/custom/parameters";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { changeEvent, EXAMPLE_ACCOUNT } from "../rule/events";
import type { Folder } from "../rule/folder";
import { checkoutFolder, knownNames, loadFolder } from "../rule/load";
import { caseProblem } from "../rule/parity";
import { rehearse } from "../rule/rehearsal";
import { resultsText } from "../rule/results";
import { counted } from "../reports/wording";
import { decode, lineAndColumn } from "../sources/json";
import { errorOffset } from "../sources/json-error";
import { readSource, readStream } from "../sources/read";
import type { CheckContext } from "./check";

export interface RuleTestOptions {
  readonly names: readonly string[];
  /** A configuration item to judge instead of the cases. */
  readonly item?: string;
  /** A whole event to answer instead of the cases. */
  readonly event?: string;
  /** What the rule reads beside the item. */
  readonly read?: string;
  /** JSON. */
  readonly parameters?: string;
}

/**
 * `compliance rule test`: runs the cases of custom controls in both worlds, or one item or event through the function.
 * @returns 1 when a case has another verdict, or something violates.
 * @throws UsageError for a control, file or flag that is wrong.
 */
export async function ruleTest(options: RuleTestOptions, context: CheckContext): Promise<0 | 1> {
  checkFlags(options);
  const root = checkoutFolder();
  const names = knownNames(root, options.names);
  if (options.item !== undefined || options.event !== undefined) {
    const [name] = names;
    if (options.names.length !== 1 || name === undefined)
      throw new UsageError('"--item" and "--event" need the name of one control.');
    return judgeFile(await loadFolder(root, name), options, context);
  }
  return runCases(root, names, context);
}

/** A flag that would change nothing is a mistake: the answer would look like one with it. */
function checkFlags({ item, event, read, parameters }: RuleTestOptions): void {
  const problems: string[] = [];
  if (item !== undefined && event !== undefined) {
    problems.push('"--item" and "--event" are two ways to say what is judged. Give one of them');
  }
  if (parameters !== undefined && event !== undefined) {
    problems.push('"--parameters" goes with "--item": an event has "ruleParameters" of its own');
  }
  const unused = Object.entries({ "--read": read, "--parameters": parameters });
  if (item === undefined && event === undefined) {
    for (const [flag, value] of unused)
      if (value !== undefined) problems.push(`"${flag}" goes with "--item": cases have their own`);
  }
  if (problems.length > 0) throw new UsageError(`${problems.join(". ")}.`);
}

async function runCases(root: string, names: readonly string[], io: Io): Promise<0 | 1> {
  const colours = createColors(io.colour);
  let passed = 0;
  let failed = 0;
  for (const name of names) {
    const lines: string[] = [];
    let count = 0;
    try {
      const folder = await loadFolder(root, name);
      for (const example of folder.cases) {
        const wrong = await caseProblem(folder, example);
        count++;
        if (wrong === undefined) passed++;
        else lines.push(`  ${colours.red("✗")} a resource ${example.title}: ${wrong}`);
      }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      lines.push(`  ${colours.red("✗")} ${error.line}`);
    }
    failed += lines.length;
    const mark = lines.length === 0 ? colours.green("✓") : colours.red("✗");
    io.stdout.write(`${[`${mark} ${name}: ${counted(count, "case")}`, ...lines].join("\n")}\n`);
  }
  io.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function judgeFile(folder: Folder, options: RuleTestOptions, context: CheckContext): Promise<0 | 1> {
  const { control, definition } = folder;
  const place = options.event ?? options.item ?? "";
  const content = await jsonFile(place, context.stdin);
  const read = options.read === undefined ? undefined : await jsonFile(options.read, context.stdin);
  // An event brings its own.
  const parameters = options.event === undefined ? parametersOf(options.parameters, control.parameters) : {};
  const parts = { parameters, account: EXAMPLE_ACCOUNT, rule: control.name };
  const event = options.event === undefined ? changeEvent(content, parts) : content;
  const answering = read === undefined ? {} : { read: () => Promise.resolve(read) };
  const { results, error } = await rehearse({ ...definition, ...answering }, event, false);
  if (results.length > 0 || error === undefined) context.stdout.write(resultsText(results, context));
  if (error !== undefined) throw new UsageError(error.message, place, { cause: error });
  return results.some(({ compliance }) => compliance === "NON_COMPLIANT") ? 1 : 0;
}

/**
 * Parameters as a flag gives them.
 * @param schema - What the control declares.
 * @throws UsageError when they are not a JSON object of texts, or not what a rule of the control takes.
 */
export function parametersOf(
  text: string | undefined,
  schema: ParameterSchema,
): Readonly<Record<string, string>> {
  const parsed = parameterTexts(text);
  const problems = parsed.ok ? ruleParameterProblems(schema, parsed.values) : parsed.problems;
  if (!parsed.ok || problems.length > 0) throw new UsageError(`${problems.join("; ")}.`, "--parameters");
  return parsed.values;
}

async function jsonFile(path: string, stdin: NodeJS.ReadableStream): Promise<unknown> {
  const name = path === "-" ? "standard input" : path;
  const text = decode(path === "-" ? await readStream(stdin, name) : readSource(path), name);
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = `${name}:${lineAndColumn(text, errorOffset(text))}`;
    throw new UsageError("The file is not JSON.", place, { cause: error });
  }
}
