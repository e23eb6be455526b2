/** The library that AWS Config custom rules are written with: Lambda's side. The pure side is in `rules/custom`. */
export type { ClientConfig, Clients } from "./access";
export type { InvocationContext } from "./deadline";
export type { RuleDefinition, Subject } from "./definition";
export { isAbsent } from "./applicability";
export { configRule } from "./rule";
export type { RuleHandler, RuleResult, Surroundings } from "./rule";
export { PREDICATE_MILLISECONDS, stoppable } from "./guard";
export { historyPage } from "./history";
export { itemOfApi } from "./items";
