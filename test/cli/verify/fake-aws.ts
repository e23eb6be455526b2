import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { findRule } from "../../../rules";
import type { Clock } from "../../../cli/verify/clock";
import { namedRules, policyOf, RULES_A_PAGE, texts } from "./fake-region";
import type { FakeRecorder, FakeRegion, FakeRule, Json } from "./fake-region";
import { Refusal } from "./refusal";

export const ACCOUNT = "123456789012";

/** A call as it arrived. */
export interface FakeCall {
  readonly region: string;
  readonly operation: string;
  readonly body: Json;
}

const SERVICE = "StarlingDoveService.";

const scopeOf = ({ scope, scopeId, scopeTag }: FakeRule): object => ({
  ComplianceResourceTypes: scope,
  ComplianceResourceId: scopeId,
  TagKey: scopeTag,
});
const seconds = (time?: number): number | undefined => (time === undefined ? undefined : time / 1000);

/**
 * A loopback server that speaks the JSON protocol of AWS Config, with AWS's page sizes and limits, and takes metrics as
 * CloudWatch does.
 */
export class FakeAws {
  /** Whether each list leads back to its beginning instead of ending. */
  public repeatsToken = false;
  public readonly calls: FakeCall[] = [];
  /** Refuses an operation as long as it is here. */
  public readonly refusals = new Map<string, Refusal>();
  /** Operations that are throttled once. */
  public readonly throttled: string[] = [];
  public onCall: (operation: string) => void = () => undefined;
  private readonly regions = new Map<string, FakeRegion>();
  private readonly server = http.createServer((request, response) => void this.serve(request, response));

  public constructor(private readonly clock: Pick<Clock, "now">) {}

  public async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  public region(name: string): FakeRegion {
    const before = this.regions.get(name);
    if (before !== undefined) return before;
    const recorder: FakeRecorder = {
      recording: true,
      started: this.clock.now() - 86_400_000,
      status: "Success",
      group: { allSupported: true, includeGlobalResourceTypes: true },
    };
    const made = { rules: new Map(), recorders: [recorder], counts: new Map(), names: new Map(), busy: [] };
    this.regions.set(name, made);
    return made;
  }

  /** Deploys a managed rule that was evaluated an hour ago, and is compliant. */
  public deploy(region: string, name: string, more: Partial<FakeRule> = {}): FakeRule {
    const rule: FakeRule = {
      name,
      owner: "AWS",
      identifier: findRule(name)?.identifier ?? name,
      state: "ACTIVE",
      activated: this.clock.now() - 86_400_000,
      evaluated: this.clock.now() - 3_600_000,
      compliance: "COMPLIANT",
      violations: [],
      takes: 0,
      ...more,
    };
    this.region(region).rules.set(name, rule);
    return rule;
  }

