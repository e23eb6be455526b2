import * as assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileProblem } from "../../cli/errors";
import { run } from "../../cli/main";
import { exported, folder, removeFolders, volume } from "./support";

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function runWith(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  let out = "";
  let err = "";
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  const status = await run({ argv, env, stdin: Readable.from([]), stdout, stderr });
  return { status, out, err };
}

describe("files that the system refuses", () => {
  after(removeFolders);

  it("do not stop the judging of others", async () => {
    const root = folder({ "good.json": exported([volume("a", true)]) });
    const circle = folder({});
    symlinkSync("Pulumi.yaml", join(circle, "Pulumi.yaml"));
    const { status, out, err } = await runWith([
      "check",
      circle,
      join(root, "good.json"),
      "--controls",
      "ENCRYPTED_VOLUMES",
    ]);
    assert.equal(status, 2);
    assert.match(err, /^error: \S+Pulumi\.yaml: Its symbolic links go in a circle\. /);
    assert.match(out, /1 passed/);
  });

  it("are no errors of the program itself", async () => {
    const report = folder({});
    const env = {
      GITHUB_ACTIONS: "true",
      GITHUB_REF: "refs/pull/3/merge",
      GITHUB_REPOSITORY: "a/b",
      TOKEN: "t",
    };
    const argv = ["deliver", "comment", "--report", report, "--token-variable", "TOKEN"];
    const { status, err } = await runWith(argv, env);
    assert.equal(status, 2);
    assert.match(err, /^error: \S+: The file cannot be read\. It is a folder\. /);
  });

  it("are told from errors of the program by the path that they name", () => {
    const denied = Object.assign(new Error("EACCES"), { code: "EACCES", path: "/a" });
    assert.match(fileProblem(denied)?.line ?? "", /^\/a: You may not use it\. /);
    assert.equal(fileProblem(Object.assign(new Error("x"), { code: "ENOENT" })), undefined);
    assert.equal(fileProblem(new TypeError("x")), undefined);
  });
});
