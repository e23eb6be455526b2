import { defaultOf } from "./defaults";
import { compliant, notApplicable, undecided, violation, all, any } from "./outcome";
import type { Outcome, Reason } from "./outcome";
import type { At, Element, Path } from "./paths";
import type { Holder, Place } from "./place";
import {
  isUnknown,
  UNKNOWN,
  isList,
  isProperties,
  reveal,
  Secret,
  holdsSecret,
  secretTexts,
  show,
} from "./values";
import type { Unknown, Value } from "./values";

/** A value without secret wrapping; parts of a list or object may still be unknown. */
export type Known = Exclude<Value, Secret | Unknown>;

/** What a property holds at evaluation time. `absent` carries the documented default, if there is one. */
export type Read<T = Known> =
  | { readonly kind: "known"; readonly value: T }
  | { readonly kind: "unknown" }
  | { readonly kind: "absent"; readonly default?: T };

/** The items of a list, and whether more may follow that are not known yet. */
export interface Items<T> {
  readonly items: readonly T[];
  readonly complete: boolean;
}

/**
 * Reads the inputs of one resource, or of one block of it. Paths are dotted and checked against the `...Args`
 * interface `T`. It never throws: a value of another type than the interface says is an ordinary value.
 *
 * The conditions (`isTrue`, `equals`, ...) answer with an {@link Outcome} that explains itself. An absent property
 * counts as its documented default; without one it satisfies only {@link absent}.
 */
export class Reader<T> {
  /** Never set: it ties the reader to its interface, so that two readers of different types do not mix. */
  declare protected readonly type: T;

  public constructor(
    /** The canonical type token of the resource. */
    public readonly token: string,
    private readonly root: Value,
    private readonly prefix = "",
    /** The resource, where it is another one than the one that is judged: reasons then name it. */
    private readonly holder?: Holder,
  ) {}

  /** The texts behind its secrets, which no message may hold. */
  public secrets(): readonly string[] {
    return holdsSecret(this.root) ? secretTexts(this.root) : [];
  }

  /** What is at a path. */
  public read<P extends string>(path: P & Path<T, P>): Read {
    return this.at(path);
  }

  /** Like {@link read}, for paths that the interface of the class does not know (twins of a type, open maps). */
  public at(path: string): Read {
    const value = walk(this.root, path);
    if (isUnknown(value)) return { kind: "unknown" };
    if (value !== undefined) return { kind: "known", value };
    const known = defaultOf(this.token, this.name(path).replace(/\[\d+\]/g, ""));
    return known === undefined ? { kind: "absent" } : { kind: "absent", default: known };
  }

  /** The value that counts: the known one, else the documented default; `UNKNOWN`, or `undefined` without either. */
  public value<P extends string>(path: P & Path<T, P>): Known | Unknown | undefined {
    return this.valueAt(path);
  }

  /** Like {@link value}, for paths that the interface of the class does not know. */
  public valueAt(path: string): Known | Unknown | undefined {
    return effective(this.at(path));
  }

  /** The full path of a property, as messages name it; of the block itself without a path. */
  public name(path: string): string {
    if (path === "") return this.prefix;
    return this.prefix === "" ? path : `${this.prefix}.${path}`;
  }

  public isTrue<P extends string>(path: P & Path<T, P>): Outcome {
    return this.judge(path, (value) => toBoolean(value) === true, `set "${this.name(path)}" to true`);
  }

  public isFalse<P extends string>(path: P & Path<T, P>): Outcome {
    return this.judge(path, (value) => toBoolean(value) === false, `set "${this.name(path)}" to false`);
  }

  /** Equal as text, so that `"1"` equals 1 and `"true"` equals true. */
  public equals<P extends string>(path: P & Path<T, P>, wanted: string | number | boolean): Outcome {
    return this.judge(path, (value) => same(value, wanted), `set "${this.name(path)}" to ${quote(wanted)}`);
  }

  /** Equal as text to none of the values; an absent property without a default is not equal to anything. */
  public noneOf<P extends string>(
    path: P & Path<T, P>,
    unwanted: readonly (string | number | boolean)[],
    fix = `set "${this.name(path)}" to something else than ${unwanted.map(quote).join(" or ")}`,
  ): Outcome {
    if (effective(this.at(path)) === undefined) return compliant();
    return this.judge(path, (value) => !unwanted.some((one) => same(value, one)), fix);
  }

