import { accountIdProblems } from "../limits";
import { describe, join, type Problems } from "../../rules/selection/problems";

/**
 * A part of the stack's configuration, read entry by entry into values of known types. What is wrong goes to the
 * collector with its path, and the value counts as absent, so that one reading finds everything.
 */
export class Section {
  private readonly entries: ReadonlyMap<string, unknown>;

  /**
   * @param value - the untyped part; absent counts as empty
   * @param allowed - the names of all entries; another one is a problem, with the nearest name as a hint
   */
  public constructor(
    private readonly problems: Problems,
    public readonly path: string,
    value: unknown,
    allowed: readonly string[],
  ) {
    this.entries = problems.object(path, value, allowed);
  }

  /** Whether the entry is there, whatever it holds. */
  public has(name: string): boolean {
    return this.entries.get(name) !== undefined;
  }

  /** The entry as it is. */
  public raw(name: string): unknown {
    return this.entries.get(name);
  }

  /** The full path of an entry. */
  public at(name: string): string {
    return join(this.path, name);
  }

  /** Reports something that is wrong with an entry. */
  public refuse(name: string, message: string): void {
    this.problems.add(this.at(name), message);
  }

  /** An entry that has entries of its own; absent counts as empty. */
  public section(name: string, allowed: readonly string[]): Section {
    return new Section(this.problems, this.at(name), this.raw(name), allowed);
  }

  /** A list whose items have entries of their own; absent counts as empty. */
  public sections(name: string, allowed: readonly string[]): readonly Section[] {
    return this.problems
      .list(this.at(name), this.raw(name))
      .map(([place, item]) => new Section(this.problems, place, item, allowed));
  }

  /** A text that is not empty. */
  public text(name: string): string | undefined {
    return this.has(name) ? this.problems.text(this.at(name), this.raw(name), "A text") : undefined;
  }

  /** A text that must be there. */
  public requiredText(name: string, what: string): string {
    return this.problems.text(this.at(name), this.raw(name), what) ?? "";
  }

  /** The id of an account. YAML reads digits without quotes as a number, and drops leading zeros. */
  public account(name: string): string | undefined {
    return this.has(name) ? this.accountAt(this.at(name), this.raw(name)) : undefined;
  }

  /** A list of ids of accounts. */
  public accounts(name: string): readonly string[] | undefined {
    if (!this.has(name)) return undefined;
    return this.problems
      .list(this.at(name), this.raw(name))
      .flatMap(([place, item]) => this.accountAt(place, item) ?? []);
  }

  /** One of a few words. */
  public word<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    return this.has(name) ? this.problems.word(this.at(name), this.raw(name), allowed) : undefined;
  }

  /** One of a few words, which must be there. */
  public requiredWord<T extends string>(name: string, allowed: readonly T[], what: string): T | undefined {
    if (this.has(name)) return this.word(name, allowed);
    this.refuse(name, `${what} is missing. Write one of ${allowed.join(", ")}.`);
    return undefined;
  }

  /** `true` or `false`. */
  public flag(name: string): boolean | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === "boolean") return value;
    this.refuse(name, `${describe(value)} is not allowed here. Write true or false, without quotes.`);
    return undefined;
  }

  /** A number; its range is for others to check. */
  public number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === "number") return value;
    this.refuse(name, `${describe(value)} is not a number. Write digits, without quotes.`);
    return undefined;
  }

  /** A list of texts. */
  public texts(name: string): readonly string[] | undefined {
    if (!this.has(name)) return undefined;
    return this.problems
      .list(this.at(name), this.raw(name))
      .flatMap(([place, item]) => this.problems.text(place, item, "A text") ?? []);
  }

  /** A list of a few words, each at most once. */
  public words<T extends string>(name: string, allowed: readonly T[]): readonly T[] | undefined {
    if (!this.has(name)) return undefined;
    const found = new Set<T>();
    for (const [place, item] of this.problems.list(this.at(name), this.raw(name))) {
      const word = this.problems.word(place, item, allowed);
      if (word === undefined) continue;
      if (found.has(word)) this.problems.add(place, `${describe(item)} is listed twice. Remove one.`);
      found.add(word);
    }
    return [...found];
  }

  /** A map from names to texts. */
  public textMap(name: string): Readonly<Record<string, string>> | undefined {
    if (!this.has(name)) return undefined;
    const found: [string, string][] = [];
    for (const [key, value] of this.problems.object(this.at(name), this.raw(name))) {
      // An empty tag value is a value.
      if (typeof value === "string") found.push([key, value]);
      else
        this.problems.add(join(this.at(name), key), `${describe(value)} is not a text. Write it in quotes.`);
    }
    return Object.fromEntries(found);
  }

  /** The name of the one entry that is there; none or several is a problem, except that nothing at all may be. */
  public choice<T extends string>(names: readonly T[]): T | undefined {
    const given = names.filter((name) => this.has(name));
    if (given.length > 1) {
      this.problems.add(
        this.path,
        `${given.join(" and ")} exclude each other. Keep one of ${names.join(", ")}.`,
      );
    }
    return given[0];
  }

  private accountAt(path: string, value: unknown): string | undefined {
    if (typeof value !== "number") return this.problems.text(path, value, "The id of an account");
    for (const { message } of accountIdProblems(path, value)) this.problems.add(path, message);
    return undefined;
  }
}
