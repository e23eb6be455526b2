import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";

/** What Guard says of one document: `SKIP` where no rule of the policy applies. */
type GuardStatus = "PASS" | "FAIL" | "SKIP";

/** By platform and processor, the folder in which `@cdklabs/cdk-validator-cfnguard` ships the program. */
const SHIPPED: Readonly<Record<string, string>> = {
  "linux-x64": "ubuntu/x86_64",
  "linux-arm64": "ubuntu/aarch64",
  "darwin-x64": "macos/x86_64",
  "darwin-arm64": "macos/aarch64",
};

/** Ended with 19, Guard found a document that fails; everything else is an error of its own. */
const FOUND_FAILURE = 19;

/**
 * Evaluates a policy over documents, in one process.
 * @returns One status a document, in the order given.
 * @throws Error with what Guard wrote, when it could not evaluate.
 */
export function evaluateGuard(policy: string, documents: readonly unknown[]): readonly GuardStatus[] {
  const args = ["validate", "--payload", "--structured", "--output-format", "json", "--show-summary", "none"];
  const input = JSON.stringify({
    rules: [policy],
    data: documents.map((document) => JSON.stringify(document)),
  });
  const { status, stdout, stderr, error } = spawnSync(program(), args, { input, encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0 && status !== FOUND_FAILURE) throw new Error(`cfn-guard ended with ${status}: ${stderr}`);
  const results = JSON.parse(stdout) as readonly { readonly name: string; readonly status: GuardStatus }[];
  const byName = new Map(results.map((result) => [result.name, result.status]));
  return documents.map((_, index) => {
    const found = byName.get(`DATA_STDIN[${index + 1}]`);
    if (found === undefined) throw new Error(`cfn-guard did not answer for document ${index + 1}: ${stdout}`);
    return found;
  });
}

/** The `cfn-guard` of the PATH, or the one that came with the development dependencies. */
function program(): string {
  if (spawnSync("cfn-guard", ["--version"]).status === 0) return "cfn-guard";
  const folder = SHIPPED[`${process.platform}-${process.arch}`];
  if (folder === undefined) {
    throw new Error(
      `No cfn-guard is shipped for ${process.platform} on ${process.arch}; put one into the PATH.`,
    );
  }
  const manifest = require.resolve("@cdklabs/cdk-validator-cfnguard/package.json");
  return join(dirname(manifest), "bin", folder, "cfn-guard");
}
