/** `npm run generate`: writes every generated file of the repository. */
import * as fs from "node:fs";
import * as path from "node:path";
import { generateCatalog } from "./generate-catalog";
import { generateConfigTypes } from "./generate-config-types";
import { DOCS_FOLDER, generateDocs } from "./generate-docs";
import { generateGuardPolicies } from "./generate-guard-policies";
import { generateLicences } from "./generate-licences";
import { generatePack } from "./generate-pack";
import { generateResourceTypes } from "./generate-resource-types";
import { generateSamples } from "./generate-samples";

const root = path.join(__dirname, "..");
const folder = path.join(root, "rules", "catalog", "generated");
fs.mkdirSync(folder, { recursive: true });
const files = {
  ...generateCatalog(),
  "config-types.json": generateConfigTypes(),
  "guard-policies.json": generateGuardPolicies(),
  "resource-types.ts": generateResourceTypes(),
  "samples.json": generateSamples(),
};
for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
for (const [file, content] of Object.entries(generatePack()))
  fs.writeFileSync(path.join(root, file), content);

fs.writeFileSync(path.join(root, "docs", "licences.md"), generateLicences());

// A page whose control has lost its policy goes.
fs.rmSync(path.join(root, DOCS_FOLDER), { recursive: true, force: true });
fs.mkdirSync(path.join(root, DOCS_FOLDER), { recursive: true });
for (const [file, content] of Object.entries(generateDocs()))
  fs.writeFileSync(path.join(root, file), content);
