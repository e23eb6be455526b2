import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { removeFolders } from "../cli/support";
import { Source } from "./support";

describe("the Pulumi CLI", () => {
  after(removeFolders);

  /** The archive that the stand-in of curl hands out. */
  const archived = (source: Source): void => {
    const folderOf = join(source.root, "archive/pulumi");
    mkdirSync(folderOf, { recursive: true });
    writeFileSync(join(folderOf, "pulumi"), "#!/bin/sh\necho v3.255.0\n", { mode: 0o755 });
    source.tool(
      "curl",
      `while [ "$1" != --output ]; do shift; done; tar -czf "$2" -C '${join(source.root, "archive")}' pulumi`,
    );
  };

  for (const [version, taken] of [
    ["v3.255.0", true],
    ["v3.255.1", true],
    ["v3.274.1", true],
    ["v3.300.0-alpha.7+x", true],
    ["v3.254.9", false],
    ["v3.9.9", false],
    ["v4.0.0", false],
    ["hello", false],
  ] as const) {
    it(`on PATH is ${taken ? "taken" : "not taken"} in version ${version}`, async () => {
      const source = new Source();
      source.tool("pulumi", `echo ${version}`);
      const run = await source.run("publish", { COMPLIANCE_PUBLISH_ORG: "acme" });
      assert.equal(run.status, taken ? "SUCCEEDED" : "FAILED", run.log);
      assert.equal(
        source.calls.some((call) => call.startsWith("curl")),
        !taken,
      );
    });
  }

  it("is not unpacked when its checksum is another", async () => {
    const source = new Source();
    source.tool("pulumi", "exit 1");
    archived(source);
    const run = await source.run("publish", { COMPLIANCE_PUBLISH_ORG: "acme" });
    assert.equal(run.phases[0]?.status, 2);
    assert.match(run.log, /The download is not Pulumi CLI 3\.\d+\.\d+ for linux/);
    assert.equal(existsSync(join(source.root, ".pulumi")), false);
  });

  it("is installed with the pinned checksum, and found by what follows", async () => {
    const source = new Source('pulumi version >>"$CALLS"');
    source.tool("pulumi", "exit 1");
    archived(source);
    // Packing again would give other bytes, so the archive is made once.
    source.tool(
      "curl",
      `while [ "$1" != --output ]; do shift; done; cp '${join(source.root, "a.tar.gz")}' "$2"`,
    );
    writeFileSync(
      join(source.root, "make.sh"),
      "tar -czf a.tar.gz -C archive pulumi && sha256sum a.tar.gz | cut -c 1-64\n",
    );
    const sum = spawnSync("sh", ["make.sh"], { cwd: source.root, encoding: "utf8" }).stdout.trim();
    const pins = join(source.root, "pipeline/versions.env");
    writeFileSync(pins, readFileSync(pins, "utf8").replaceAll(/(SHA256_\w+)=.*/g, `$1=${sum}`));
    const run = await source.run("publish", { COMPLIANCE_PUBLISH_ORG: "acme" });
    assert.equal(run.status, "SUCCEEDED", run.log);
    assert.equal(source.calls.at(-1), "v3.255.0");
    assert.match(
      source.calls.find((call) => call.startsWith("curl")) ?? "",
      /https:\/\/get\.pulumi\.com\/releases\/sdk\/pulumi-v3\.\d+\.\d+-linux-/,
    );
  });
});
