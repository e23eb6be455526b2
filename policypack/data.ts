import type { PolicyConfig } from "../rules/policy-config";

/* eslint-disable @typescript-eslint/no-require-imports -- JSON files without a default export */
import manifest = require("./package.json");
import baseline = require("./profiles/baseline.json");
import steps = require("./remediation.json");
/* eslint-enable @typescript-eslint/no-require-imports */

/** The version of the pack. */
export const version: string = manifest.version;

/** The configuration that `selection.yaml` stands for; `npm run generate` writes it. */
// JSON has no literal types; the generator that wrote the file has this type.
export const defaultConfig = baseline as unknown as PolicyConfig;

/** How to mend a violation of a control; `npm run generate` takes it from the first violating case. */
export const remediation: Readonly<Partial<Record<string, string>>> = steps;
