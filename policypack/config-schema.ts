import type { PolicyConfigSchema } from "@pulumi/policy";
import type { RuleParameter } from "../rules/catalog";
import { typedParameters } from "../rules/selection";
import type { PreventedControl } from "./prevented";
import { ON_UNKNOWN } from "./settings";

type Schema = PolicyConfigSchema["properties"][string];

const TEXT: Schema = { type: "string", pattern: "\\S" };

const EXEMPTIONS: Schema = {
  type: "array",
  description: "Findings of this policy that are accepted: where, why, by whom, until when.",
  items: {
    type: "object",
    required: ["resource", "reason", "owner", "expires"],
    additionalProperties: false,
    properties: {
      resource: {
        ...TEXT,
        maxLength: 512,
        description: 'URN, name or component path; "*" stands for anything but a slash, "**" for anything.',
      },
      key: { ...TEXT, description: "The key of one finding; without it every finding on the resource." },
      reason: { ...TEXT, description: "Why the finding is accepted." },
      owner: { ...TEXT, description: "Who accepted it." },
      expires: {
        type: "string",
        pattern: "^\\d{4}-\\d{2}-\\d{2}$",
        description: "The last day on which it holds, as YYYY-MM-DD.",
      },
      ticket: { ...TEXT, description: "Where it was agreed." },
    },
  },
};

const ON_UNKNOWN_SCHEMA: Schema = {
  type: "string",
  enum: [...ON_UNKNOWN],
  default: "advisory",
  description:
    "What an input that is not known before the update counts as: nothing, a warning, or a violation of this policy.",
};

const STRICT: Schema = {
  type: "boolean",
  default: false,
  description: "Whether what AWS's own default already satisfies must be configured explicitly.",
};

/** What each type of parameter may be written as. `null` says that it has no value. */
const FORMS: Readonly<Record<RuleParameter["type"], Schema>> = {
  CSV: { type: ["array", "string", "number", "null"], items: { type: ["string", "number"] } },
  String: { type: ["string", "number", "boolean", "null"] },
  int: { type: ["integer", "string", "null"], pattern: "^\\s*-?\\d+\\s*$" },
  double: { type: ["number", "string", "null"] },
  boolean: {
    type: ["boolean", "string", "null"],
    pattern: "^\\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\\s*$",
  },
  StringMap: { type: ["object", "string", "null"] },
};

/** The configuration of a policy: the parameters of its rule, by AWS's names, and what every policy has. */
export function configSchemaOf({ rule }: PreventedControl): PolicyConfigSchema {
  const defaults = typedParameters(rule, {});
  const parameters = rule.parameters.map(({ name, type, optional }): [string, Schema] => {
    const value = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    const description = `Parameter of ${rule.identifier} (${type}${optional ? "" : ", required by the rule"}).`;
    return [name, { ...FORMS[type], description, ...(isPlain(value) ? { default: value } : {}) }];
  });
  return {
    properties: {
      ...Object.fromEntries(parameters),
      exemptions: EXEMPTIONS,
      onUnknown: ON_UNKNOWN_SCHEMA,
      strict: STRICT,
    },
  };
}

const isPlain = (value: unknown): value is string | number | boolean | string[] =>
  ["string", "number", "boolean"].includes(typeof value) || Array.isArray(value);
