import { type JsonObject, listOf, objectOf, textOf, textsOf } from "../json";
import { AwsError } from "./aws-error";
import type { JsonCall, JsonHandler } from "./server";

/** What a rule found of one resource. */
export interface Verdict {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly compliance: "COMPLIANT" | "NON_COMPLIANT";
  readonly annotation?: string;
}

/** What a function reports of one resource. */
export interface Report extends Omit<Verdict, "compliance"> {
  readonly compliance: Verdict["compliance"] | "NOT_APPLICABLE";
  /** Of which moment it speaks, in seconds since 1970. */
  readonly ordering: number;
}

/** A resource that AWS Config has found. */
export interface Discovered {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName?: string;
}

interface Evaluated {
  /** When the rule was made, in milliseconds since 1970. */
  readonly activated: number;
  /** When it was evaluated last; `undefined` while that is still to come. */
  readonly evaluated: number | undefined;
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html */
const RULES_A_CALL = 25;
const BETWEEN_STARTS = 60_000;
/** https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByConfigRule.html */
const RESULTS_A_PAGE = 100;
const SERVICE = "StarlingDoveService.";

/**
 * Stands for the evaluation of rules: nothing is looked at, the verdicts are those that a scenario plants. A rule reports
 * when somebody asks after it was made, changed or started, unless it is held back.
 */
export class Evaluations {
  private readonly rules = new Map<string, Evaluated>();
  private readonly verdicts = new Map<string, readonly Verdict[]>();
  private readonly orderings = new Map<string, number>();
  private readonly resources: Discovered[] = [];
  private readonly held = new Set<string>();
  private readonly starts = new Map<string, number>();
  private ahead = 0;

  /** The names of rules that each call of StartConfigRulesEvaluation named. */
  readonly started: (readonly string[])[] = [];

  /** Plants what a rule finds; without a verdict it has nothing to say. */
  plant(rule: string, verdicts: readonly Verdict[]): void {
    this.verdicts.set(rule, verdicts);
  }

  /**
   * Takes what the function of a rule says of a resource. What is older than what is known does not count, and a
   * resource that the rule does not apply to is no longer there.
   * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html
   */
  report(rule: string, { ordering, compliance, ...resource }: Report): void {
    const key = `${rule}/${resource.resourceType}/${resource.resourceId}`;
    if (ordering < (this.orderings.get(key) ?? Number.NEGATIVE_INFINITY)) return;
    this.orderings.set(key, ordering);
    const others = (this.verdicts.get(rule) ?? []).filter(
      ({ resourceType, resourceId }) =>
        resourceType !== resource.resourceType || resourceId !== resource.resourceId,
    );
    const own = compliance === "NOT_APPLICABLE" ? [] : [{ ...resource, compliance }];
    this.verdicts.set(rule, [...others, ...own]);
  }

  /** Plants a resource that AWS Config knows. */
  discover(resource: Discovered): void {
    this.resources.push(resource);
  }

  /** A rule that does not report. */
  hold(rule: string): void {
    this.held.add(rule);
  }

  /** Puts the clock of the service forward. */
  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }

  /** The operations of AWS Config that are about results. */
  operations(): Record<string, JsonHandler> {
    return {
      StartConfigRulesEvaluation: (call) => this.start(call),
      DescribeConfigRuleEvaluationStatus: async (call) => ({
        ConfigRulesEvaluationStatus: (await this.asked(call)).map((name) => this.statusOf(call, name)),
      }),
      DescribeComplianceByConfigRule: async (call) => {
        const wanted = textsOf(call.body["ComplianceTypes"]);
        const all = (await this.asked(call)).map((name) => ({
          ConfigRuleName: name,
          Compliance: { ComplianceType: this.complianceOf(name) },
        }));
        const fits = all.filter(
          ({ Compliance }) => wanted.length === 0 || wanted.includes(Compliance.ComplianceType),
        );
        return { ComplianceByConfigRules: fits };
      },
      GetComplianceDetailsByConfigRule: (call) => this.details(call),
      GetDiscoveredResourceCounts: () => {
        const types = [...new Set(this.resources.map(({ resourceType }) => resourceType))];
        const resourceCounts = types.map((resourceType) => ({
          resourceType,
          count: this.resources.filter((resource) => resource.resourceType === resourceType).length,
        }));
        return Promise.resolve({ totalDiscoveredResources: this.resources.length, resourceCounts });
      },
      ListDiscoveredResources: ({ body }) => {
        const ids = textsOf(body["resourceIds"]);
        const found = this.resources.filter(
          ({ resourceType, resourceId }) =>
            resourceType === body["resourceType"] && (ids.length === 0 || ids.includes(resourceId)),
        );
        return Promise.resolve({ resourceIdentifiers: found });
      },
    };
  }

