import { policyOf, printable } from "../../rules";
import type { Finding } from "./types";

/** A text of somebody else in quotation marks. */
export const quoted = (text: string): string => `"${printable(text)}"`;

/** What a rule says about a resource, as a sentence in one line; many rules say nothing, so that it is what they ask. */
export function saying({ annotation, control }: Pick<Finding, "annotation" | "control">): string {
  const text = printable((annotation ?? "").replace(/\s+/g, " ").trim());
  if (text !== "") return /[.!?]$/.test(text) ? text : `${text}.`;
  const title = policyOf(control)?.title;
  return title === undefined ? "AWS Config says nothing more." : `Asked for: ${title}`;
}
