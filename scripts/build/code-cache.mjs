import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A stack that uses what most runs use; what is compiled during it is kept. */
const EXPORT = {
  version: 3,
  deployment: {
    resources: [
      { urn: "urn:pulumi:dev::build::pulumi:pulumi:Stack::build-dev", type: "pulumi:pulumi:Stack" },
      ...["aws:s3/bucket:Bucket", "aws:ebs/volume:Volume", "aws:iam/role:Role"].map((type) => ({
        urn: `urn:pulumi:dev::build::${type}::one`,
        type,
        custom: true,
        inputs: {},
      })),
    ],
  },
};

/** Runs in a process of its own, as the launcher does, and writes at its end what V8 has compiled. */
const PROGRAM = `
  const { readFileSync, writeFileSync } = require("node:fs");
  const { createRequire } = require("node:module");
  const { Script } = require("node:vm");
  const [folder, cache, file] = process.argv.splice(1, 3);
  const bundle = folder + "/bundle/compliance.js";
  const script = new Script(readFileSync(bundle, "utf8"), { filename: bundle });
  process.argv.splice(1, 0, bundle, "check", "--controls", "all", "--format", "json", "--output", file + ".report", file);
  process.on("exit", () => writeFileSync(cache, script.createCachedData()));
  const require_ = createRequire(folder + "/compliance.js");
  const main = { exports: {} };
  script.runInThisContext()(main.exports, Object.assign(require_, { main }), main, bundle, folder);
`;

/**
 * Leaves beside the bundle of the command what V8 makes of it. It holds for this version of Node.js on this kind of machine.
 * @param {string} folder - Where `bundle/compliance.js` is.
 * @param {string} cache - The file to be written.
 */
export function compileBundle(folder, cache) {
  const work = mkdtempSync(join(tmpdir(), "compliance-build-"));
  try {
    const file = join(work, "export.json");
    writeFileSync(file, JSON.stringify(EXPORT));
    execFileSync(process.execPath, ["-e", PROGRAM, folder, cache, file], {
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    // Status 1 says that the stack violates controls, as it does.
    if (error.status !== 1) throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
