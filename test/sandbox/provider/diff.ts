import { isDeepStrictEqual } from "node:util";

import { isObject } from "../json";
import { type Facts, type InputFact, type TypeFacts } from "./facts";
import { nameRuleOf } from "./naming";
import { type AnyResourceType } from "./resource-type";
import { DEFAULTS, isAsset, isSameDocument, type Properties } from "./values";

/** One changed property. */
interface Change {
  /** Where, such as `tags.team` or `rules[0].id`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** Whether it needs a new resource. */
  readonly replaces: boolean;
}

/** What Diff is asked. */
export interface DiffQuestion {
  readonly token: string;
  readonly oldInputs: Properties;
  /** The resource as it was last seen, computed properties included. */
  readonly oldState: Properties;
  readonly news: Properties;
  /** Paths that the program ignores. */
  readonly ignoreChanges: readonly string[];
}

/** What Diff answers. */
export interface Difference {
  readonly changes: readonly Change[];
  /** Whether the old resource has to go before the new one can come, because both would have the same name. */
  readonly deleteBeforeReplace: boolean;
}

/** Compares the inputs with those of the last deployment, as far as the real provider would see a difference. */
export function diff(
  question: DiffQuestion,
  facts: Facts,
  typeFacts: TypeFacts,
  type: AnyResourceType | undefined,
): Difference {
  const { token, oldInputs, oldState, news, ignoreChanges } = question;
  const name = nameRuleOf(token, typeFacts)?.property;
  const replaceOn = new Set([...(type?.replaceOn ?? []), "region", ...(name === undefined ? [] : [name])]);
  const walk = new Walk(facts, replaceOn);
  walk.members(oldInputs, news, oldState, typeFacts.inputs, "", false);
  const changes = walk.changes.filter(
    ({ path }) => !ignoreChanges.some((ignored) => isWithin(path, ignored)),
  );
  return { changes, deleteBeforeReplace: name !== undefined && keepsChosenName(name, oldInputs, news) };
}

/** Whether two property values mean the same: documents whatever their layout, files by their content. */
export function isSame(left: unknown, right: unknown): boolean {
  if (isDeepStrictEqual(left, right) || isSameDocument(left, right)) return true;
  return isAsset(left) && isAsset(right) && left["hash"] !== undefined && left["hash"] === right["hash"];
}

class Walk {
  readonly changes: Change[] = [];

  constructor(
    private readonly facts: Facts,
    private readonly replaceOn: ReadonlySet<string>,
  ) {}

  members(
    olds: Properties,
    news: Properties,
    state: Properties,
    expected: ReadonlyMap<string, InputFact> | undefined,
    path: string,
    replaces: boolean,
  ): void {
    for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
      if (key.startsWith("__")) continue;
      const fact = expected?.get(key);
      // What is left out of the program keeps the value that AWS chose or was once told.
      if (news[key] === undefined && fact?.isAlwaysSet === true && !fact.isRequired) continue;
      const isReplaced = replaces || fact?.forcesNew === true || (path === "" && this.replaceOn.has(key));
      this.value(olds[key], news[key], state[key], fact?.shape, path + segment(key, path), isReplaced);
    }
  }

  private value(
    old: unknown,
    now: unknown,
    state: unknown,
    shape: InputFact["shape"] | undefined,
    path: string,
    replaces: boolean,
  ): void {
    if (isSame(old, now) || (isBlank(old) && isBlank(now)) || (old === undefined && covers(state, now)))
      return;
    if (Array.isArray(old) && Array.isArray(now)) {
      const element = shape?.kind === "list" ? shape.of : undefined;
      const states: readonly unknown[] = Array.isArray(state) ? state : [];
      for (let index = 0; index < Math.max(old.length, now.length); index++) {
        this.value(old[index], now[index], states[index], element, `${path}[${index}]`, replaces);
      }
    } else if (isObject(old) && isObject(now) && !isAsset(old) && !isAsset(now)) {
      const expected = shape?.kind === "object" ? this.facts.nested(shape.reference) : undefined;
      this.members(old, now, isObject(state) ? state : {}, expected, path, replaces);
    } else {
      const kind = old === undefined ? "add" : now === undefined ? "delete" : "update";
      this.changes.push({ path, kind, replaces });
    }
  }
}

// An empty list, map or text is the same to the provider as none at all.
function isBlank(value: unknown): boolean {
  if (value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && !isAsset(value) && Object.keys(value).every((key) => key.startsWith("__"));
}

// A setting that is new in the program but already holds in AWS, as after an import, is no change.
function covers(state: unknown, now: unknown): boolean {
  if (state === undefined) return false;
  if (Array.isArray(state) && Array.isArray(now)) {
    return state.length === now.length && now.every((element, index) => covers(state[index], element));
  }
  if (isObject(state) && isObject(now)) {
    return Object.entries(now).every(([key, member]) => key.startsWith("__") || covers(state[key], member));
  }
  return isSame(state, now);
}

function keepsChosenName(property: string, olds: Properties, news: Properties): boolean {
  const defaulted = news[DEFAULTS];
  const isChosen = !(Array.isArray(defaulted) && defaulted.includes(property));
  return isChosen && news[property] !== undefined && isSame(olds[property], news[property]);
}

function segment(key: string, path: string): string {
  if (!/^\w[\w-]*$/.test(key)) return `["${key.replaceAll('"', '\\"')}"]`;
  return path === "" ? key : `.${key}`;
}

function isWithin(path: string, ignored: string): boolean {
  return path === ignored || path.startsWith(`${ignored}.`) || path.startsWith(`${ignored}[`);
}
