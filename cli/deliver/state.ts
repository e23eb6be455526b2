import { UsageError } from "../errors";
import type { Pulumi } from "./pulumi";
import type { StackPlace } from "./stack";

/**
 * The stack's state, as `pulumi stack export` writes it: encrypted values stay encrypted.
 * @throws UsageError when the stack does not exist, or the state cannot be read.
 */
export async function stateOf(pulumi: Pulumi, { given }: StackPlace): Promise<unknown> {
  try {
    return await pulumi.readJson(["stack", "export", "--stack", given]);
  } catch (error) {
    if (!(error instanceof UsageError) || !error.message.includes("no stack named")) throw error;
    throw new UsageError(
      `The stack "${given}" does not exist in this backend. Make it once, and commit its settings file: ` +
        `"pulumi stack init ${given} --secrets-provider awskms://...".`,
      "--stack",
      { cause: error },
    );
  }
}
