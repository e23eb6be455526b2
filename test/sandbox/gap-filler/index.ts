import { deliveryOperations } from "./delivery";
import { bucketPolicyGuard, documentOperations, formGuard } from "./documents";
import { recorderOperations } from "./recorders";
import { managedRules, ruleOperations } from "./rules";
import { GapFiller, type JsonHandler } from "./server";

export { GapFiller } from "./server";

/** The protocol name of AWS Config. */
const CONFIG = "StarlingDoveService";

/**
 * A gap filler with everything that it knows.
 *
 * @param python - the interpreter that has moto, for its list of managed rules.
 */
export function makeGapFiller(motoPort: number, python: string): GapFiller {
  const config = {
    ...recorderOperations(),
    ...deliveryOperations(),
    ...ruleOperations(managedRules(python)),
  };
  const operations: Record<string, JsonHandler> = documentOperations();
  for (const [name, handler] of Object.entries(config)) operations[`${CONFIG}.${name}`] = handler;
  return new GapFiller({ operations, guards: [bucketPolicyGuard, formGuard] }, motoPort);
}
