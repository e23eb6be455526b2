/**
 * What a declaration is made of: the catalogue, the custom controls and the selection, without the policies of managed
 * rules. The Pulumi program needs no more, and is compiled at each run.
 */
export * from "./catalog";
export { printable } from "./engine";
export * from "./metrics";
export * from "./registry";
export * from "./selection";
export * from "./verify-actions";
