import { printable } from "../../rules";

/** A text of somebody else in quotation marks. */
export const quoted = (text: string): string => `"${printable(text)}"`;

/** What a rule says about a resource, as a sentence in one line. */
export function saying(annotation: string | undefined): string {
  const text = printable((annotation ?? "").replace(/\s+/g, " ").trim());
  if (text === "") return "AWS Config says nothing more.";
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
