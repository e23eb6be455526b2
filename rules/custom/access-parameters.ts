import { typedValues } from "./parameters";
import type { ParameterSchema, ParameterValues } from "./parameters";

/**
 * Rule parameters that every rule takes and no control sees: whose permissions its function works with. The names are
 * those that rules written with the Rule Development Kit have, so that one set of parameters serves both.
 */
export const ACCESS_PARAMETERS = {
  AssumeRoleMode: {
    type: "boolean",
    optional: true,
    description: "Whether the function assumes a role; without a name that of AWS Config.",
  },
  ExecutionRoleName: {
    type: "String",
    pattern: /[\w+=,.@/-]{1,512}/,
    form: "the name of a role, with its path but without an ARN",
    optional: true,
    description: "The role of the rule's account that the function assumes.",
  },
  ExecutionRoleRegion: {
    type: "String",
    pattern: /[a-z]{2,}(?:-[a-z]+)+-\d+/,
    form: "a region, e.g. eu-west-1",
    optional: true,
    description: "The region of the STS endpoint that gives the role's credentials.",
  },
} as const satisfies ParameterSchema;

export type AccessParameters = ParameterValues<typeof ACCESS_PARAMETERS>;

type Texts = Readonly<Record<string, string>>;

/** The parameters of a rule, told apart: those that its control declares or does not know, and those of every rule. */
export function partsOf(texts: Texts): { readonly own: Texts; readonly access: Texts } {
  const entries = Object.entries(texts);
  const isAccess = ([name]: readonly [string, string]): boolean => Object.hasOwn(ACCESS_PARAMETERS, name);
  return {
    own: Object.fromEntries(entries.filter((entry) => !isAccess(entry))),
    access: Object.fromEntries(entries.filter(isAccess)),
  };
}

/** The name of the role that the function assumes for a rule; `undefined` where it names none, or the mode is off. */
export function assumedRole(texts: Texts): string | undefined {
  const parsed = typedValues(ACCESS_PARAMETERS, partsOf(texts).access);
  return parsed.ok && parsed.values.AssumeRoleMode !== false ? parsed.values.ExecutionRoleName : undefined;
}

/** The ARN of such a role; a path may begin with a slash. */
export const roleArnOf = (partition: string, account: string, name: string): string =>
  `arn:${partition}:iam::${account}:role/${name.replace(/^\//, "")}`;

/** Everything that is wrong with the parameters of a rule: clauses without a full stop. */
export function ruleParameterProblems(schema: ParameterSchema, texts: Texts): readonly string[] {
  const { own, access } = partsOf(texts);
  return [typedValues(schema, own), typedValues(ACCESS_PARAMETERS, access)].flatMap((parsed) =>
    parsed.ok ? [] : parsed.problems,
  );
}
