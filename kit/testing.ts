/** What the tests of a package call, with any test runner. */
export { controlProblems } from "../cli/rule/parity";
export type { ControlFolder } from "../cli/rule/parity";
