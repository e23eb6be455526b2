import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { folder, ROOT } from "../support";

/** What a control looks like whose predicate is `judge`: as few lines as it takes. */
export const controlFiles = (
  name: string,
  judge: string,
  fromItem = "({ size: 1 })",
): Record<string, string> => ({
  [`rules/custom/${name}/index.ts`]: `import { check, policy } from "../../engine";
import { customControl } from "../control";
import { preventive } from "../judge";
export const control = customControl({
  name: "${name}", title: "Volumes are small.", severity: "low", resourceTypes: ["AWS::EC2::Volume"],
  triggerTypes: ["ConfigurationChange"], parameters: { maximum: { type: "int", default: "10", description: "GiB." } },
  sources: { size: { from: "item", path: "configuration.size" } }, listing: [],
  judge: ${judge},
});
export const preventivePolicy = policy(control.title, {
  "aws:ebs/volume:Volume": preventive(control, () => ({ size: 1 })),
});
export const used = check;
`,
  [`rules/custom/${name}/cases.ts`]: `const item = { resourceType: "AWS::EC2::Volume", resourceId: "vol-1",
  configurationItemStatus: "OK", configurationItemCaptureTime: "2026-03-04T05:06:07.089Z", configuration: { size: 1 } };
export const cases = [{ title: "is small", verdict: "COMPLIANT",
  before: { resources: [{ type: "aws:ebs/volume:Volume", inputs: { size: 1 } }] }, after: { item, read: undefined } }];
`,
  [`rules/custom/${name}/handler.ts`]: `import { configRule } from "../../lambda";
import { control } from ".";
export const definition = { control, fromItem: () => ${fromItem} };
export const handler = configRule(definition);
`,
});

/** A checkout in a new folder, with these files besides. */
export function checkout(files: Readonly<Record<string, string>>): string {
  const root = folder(files);
  for (const part of ["catalog", "cases", "engine", "lambda", "services", "views", "selection"]) {
    mkdirSync(join(root, "rules"), { recursive: true });
    symlinkSync(join(ROOT, "rules", part), join(root, "rules", part));
  }
  for (const file of ["control", "judge", "items", "parameters", "cases", "register"])
    cpSync(join(ROOT, `rules/custom/${file}.ts`), join(root, `rules/custom/${file}.ts`), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  return root;
}

/** What `rule new` and the checks of what it writes need of a checkout; the rest of the repository has no part in them. */
const PARTS = ["cli", "docs/adr", "policypack", "rules", "scripts", "test/rules/custom"];
const FILES = ["package.json", "package-lock.json", "selection.yaml", "tsconfig.json", ".oxlintrc.json"];
const SETTINGS = [".prettierrc.json", ".prettierrc", ".prettierignore"];

/** A checkout in a new folder that may be written: nothing in it leads to the repository but its packages. */
export function wholeCheckout(): string {
  const root = folder();
  for (const part of PARTS) {
    cpSync(join(ROOT, part), join(root, part), {
      recursive: true,
      filter: (from) => from !== join(ROOT, "policypack", "bin"),
    });
  }
  for (const file of [...FILES, ...SETTINGS.filter((one) => existsSync(join(ROOT, one)))])
    cpSync(join(ROOT, file), join(root, file));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  return root;
}
