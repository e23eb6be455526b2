import type { Verdict } from "../engine/outcome";

/**
 * An example of a custom control in both worlds: as a program declares it, and as AWS Config records it. Both must give
 * the same verdict.
 * @typeParam R - What the rule reads beside the item.
 */
export interface CustomCase<R = undefined> {
  /** What the example shows, as the end of "a resource ...". */
  readonly title: string;
  readonly verdict: Verdict;
  /** Parameters of the rule as text. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly before: Before | OneSided;
  readonly after: After<R> | Scheduled<R> | OneSided;
}

/**
 * The resources that a program declares; the verdict is the one on the first, and on all of them together. Inputs may
 * refer to the others by `ref("other1")` of `rules/cases/build`.
 */
export interface Before {
  readonly resources: readonly {
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  }[];
}

/** What AWS Config records, in the form of a change event. */
export interface After<R> {
  readonly item: Readonly<Record<string, unknown>>;
  readonly read: R;
}

/** What a schedule's run reads about one resource; `fromAccount` of the control's folder maps it to the facts. */
export interface Scheduled<R> {
  readonly account: R;
}

/** The example exists in the other world only. */
export interface OneSided {
  /** Why: a clause. */
  readonly never: string;
}
