import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "../../../components/settings";
import { record } from "../../support/pulumi-mocks";

/** The problems that reading settings is refused for, as `path: message`, one each. */
export async function refusedFor(read: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await read();
  } catch (error) {
    assert.ok(error instanceof pulumi.RunError);
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

/** The problems of a stack's configuration below `compliance:`, as `path: message`, one each. */
export async function problemsOf(
  entries: Readonly<Record<string, unknown>>,
  stack?: string,
): Promise<readonly string[]> {
  const config: Record<string, string> = { "aws:region": "us-east-1" };
  for (const [key, value] of Object.entries(entries)) config[`compliance:${key}`] = JSON.stringify(value);
  return refusedFor(() => record(readSettings, { config, ...(stack === undefined ? {} : { stack }) }));
}
