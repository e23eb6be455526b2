import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { controlNames, registrationFiles } from "../../../cli/rule/registration";

const ROOT = join(__dirname, "../../..");

describe("the registration of custom controls", () => {
  it("is what `npm run generate` writes for the folders that there are", () => {
    const files = Object.entries(registrationFiles(controlNames(ROOT)));
    assert.equal(files.length, 2);
    for (const [file, content] of files) {
      assert.equal(readFileSync(join(ROOT, file), "utf8"), content, `${file}: run \`npm run generate\``);
    }
  });
});
