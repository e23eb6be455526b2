import { UsageError } from "../errors";

/** A JSON object with any properties. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own property of a JSON object; properties of the prototype are no input. */
export function own(object: Json, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/**
 * What a file encoded by a Unix tool, or by PowerShell's redirection, says.
 * @throws UsageError for bytes that are no text.
 */
export function decode(bytes: Buffer, place: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  try {
    if (encoding === "utf-8" && bytes[0] !== 0xef) return bytes.toString("utf8");
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError("The file is no text. Give a file of JSON.", place, { cause: error });
  }
}

/** Where in a text something is, counted from 1. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `${line}:${offset - before.lastIndexOf("\n")}`;
}
