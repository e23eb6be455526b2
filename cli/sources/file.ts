import { UsageError } from "../errors";
import { isExport, readExport } from "./export";
import { decode, isObject, lineAndColumn } from "./json";
import { errorOffset } from "./json-error";
import type { Json } from "./json";
import { isEvent, isPreview, readEvents, readPreview } from "./preview";
import type { Source } from "./types";

const WANTED = 'Give the output of "pulumi stack export" or "pulumi preview --json".';

/**
 * The resources of a state export or a preview.
 * @throws UsageError when the bytes are neither.
 */
export function readDocument(bytes: Buffer, name: string): Source {
  const text = decode(bytes, name);
  if (text.trim() === "") throw new UsageError(`The file is empty. ${WANTED}`, name);
  const document = parse(text, name);
  if (isList(document)) return readEvents(document, name);
  if (isExport(document)) return readExport(document, name);
  if (isPreview(document)) return readPreview(document, name);
  if (isEvent(document)) return readEvents([document], name);
  throw new UsageError(`The file is JSON, but neither a state export nor a preview. ${WANTED}`, name);
}

/** The document, or the events of a streaming preview, which are one object a line. */
function parse(text: string, name: string): Json | readonly Json[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const events = eventsOf(text);
    if (events !== undefined) return events;
    const offset = errorOffset(text);
    const what =
      offset >= text.trimEnd().length
        ? "The JSON ends too early: the file is cut off"
        : "The file is not JSON";
    throw new UsageError(`${what}. ${WANTED}`, `${name}:${lineAndColumn(text, offset)}`, { cause: error });
  }
  if (isObject(value)) return value;
  throw new UsageError(`The file is JSON, but neither a state export nor a preview. ${WANTED}`, name);
}

const isList = (value: Json | readonly Json[]): value is readonly Json[] => Array.isArray(value);

function eventsOf(text: string): readonly Json[] | undefined {
  const events: Json[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    try {
      const value: unknown = JSON.parse(line);
      if (!isObject(value) || !isEvent(value)) return undefined;
      events.push(value);
    } catch {
      return undefined;
    }
  }
  return events;
}
