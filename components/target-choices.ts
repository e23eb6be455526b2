import { accountIdProblems, show } from "./limits";
import type { StateChoice } from "./pipeline-choices";
import { rolePrefixProblems } from "./pipeline-limits";
import type { Problem } from "./problems";

/** The plain values that decide what the roles in a delivered account may do. */
export interface TargetChoices {
  /** Short name of the stack that is delivered to this account. */
  readonly stack: string;
  /** Where the pipeline is. */
  readonly pipeline: {
    /** 12 digits. @defaultValue this account */
    readonly account?: string | undefined;
    /** Beginning of the pipeline's names. */
    readonly prefix: string;
  };
  /** Beginning of the names of the roles. */
  readonly rolePrefix: string;
  /** Further patterns of names that the stack's resources have, for example of a bucket. @defaultValue none */
  readonly names?: readonly string[] | undefined;
  readonly state: StateChoice;
}

/** More would not fit into a policy. */
const MOST_NAMES = 3;
const LONGEST_NAME = 40;

/** Everything that is wrong with a target, with paths from its root. The state is checked where it is read. */
export function targetProblems(choices: TargetChoices): readonly Problem[] {
  const { stack, pipeline, rolePrefix, names = [] } = choices;
  const problems: Problem[] = [];
  if (!/^[A-Za-z0-9_.-]{1,40}$/.test(stack)) {
    const message = `${show(stack)} is not the short name of a stack; write NAME of "Pulumi.NAME.yaml", at most ${LONGEST_NAME} letters, digits or . _ -.`;
    problems.push({ path: "stack", message });
  }
  if (pipeline.account !== undefined)
    problems.push(...accountIdProblems("pipeline.account", pipeline.account));
  problems.push(...rolePrefixProblems("rolePrefix", rolePrefix));
  if (names.length > MOST_NAMES) {
    problems.push({
      path: "names",
      message: `${names.length} patterns are given; ${MOST_NAMES} are allowed.`,
    });
  }
  names.forEach((pattern, index) => {
    // Fewer letters would let the roles change what is not theirs.
    if (/^[A-Za-z0-9][\w.-]{3,}\*?$/.test(pattern) && pattern.length <= LONGEST_NAME) return;
    const rule = '4 to 40 letters, digits or . _ -, with at most one "*" at the end, as in "acme-config*"';
    problems.push({
      path: `names[${index}]`,
      message: `${show(pattern)} is not a pattern of names; it needs ${rule}.`,
    });
  });
  if (pipeline.prefix === rolePrefix) {
    const message = `${show(rolePrefix)} begins the pipeline's names, too. The roles need another beginning.`;
    problems.push({ path: "rolePrefix", message });
  }
  return problems;
}
