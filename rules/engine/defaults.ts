import { defaults } from "../catalog/defaults";
import type { Known } from "./reader";

/**
 * What an absent property means, by the documentation; `undefined` when nothing is documented.
 * @param token - The canonical type token.
 * @param path - The dotted path without list indices.
 */
export function defaultOf(token: string, path: string): Known | undefined {
  return defaults.get(token)?.get(path)?.value;
}
