import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  bundle,
  compliance,
  exported,
  folder,
  removeFolders,
  resource,
  STACK_URN,
  urn,
  volume,
} from "./support";

const bucket = "aws:s3/bucket:Bucket";

describe("check of hostile input", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  it("shows control characters and terminal escapes escaped", async () => {
    const name = "evil\u001b[2J\u202e";
    const root = folder({
      "a.json": exported([volume(name, false), volume(name, false)]),
      "b.json": exported([volume(name, false)]),
    });
    writeFileSync(join(root, "odd\u001b[31m.json"), "x");
    const { stdout, stderr } = await compliance(["check", "."], { cwd: root });
    assert.match(stdout, /evil\\u001b\[2J\\u202e/);
    assert.match(stderr, /odd\\u001b\[31m\.json/);
    assert.equal((stdout + stderr).includes("\u001b"), false);
    assert.equal((stdout + stderr).includes("\u202e"), false);
  });

  it("treats hostile keys as data", async () => {
    const text = JSON.stringify(exported([volume("plain", false)])).replace(
      '"size":8',
      '"size":8,"__proto__":{"encrypted":true},"constructor":{"prototype":{"encrypted":true}}',
    );
    const root = folder({ "a.json": text });
    const { status, stdout } = await compliance(["check", "a.json", "--controls", "ENCRYPTED_VOLUMES"], {
      cwd: root,
    });
    assert.equal(status, 1);
    assert.match(stdout, /"encrypted" is false/);
  });

  it("does not take a selection's regular expression for one", async () => {
    const exemption = { control: "ENCRYPTED_VOLUMES", reason: "r", owner: "o", expires: "2999-01-01" };
    const root = folder({
      "a.json": exported([volume("a".repeat(200), false)]),
      "s.json": {
        exemptions: [
          { ...exemption, resource: `${"(a+)+".repeat(20)}$` },
          { ...exemption, resource: `${"**a".repeat(100)}b` },
        ],
      },
    });
    const { status } = await compliance(
      ["check", "a.json", "--selection", "s.json", "--controls", "ENCRYPTED_VOLUMES"],
      { cwd: root },
    );
    assert.equal(status, 1);
  });

  it("judges a chain of ten thousand resources without running out of stack", async () => {
    const chain = Array.from({ length: 10_000 }, (_, index) =>
      resource(
        bucket,
        `b${index}`,
        {},
        index === 0 ? {} : { dependencies: [urn(bucket, `b${index - 1}`)], parent: STACK_URN },
      ),
    );
    const root = folder({ "a.json": exported(chain) });
    const { status, stderr } = await compliance(["check", "a.json", "--controls", "ENCRYPTED_VOLUMES"], {
      cwd: root,
    });
    assert.equal(stderr, "");
    assert.equal(status, 0);
  });
});
