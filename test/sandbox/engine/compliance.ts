import * as path from "node:path";
import { listOf, objectOf, parseJson, textOf, type JsonObject } from "../json";
import type { Finished } from "../processes";
import type { Sandbox } from "../scenario";

/** One result of `compliance check --format json`. */
export interface Finding {
  readonly control: string;
  readonly name: string;
  readonly urn: string;
  readonly verdict: string;
  readonly level: string;
  readonly key: string;
  readonly message: string;
  readonly isExempted: boolean;
}

/** A report of `compliance check`. */
export interface Report {
  readonly status: number;
  readonly findings: readonly Finding[];
  readonly errors: readonly JsonObject[];
}

/**
 * Runs the built command in the copy of the checkout. It gets no variables of the engine and none of AWS: what it
 * says, it says offline.
 */
export async function compliance(sandbox: Sandbox, args: readonly string[]): Promise<Finished> {
  const env = { PATH: path.dirname(process.execPath), HOME: sandbox.work, AWS_REGION: "us-east-1" };
  const command = path.join(sandbox.checkout, "dist", "compliance.js");
  return sandbox.processes.run(process.execPath, [command, ...args], { cwd: sandbox.checkout, env });
}

/** A command that prints JSON. @throws Error with what it said, when it cannot do its work. */
export async function complianceJson(sandbox: Sandbox, args: readonly string[]): Promise<JsonObject> {
  const done = await compliance(sandbox, args);
  if (done.status > 1)
    throw new Error(`"compliance ${args.join(" ")}" ended with ${done.status}:\n${done.stderr}`);
  return objectOf(parseJson(done.stdout, "The report"));
}

/** `compliance check`. */
export async function check(sandbox: Sandbox, args: readonly string[]): Promise<Report> {
  const done = await compliance(sandbox, ["check", ...args, "--format", "json"]);
  if (done.status > 1) throw new Error(`"compliance check ${args.join(" ")}" failed:\n${done.stderr}`);
  const report = objectOf(parseJson(done.stdout, "The report"));
  return {
    status: done.status,
    findings: listOf(report["results"]).map((entry) => findingOf(objectOf(entry))),
    errors: listOf(report["errors"]).map(objectOf),
  };
}

function findingOf(result: JsonObject): Finding {
  return {
    control: textOf(result["control"]),
    name: textOf(result["name"]),
    urn: textOf(result["urn"]),
    verdict: textOf(result["verdict"]),
    level: textOf(result["level"]),
    key: textOf(result["key"]),
    message: textOf(result["message"]),
    isExempted: result["exemption"] !== undefined,
  };
}
