import type { ConfigRule, Exemption, Level, Severity } from "../../rules";

/** A rule as AWS Config has it. */
export interface DeployedRule {
  readonly name: string;
  readonly arn: string | undefined;
  readonly owner: string | undefined;
  readonly identifier: string | undefined;
  /** JSON text. */
  readonly parameters: string | undefined;
  readonly scopeTypes: readonly string[];
  /** What narrows the scope further, in words; `undefined` where nothing does. */
  readonly scopeLimit: string | undefined;
  /** `DETECTIVE`, `PROACTIVE` or both; empty where AWS does not say. */
  readonly modes: readonly string[];
  readonly frequency: string | undefined;
  /** `ACTIVE`, `EVALUATING`, `DELETING` or `DELETING_RESULTS`. */
  readonly state: string | undefined;
}

/** When a rule was evaluated, as AWS Config tells it. */
export interface RuleStatus {
  /** When the rule was first there. */
  readonly activated: Date | undefined;
  /** The last evaluation that succeeded, and the last one that failed. */
  readonly evaluated: Date | undefined;
  readonly evaluationFailed: Date | undefined;
  /** The last time that the rule could, and could not, be invoked. */
  readonly invoked: Date | undefined;
  readonly invocationFailed: Date | undefined;
  /** Code and message of the last failure; empty without one. */
  readonly error: string;
}

/** A resource that violates a rule. */
export interface Evaluation {
  /** As AWS Config spells it, e.g. `AWS::S3::Bucket`; `AWS::::Account` for the account itself. */
  readonly resourceType: string;
  readonly resourceId: string;
  /** What the rule says about it. */
  readonly annotation: string | undefined;
  readonly recorded: Date | undefined;
  /** It comes from a proactive evaluation: the resource is only planned. */
  readonly planned: boolean;
}

/** What is recorded in a region. */
export interface Recorder {
  readonly name: string;
  readonly recording: boolean;
  readonly started: Date | undefined;
  /** Why it cannot record, where it cannot. */
  readonly failure: string | undefined;
  /** The only types that are recorded; `undefined` for all. */
  readonly included: readonly string[] | undefined;
  readonly excluded: readonly string[];
  /** Whether the global IAM types are recorded, where they are neither included nor excluded by name. */
  readonly globalTypes: boolean;
}

/**
 * What `verify` asks AWS Config in one region. Every method throws a `UsageError` that says what AWS refused and which
 * action it needs.
 */
export interface ConfigApi {
  /** The customer's recorder, if there is one. */
  recorder(): Promise<Recorder | undefined>;
  rules(): Promise<readonly DeployedRule[]>;
  /** By rule name. */
  statuses(names: readonly string[]): Promise<ReadonlyMap<string, RuleStatus>>;
  /** By rule name: `COMPLIANT`, `NON_COMPLIANT` or `INSUFFICIENT_DATA`. */
  compliance(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  violations(name: string): Promise<readonly Evaluation[]>;
  /** The text of a rule that is a policy in Guard. */
  policy(name: string): Promise<string>;
  /** Starts the evaluation of at most 25 rules; `busy` when that is not possible at the moment. */
  start(names: readonly string[]): Promise<"started" | "busy">;
  /** By type: how many recorded resources there are. Types that are not recorded are missing. */
  counts(): Promise<ReadonlyMap<string, number>>;
  /** By id: the names of resources. */
  names(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  close(): void;
}

/** A rule that the selection declares for a region. */
export interface DeclaredRule extends ConfigRule {
  readonly severity: Severity;
  readonly level: Level;
  /** It runs in periods. */
  readonly isPeriodic: boolean;
  /** Nothing but a changed resource makes it run. */
  readonly isOnlyOnChange: boolean;
}

/** How it stands with a rule in a region. */
export type RuleState =
  | "compliant"
  | "nonCompliant"
  /** It found no resource to evaluate. */
  | "insufficientData"
  /** It has no result, or only one from before it changed. */
  | "notReported"
  /** The region does not have it as the selection declares it. */
  | "notDeployed";

/** What was learned of a rule. */
export interface RuleOutcome {
  readonly rule: DeclaredRule;
  readonly state: RuleState;
  /** Why it did not report or is not deployed. */
  readonly reason?: string;
  readonly status?: RuleStatus | undefined;
  readonly violations: readonly Violation[];
}

/** A violation with the name that AWS Config has for the resource. */
export interface Violation extends Evaluation {
  readonly resourceName?: string | undefined;
}

/** What was learned of a region. */
export interface RegionOutcome {
  readonly region: string;
  /** Unknown where no rule is deployed. */
  readonly account: string | undefined;
  readonly rules: readonly RuleOutcome[];
  /** What the reader of the report should know: one sentence each. */
  readonly notes: readonly string[];
}

/** A violation as the report shows it. */
export interface Finding {
  readonly region: string;
  readonly account: string | undefined;
  readonly control: string;
  readonly name: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string | undefined;
  /** The resource in the stack, where the state has it. */
  readonly urn: string | undefined;
  readonly annotation: string | undefined;
  readonly recorded: Date | undefined;
  readonly exemption: Exemption | undefined;
  readonly fails: boolean;
}
