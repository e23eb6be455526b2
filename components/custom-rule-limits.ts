import { list, oneOfProblems, show } from "./limits";
import type { Problem } from "./problems";

/** What both kinds of custom rules, by a function and by a policy in Guard, have in common. */

/** Whose changes trigger a rule: resources of some types, one resource, or those with a tag. */
export type CustomRuleScope =
  | {
      /** Types as AWS Config spells them, out of those that the control reports on. @defaultValue all of these */
      readonly resourceTypes?: readonly string[] | undefined;
      /** Id of the one resource, 1 to 768 characters; needs exactly one type. @defaultValue all resources */
      readonly resourceId?: string | undefined;
    }
  | {
      readonly tag: {
        /** 1 to 128 characters. */
        readonly key: string;
        /** At most 256 characters. @defaultValue any value */
        readonly value?: string | undefined;
      };
    };

/** The scope in the words of AWS Config. */
export type ScopeInputs =
  | { readonly complianceResourceTypes: string[]; readonly complianceResourceId?: string }
  | { readonly tagKey: string; readonly tagValue?: string };

/** Both messages about a change: without the second one, a rule never hears of items that are too large for an event. */
export const CHANGE_MESSAGES = [
  "ConfigurationItemChangeNotification",
  "OversizedConfigurationItemChangeNotification",
] as const;

const NAME = /^[A-Za-z0-9_-]{1,128}$/;
const TYPE = /^\w+::\w+::\w+$/;
const MOST_SCOPE_TYPES = 100;
const MOST_PARAMETER_CHARACTERS = 1024;

/**
 * The scope as AWS Config takes it.
 *
 * @param types - those of the control
 */
export function scopeInputs(scope: CustomRuleScope, types: readonly string[]): ScopeInputs {
  if ("tag" in scope) {
    const { key, value } = scope.tag;
    return { tagKey: key, ...(value === undefined ? {} : { tagValue: value }) };
  }
  const { resourceTypes = types, resourceId } = scope;
  return {
    complianceResourceTypes: [...resourceTypes],
    ...(resourceId === undefined ? {} : { complianceResourceId: resourceId }),
  };
}

/**
 * What AWS Config would refuse of a scope, and what would trigger a rule that has no answer.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Scope.html
 */
export function scopeProblems(scope: CustomRuleScope, types: readonly string[]): readonly Problem[] {
  if ("tag" in scope) {
    return [
      ...lengthProblems("tag.key", scope.tag.key, 1, 128),
      ...(scope.tag.value === undefined ? [] : lengthProblems("tag.value", scope.tag.value, 0, 256)),
    ];
  }
  const { resourceTypes = types, resourceId } = scope;
  const problems: Problem[] = [];
  if (resourceTypes.length === 0 || resourceTypes.length > MOST_SCOPE_TYPES) {
    const message = `${resourceTypes.length} types are given; give 1 to ${MOST_SCOPE_TYPES}.`;
    problems.push({ path: "resourceTypes", message });
  }
  resourceTypes.forEach((type, index) => {
    const path = `resourceTypes[${index}]`;
    if (!TYPE.test(type)) {
      const message = `${show(type)} is not a resource type; write one such as "AWS::S3::Bucket".`;
      problems.push({ path, message });
    } else if (!types.includes(type)) {
      problems.push({
        path,
        message: `${show(type)} is not a type of the control. Allowed: ${list(types)}.`,
      });
    }
  });
  if (resourceId !== undefined) {
    problems.push(...lengthProblems("resourceId", resourceId, 1, 768));
    if (resourceTypes.length !== 1) {
      const message = `A resource id needs exactly one type, and there are ${resourceTypes.length}; give one in "resourceTypes".`;
      problems.push({ path: "resourceId", message });
    }
  }
  return problems;
}

/** Checks the name of a rule. */
export function ruleNameProblems(path: string, name: string): readonly Problem[] {
  if (NAME.test(name)) return [];
  const allowed = "1 to 128 letters, digits, hyphens and underscores";
  return [{ path, message: `${show(name)} is not a rule name; it needs ${allowed}.` }];
}

/** Checks the description of a rule. */
export function descriptionProblems(path: string, description: string): readonly Problem[] {
  return lengthProblems(path, description, 0, 256);
}

/** Checks the parameters as a whole: AWS Config limits the JSON text that they become. */
export function parameterTextProblems(
  path: string,
  parameters: Readonly<Record<string, string>>,
): readonly Problem[] {
  const { length } = JSON.stringify(parameters);
  if (length <= MOST_PARAMETER_CHARACTERS) return [];
  const message = `The parameters have ${length} characters as JSON; AWS Config allows ${MOST_PARAMETER_CHARACTERS}.`;
  return [{ path, message }];
}

/** Checks how often a rule runs, which only one on a schedule can be told. */
export function frequencyProblems(
  path: string,
  frequency: string | undefined,
  allowed: readonly string[],
  isScheduled: boolean,
): readonly Problem[] {
  if (frequency === undefined) return [];
  if (!isScheduled) {
    const message = "Only changes trigger the control, so that it has no frequency; remove it.";
    return [{ path, message }];
  }
  return oneOfProblems(path, frequency, allowed);
}

function lengthProblems(path: string, text: string, min: number, max: number): readonly Problem[] {
  if (text.length >= min && text.length <= max) return [];
  return [{ path, message: `The text has ${text.length} characters; ${min} to ${max} are allowed.` }];
}
