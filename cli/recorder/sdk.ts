import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as struct from "google-protobuf/google/protobuf/struct_pb";
import type * as pulumi from "@pulumi/pulumi";
import type * as provider from "@pulumi/pulumi/proto/provider_pb";
import type * as resource from "@pulumi/pulumi/proto/resource_pb";
import { PACKAGE_MANAGER, loadLate } from "./late-package";

/** The part of the SDK's runtime that it keeps to itself. */
export interface Internals {
  setMockOptions(
    monitor: unknown,
    project: string,
    stack: string,
    preview: boolean,
    organization: string,
  ): void;
}

/** Turns what a monitor answers into values of the program. */
export interface Rpc {
  containsUnknownValues(values: unknown): boolean;
  deserializeProperties(answer: struct.Struct, keepUnknowns?: boolean): Record<string, unknown>;
}

/** The copy of `@pulumi/pulumi` that a program uses. */
export interface Sdk {
  readonly pulumi: typeof pulumi;
  readonly settings: Internals;
  readonly rpc: Rpc;
  readonly resource: typeof resource;
  readonly provider: typeof provider;
  readonly struct: typeof struct;
  /** Where the SDK is. */
  readonly folder: string;
}

/**
 * Loads the SDK from the program's folder.
 * @returns `undefined` when the program has none.
 */
export function loadSdk(folder: string): Sdk | undefined {
  const program = createRequire(join(folder, "noop.js"));
  let manifest: string;
  try {
    manifest = program.resolve("@pulumi/pulumi/package.json");
  } catch {
    return undefined;
  }
  // Messages must be of the very classes that the SDK uses, so its own dependencies are loaded through it.
  const sdk = createRequire(manifest);
  loadLate(sdk, PACKAGE_MANAGER);
  return {
    folder: dirname(manifest),
    pulumi: sdk("./index.js") as Sdk["pulumi"],
    settings: sdk("./runtime/settings.js") as Internals,
    rpc: sdk("./runtime/rpc.js") as Rpc,
    resource: sdk("./proto/resource_pb.js") as Sdk["resource"],
    provider: sdk("./proto/provider_pb.js") as Sdk["provider"],
    struct: sdk("google-protobuf/google/protobuf/struct_pb.js") as Sdk["struct"],
  };
}
