/** Any JSON object: the shape of what the engine, the CLI and the local AWS answer. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object (not a list, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a JSON object; anything else reads as an empty one, so that a missing branch needs no guard. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list; anything else reads as an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; anything else reads as empty text. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The texts of a list, everything else left out. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((entry) => typeof entry === "string");
}

/**
 * Parses one JSON document.
 *
 * @throws Error that names what was read, when the text is not JSON.
 */
export function parseJson(text: string, what: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw new Error(`${what} is not JSON: ${text.slice(0, 200) || "(empty)"}.`, { cause });
  }
}

/** Parses text that holds one JSON object a line; other lines (warnings of a tool) are left out. */
export function parseJsonLines(text: string, what: string): readonly JsonObject[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => objectOf(parseJson(line, what)));
}
