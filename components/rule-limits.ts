import type { ConfigRule } from "../rules/declaration";
import { oneOfProblems, rangeProblems, show, tagProblems } from "./limits";
import { type Problem, under } from "./problems";
import { EXECUTION_FREQUENCIES } from "./recorder-limits";

/** The plain values that decide whether AWS Config accepts a set of rules. */
export interface RuleChoices {
  /** The rules of one region, at most 1,000. */
  readonly rules: readonly ConfigRule[];
  /** How many rules are created at a time, 1 to 1,000. AWS Config throttles tens of simultaneous calls. @defaultValue 10 */
  readonly batchSize?: number | undefined;
  /** Tags of every rule. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** AWS Config allows a longer list of characters; these are also good for rules of an organisation. */
const NAME = /^[A-Za-z0-9_-]{1,128}$/;
const IDENTIFIER = /^[A-Z0-9_]{1,256}$/;
const MOST_RULES = 1000;
const MOST_PARAMETER_CHARACTERS = 1024;
const MOST_SCOPE_TYPES = 100;

/**
 * Everything that AWS Config would refuse in a set of managed rules.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html
 */
export function ruleProblems({ rules, batchSize, tags = {} }: RuleChoices): readonly Problem[] {
  const problems: Problem[] = [];
  if (rules.length > MOST_RULES) {
    const message = `${rules.length} rules are given; AWS Config allows ${MOST_RULES} in an account and region.`;
    problems.push({ path: "rules", message });
  }
  const seen = new Set<string>();
  rules.forEach((rule, index) => {
    const path = `rules[${index}]`;
    problems.push(...under(path, oneRuleProblems(rule)));
    if (seen.has(rule.name)) {
      problems.push({
        path: `${path}.name`,
        message: `${show(rule.name)} is the name of two rules; rename or remove one.`,
      });
    }
    seen.add(rule.name);
  });
  if (batchSize !== undefined) {
    problems.push(...rangeProblems("batchSize", batchSize, { min: 1, max: MOST_RULES, unit: "rules" }));
  }
  return [...problems, ...tagProblems("tags", tags)];
}

/** The parameters as AWS Config takes them: JSON text, or nothing when there are none. */
export function inputParameters({ parameters }: ConfigRule): string | undefined {
  return Object.keys(parameters).length === 0 ? undefined : JSON.stringify(parameters);
}

function oneRuleProblems(rule: ConfigRule): readonly Problem[] {
  const problems: Problem[] = [];
  const { name, identifier, description = "", owner, resourceTypes, frequency } = rule;
  if (owner !== "AWS") {
    const message = `${show(name)} is a custom control, whose code AWS does not have. Leave it out here, and deploy it with a LambdaRule.`;
    problems.push({ path: "name", message });
  }
  if (!NAME.test(name)) {
    const allowed = "1 to 128 letters, digits, hyphens and underscores";
    problems.push({ path: "name", message: `${show(name)} is not a rule name; it needs ${allowed}.` });
  }
  if (!IDENTIFIER.test(identifier)) {
    const example = '"S3_BUCKET_VERSIONING_ENABLED"';
    problems.push({
      path: "identifier",
      message: `${show(identifier)} is not an identifier such as ${example}.`,
    });
  }
  if (description.length > 256) {
    const message = `The description has ${description.length} characters; 256 are allowed.`;
    problems.push({ path: "description", message });
  }
  problems.push(...parameterProblems(rule));
  if (resourceTypes.length > MOST_SCOPE_TYPES) {
    const message = `${resourceTypes.length} types are given; AWS Config allows ${MOST_SCOPE_TYPES}.`;
    problems.push({ path: "resourceTypes", message });
  }
  for (const type of resourceTypes.filter((candidate) => !/^\w+::\w+::\w+$/.test(candidate))) {
    const message = `${show(type)} is not a resource type that can trigger a rule; write one such as "AWS::S3::Bucket".`;
    problems.push({ path: "resourceTypes", message });
  }
  if (frequency !== undefined) problems.push(...oneOfProblems("frequency", frequency, EXECUTION_FREQUENCIES));
  return problems;
}

function parameterProblems(rule: ConfigRule): readonly Problem[] {
  const length = inputParameters(rule)?.length ?? 0;
  const problems: Problem[] = [];
  if (length > MOST_PARAMETER_CHARACTERS) {
    const message = `The parameters have ${length} characters as JSON; AWS Config allows ${MOST_PARAMETER_CHARACTERS}.`;
    problems.push({ path: "parameters", message });
  }
  for (const [key, value] of Object.entries(rule.parameters)) {
    if (value.trim() !== "") continue;
    const message =
      "The value is blank, which AWS Config does not accept; give a value, or remove the parameter.";
    problems.push({ path: `parameters.${key}`, message });
  }
  return problems;
}
