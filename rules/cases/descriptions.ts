import { descriptions as policies } from "../services/descriptions";
import { compliantCase, resource, unknown, violatingCase } from "./build";
import type { Case, Cases } from "./types";

/** What holds for the description of every type. */
function casesOf(type: string, property: string): readonly Case[] {
  const subject = resource(type);
  return [
    compliantCase("has a description", subject({ name: "web", [property]: "Serves the shop." })),
    compliantCase("has a description that is not known yet", subject({ name: "web", [property]: unknown })),
    violatingCase("has no description", subject({ name: "web" })),
    violatingCase("has an empty description", subject({ name: "web", [property]: "" })),
  ];
}

/** Alarms call it by another name. */
const propertyOf = (id: string): string =>
  id === "CLOUDWATCH_ALARM_DESCRIPTION" ? "alarmDescription" : "description";

/** Of every control that asks for a description: the same examples for its type. */
export const descriptions: Cases = Object.fromEntries(
  Object.entries(policies).flatMap(([id, policy]) =>
    [...policy.checks.keys()].map((type) => [id, casesOf(type, propertyOf(id))] as const),
  ),
);