  public bodies(operation: string): readonly Json[] {
    return this.calls.filter((call) => call.operation === operation).map(({ body }) => body);
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const target = String(request.headers["x-amz-target"]);
    const operation = target.slice(target.lastIndexOf(".") + 1);
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    };
    try {
      const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Json;
      this.calls.push({ region, operation, body });
      this.onCall(operation);
      const refusal = this.refusals.get(operation);
      if (refusal !== undefined) throw refusal;
      if (this.throttled[0] === operation) {
        this.throttled.shift();
        throw new Refusal("ThrottlingException", "Rate exceeded");
      }
      answer(200, target.startsWith(SERVICE) ? this.config(operation, body, region) : {});
    } catch (error) {
      if (!(error instanceof Refusal)) answer(400, { __type: "FakeFailure", message: String(error) });
      else answer(error.status, { __type: error.code, message: error.message });
    }
  }

  private config(operation: string, body: Json, name: string): object {
    const region = this.region(name);
    switch (operation) {
      case "DescribeConfigurationRecorders":
        return {
          ConfigurationRecorders: region.recorders.map(({ group, servicePrincipal }, index) => ({
            name: `recorder-${index}`,
            recordingGroup: group,
            servicePrincipal,
          })),
        };
      case "DescribeConfigurationRecorderStatus":
        return {
          ConfigurationRecordersStatus: region.recorders.map((recorder, index) => ({
            name: `recorder-${index}`,
            recording: recorder.recording,
            lastStartTime: seconds(recorder.started),
            lastStatus: recorder.status,
            lastErrorCode: recorder.error?.[0],
            lastErrorMessage: recorder.error?.[1],
          })),
        };
      case "DescribeConfigRules":
        return this.pageOf(body, "ConfigRules", RULES_A_PAGE, [...region.rules.values()], (rule) => ({
          ConfigRuleName: rule.name,
          ConfigRuleArn: `arn:aws:config:${name}:${ACCOUNT}:config-rule/config-rule-abc`,
          Source: { Owner: rule.owner, SourceIdentifier: rule.identifier, SourceDetails: rule.events },
          InputParameters: rule.parameters,
          Scope: scopeOf(rule),
          EvaluationModes: rule.modes?.map((Mode) => ({ Mode })),
          MaximumExecutionFrequency: rule.frequency,
          ConfigRuleState: rule.state,
        }));
      case "DescribeConfigRuleEvaluationStatus":
        return this.pageOf(body, "ConfigRulesEvaluationStatus", 10, namedRules(region, body), (rule) =>
          this.statusOf(rule),
        );
      case "DescribeComplianceByConfigRule":
        return this.pageOf(body, "ComplianceByConfigRules", 10, namedRules(region, body), (rule) => ({
          ConfigRuleName: rule.name,
          Compliance: { ComplianceType: rule.compliance },
        }));
      case "GetComplianceDetailsByConfigRule":
        return this.details(region, body);
      case "GetCustomRulePolicy":
        return policyOf(region, body);
      case "StartConfigRulesEvaluation":
        return this.start(region, body);
      case "GetDiscoveredResourceCounts":
        return this.pageOf(
          { NextToken: body["nextToken"] },
          "resourceCounts",
          2,
          [...region.counts],
          ([resourceType, count]) => ({ resourceType, count }),
          "nextToken",
        );
      case "ListDiscoveredResources":
        return this.list(region, body);
      default:
        throw new Refusal("UnknownOperationException", operation);
    }
  }

  private statusOf(rule: FakeRule): object {
    if (rule.due !== undefined && this.clock.now() >= rule.due) {
      rule.evaluated = rule.due;
      delete rule.due;
    }
    return {
      ConfigRuleName: rule.name,
      FirstActivatedTime: seconds(rule.activated),
      LastSuccessfulEvaluationTime: seconds(rule.evaluated),
      LastSuccessfulInvocationTime: seconds(rule.evaluated),
      LastFailedEvaluationTime: seconds(rule.evaluationFailed),
      LastFailedInvocationTime: seconds(rule.invocationFailed),
      LastErrorCode: rule.error?.[0],
      LastErrorMessage: rule.error?.[1],
      FirstEvaluationStarted: rule.evaluated !== undefined,
    };
  }

  private details(region: FakeRegion, body: Json): object {
    const limit = Number(body["Limit"] ?? 10);
    if (limit > 100) throw new Refusal("InvalidLimitException", "The limit is 100.");
    const rule = region.rules.get(String(body["ConfigRuleName"]));
    if (rule === undefined) throw new Refusal("NoSuchConfigRuleException", "There is no such rule.");
    return this.pageOf(
      body,
      "EvaluationResults",
      limit,
      rule.violations,
      ({ type, id, annotation, mode }) => ({
        EvaluationResultIdentifier: {
          EvaluationResultQualifier: {
            ConfigRuleName: rule.name,
            ResourceType: type,
            ResourceId: id,
            EvaluationMode: mode ?? "DETECTIVE",
          },
        },
        ComplianceType: "NON_COMPLIANT",
        ResultRecordedTime: seconds(rule.evaluated),
        Annotation: annotation,
      }),
    );
  }

  private start(region: FakeRegion, body: Json): object {
    const busy = region.busy.shift();
    if (busy !== undefined) throw new Refusal(busy, "An evaluation is in progress.");
    const now = this.clock.now();
    if (region.lastStart !== undefined && now - region.lastStart < 60_000) {
      throw new Refusal("LimitExceededException", "Only one call a minute is allowed.");
    }
    const rules = namedRules(region, body);
    region.lastStart = now;
    for (const rule of rules) if (rule.takes !== undefined) rule.due = now + rule.takes;
    return {};
  }

  private list(region: FakeRegion, body: Json): object {
    const type = String(body["resourceType"]);
    const ids = texts(body["resourceIds"]);
    if (ids.length > 20 || type.startsWith("AWS::Unlisted")) {
      throw new Refusal("ValidationException", "The request is not valid.");
    }
    return {
      resourceIdentifiers: ids.map((id) => ({
        resourceType: type,
        resourceId: id,
        resourceName: region.names.get(id),
      })),
    };
  }

  /** A page of items; tokens say where the next one begins. */
  private pageOf<T>(
    body: Json,
    key: string,
    size: number,
    items: readonly T[],
    shown: (item: T) => object,
    tokenKey = "NextToken",
  ): object {
    const from = Number(body["NextToken"] ?? 0);
    const next = from + size;
    const token = this.repeatsToken ? { [tokenKey]: "0" } : {};
    return {
      [key]: items.slice(from, next).map(shown),
      ...(next < items.length ? { [tokenKey]: String(next) } : token),
    };
  }
}
