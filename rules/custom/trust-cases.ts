import type { After, Before } from "./cases";
import { recordedItem } from "./sharing-cases";

/** How cases about trust policies write a role in both worlds. */

/** A part of a document. */
export type Part = Readonly<Record<string, unknown>>;

/** The SDK's text for a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The account of the recorded roles. */
export const OWN = "123456789012";

/** A policy document of some statements, which allow unless they say otherwise. */
export const documentOf = (...statements: readonly Part[]): Part => {
  const allowing = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  return { Version: "2012-10-17", Statement: allowing.length === 1 ? allowing[0] : allowing };
};

/** A role as a program declares it. */
export const declaredRole = (assumeRolePolicy: unknown): Before => ({
  resources: [{ type: "aws:iam/role:Role", inputs: { name: "deploy", assumeRolePolicy } }],
});

/** The role as AWS Config records it. */
export const recordedRole = (text: string): After<undefined> => ({
  item: recordedItem("AWS::IAM::Role", "AROAEXAMPLEEXAMPLE234", {
    configuration: {
      arn: `arn:aws:iam::${OWN}:role/deploy`,
      assumeRolePolicyDocument: encodeURIComponent(text),
      path: "/",
      roleName: "deploy",
    },
  }),
  read: undefined,
});

/** A role in both worlds. */
export interface Worlds {
  readonly before: Before;
  readonly after: After<undefined>;
}

/** A role that trusts by some statements: as an object in the program, and as IAM keeps it. */
export function trusting(...statements: readonly Part[]): Worlds {
  const document = documentOf(...statements);
  return { before: declaredRole(document), after: recordedRole(JSON.stringify(document)) };
}

/** The same with text in the program. */
export function trustingByText(...statements: readonly Part[]): Worlds {
  const text = JSON.stringify(documentOf(...statements));
  return { before: declaredRole(text), after: recordedRole(text) };
}
