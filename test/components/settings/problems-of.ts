import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "../../../components/settings";
import { record } from "../../support/pulumi-mocks";

/** The problems of a stack's configuration below `compliance:`, as `path: message`, one each. */
export async function problemsOf(
  entries: Readonly<Record<string, unknown>>,
  stack?: string,
): Promise<readonly string[]> {
  const config: Record<string, string> = { "aws:region": "us-east-1" };
  for (const [key, value] of Object.entries(entries)) config[`compliance:${key}`] = JSON.stringify(value);
  try {
    await record(readSettings, { config, ...(stack === undefined ? {} : { stack }) });
  } catch (error) {
    assert.ok(error instanceof pulumi.RunError);
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}
