import { printable } from "../../rules";
import type { ReportError, ReportResult } from "./report";

/** A number with its noun: `1 resource`, `2 resources`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The logical name in a URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** An error with its place; that of a whole source names it itself. */
export const errorLine = ({ source, control, urn, message }: ReportError): string =>
  control === undefined ? message : `${printable(source)}: ${printable(urn ?? "")}: ${message}`;

/** What a message says was found, without the fix behind it. */
export function foundIn({ message, fix }: Pick<ReportResult, "message" | "fix">): string {
  const end = message.length - fix.length;
  return end > 2 && message.slice(end).toLowerCase() === fix.toLowerCase()
    ? message.slice(0, end - 2)
    : message;
}

/** A text that ends like a sentence. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** How long an exemption still holds. */
export function daysLeft(expires: string, today: string): string {
  const days = Math.round(
    (Date.parse(`${expires}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000,
  );
  return days === 0 ? "ends today" : `${counted(days, "day")} left`;
}
