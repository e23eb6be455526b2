import type { OutputInstance } from "@pulumi/pulumi";

/** Property paths, checked against the `...Args` interface of a resource class when a control is compiled. */

/** An input without the forms that only exist while a program runs. */
export type Plain<T> = T extends undefined | null | PromiseLike<unknown> | OutputInstance<unknown>
  ? never
  : T;

/** The type of one property; a list is stepped through to its elements. */
type Property<T, K extends string> =
  Plain<T> extends infer U
    ? U extends readonly (infer E)[]
      ? Property<E, K>
      : U extends object
        ? K extends keyof U
          ? U[K]
          : never
        : never
    : never;

/** The type at a dotted path; `never` when there is no such property. */
export type At<T, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? At<Property<T, Head>, Rest>
  : Plain<Property<T, P>>;

/** The path itself when it exists, else `never`, so that a misspelt path does not compile. */
export type Path<T, P extends string> = [At<T, P>] extends [never] ? never : P;

/** The type of the elements of the list at a path, or of the object there. */
export type Element<T, P extends string> = At<T, P> extends readonly (infer E)[] ? Plain<E> : At<T, P>;
