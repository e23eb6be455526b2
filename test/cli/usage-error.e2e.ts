import * as assert from "node:assert/strict";
import { bundle, compliance, folder, removeFolders } from "./support";

describe("what the command says of a wrong use", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  it("shows a stack trace only with --debug", async () => {
    const { status, stderr } = await compliance(["check", "nowhere", "--debug"], { cwd: folder() });
    assert.equal(status, 2);
    assert.match(stderr, /\n\s+at .*compliance\.js:\d+/);
  });

  it("suggests the command that was meant", async () => {
    const { status, stderr } = await compliance(["chekc", "x"]);
    assert.equal(status, 2);
    assert.match(stderr, /unknown command 'chekc'\n\(Did you mean check\?\)/);
  });
});
