import * as assert from "node:assert/strict";
import { CompliancePipeline, type CompliancePipelineArgs } from "../../components/compliance-pipeline";
import type { Problem } from "../../components/problems";
import { record, type Recording } from "../support/pulumi-mocks";

/** A pipeline from CodeCommit to one stack. */
export const THIN: CompliancePipelineArgs = {
  prefix: "acme-tools",
  region: "us-east-1",
  state: {
    bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/state" },
  },
  source: { codeCommit: { repositoryName: "compliance", branch: "main" } },
  waves: [{ stacks: [{ stack: "prod" }] }],
};

/** Records a pipeline with other arguments than {@link THIN}. */
export const pipelineWith = (
  args: Partial<CompliancePipelineArgs> = {},
  options: { readonly preview?: boolean } = {},
): Promise<Recording<CompliancePipeline>> =>
  record(() => new CompliancePipeline("pipeline", { ...THIN, ...args }), options);

/** A statement of a recorded policy document. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

/** The statements of the policy of a role, by their Sid. */
export function statementsOf(recording: Recording<unknown>, name: string): Record<string, Statement> {
  return bySid(recording.get("aws:iam/policy:Policy", name).inputs["policy"]);
}

/** The statements of a document as text, by their Sid. */
export function bySid(text: unknown): Record<string, Statement> {
  assert.equal(typeof text, "string");
  const document = JSON.parse(String(text)) as { readonly Statement: readonly Statement[] };
  return Object.fromEntries(document.Statement.map((statement) => [statement.Sid, statement]));
}

/** Whether a pattern of a document, with `*` for anything, means a text. */
const means = (pattern: string, value: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("*", ".*")}$`).test(
    value,
  );

/** One or several, as a list. */
export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** The Sids of the statements of an effect that mean an action on a resource, whatever their condition. */
export const matching = (
  statements: Readonly<Record<string, Statement>>,
  effect: "Allow" | "Deny",
  action: string,
  resource: string,
): readonly string[] =>
  Object.values(statements)
    .filter(({ Effect }) => Effect === effect)
    .filter(({ Action }) => listOf(Action).some((pattern) => means(pattern, action)))
    .filter(({ Resource }) => listOf(Resource).some((pattern) => means(pattern, resource)))
    .map(({ Sid }) => Sid);

/** All actions that a document allows. */
export function allowed(statements: Readonly<Record<string, Statement>>): readonly string[] {
  return Object.values(statements)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action);
}

/** Problems as `path: message`. */
export const lines = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ path, message }) => `${path}: ${message}`);

/** Exactly one problem, which matches. */
export function assertOne(problems: readonly Problem[], expected: RegExp): void {
  assert.equal(problems.length, 1, lines(problems).join("\n"));
  assert.match(lines(problems)[0] ?? "", expected);
}

/** ARN of a secret. */
export const SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-AbCdEf";
