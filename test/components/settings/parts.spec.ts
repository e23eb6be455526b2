import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readSettings, type Settings } from "../../../components/settings";
import { record } from "../../support/pulumi-mocks";

async function read(entries: Readonly<Record<string, unknown>>): Promise<Settings> {
  const stack: Record<string, string> = { "aws:region": "us-east-1" };
  for (const [key, value] of Object.entries(entries)) stack[`compliance:${key}`] = JSON.stringify(value);
  return (await record(readSettings, { config: stack })).result;
}

describe("The settings' parts", () => {
  it("hold nothing of a part that the list leaves out", async () => {
    assert.equal((await read({ parts: [] })).detection, undefined);
    assert.notEqual((await read({ parts: ["detection"] })).detection, undefined);
  });

  const refused: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    ["a misspelt part", { parts: ["detektion"] }, /"compliance:parts\[0\]": .*Did you mean "detection"\?/],
    ["a part listed twice", { parts: ["detection", "detection"] }, /"compliance:parts\[1\]": .*listed twice/],
    ["a text in place of the list", { parts: "detection" }, /"compliance:parts": .*not a list/],
    [
      "settings of a part that is left out",
      { parts: [], retentionDays: 90 },
      /"compliance:retentionDays": The stack does not hold the part "detection"/,
    ],
  ];
  for (const [what, entries, message] of refused) {
    it(`refuse ${what}`, async () => {
      await assert.rejects(read(entries), (error) => {
        assert.ok(error instanceof pulumi.RunError);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});
