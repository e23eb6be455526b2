import type { CustomCase } from "../custom/cases";
import { idOf } from "../custom/control";
import { stackOf } from "./build";
import { tables } from "./custom-tables";
import type { Case } from "./types";

/** The cases of the custom controls, as far as a program can declare what they show; by identifier. */
export const custom: Readonly<Record<string, readonly Case[]>> = Object.fromEntries(
  Object.entries(tables)
    .map(([name, cases]) => [idOf({ name }), cases.flatMap(caseOf)] as const)
    .filter(([, cases]) => cases.length > 0),
);

/** A case as it stands before the deployment; none when no program can declare what it shows. */
export function caseOf({ title, verdict, parameters, before }: CustomCase<unknown>): readonly Case[] {
  if (!("resources" in before)) return [];
  return [
    {
      title,
      verdict,
      stack: stackOf(before),
      ...(parameters === undefined ? {} : { parameters }),
    },
  ];
}
