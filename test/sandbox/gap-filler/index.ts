import { deliveryOperations } from "./delivery";
import { bucketPolicyGuard, documentOperations, formGuard } from "./documents";
import { eventOperations } from "./events";
import { logOperations } from "./logs";
import { recorderOperations } from "./recorders";
import { managedRules, ruleOperations } from "./rules";
import { GapFiller, type JsonHandler } from "./server";
import { trailOperations } from "./trails";

export { GapFiller } from "./server";

type Operations = Readonly<Record<string, JsonHandler>>;

/**
 * A gap filler with everything that it knows.
 *
 * @param python - the interpreter that has moto, for its list of managed rules.
 */
export function makeGapFiller(motoPort: number, python: string): GapFiller {
  const rules = managedRules(python);
  const makeGaps = () => ({
    operations: {
      ...documentOperations(),
      // The names by which the protocols of the services know them.
      ...named("StarlingDoveService", {
        ...recorderOperations(),
        ...deliveryOperations(),
        ...ruleOperations(rules),
      }),
      ...named("Logs_20140328", logOperations()),
      ...named("AWSEvents", eventOperations()),
      ...named("CloudTrail_20131101", trailOperations()),
    },
    guards: [bucketPolicyGuard, formGuard],
  });
  return new GapFiller(makeGaps, motoPort);
}

function named(service: string, operations: Operations): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, handler]) => [`${service}.${name}`, handler]),
  );
}
