import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "../..");

/** What must not be written, where, and the rule that says so. */
const PLANTED: Readonly<Record<string, readonly [source: string, rule: string]>> = {
  "rules/clock.ts": ["export const today = new Date();\n", "project(no-clock)"],
  "rules/now.ts": ["export const now = Date.now();\n", "eslint(no-restricted-properties)"],
  "rules/environment.ts": [
    "export const region = process.env['AWS_REGION'];\n",
    "eslint(no-restricted-globals)",
  ],
  "rules/files.ts": ['export { readFileSync } from "node:fs";\n', "eslint(no-restricted-imports)"],
  "rules/custom/inward.ts": ['export { configRule } from "../lambda";\n', "eslint(no-restricted-imports)"],
  "rules/lambda/outward.ts": ['export { Output } from "@pulumi/pulumi";\n', "eslint(no-restricted-imports)"],
  "packages/outward.ts": ['export { main } from "../cli/main";\n', "eslint(no-restricted-imports)"],
  "components/services.ts": [
    'import * as aws from "@pulumi/aws";\nexport const { sns } = aws;\n',
    "eslint(no-restricted-imports)",
  ],
  "components/policies.ts": ['export { controls } from "../rules/index";\n', "eslint(no-restricted-imports)"],
  "policypack/outward.ts": ['export { Recorder } from "../components/x";\n', "eslint(no-restricted-imports)"],
  "cli/outward.ts": ['export { pack } from "../policypack/x";\n', "eslint(no-restricted-imports)"],
  "kit/outward.ts": ['export { Output } from "@pulumi/pulumi";\n', "eslint(no-restricted-imports)"],
  "scripts/promise.ts": [
    "export function start(work: () => Promise<void>): void {\n  work();\n}\n",
    "typescript(no-floating-promises)",
  ],
  "scripts/any.ts": ["export const parsed: string = JSON.parse('1');\n", "typescript(no-unsafe-assignment)"],
  "scripts/docs.ts": ["/** {@link */\nexport const a = 1;\n", "tsdoc(syntax)"],
  "scripts/disabled.ts": [
    "// eslint-disable-next-line no-var\nexport const a = 1;\n",
    "Unused eslint-disable directive",
  ],
  "scripts/long.ts": [`export const a = 1;\n${"export {};\n".repeat(301)}`, "eslint(max-lines)"],
  "test/empty.spec.ts": ['describe("", () => undefined);\n', "mocha(no-empty-title)"],
};

interface Report {
  readonly diagnostics: readonly {
    readonly code?: string;
    readonly message: string;
    readonly filename: string;
  }[];
}

describe("the linter", () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), "lint-"));
    for (const file of [".oxlintrc.json", "scripts/lint-plugin.mjs", "tsconfig.json"])
      cpSync(join(ROOT, file), join(root, file));
    symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
    for (const [path, [source]] of Object.entries(PLANTED)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), source);
    }
  });
  after(() => rmSync(root, { recursive: true }));

  it("reports what a folder must not hold, by each kind of rule", async () => {
    const output = await new Promise<string>((resolve) => {
      execFile(
        process.execPath,
        [join(ROOT, "node_modules/oxlint/bin/oxlint"), "--format", "json"],
        { cwd: root },
        (_error, stdout) => resolve(stdout),
      );
    });
    const { diagnostics } = JSON.parse(output) as Report;
    for (const [path, [, rule]] of Object.entries(PLANTED)) {
      const found = diagnostics
        .filter(({ filename }) => filename === path)
        .map(({ code, message }) => `${code ?? ""} ${message}`);
      assert.ok(
        found.some((one) => one.includes(rule)),
        `${path}: ${rule} is not in ${JSON.stringify(found)}`,
      );
    }
  });
});
