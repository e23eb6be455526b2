import { readFileSync } from "node:fs";
import {
  type CustomRuleScope,
  descriptionProblems,
  parameterTextProblems,
  ruleNameProblems,
  scopeProblems,
} from "./custom-rule-limits";
import { customPolicyOf, knownControls } from "../rules/declaration";
import { didYouMean, list, regionProblems, show, tagProblems } from "./limits";
import { type Problem, under } from "./problems";

/** The plain values that decide what a Guard rule is, and whether AWS Config accepts it. */
export interface GuardRuleChoices {
  /** Name of the rule, 1 to 128 letters, digits, hyphens or underscores. */
  readonly name: string;
  /** At most 256 characters. @defaultValue none */
  readonly description?: string | undefined;
  /** File with the policy in Guard, at most 10,000 bytes, over items as AWS Config records them. */
  readonly policy: string;
  /** The types that the policy is about, 1 to 100. */
  readonly resourceTypes: readonly string[];
  /**
   * The custom control whose policy prevents before the deployment what this rule finds after it, by name. A policy in
   * Guard cannot judge a program; a rule has either a twin or {@link detectOnly}.
   */
  readonly twin?: string | undefined;
  /** Why nothing prevents it: a clause, for those who read the program. */
  readonly detectOnly?: string | undefined;
  /** Whose changes trigger the rule. @defaultValue all resources of these types */
  readonly scope?: CustomRuleScope | undefined;
  /** Values that the policy reads, as text. @defaultValue none */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether AWS Config writes how it came to each verdict into CloudWatch Logs; that may quote configurations.
   * @defaultValue false
   */
  readonly debugLog?: boolean | undefined;
  /** Tags of the rule. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

const MOST_BYTES = 10_000;

/** The text of a policy, or why it cannot be had. */
export type PolicyFile =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

/** Reads a policy, once: what was checked is what is deployed. */
export function policyFile(path: string): PolicyFile {
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    // A decoder's error has a code, too, which says nothing to somebody who named a wrong file.
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const problem = isMissing ? "There is no such file" : "The file cannot be read as UTF-8 text";
    return { ok: false, problem: `${problem}: ${show(path)}. Name a file with a policy in Guard.` };
  }
}

/**
 * Everything that AWS Config would refuse of a rule, and what it would take and never apply.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_cfn-guard.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_CustomPolicyDetails.html
 */
export function guardRuleProblems(
  choices: GuardRuleChoices & { readonly region: string },
  file: PolicyFile,
): readonly Problem[] {
  const { name, description = "", resourceTypes, scope = {}, parameters = {}, tags = {} } = choices;
  return [
    ...regionProblems("recorder.region", choices.region),
    ...ruleNameProblems("name", name),
    ...descriptionProblems("description", description),
    ...(file.ok
      ? policyProblems("policy", file.text, resourceTypes)
      : [{ path: "policy", message: file.problem }]),
    ...scopeProblems({ resourceTypes }, resourceTypes),
    ...preventionProblems(choices),
    ...under("scope", scopeProblems(scope, resourceTypes)),
    ...parameterTextProblems("parameters", parameters),
    ...tagProblems("tags", tags),
  ];
}

/** What is only detected is so by a decision that is written down. */
function preventionProblems({ twin, detectOnly }: GuardRuleChoices): readonly Problem[] {
  if (twin === undefined) {
    if (detectOnly !== undefined && detectOnly.trim() !== "") return [];
    const message =
      'Nothing prevents what the rule finds. Name the custom control with its policy as "twin", or say here why there is none.';
    return [{ path: "detectOnly", message }];
  }
  if (detectOnly !== undefined) {
    const message = 'The rule has a "twin" that prevents what it finds. Give one of the two.';
    return [{ path: "detectOnly", message }];
  }
  const known = knownControls().filter(({ name }) => customPolicyOf(name) !== undefined);
  const names = known.map(({ name }) => name);
  if (names.includes(twin)) return [];
  const message = `${show(twin)} is no custom control with a policy.${didYouMean(twin, names)} Name one, or say in "detectOnly" why there is none.`;
  return [{ path: "twin", message }];
}

/** A policy in another schema is valid, and not applicable to anything: AWS Config would show no error, ever. */
function policyProblems(path: string, text: string, types: readonly string[]): readonly Problem[] {
  const problems: Problem[] = [];
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) {
    const message = `The policy has ${bytes} bytes; AWS Config allows ${MOST_BYTES}. Make it two rules.`;
    problems.push({ path, message });
  }
  const statements = withoutComments(text);
  const code = statements.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '""');
  if (!/^\s*rule\s+\w+/m.test(code)) {
    problems.push({ path, message: 'The policy has no rule; write one as in "rule NAME when ... { ... }".' });
  }
  if (/(?<![\w.])(?:Resources|Properties)(?![\w])/.test(code)) {
    const message =
      'The policy is about a template of CloudFormation ("Resources", "Properties"); AWS Config gives it configuration items, with "resourceType" and "configuration".';
    problems.push({ path, message });
  } else if (!/(?<![\w.])resourceType(?!\w)/.test(code)) {
    const message = `The policy never looks at "resourceType", so that it would judge items of every type. Begin its rules with a condition such as 'when resourceType == ${show(types[0])}'.`;
    problems.push({ path, message });
  } else {
    const missing = types.filter(
      (type) => !statements.includes(`"${type}"`) && !statements.includes(`'${type}'`),
    );
    if (missing.length > 0) {
      const message = `The policy never mentions ${list(missing)}, so that it applies to no such resource. Correct "resourceTypes" or the policy.`;
      problems.push({ path, message });
    }
  }
  return problems;
}

/** A "#" within quotation marks begins no comment. */
const withoutComments = (text: string): string =>
  text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#[^\n]*/g,
    (_, quoted: string | undefined) => quoted ?? "",
  );
