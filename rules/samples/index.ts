import type { Sample } from "./sample";

export type { Sample, SampleItem } from "./sample";

/** Every sample, by AWS Config's type in alphabetical order. They are large, and loaded when first asked for. */
export const samples = (): readonly Sample[] =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above; made by `npm run generate` of the files beside this one
  (loaded ??= require("../catalog/generated/samples.json") as readonly Sample[]);
let loaded: readonly Sample[] | undefined;

/** The sample of a type as AWS Config or as Pulumi spells it. */
export const sampleOf = (type: string): Sample | undefined =>
  samples().find((sample) => sample.configType === type || sample.type === type);
