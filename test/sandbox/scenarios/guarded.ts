import * as path from "node:path";
import type { Violation } from "../engine/events";
import { fixture, jsonFile } from "../engine/fixtures";
import { type Operation, type OperationOptions, Stack, type StackConfig } from "../engine/stack";
import type { Sandbox } from "../scenario";

/** The physical name of the bucket that the program makes. */
export const BUCKET = "fixture-data";
/** A policy over bucket and setting: a stack policy that stops early where the setting alone shows a violation. */
export const VERSIONING = "s3-bucket-versioning-enabled";
/** A policy over a document that is known only when the bucket exists. */
export const TLS = "s3-bucket-ssl-requests-only";

/** A stack of the bucket program under the project's pack, of which only the policies that are named run. */
export class Guarded {
  private static count = 0;

  private constructor(
    readonly stack: Stack,
    private readonly options: OperationOptions,
  ) {}

  /**
   * Makes a stack.
   *
   * @param config - what the program is told.
   * @param policies - the pack's configuration, policy by policy.
   */
  static async create(
    sandbox: Sandbox,
    config: StackConfig,
    policies: Readonly<Record<string, unknown>>,
  ): Promise<Guarded> {
    const name = `guarded-${++Guarded.count}`;
    const stack = await Stack.create(sandbox.engine, fixture(sandbox, "buckets"), name, config);
    return new Guarded(stack, Guarded.packs(sandbox, name, policies));
  }

  private static packs(
    sandbox: Sandbox,
    name: string,
    policies: Readonly<Record<string, unknown>>,
  ): OperationOptions {
    const packConfig = jsonFile(sandbox, `${name}.json`, { all: "disabled", ...policies });
    return { packs: [path.join(sandbox.checkout, "policypack")], packConfigs: [packConfig] };
  }

  /** `pulumi preview` under the pack. */
  preview(): Promise<Operation> {
    return this.stack.preview(this.options);
  }

  /** `pulumi up` under the pack. */
  up(skipPreview: boolean): Promise<Operation> {
    return this.stack.up({ ...this.options, skipPreview });
  }
}

/** What a policy reported in an operation. */
export function of(policy: string, { violations }: Operation): readonly Violation[] {
  return violations.filter((violation) => violation.policy === policy);
}
