import type { PolicyPackArgs, PolicyPackConfig } from "@pulumi/policy";
import { preventedControls } from "./prevented";
import type { PreventedControl } from "./prevented";
import { defaultConfig } from "./data";
import { sdkPolicies } from "./sdk-policies";
import { Session } from "./session";

/** The name that findings carry. */
export const PACK_NAME = "continuous-compliance";

/** Everything that the SDK needs to serve the pack, and what stands in front of it. */
export interface Pack {
  readonly controls: readonly PreventedControl[];
  readonly session: Session;
  readonly args: PolicyPackArgs;
  /** The default selection with its parameters and exemptions; a configuration is laid over it, key by key. */
  readonly initialConfig: PolicyPackConfig;
}

/**
 * @param today - The day in UTC as `YYYY-MM-DD`.
 * @param controls - What the pack holds; default: every control with a policy.
 */
export function createPack(today: () => string = currentDay, controls = preventedControls()): Pack {
  const session = new Session(today);
  return {
    controls,
    session,
    args: {
      policies: sdkPolicies(controls, session),
      enforcementLevel: "disabled",
      displayName: "Continuous compliance for AWS",
      description: "One policy for each AWS Config managed rule that can be decided before deployment.",
      provider: "aws",
    },
    initialConfig: { ...defaultConfig },
  };
}

const currentDay = (): string => new Date().toISOString().slice(0, 10);
