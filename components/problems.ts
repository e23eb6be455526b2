import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../rules/declaration";

export type { Problem };

/** Puts problems of a part below the path of that part. */
export function under(path: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({
    ...problem,
    path: problem.path === "" ? path : `${path}.${problem.path}`,
  }));
}

/** One text for all problems, a line each, in the order found. */
export function describeProblems(subject: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [`${subject} has ${count}:`, ...problems.map(({ path, message }) => `  "${path}": ${message}`)].join(
    "\n",
  );
}

/**
 * Stops a component before it creates any child, with every problem at once.
 *
 * @throws `pulumi.ResourceError` without a stack trace when there is at least one problem.
 */
export function refuse(
  component: pulumi.ComponentResource,
  subject: string,
  problems: readonly Problem[],
): void {
  if (problems.length > 0)
    throw new pulumi.ResourceError(describeProblems(subject, problems), component, true);
}
