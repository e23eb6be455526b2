export * from "./config-types";
export * from "./controls";
export * from "./declaration";
export * from "./engine";
export * from "./judge";
export * from "./policies";
export * from "./policy-config";
