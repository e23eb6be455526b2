export * from "./catalog";
export * from "./config-types";
export * from "./controls";
export * from "./engine";
export * from "./judge";
export * from "./metrics";
export * from "./selection";
export * from "./verify-actions";
