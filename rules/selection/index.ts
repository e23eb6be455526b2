export { configRules } from "./config-rules";
export type { ConfigRule } from "./config-rules";
export { covers } from "./exemptions";
export type { ExemptionSubject } from "./exemptions";
export { typedParameters } from "./parameters";
export { isGlobalRule, regionalRules } from "./regional-rules";
export { resolveSelection } from "./resolve";
export type { Resolved, ResolveOptions } from "./resolve";
export * from "./types";
