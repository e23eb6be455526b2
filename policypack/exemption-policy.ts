import { printable } from "../rules/engine";
import type { Session } from "./session";

/** The policy that watches over the configuration of the others. */
export const EXEMPTION_POLICY = {
  name: "compliance-exemptions",
  description: "Every exemption covers a finding, and every entry of the configuration is understood.",
} as const;

/** How many entries one message lists; the rest is counted. */
const LISTED = 20;

/** What is wrong with the exemptions of an operation, one message each; empty when nothing is. */
export function exemptionReports(session: Session): readonly string[] {
  const today = session.day();
  const unused = session.unused().map(([name, { resource, key, owner, expires }]) => {
    const of = key === undefined ? "" : `, key "${key}"`;
    const ended = expires < today ? `ended on ${expires}` : `holds until ${expires}`;
    return `${name} on "${resource}"${of} (${owner}, ${ended})`;
  });
  const problems = session
    .problems()
    .map(([name, { path, message }]) => `${name}: ${path === "" ? "" : `"${path}": `}${message}`);
  return [
    ...listed("Exemptions that cover nothing in this stack; remove them: ", unused),
    ...listed("Entries of the configuration that are not applied: ", problems),
  ];
}

function listed(heading: string, entries: readonly string[]): readonly string[] {
  if (entries.length === 0) return [];
  const more = entries.length > LISTED ? `; and ${entries.length - LISTED} more` : "";
  return [printable(`${heading}${entries.slice(0, LISTED).join("; ")}${more}.`.replace(/\.\.$/, "."))];
}
