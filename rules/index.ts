export * from "./catalog";
export * from "./controls";
export * from "./engine";
export * from "./judge";
export * from "./selection";