  /** Equal as text to one of the values; `ignoreCase` where AWS ignores it. */
  public oneOf<P extends string>(
    path: P & Path<T, P>,
    allowed: readonly (string | number)[],
    options: { readonly ignoreCase?: boolean } = {},
  ): Outcome {
    const fold = (text: string): string => (options.ignoreCase === true ? text.toLowerCase() : text);
    const wanted = new Set(allowed.map((value) => fold(String(value))));
    return this.judge(
      path,
      (value) => isScalar(value) && wanted.has(fold(String(value))),
      `set "${this.name(path)}" to ${allowed.length === 1 ? "" : "one of "}${allowed.map(quote).join(", ")}`,
    );
  }

  /** A number that is not less than the minimum, which may be text. */
  public atLeast<P extends string>(path: P & Path<T, P>, minimum: number): Outcome {
    return this.judge(
      path,
      (value) => toNumber(value) >= minimum,
      `set "${this.name(path)}" to ${minimum} or more`,
    );
  }

  /** A number that is not more than the maximum, which may be text. */
  public atMost<P extends string>(path: P & Path<T, P>, maximum: number): Outcome {
    return this.judge(
      path,
      (value) => toNumber(value) <= maximum,
      `set "${this.name(path)}" to ${maximum} or less`,
    );
  }

  /** Set to something that is not empty. A value that is not known yet is present; a block that is not may lack it. */
  public present<P extends string>(path: P & Path<T, P>, fix = `set "${this.name(path)}"`): Outcome {
    const read = this.at(path);
    if (read.kind === "unknown") {
      const block = path.slice(0, Math.max(0, path.lastIndexOf(".")));
      const isHidden = block !== "" && isUnknown(walk(this.root, block));
      return isHidden ? undecided(this.reason(path, fix)) : compliant();
    }
    return this.judge(path, (value) => !isEmpty(value), fix);
  }

  /** Not set, or set to something empty, and without a default that counts. */
  public absent<P extends string>(path: P & Path<T, P>, fix = `remove "${this.name(path)}"`): Outcome {
    const value = effective(this.at(path));
    if (isUnknown(value)) return undecided(this.reason(path, fix));
    return value === undefined || isEmpty(value) ? compliant() : violation(this.reason(path, fix));
  }

  /** A list or map with at least one entry. A list that is not known yet may be empty. */
  public nonEmpty<P extends string>(
    path: P & Path<T, P>,
    fix = `add an entry to "${this.name(path)}"`,
  ): Outcome {
    return this.judge(path, (value) => !isEmpty(value), fix);
  }

  /** Any other condition on the value that counts; `fix` says in words what the value must be. */
  public test<P extends string>(
    path: P & Path<T, P>,
    holds: (value: Known) => boolean,
    fix: string,
  ): Outcome {
    return this.judge(path, holds, fix);
  }

  /** Every element of the list satisfies the condition; an empty list does not apply. */
  public every<P extends string>(
    path: P & Path<T, P>,
    condition: (item: Reader<Element<T, P>>) => Outcome,
  ): Outcome {
    const { items, complete } = this.blocks<Element<T, P>>(path);
    const rest = complete ? notApplicable() : undecided(this.reason(path, `make "${this.name(path)}" known`));
    return all(...items.map(condition), rest);
  }

  /** At least one element of the list satisfies the condition; `fix` says which one is missing. */
  public some<P extends string>(
    path: P & Path<T, P>,
    condition: (item: Reader<Element<T, P>>) => Outcome,
    fix: string,
  ): Outcome {
    const { items, complete } = this.blocks<Element<T, P>>(path);
    const missing = this.reason(path, fix);
    const outcome = any(...items.map(condition), complete ? violation(missing) : undecided(missing));
    return outcome.verdict === "NON_COMPLIANT" ? violation(missing) : outcome;
  }

  /** The elements of a list of blocks; a block that is no list is the only element. */
  public each<P extends string>(path: P & Path<T, P>): Items<Reader<Element<T, P>>> {
    return this.blocks(path);
  }

  /** The known texts of a list of scalars; a scalar is the only element, absence is the documented default. */
  public texts<P extends string>(path: P & Path<T, P>): Items<string> {
    return textsOf(effective(this.at(path)));
  }

  /** The block at a path, whether it is there or not. */
  public block<P extends string>(path: P & Path<T, P>): Reader<At<T, P>> {
    return new Reader<At<T, P>>(this.token, walk(this.root, path) ?? null, this.name(path), this.holder);
  }

