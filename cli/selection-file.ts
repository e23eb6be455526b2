import { dirname, extname } from "node:path";
import type * as Yaml from "yaml";
import type { Problem } from "../rules";
import { UsageError } from "./errors";
import { decode, lineAndColumn } from "./sources/json";
import { errorOffset } from "./sources/json-error";
import { readSource } from "./sources/read";

/** A selection, or another file that people write, with the way to name a place in it. */
export interface SelectionDocument {
  readonly value: unknown;
  /** Where the document is from, for messages. */
  readonly place: string;
  /** The folder in which it stands: paths in it begin here. */
  readonly folder: string;
  /** `line:column` of a dotted path; `undefined` when nothing is known. */
  readonly locate: (path: string) => string | undefined;
}

/** Far more than a selection of every control needs. */
const MAX_CHARACTERS = 1024 * 1024;

/** Levels of lists and maps; a selection has five. */
const MAX_DEPTH = 200;

/**
 * Reads a selection file: YAML, or JSON.
 * @throws UsageError when there is none, or it is malformed.
 */
export function readSelectionFile(path: string): SelectionDocument {
  return readDocument(path, "The selection", "Select by framework, pack or service.");
}

/**
 * Reads a file that people write: YAML, or JSON.
 * @param what - what it is, as messages call it
 * @param shorten - how to make it shorter when it is far too long
 * @throws UsageError when there is none, or it is malformed.
 */
export function readDocument(path: string, what: string, shorten: string): SelectionDocument {
  const text = decode(readSource(path), path);
  if (text.length > MAX_CHARACTERS) {
    throw new UsageError(
      `${what} has ${text.length} characters. Allowed are ${MAX_CHARACTERS}. ${shorten}`,
      path,
    );
  }
  const locate = (place: string): string | undefined => locateIn(text, place);
  const value = extname(path) === ".json" ? parseJson(text, path, what) : parseYaml(text, path);
  return { value, place: path, folder: dirname(path), locate };
}

function parseJson(text: string, path: string, what: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `${what} is not JSON. Correct it here.`,
      `${path}:${lineAndColumn(text, errorOffset(text))}`,
      { cause: error },
    );
  }
  // JSON keeps the last of equal names without a word, and JSON is YAML, which does not allow them.
  const errors = tooDeepAt(text) === undefined ? documentOf(text).errors : [];
  const twice = errors.find(({ code }) => code === "DUPLICATE_KEY");
  if (twice === undefined) return value;
  throw new UsageError(
    `${what} has a name twice in one object, of which only the last would count. Remove one of them.`,
    `${path}:${lineAndColumn(text, twice.pos[0])}`,
  );
}

/**
 * A YAML document as plain values.
 * @throws UsageError when it is malformed, with every place.
 */
export function parseYaml(text: string, path: string): unknown {
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    throw new UsageError(
      `The YAML is nested too deeply. Allowed are ${MAX_DEPTH} levels. Write the lists and maps flat.`,
      `${path}:${lineAndColumn(text, deep)}`,
    );
  }
  const document = documentOf(text);
  const [error, ...more] = document.errors;
  if (error !== undefined) {
    const others = more.length === 0 ? "" : ` (${more.length} more after it)`;
    throw new UsageError(
      `The YAML is malformed: ${error.message}${others}. Correct it here.`,
      `${path}:${lineAndColumn(text, error.pos[0])}`,
      { cause: error },
    );
  }
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(
      `The YAML is malformed: ${error instanceof Error ? error.message : "it cannot be read"}. Correct it.`,
      path,
      { cause: error },
    );
  }
}

function documentOf(text: string): Yaml.Document.Parsed {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when first used: judging an export by all controls needs no YAML
  const { parseDocument } = require("yaml") as typeof Yaml;
  return parseDocument(text, { prettyErrors: false });
}

/**
 * Where a text is nested too deeply. A document is composed by recursion, and where that ends the stack, a regular
 * expression that is compiled there ends the whole process; its tokens are told one by one.
 */
function tooDeepAt(text: string): number | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
  const { Lexer, Parser } = require("yaml") as typeof Yaml;
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // What the parser yields when a document ends is of no interest.
    Array.from(parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) return parser.offset;
  }
  return undefined;
}

/** The steps of a path as problems name it: `exemptions[0].expires`, `parameters["odd name"]`. */
function stepsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(
    ([, index, quoted, plain]) => (index === undefined ? (quoted ?? plain ?? "") : Number(index)),
  );
}

/** `line:column` of a dotted path in a YAML text; `undefined` when it is not there. */
export function locateIn(text: string, path: string): string | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- needed only for messages
  const { isMap, isScalar, isSeq } = require("yaml") as typeof Yaml;
  let node: unknown = tooDeepAt(text) === undefined ? documentOf(text).contents : undefined;
  let offset: number | undefined;
  const startOf = (value: unknown): number | undefined => {
    const range = (value as Yaml.Node | null | undefined)?.range;
    return range?.[0];
  };
  for (const step of stepsOf(path)) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else {
      break;
    }
  }
  return offset === undefined ? undefined : lineAndColumn(text, offset);
}

/** All problems of a selection, or of another file, as one error, each with its place. */
export function selectionError(
  problems: readonly Problem[],
  document: SelectionDocument,
  what = "The selection",
): UsageError {
  const lines = problems.map(({ path, message }) => {
    const position = document.locate(path);
    return `${path === "" ? what.toLowerCase() : path}${position === undefined ? "" : ` (${position})`}: ${message}`;
  });
  const [first] = lines;
  return lines.length === 1 && first !== undefined
    ? new UsageError(first, document.place)
    : new UsageError(
        `${what} has ${lines.length} problems:\n${lines.map((line) => `  ${line}`).join("\n")}`,
        document.place,
      );
}
