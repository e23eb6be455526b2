import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { readSettings } from "../components/settings";
import { ALL_ENTRIES } from "../components/settings/parts";
import { record } from "./support/pulumi-mocks";

type Entries = Readonly<Record<string, unknown>>;

const GUIDES = path.join(__dirname, "..", "docs", "guides");

/** What a block that shows one entry of a part leaves to the reader. */
const REST: Entries = {
  "compliance:state": {
    bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/k" },
  },
  "compliance:pipeline": {
    source: { connection: { create: {}, repository: "acme/compliance" } },
    waves: [{ stacks: [{ stack: "prod" }] }],
  },
};

const isMap = (value: unknown): value is Entries =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The blocks of settings in a guide, by their first line. */
function settingsOf(guide: string): readonly (readonly [number, Entries])[] {
  const text = fs.readFileSync(path.join(GUIDES, guide), "utf8");
  return [...text.matchAll(/^( *)```yaml\n([^]*?)^ *```$/gm)].flatMap((found) => {
    const content = (found[2] ?? "").replaceAll(new RegExp(`^${found[1] ?? ""}`, "gm"), "");
    const block: unknown = parse(content);
    const config = isMap(block) ? (block["config"] ?? block) : undefined;
    if (!isMap(config) || !Object.keys(config).some((key) => key.startsWith("compliance:"))) return [];
    return [[text.slice(0, found.index).split("\n").length, config] as const];
  });
}

/** A whole stack's configuration: what a block shows, and what it needs besides. */
function completed(shown: Entries): Record<string, string> {
  const isPipeline = "compliance:pipeline" in shown || "compliance:state" in shown;
  const whole: Record<string, unknown> = { "aws:region": "us-east-1", ...shown };
  if (isPipeline && !("compliance:parts" in shown)) {
    whole["compliance:parts"] = ["pipeline"];
    for (const [key, rest] of Object.entries(REST)) {
      const own = shown[key];
      whole[key] =
        isMap(rest) && isMap(own) && key !== "compliance:state" ? { ...rest, ...own } : (own ?? rest);
    }
  }
  return Object.fromEntries(
    Object.entries(whole).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

describe("the settings that guides show", () => {
  for (const guide of fs.readdirSync(GUIDES).filter((name) => name.endsWith(".md"))) {
    for (const [line, shown] of settingsOf(guide)) {
      it(`are allowed in ${guide} at line ${line}`, async () => {
        await record(readSettings, { config: completed(shown) });
      });
    }
  }

  it("are all in the stack files that are shipped, set or with their default", () => {
    const shipped = ["Pulumi.dev.yaml", "Pulumi.prod-target.yaml"]
      .map((file) => fs.readFileSync(path.join(__dirname, "..", file), "utf8"))
      .join("\n");
    const named = [...shipped.matchAll(/^ {2}(?:# )?compliance:(\w+):/gm)].map(([, entry]) => entry);
    assert.deepEqual([...new Set(named)].sort(), [...ALL_ENTRIES].sort());
  });

  it("are refused when a name is wrong", async () => {
    const wrong = completed({ "compliance:pipeline": { aprove: {} } });
    await assert.rejects(record(readSettings, { config: wrong }), /aprove/);
  });
});
