import * as assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { bundle, compliance, exported, folder, removeFolders, volume } from "./support";

const VOLUMES = ["--controls", "ENCRYPTED_VOLUMES"];
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("check: status and output", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  describe("what counts", () => {
    const root = (): string =>
      folder({
        "a.json": exported([volume("bad", false), volume("later", UNKNOWN)]),
        "s.json": { levels: { default: "advisory" } },
        "only.json": exported([volume("later", UNKNOWN)]),
      });
    const status = async (...args: readonly string[]): Promise<number | null> =>
      (await compliance(["check", ...args, ...VOLUMES], { cwd: root() })).status;

    it("is any severity by default, and with --fail-on that severity and graver ones", async () => {
      assert.deepEqual(
        await Promise.all([
          status("a.json"),
          status("a.json", "--fail-on", "medium"),
          status("a.json", "--fail-on", "critical"),
          status("a.json", "--fail-on", "never"),
        ]),
        [1, 1, 0, 0],
      );
    });

    it("is nothing advisory", async () => {
      assert.equal(await status("a.json", "--selection", "s.json"), 0);
    });

    it("is an undecided verdict only with --on-unknown mandatory", async () => {
      assert.deepEqual(
        await Promise.all([
          status("only.json"),
          status("only.json", "--on-unknown", "ignore"),
          status("only.json", "--on-unknown", "mandatory"),
        ]),
        [0, 0, 1],
      );
    });
  });

  it("is 2 when the selection leaves no control to judge by", async () => {
    const root = folder({
      "a.json": exported([volume("bad", false)]),
      "none.json": { controls: [] },
      "off.json": { controls: ["ENCRYPTED_VOLUMES"], levels: { default: "disabled" } },
    });
    for (const file of ["none.json", "off.json"]) {
      const { status, stdout, stderr } = await compliance(["check", "a.json", "--selection", file], {
        cwd: root,
      });
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.equal(
        stderr,
        `error: ${file}: No control is left to judge by. Select at least one that is not disabled.\n`,
      );
    }
  });

  describe("--output", () => {
    it("writes the report to a file and nothing to standard output", async () => {
      const root = folder({ "a.json": exported([volume("bad", false)]) });
      const { status, stdout } = await compliance(["check", "a.json", "--output", "out.txt", ...VOLUMES], {
        cwd: root,
      });
      assert.equal(status, 1);
      assert.equal(stdout, "");
      assert.match(readFileSync(join(root, "out.txt"), "utf8"), /1 mandatory violation/);
      assert.deepEqual(readdirSync(root).sort(), ["a.json", "out.txt"]);
    });

    it("keeps the old file when the selection is wrong", async () => {
      const root = folder({ "a.json": exported([]), "out.txt": "old" });
      await compliance(["check", "a.json", "--output", "out.txt", "--controls", "NONE"], { cwd: root });
      assert.equal(readFileSync(join(root, "out.txt"), "utf8"), "old");
    });

    it("writes to the file behind a link, and to devices", async () => {
      const root = folder({ "a.json": exported([]), "real.txt": "old" });
      symlinkSync("real.txt", join(root, "link.txt"));
      await compliance(["check", "a.json", "--output", "link.txt"], { cwd: root });
      assert.match(readFileSync(join(root, "real.txt"), "utf8"), /0 mandatory/);
      await compliance(["check", "a.json", "--output", "/dev/null"], { cwd: root });
      assert.equal(statSync("/dev/null").isCharacterDevice(), true);
    });
  });
});
