import { didYouMean } from "../catalog";
import { printable } from "../engine";
import type { Problem } from "./types";

/** Collects everything that is wrong with an input, so that all of it is reported at once. */
export class Problems {
  private readonly found: Problem[] = [];

  public get all(): readonly Problem[] {
    return this.found;
  }

  public add(path: string, message: string): void {
    this.found.push({ path, message });
  }

  /** A name that is not among the valid ones. */
  public unknownName(path: string, what: string, given: string, valid: Iterable<string>, help: string): void {
    const asked = didYouMean(given, valid);
    const hint = asked === undefined ? help : `${asked} ${help}`;
    this.add(path, `${what} "${shown(given)}" is unknown. ${hint}`);
  }

  /** An object with named properties, and no others than `allowed` where that is given. */
  public object(path: string, value: unknown, allowed?: readonly string[]): ReadonlyMap<string, unknown> {
    if (value === undefined) return new Map();
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.add(path, `${describe(value)} is not a map. Write "name: value" lines.`);
      return new Map();
    }
    const entries = new Map(Object.entries(value));
    if (allowed !== undefined) {
      for (const key of entries.keys()) {
        if (!allowed.includes(key)) {
          this.unknownName(join(path, key), "The entry", key, allowed, `Allowed are ${allowed.join(", ")}.`);
        }
      }
    }
    return entries;
  }

  /** A list, each item with its path; a value that is no list is a problem. */
  public list(path: string, value: unknown): readonly (readonly [string, unknown])[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.add(path, `${describe(value)} is not a list. Write "- item" lines or [item, item].`);
      return [];
    }
    return value.map((item: unknown, index) => [`${path}[${index}]`, item] as const);
  }

  /** A text that is not empty. */
  public text(path: string, value: unknown, what: string): string | undefined {
    if (typeof value === "string" && value.trim() !== "") return value;
    this.add(
      path,
      value === undefined
        ? `${what} is missing. Add it.`
        : `${describe(value)} is not ${lower(what)}. Write ${isPlain(value) ? "it in quotes" : "a text"}.`,
    );
    return undefined;
  }

  /** One of a few words. */
  public word<T extends string>(path: string, value: unknown, allowed: readonly T[]): T | undefined {
    const word = allowed.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    const asked = typeof value === "string" ? didYouMean(value, allowed) : undefined;
    const hint = asked === undefined ? "" : ` ${asked}`;
    this.add(path, `${describe(value)} is not allowed here.${hint} Allowed are ${allowed.join(", ")}.`);
    return undefined;
  }
}

/** What YAML makes of a word or digits without quotes. */
const isPlain = (value: unknown): boolean => typeof value === "number" || typeof value === "boolean";

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const SHOWN = 60;
/** A text of the input as messages show it. */
export const shown = (text: string): string =>
  printable(text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text);

/** A path with one more step; a step that is no plain word is quoted. */
export function join(path: string, step: string): string {
  const part = /^[\w-]+$/.test(step) ? step : `["${shown(step)}"]`;
  return path === "" ? part : part.startsWith("[") ? path + part : `${path}.${part}`;
}

/** A value of the input as messages name it. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return "An empty value";
  if (Array.isArray(value)) return "A list";
  if (typeof value === "object") return "A map";
  return typeof value === "string"
    ? `"${shown(value)}"`
    : `The ${typeof value} ${shown(JSON.stringify(value))}`;
}
