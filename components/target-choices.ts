import { accountIdProblems, show } from "./limits";
import { LONGEST_CHOSEN_NAME, namePatternProblems, rolePrefixProblems } from "./name-limits";
import { LONGEST_STEM, nameStem } from "./physical-names";
import type { StateChoice } from "./pipeline-choices";
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

/** Everything that is wrong with a target, with paths from its root. The state is checked where it is read. */
export function targetProblems(choices: TargetChoices): readonly Problem[] {
  const { stack, pipeline, rolePrefix, names = [] } = choices;
  const problems: Problem[] = [];
  if (!/^[A-Za-z0-9_.-]{1,40}$/.test(stack)) {
    const message = `${show(stack)} is not the short name of a stack; write NAME of "Pulumi.NAME.yaml", at most ${LONGEST_CHOSEN_NAME} letters, digits or . _ -.`;
    problems.push({ path: "stack", message });
  }
  const stem = nameStem(stack);
  if (stem.length > LONGEST_STEM) {
    const reason = `Names there begin with ${show(stem)}, ${stem.length} characters; ${LONGEST_STEM} are allowed, because more is appended and roles have at most 64`;
    problems.push({ path: "stack", message: `${reason}. Choose shorter names of project and stack.` });
  }
  if (pipeline.account !== undefined)
    problems.push(...accountIdProblems("pipeline.account", pipeline.account));
  problems.push(...rolePrefixProblems("rolePrefix", rolePrefix));
  problems.push(...namePatternProblems("names", names));
  if (pipeline.prefix === rolePrefix) {
    const message = `${show(rolePrefix)} begins the pipeline's names, too. The roles need another beginning.`;
    problems.push({ path: "rolePrefix", message });
  }
  return problems;
}
