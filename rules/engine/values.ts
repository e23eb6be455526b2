/** Property values as controls see them: plain JSON, with what is unknown and what is secret marked. */

/*
 * A control of another package comes in a bundle with an engine of its own. The marks are told apart by their classes,
 * so that all engines of a process must have the same ones: whichever is loaded first makes them.
 */
const MARKS = Symbol.for("continuous-compliance.marks");

class UnknownMark {
  /** As messages show it. */
  public toJSON(): string {
    return "[unknown]";
  }
}

class SecretMark {
  public constructor(public readonly value: Value) {}
}

interface Marks {
  readonly Unknown: typeof UnknownMark;
  readonly Secret: typeof SecretMark;
  readonly unknown: UnknownMark;
}

const marks: Marks = (Reflect.get(globalThis, MARKS) as Marks | undefined) ?? {
  Unknown: UnknownMark,
  Secret: SecretMark,
  unknown: new UnknownMark(),
};
Reflect.set(globalThis, MARKS, marks);

/** The type of {@link UNKNOWN}. */
export const Unknown = marks.Unknown;
export type Unknown = UnknownMark;

/** Stands for a value that is not known before the update. */
export const UNKNOWN: Unknown = marks.unknown;

/** Whether a value is not known before the update. */
export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** A secret. Its value takes part in decisions and is never shown. */
export const Secret = marks.Secret;
export type Secret = SecretMark;

export type Value = null | boolean | number | string | Unknown | Secret | readonly Value[] | Properties;
export interface Properties {
  readonly [name: string]: Value;
}

/** Strings that the Pulumi SDKs put in the place of unknown values of each kind. */
const SENTINELS = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The key that marks objects of special meaning in Pulumi's wire format, and the meanings. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Deeper than any provider's schema; what lies below is treated as unknown, so that no input exhausts the stack. */
const MAX_DEPTH = 64;

/**
 * Turns values of Pulumi's wire format (a state file, a preview, a gRPC request) into {@link Value}s.
 * Internal properties, whose names begin with two underscores, are left out.
 */
export function mark(raw: unknown, depth = 0): Value {
  if (typeof raw === "string") {
    if (SENTINELS.has(raw)) return UNKNOWN;
    // What the CLI puts in the place of a secret that it cannot decrypt, whatever its type.
    return raw === "[secret]" ? new Secret(UNKNOWN) : raw;
  }
  if (raw === null || typeof raw === "boolean" || typeof raw === "number") return raw;
  if (isUnknown(raw) || raw instanceof Secret) return raw;
  if (typeof raw !== "object") return null;
  if (depth >= MAX_DEPTH) return UNKNOWN;
  if (Array.isArray(raw)) return raw.map((item) => mark(item, depth + 1));
  return markObject(Object.entries(raw), depth);
}

function markObject(entries: [string, unknown][], depth: number): Value {
  const special = entries.find(([key]) => key === SIGNATURE)?.[1];
  if (special !== undefined) {
    const part = new Map(entries);
    switch (special) {
      case SECRET:
        return new Secret(secretValue(part, depth));
      case OUTPUT: {
        const value = part.has("value") ? mark(part.get("value"), depth + 1) : UNKNOWN;
        return part.get("secret") === true ? new Secret(value) : value;
      }
      case RESOURCE:
        return mark(part.get("id") ?? UNKNOWN, depth + 1);
      default:
        // Assets and archives: their content is no property.
        break;
    }
  }
  const kept: [string, Value][] = [];
  for (const [key, value] of entries) {
    if (!key.startsWith("__") && value !== undefined) kept.push([key, mark(value, depth + 1)]);
  }
  return Object.fromEntries(kept);
}

/** A state file holds secrets as cipher text, or with `--show-secrets` as JSON text. */
function secretValue(part: ReadonlyMap<string, unknown>, depth: number): Value {
  const plaintext = part.get("plaintext");
  if (typeof plaintext === "string") {
    const parsed = parseJson(plaintext);
    return parsed === undefined ? plaintext : mark(parsed, depth + 1);
  }
  return part.has("value") ? mark(part.get("value"), depth + 1) : UNKNOWN;
}

/** The value of a JSON text; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is an object with named properties. */
export function isProperties(value: unknown): value is Properties {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !isUnknown(value)
  );
}

/** Whether a value is a list. */
export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value behind a secret; any other value as it is. */
export function reveal(value: Value): Exclude<Value, Secret> {
  let inner: Value = value;
  while (inner instanceof Secret) inner = inner.value;
  return inner;
}

/** Whether a value or any part of it is not known. */
export function holdsUnknown(value: Value): boolean {
  const inner = reveal(value);
  if (isUnknown(inner)) return true;
  if (isList(inner)) return inner.some(holdsUnknown);
  return isProperties(inner) && Object.values(inner).some(holdsUnknown);
}

/** Whether a value or any part of it is secret. */
export function holdsSecret(value: Value): boolean {
  if (value instanceof Secret) return true;
  if (isList(value)) return value.some(holdsSecret);
  return isProperties(value) && Object.values(value).some(holdsSecret);
}

const SHOWN_CHARACTERS = 80;

/** Every text behind a secret of a value, however deep. */
export function secretTexts(value: Value, isSecret = false): readonly string[] {
  if (value instanceof Secret) return secretTexts(value.value, true);
  if (isList(value)) return value.flatMap((item) => secretTexts(item, isSecret));
  if (isProperties(value)) return Object.values(value).flatMap((item) => secretTexts(item, isSecret));
  return isSecret && typeof value === "string" && value !== "" ? [value] : [];
}

/** A value as messages show it: short, on one line, without secrets and without terminal controls. */
export function show(value: Value): string {
  if (holdsSecret(value)) return "[secret]";
  if (isUnknown(value)) return "[unknown]";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return printable(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text);
}

/** A text with control characters (terminal escapes, line breaks, bidirectional marks) written as `\u....`. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What a property holds that takes an object, or the same as JSON text; `null` for text that is no JSON. */
export function fromJson(value: Value): Value {
  return typeof value === "string" ? mark(parseJson(value)) : value;
}

/** The properties of a value that is an object, else none. */
export function propertiesIn(value: Value): Properties {
  const inner = reveal(value);
  return isProperties(inner) ? inner : {};
}
