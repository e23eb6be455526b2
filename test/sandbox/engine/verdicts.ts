import * as path from "node:path";
import { parseJsonLines } from "../json";
import type { Sandbox } from "../scenario";
import { check, complianceJson, type Finding } from "./compliance";
import { type Violation, violationsIn } from "./events";
import { jsonFile } from "./fixtures";
import type { OperationOptions } from "./stack";

/** A verdict that is no pass, as a line: policy, resource, verdict. */
export type Verdict = string;

/** The selection of every control, with the documented defaults. */
function everyControl(sandbox: Sandbox): string {
  return jsonFile(sandbox, "every-control.json", { controls: "all" });
}

/** The project's pack, configured by `compliance policy-config` to judge by every control. */
export async function everyPolicy(sandbox: Sandbox): Promise<OperationOptions> {
  const config = await complianceJson(sandbox, ["policy-config", "--selection", everyControl(sandbox)]);
  return {
    packs: [path.join(sandbox.checkout, "policypack")],
    packConfigs: [jsonFile(sandbox, "every-policy.json", config)],
  };
}

/** What was found by one of two ways only. */
export interface Difference {
  readonly offline: readonly Verdict[];
  readonly engine: readonly Verdict[];
}

/** The policy that watches over the pack's configuration judges no resource. */
const NO_CONTROL = "compliance-exemptions";

/**
 * Holds what `compliance check` found against what the engine's pack reported.
 *
 * A policy over several resources reports early, on a part such as a bucket's versioning, what the part proves by
 * itself, and then on the whole; such a second report on a part counts only where the whole was not reported.
 */
export function differenceOf(findings: readonly Finding[], violations: readonly Violation[]): Difference {
  const judged = new Set(findings.map(({ name, urn }) => `${name} ${urn}`));
  const reports = violations.filter(({ policy }) => policy !== NO_CONTROL);
  const whole = new Set(
    reports.filter(({ policy, urn }) => judged.has(`${policy} ${urn}`)).map(({ policy }) => policy),
  );
  const engine = new Set(
    reports
      .filter(({ policy, urn }) => judged.has(`${policy} ${urn}`) || !whole.has(policy))
      .map(({ policy, urn, message }) => {
        return `${policy} ${urn} ${/^Undecided: /m.test(message) ? "UNDECIDED" : "NON_COMPLIANT"}`;
      }),
  );
  const offline = new Set(
    findings
      .filter(({ verdict }) => verdict !== "COMPLIANT")
      .map(({ name, urn, verdict }) => `${name} ${urn} ${verdict}`),
  );
  const only = (here: ReadonlySet<Verdict>, there: ReadonlySet<Verdict>): readonly Verdict[] =>
    [...here].filter((line) => !there.has(line) && !isKnown(line, here, there)).sort();
  return { offline: only(offline, engine), engine: only(engine, offline) };
}

/** A difference that stays, with its reason: one side knows more than the other, and neither is wrong. */
interface KnownDifference {
  readonly property: string;
  readonly reason: string;
  /** The policies that read the property. */
  readonly policies: readonly string[];
}

/** The engine sees a document with any unknown part as unknown; the recording keeps the parts that are known. */
const PARTLY_KNOWN =
  "A document with a part that is not known yet is unknown to the engine as a whole, not offline.";
/** The engine makes names up in preview already. */
const NAMED =
  "A document that names a bucket is known to the engine where the provider makes the name up, not offline.";

/** Differences that stay, by property. */
const KNOWN: readonly KnownDifference[] = [
  {
    property: "policy of aws:s3/bucketPolicy:BucketPolicy",
    reason: `${PARTLY_KNOWN} ${NAMED}`,
    policies: [
      "s3-bucket-policy-grantee-check",
      "s3-bucket-public-read-prohibited",
      "s3-bucket-public-write-prohibited",
      "s3-bucket-ssl-requests-only",
    ],
  },
  {
    property: "policy of aws:sns/topicPolicy:TopicPolicy",
    reason: PARTLY_KNOWN,
    policies: ["sns-topic-no-public-access"],
  },
  {
    property: "policy of aws:sqs/queuePolicy:QueuePolicy",
    reason: PARTLY_KNOWN,
    policies: ["sqs-queue-no-public-access", "sqs-queue-policy-full-access-check"],
  },
];

/** Whether one side decides what the other leaves undecided, for a reason that is listed. */
function isKnown(line: Verdict, here: ReadonlySet<Verdict>, there: ReadonlySet<Verdict>): boolean {
  const [policy = "", urn = "", verdict = ""] = line.split(" ");
  if (!KNOWN.some(({ policies }) => policies.includes(policy))) return false;
  const undecided = `${policy} ${urn} UNDECIDED`;
  // What is undecided here must be decided there, be it as a pass, and the other way round.
  return verdict === "UNDECIDED" ? !there.has(undecided) : !here.has(undecided) && there.has(undecided);
}

/** What `compliance check` says of a program, an export or a preview with every control. */
export async function checkEverything(
  sandbox: Sandbox,
  args: readonly string[],
): Promise<readonly Finding[]> {
  const { findings, errors } = await check(sandbox, [...args, "--selection", everyControl(sandbox)]);
  if (errors.length > 0) throw new Error(`The check failed: ${JSON.stringify(errors)}`);
  return findings;
}

/** What `pulumi policy analyze` says of an export with every policy. */
export async function analyse(sandbox: Sandbox, file: string): Promise<readonly Violation[]> {
  const { packs = [], packConfigs = [] } = await everyPolicy(sandbox);
  const flags = [
    ...packs.flatMap((pack) => ["--policy-pack", pack]),
    ...packConfigs.flatMap((config) => ["--policy-pack-config", config]),
  ];
  const args = ["policy", "analyze", "--file", file, "--json", "--non-interactive", ...flags];
  const { processes, engine, checkout } = sandbox;
  const done = await processes.run("pulumi", args, { cwd: checkout, env: engine.env });
  const events = parseJsonLines(done.stdout, "The analysis");
  if (events.length === 0 && done.status !== 0) {
    throw new Error(`The analysis failed:\n${done.stdout}${done.stderr}`);
  }
  return violationsIn(events);
}
