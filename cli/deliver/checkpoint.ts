import { UsageError } from "../errors";
import { isObject, own } from "../sources/json";
import type { Json } from "../sources/json";
import { canonical, textHash } from "./hashes";

/** The SDK's mark of a secret in a state. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const SECRET_MARK = { [SIGNATURE]: SECRET };

/**
 * The hash of a stack's state, from `pulumi stack export`. It is the same until the state says something else:
 *
 * - the manifest (when, and by which CLI the state was written) is left out, for an update without changes renews it;
 * - the text of encrypted values is left out, for every update encrypts them anew. A secret that changed shows in the
 *   `modified` time of its resource, which only a change of the resource renews;
 * - resources count without their order, which depends on what the program registers first.
 * @throws UsageError when it is not the output of `pulumi stack export`.
 */
export function checkpointHash(document: unknown): string {
  const deployment = isObject(document) ? own(document, "deployment") : undefined;
  if (!isObject(document) || !(isObject(deployment) || deployment === null)) {
    throw new UsageError(
      '"pulumi stack export" gives no "deployment". Put the real CLI on PATH, and look at the state with it.',
    );
  }
  const rest = Object.entries(deployment ?? {}).filter(
    ([name]) => name !== "manifest" && name !== "resources",
  );
  const resources = resourcesIn(document).map((resource) => canonical(replaceSecrets(resource, SECRET_MARK)));
  return textHash(
    canonical([
      own(document, "version") ?? null,
      replaceSecrets(Object.fromEntries(rest), SECRET_MARK),
      resources.sort(),
    ]),
  );
}

/** Resources of a state, as far as they are objects. */
export function resourcesIn(document: unknown): readonly Json[] {
  const deployment = isObject(document) ? own(document, "deployment") : undefined;
  const resources = isObject(deployment) ? own(deployment, "resources") : undefined;
  return Array.isArray(resources) ? resources.filter(isObject) : [];
}

/** A part of a state with something else in the place of each secret. */
export function replaceSecrets(value: unknown, replacement: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceSecrets(item, replacement));
  if (!isObject(value)) return value;
  if (own(value, SIGNATURE) === SECRET) return replacement;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, replaceSecrets(item, replacement)]),
  );
}
