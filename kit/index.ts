/**
 * What a package of an organisation's own controls is written with: the pure side, which policies and functions share.
 * The function's side is `continuous-compliance/kit/lambda`, and what tests need `continuous-compliance/kit/testing`.
 */
export * from "../rules/engine";
export type { After, Before, CustomCase, OneSided, Scheduled } from "../rules/custom/cases";
export { actionsOf, customControl, idOf } from "../rules/custom/control";
export type { CustomControl, Source } from "../rules/custom/control";
export { textAt } from "../rules/custom/items";
export type { ConfigurationItem } from "../rules/custom/items";
export { preventive } from "../rules/custom/judge";
export { controlPackage, KIT_VERSION } from "../rules/custom/package";
export type { ControlPackage, PackagedControl } from "../rules/custom/package";
export type { Parameter, ParameterSchema, ParameterValues } from "../rules/custom/parameters";
