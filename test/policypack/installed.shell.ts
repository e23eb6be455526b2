import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { answerOf, analyzeRequest, configureRequest } from "../support/analyzer";
import { PackProcess, builtPack } from "../support/pack-process";

/**
 * What Pulumi Cloud gives out is what `npm pack` made of the folder; the CLI unpacks it, installs its dependencies and
 * runs it by the SDK among them. The registry of packages is the only thing here that is not on this machine.
 */
describe("the pack as another project gets it", () => {
  let folder = "";
  before(() => (folder = builtPack()));
  after(() => fs.rmSync(folder, { recursive: true }));

  it("installs what its manifest names, and judges by the SDK that it brought", async () => {
    const npm = (cwd: string, ...args: readonly string[]): string =>
      execFileSync("npm", [...args, "--no-audit", "--no-fund"], { cwd, encoding: "utf8", stdio: "pipe" });
    const [{ filename }] = JSON.parse(npm(folder, "pack", "--json")) as [{ filename: string }];
    const unpacked = path.join(folder, "unpacked");
    fs.mkdirSync(unpacked);
    execFileSync("tar", ["-xzf", filename, "-C", unpacked, "--strip-components=1"], { cwd: folder });
    npm(unpacked, "install", "--omit=dev");

    const command = path.join(unpacked, "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");
    const pack = await PackProcess.start(unpacked, [command, "127.0.0.1:0", unpacked]);
    try {
      const info = await pack.info();
      assert.equal(info.getName(), "continuous-compliance");
      await pack.configure(configureRequest({}));
      const type = "aws:rds/instance:Instance";
      const urn = `urn:pulumi:dev::case::${type}::db`;
      const request = analyzeRequest({ urn, type, inputs: { multiAz: false } });
      const { lines } = answerOf(await pack.analyze(request));
      assert.ok(
        lines.some(({ policy, level }) => policy === "rds-multi-az-support" && level === "mandatory"),
      );
      assert.equal(pack.output.stderr, "");
    } finally {
      await pack.stop();
    }
  });
});