  /** Where a property is, for reasons in other words than {@link reason} has. */
  public place(path: string): Place {
    const property = this.name(path);
    return this.holder === undefined ? { property } : { property, holder: this.holder };
  }

  /** A reason that names the property and what it holds. */
  public reason(path: string, fix: string, key?: string): Reason {
    const name = this.name(path);
    const read = this.at(path);
    const reason = { ...this.place(path), found: `"${name}" ${this.holds(path, read)}`, fix };
    return key === undefined ? reason : { ...reason, key };
  }

  private blocks<E>(path: string): Items<Reader<E>> {
    const read = this.at(path);
    if (read.kind === "unknown") return { items: [], complete: false };
    if (read.kind === "absent") return { items: [], complete: true };
    const values = isList(read.value) ? read.value : [read.value];
    const known = values
      .map((value, index) => ({ value, index }))
      .filter(({ value }) => !isUnknown(reveal(value)));
    return {
      items: known.map(({ value, index }) => {
        const place = isList(read.value) ? `${this.name(path)}[${index}]` : this.name(path);
        return new Reader<E>(this.token, value, place, this.holder);
      }),
      complete: known.length === values.length,
    };
  }

  private holds(path: string, read: Read): string {
    switch (read.kind) {
      case "known":
        return `is ${quoted(shownAt(this.root, path) ?? read.value)}`;
      case "unknown":
        return "is not known yet";
      case "absent":
        return read.default === undefined ? "is not set" : `is not set, which means ${quoted(read.default)}`;
    }
  }

  private judge(path: string, holds: (value: Known) => boolean, fix: string): Outcome {
    const value = effective(this.at(path));
    if (isUnknown(value)) return undecided(this.reason(path, fix));
    return value !== undefined && holds(value) ? compliant() : violation(this.reason(path, fix));
  }
}

function effective(read: Read): Known | Unknown | undefined {
  switch (read.kind) {
    case "known":
      return read.value;
    case "unknown":
      return UNKNOWN;
    case "absent":
      return read.default;
  }
}

/** `undefined` and `null` are absence. A list of one block is stepped through: providers differ in how they write it. */
function walk(root: Value, path: string): Known | Unknown | undefined {
  let current = reveal(root);
  for (const step of path.split(".")) {
    if (isUnknown(current)) return UNKNOWN;
    if (isList(current)) current = reveal(current[0] ?? null);
    if (isUnknown(current)) return UNKNOWN;
    if (!isProperties(current) || !Object.hasOwn(current, step)) return undefined;
    current = reveal(current[step] ?? null);
  }
  return current ?? undefined;
}

/** The value at a path with its secret wrapping, so that it is never shown. */
function shownAt(root: Value, path: string): Value | undefined {
  let current: Value = root;
  for (const step of path.split(".")) {
    if (current instanceof Secret) return current;
    if (isList(current)) current = current[0] ?? null;
    if (current instanceof Secret) return current;
    if (!isProperties(current)) return undefined;
    current = current[step] ?? null;
  }
  return current;
}

/** The texts among the values of a list, or the one text. */
export function textsOf(value: Value | undefined): Items<string> {
  if (value === undefined) return { items: [], complete: true };
  const inner = reveal(value);
  if (isUnknown(inner)) return { items: [], complete: false };
  const values = (isList(inner) ? inner : [inner]).map(reveal);
  return {
    items: values.filter(isScalar).map(String),
    complete: !values.includes(UNKNOWN),
  };
}

/** Whether a value is a text, a number or a boolean. */
export const isScalar = (value: Value): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const same = (value: Value, wanted: string | number | boolean): boolean =>
  isScalar(value) && String(value) === String(wanted);

/** Some booleans of the provider are text, e.g. `associatePublicIpAddress` of a launch template. */
export function toBoolean(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  const text = value.toLowerCase();
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** A number, or a text that is one; `NaN` for anything else. */
export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

function isEmpty(value: Known): boolean {
  if (value === null || value === "") return true;
  if (isList(value)) return value.length === 0;
  return isProperties(value) && Object.keys(value).length === 0;
}

const quote = (value: string | number | boolean): string =>
  typeof value === "string" ? `"${value}"` : String(value);

const quoted = (value: Value): string => (value === "" ? "empty" : show(value));