  /** A rule was made or changed: AWS Config evaluates it by itself. */
  put({ region, body }: JsonCall): void {
    const id = `${region}/${textOf(objectOf(body["ConfigRule"])["ConfigRuleName"])}`;
    const activated = this.rules.get(id)?.activated ?? this.now();
    this.rules.set(id, { activated, evaluated: undefined });
  }

  private now(): number {
    return Date.now() + this.ahead;
  }

  private async start(call: JsonCall): Promise<JsonObject> {
    const names = textsOf(call.body["ConfigRuleNames"]);
    if (names.length < 1 || names.length > RULES_A_CALL)
      throw new AwsError("ValidationException", `'configRuleNames' takes 1 to ${RULES_A_CALL} rules.`);
    await this.asked(call);
    const last = this.starts.get(call.region);
    if (last !== undefined && this.now() - last < BETWEEN_STARTS) {
      throw new AwsError("LimitExceededException", "You can start an evaluation once a minute.");
    }
    const id = (name: string): string => `${call.region}/${name}`;
    const running = names.find((name) => this.held.has(name) && this.started.flat().includes(name));
    if (running !== undefined)
      throw new AwsError(
        "ResourceInUseException",
        `The rule ${running} is currently being evaluated. Try again later.`,
      );
    this.starts.set(call.region, this.now());
    this.started.push(names);
    for (const name of names) {
      const activated = this.rules.get(id(name))?.activated ?? this.now();
      this.rules.set(id(name), { activated, evaluated: undefined });
    }
    return {};
  }

  /** The rules that a call names; all of the region where it names none. */
  private async asked(call: JsonCall): Promise<readonly string[]> {
    const names = textsOf(call.body["ConfigRuleNames"]);
    if (names.length > RULES_A_CALL)
      throw new AwsError("ValidationException", `'configRuleNames' takes at most ${RULES_A_CALL} rules.`);
    // moto refuses names that it does not know, as AWS does.
    if (names.length > 0) {
      await call.ask(`${SERVICE}DescribeConfigRules`, { ConfigRuleNames: names });
      return names;
    }
    const all: string[] = [];
    let NextToken: unknown;
    do {
      const page = await call.ask(`${SERVICE}DescribeConfigRules`, { NextToken });
      all.push(...listOf(page["ConfigRules"]).map((rule) => textOf(objectOf(rule)["ConfigRuleName"])));
      NextToken = page["NextToken"];
    } while (NextToken !== undefined && NextToken !== null);
    return all;
  }

  private statusOf({ region }: JsonCall, name: string): JsonObject {
    const id = `${region}/${name}`;
    const known = this.rules.get(id) ?? { activated: this.now(), evaluated: undefined };
    const evaluated = known.evaluated ?? (this.held.has(name) ? undefined : this.now());
    this.rules.set(id, { ...known, evaluated });
    const times =
      evaluated === undefined
        ? {}
        : { LastSuccessfulInvocationTime: evaluated / 1000, LastSuccessfulEvaluationTime: evaluated / 1000 };
    return {
      ConfigRuleName: name,
      FirstActivatedTime: known.activated / 1000,
      FirstEvaluationStarted: evaluated !== undefined,
      ...times,
    };
  }

  private complianceOf(name: string): string {
    const verdicts = this.verdicts.get(name) ?? [];
    if (verdicts.length === 0) return "INSUFFICIENT_DATA";
    return verdicts.some(({ compliance }) => compliance === "NON_COMPLIANT") ? "NON_COMPLIANT" : "COMPLIANT";
  }

  private async details(call: JsonCall): Promise<JsonObject> {
    const { body } = call;
    const name = textOf(body["ConfigRuleName"]);
    const limit = body["Limit"] ?? RESULTS_A_PAGE;
    if (typeof limit !== "number" || limit < 0 || limit > RESULTS_A_PAGE)
      throw new AwsError("ValidationException", `'limit' takes 0 to ${RESULTS_A_PAGE}.`);
    await call.ask(`${SERVICE}DescribeConfigRules`, { ConfigRuleNames: [name] });
    const wanted = textsOf(body["ComplianceTypes"]);
    const all = (this.verdicts.get(name) ?? []).filter(
      ({ compliance }) => wanted.length === 0 || wanted.includes(compliance),
    );
    const from = Number(textOf(body["NextToken"]) || 0);
    const page = all.slice(from, from + (limit === 0 ? RESULTS_A_PAGE : limit));
    const next = from + page.length;
    const recorded = this.now() / 1000;
    return {
      EvaluationResults: page.map(({ resourceType, resourceId, compliance, annotation }) => ({
        EvaluationResultIdentifier: {
          EvaluationResultQualifier: {
            ConfigRuleName: name,
            ResourceType: resourceType,
            ResourceId: resourceId,
            EvaluationMode: "DETECTIVE",
          },
        },
        ComplianceType: compliance,
        ResultRecordedTime: recorded,
        ConfigRuleInvokedTime: recorded,
        ...(annotation === undefined ? {} : { Annotation: annotation }),
      })),
      ...(next < all.length ? { NextToken: String(next) } : {}),
    };
  }
}
