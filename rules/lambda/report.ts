import {
  GetComplianceDetailsByConfigRuleCommand,
  PutEvaluationsCommand,
} from "@aws-sdk/client-config-service";
import type { ConfigServiceClient, Evaluation } from "@aws-sdk/client-config-service";
import { annotationOf } from "./annotation";
import type { Deadline } from "./deadline";
import { IncompleteError, isNamed } from "./errors";
import type { RuleEvent } from "./events";

/**
 * The verdict on one resource in AWS Config's words. `INSUFFICIENT_DATA` is none of them: AWS Config keeps it for itself
 * and refuses it here.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html
 */
export interface Result {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly compliance: "COMPLIANT" | "NON_COMPLIANT" | "NOT_APPLICABLE";
  /** Shown beside the verdict; cut where AWS Config would refuse it. */
  readonly annotation?: string | undefined;
}

/** What a resource is told apart by: ids alone repeat between types. */
export const keyOf = ({ resourceType, resourceId }: Pick<Result, "resourceType" | "resourceId">): string =>
  `${resourceType}\n${resourceId}`;

/** The resource that stands for a whole account. */
export const ACCOUNT_TYPE = "AWS::::Account";

/** The token of a try-out: AWS Config checks the evaluations, and keeps nothing. */
export const TEST_TOKEN = "TESTMODE";

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html */
const EVALUATIONS_A_CALL = 100;
/** https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByConfigRule.html */
const RESULTS_A_PAGE = 100;
const ATTEMPTS = 4;
const FIRST_WAIT_MILLISECONDS = 200;

/** Sends results, a hundred at a time, with the token and the time of the event. */
export class Reporter {
  private waiting: Result[] = [];
  private readonly sent = new Map<Result["compliance"], number>();

  public constructor(
    private readonly client: ConfigServiceClient,
    private readonly event: Pick<RuleEvent, "rule" | "resultToken" | "time">,
    private readonly deadline: Deadline,
    private readonly sleep: (milliseconds: number) => Promise<void>,
  ) {}

  /** How many results were taken, by verdict. */
  public get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.sent);
  }

  public get isTest(): boolean {
    return this.event.resultToken === TEST_TOKEN;
  }

  /** Sends the result now or with later ones. Throws as {@link flush} does. */
  public async add(result: Result): Promise<void> {
    this.waiting.push(result);
    if (this.waiting.length >= EVALUATIONS_A_CALL) await this.flush();
  }

  /**
   * Sends what was not sent yet.
   * @throws IncompleteError when AWS Config does not take all of it, although it was sent again.
   */
  public async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const results = this.waiting;
    this.waiting = [];
    await this.put(results);
    for (const { compliance } of results) this.sent.set(compliance, (this.sent.get(compliance) ?? 0) + 1);
  }

  /**
   * Retires the results of resources that are no longer there, by type and id.
   * @param seen - The keys of those that are.
   */
  public async retire(seen: ReadonlySet<string>): Promise<void> {
    let token: string | undefined;
    do {
      const page = await this.deadline.within("looking for results of resources that are gone", () =>
        this.client.send(
          new GetComplianceDetailsByConfigRuleCommand({
            ConfigRuleName: this.event.rule,
            ComplianceTypes: ["COMPLIANT", "NON_COMPLIANT"],
            Limit: RESULTS_A_PAGE,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        ),
      );
      for (const { EvaluationResultIdentifier: identifier } of page.EvaluationResults ?? []) {
        const {
          ResourceType: resourceType,
          ResourceId: resourceId,
          EvaluationMode: mode,
        } = identifier?.EvaluationResultQualifier ?? {};
        if (resourceType === undefined || resourceId === undefined || mode === "PROACTIVE") continue;
        if (seen.has(keyOf({ resourceType, resourceId }))) continue;
        await this.add({
          resourceType,
          resourceId,
          compliance: "NOT_APPLICABLE",
          annotation: "The resource is gone.",
        });
      }
      token = page.NextToken;
    } while (token !== undefined && token !== "");
    await this.flush();
  }

  private async put(results: readonly Result[]): Promise<void> {
    let pending = results;
    for (let attempt = 1; ; attempt++) {
      const failed = await this.putOnce(pending);
      if (failed.length === 0) return;
      const wait = FIRST_WAIT_MILLISECONDS * 2 ** attempt;
      if (attempt === ATTEMPTS || wait >= this.deadline.left()) {
        const [first] = failed;
        throw new IncompleteError(
          `AWS Config did not take ${failed.length} of ${results.length} evaluations, e.g. that of ${first?.resourceType} "${first?.resourceId}".`,
        );
      }
      await this.sleep(wait);
      pending = failed;
    }
  }

  /** Sends results; answers with those that AWS Config did not take. */
  private async putOnce(results: readonly Result[]): Promise<readonly Result[]> {
    try {
      const { FailedEvaluations: failed = [] } = await this.client.send(
        new PutEvaluationsCommand({
          Evaluations: results.map((result) => this.evaluationOf(result)),
          ResultToken: this.event.resultToken,
          ...(this.isTest ? { TestMode: true } : {}),
        }),
      );
      if (failed.length === 0) return [];
      const keys = new Set(
        failed.map(({ ComplianceResourceType: type, ComplianceResourceId: id }) =>
          keyOf({ resourceType: type ?? "", resourceId: id ?? "" }),
        ),
      );
      const again = results.filter((result) => keys.has(keyOf(result)));
      // A failure that names none of ours leaves open which ones were taken.
      return again.length > 0 ? again : results;
    } catch (error) {
      // AWS's message does not say which type it does not know.
      if (isNamed(error, "InvalidParameterValueException")) {
        const types = [...new Set(results.map(({ resourceType }) => resourceType))].join(", ");
        error.message = `AWS Config refused evaluations of ${types}: ${error.message}`;
      }
      throw error;
    }
  }

  private evaluationOf({ resourceType, resourceId, compliance, annotation }: Result): Evaluation {
    const shown = annotation === undefined ? undefined : annotationOf(annotation);
    return {
      ComplianceResourceType: resourceType,
      ComplianceResourceId: resourceId,
      ComplianceType: compliance,
      OrderingTimestamp: this.event.time,
      ...(shown === undefined ? {} : { Annotation: shown }),
    };
  }
}
