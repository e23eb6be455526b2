import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { RedactedLines, Redactor } from "../../../cli/deliver/secrets";
import { removeFolders } from "../support";
import { error, Place, previewIn, summary, written } from "./support";

const SECRET = 'pul-"9182736450"';
const LINES = "first line\nsecond line";

/** What arrives when a text comes in chunks of a size. */
function passed(text: string, size: number, env: Readonly<Record<string, string>>): string {
  let out = "";
  const lines = new RedactedLines({ write: (part) => (out += part) }, new Redactor(env));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) lines.push(bytes.subarray(at, at + size));
  lines.end();
  return out;
}

describe("deliver: secrets of the environment", () => {
  after(removeFolders);

  for (const [what, text, size] of [
    ["in one chunk", `a ${SECRET} b\n`, 1000],
    ["in many chunks", `a ${SECRET} b\n`, 3],
    ["across the end of a part of a very long line", `${"x".repeat(65_530)}${SECRET}y\n`, 65_540],
    ["without an end of the line", `a ${SECRET}`, 7],
    ["as JSON writes it", `{"message":${JSON.stringify(SECRET)}}\n`, 1000],
  ] as const) {
    it(`are taken out ${what}`, () => {
      const out = passed(text, size, { PULUMI_ACCESS_TOKEN: SECRET });
      assert.ok(!out.includes("9182736450") && out.includes("[secret]"), out.slice(-60));
      assert.equal(out.replace(/\[secret\]/, "").length, text.replace(/pul-\\?"\d+\\?"/, "").length);
    });
  }

  for (const name of [
    "GITHUB_TOKEN",
    "COMPLIANCE_TOKEN",
    "CI_JOB_TOKEN",
    "BITBUCKET_PASSWORD",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "DEPLOY_SECRET",
    "SIGNING_KEY",
  ]) {
    it(`are taken out of the variable ${name}`, () => {
      assert.equal(passed(`a ${SECRET} b\n`, 9, { [name]: SECRET }), "a [secret] b\n");
    });
  }

  for (const name of [
    "COMPLIANCE_COMMENT_SECRET",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "TOKEN_SECRET_ARN",
    "HOME",
  ]) {
    it(`are not what ${name} says: where one is, or nothing of the kind`, () => {
      assert.equal(passed(`a ${SECRET} b\n`, 9, { [name]: SECRET }), `a ${SECRET} b\n`);
    });
  }

  it("are taken out when they have several lines", () => {
    const out = passed(`a\n${LINES}\nb\n`, 5, { PULUMI_CONFIG_PASSPHRASE: LINES });
    assert.equal(out, "a\n[secret]\nb\n");
  });

  it("leave no end in what a failed command said", async () => {
    const secret = "z".repeat(300);
    const place = new Place({ version: { status: 1, stderr: `${secret}\n${"y".repeat(1_900)}` } });
    await assert.rejects(
      previewIn(place, {}, { PULUMI_ACCESS_TOKEN: secret }),
      (problem) => problem instanceof Error && !problem.message.includes("zz"),
    );
  });

  it("stand in none of the files of a preview", async () => {
    const said = error(`The token is ${SECRET}.`);
    const place = new Place({ preview: { status: 1, events: [said, summary()] } });
    await previewIn(place, {}, { PULUMI_ACCESS_TOKEN: SECRET });
    const files = written(place);
    assert.ok(files.includes("findings.md") && files.includes("events.jsonl"));
    for (const file of files)
      assert.ok(!readFileSync(place.path("out", file), "utf8").includes("9182736450"), file);
  });
});
