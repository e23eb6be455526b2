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
const catalog = path.join("rules", "catalog", "generated");
const inCatalog = {
  ...generateCatalog(),
  "config-types.json": generateConfigTypes(),
  "guard-policies.json": generateGuardPolicies(),
  "resource-types.ts": generateResourceTypes(),
  "samples.json": generateSamples(),
};
const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(inCatalog).map(([name, content]) => [path.join(catalog, name), content]),
  ),
  ...generatePack(),
  [path.join("docs", "licences.md")]: generateLicences(),
  ...generateDocs(),
};

// Everything is made before anything is written, and each file changes at once, so that an interruption leaves only files
// that are whole.
for (const folder of [catalog, DOCS_FOLDER]) fs.mkdirSync(path.join(root, folder), { recursive: true });
for (const [file, content] of Object.entries(files)) {
  const target = path.join(root, file);
  const written = `${target}.${process.pid}`;
  fs.writeFileSync(written, content);
  fs.renameSync(written, target);
}

// A page whose control has lost its policy goes.
const pages = new Set(Object.keys(files).map((file) => path.normalize(file)));
for (const name of fs.readdirSync(path.join(root, DOCS_FOLDER))) {
  if (!pages.has(path.join(DOCS_FOLDER, name))) fs.rmSync(path.join(root, DOCS_FOLDER, name));
}
