/**
 * Generates `rules/catalog/generated/samples.json` from the samples in `rules/samples/`, so that a command reads them
 * as data and the others start without them. Run by `npm run generate`; a test asserts that nothing drifts.
 */
import { all } from "../rules/samples/all";

/** One sample a line, by AWS Config's type. */
export function generateSamples(): string {
  const sorted = [...all].sort(({ configType: a }, { configType: b }) => (a < b ? -1 : 1));
  return `[\n${sorted.map((sample) => JSON.stringify(sample)).join(",\n")}\n]\n`;
}
