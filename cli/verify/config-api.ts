import {
  ConfigServiceClient,
  DescribeComplianceByConfigRuleCommand,
  DescribeConfigRuleEvaluationStatusCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  GetComplianceDetailsByConfigRuleCommand,
  GetCustomRulePolicyCommand,
  GetDiscoveredResourceCountsCommand,
  ListDiscoveredResourcesCommand,
  StartConfigRulesEvaluationCommand,
} from "@aws-sdk/client-config-service";
import type { ResourceIdentifier, ResourceType, Scope } from "@aws-sdk/client-config-service";
import { frequencyOf } from "../../rules";
import { UsageError } from "../errors";
import { awsFailure, isBusy } from "./failure";
import { clientOptions } from "./sdk";
import type { Connection } from "./sdk";
import type { ConfigApi, DeployedRule, Evaluation, Recorder, RuleStatus } from "./types";

/** AWS's limit of rules in one call that names rules, and in one that starts their evaluation. */
const RULES_A_CALL = 25;
/** https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByConfigRule.html */
const RESULTS_A_PAGE = 100;
/** https://docs.aws.amazon.com/config/latest/APIReference/API_ListDiscoveredResources.html */
const IDS_A_CALL = 20;
/** Describing calls share a low rate with everything else in the account, so that patience pays. */
const ATTEMPTS = 10;

/** AWS Config in one region. */
export function configApi(connection: Connection): ConfigApi {
  const options = clientOptions(connection);
  return new RegionalConfig(
    connection.region,
    new ConfigServiceClient({ ...options, retryMode: "adaptive", maxAttempts: ATTEMPTS }),
    // A refused start is answered by waiting a minute, which no retry of the SDK does.
    new ConfigServiceClient({ ...options, maxAttempts: 1 }),
  );
}

/**
 * The region that the environment or the profile names.
 * @throws UsageError when neither does.
 */
export async function defaultRegion(profile: string | undefined): Promise<string> {
  const client = new ConfigServiceClient(clientOptions({ profile }));
  try {
    return await client.config.region();
  } catch (error) {
    throw new UsageError(
      'No region is known. Give one with "--region", or a stack with "--stack-file".',
      undefined,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}

class RegionalConfig implements ConfigApi {
  public constructor(
    private readonly region: string,
    private readonly client: ConfigServiceClient,
    private readonly starter: ConfigServiceClient,
  ) {}

  public close(): void {
    this.client.destroy();
    this.starter.destroy();
  }

  public async recorder(): Promise<Recorder | undefined> {
    const { ConfigurationRecorders: all = [] } = await this.ask("config:DescribeConfigurationRecorders", () =>
      this.client.send(new DescribeConfigurationRecordersCommand({})),
    );
    // Recorders of AWS services record for those alone; rules see what the customer's one records.
    const found = all.find(({ servicePrincipal }) => servicePrincipal === undefined);
    if (found === undefined) return undefined;
    const { ConfigurationRecordersStatus: statuses = [] } = await this.ask(
      "config:DescribeConfigurationRecorderStatus",
      () => this.client.send(new DescribeConfigurationRecorderStatusCommand({})),
    );
    const status = statuses.find(({ name }) => name === found.name);
    const group = found.recordingGroup ?? {};
    const listed = group.resourceTypes ?? [];
    return {
      name: found.name ?? "",
      recording: status?.recording === true,
      started: status?.lastStartTime,
      failure:
        status?.lastStatus === "Failure"
          ? [status.lastErrorCode, status.lastErrorMessage].filter((text) => text !== undefined).join(": ")
          : undefined,
      included: group.allSupported === true || listed.length === 0 ? undefined : listed,
      excluded: group.exclusionByResourceTypes?.resourceTypes ?? [],
      globalTypes: group.allSupported !== true || group.includeGlobalResourceTypes === true,
    };
  }

  public rules(): Promise<readonly DeployedRule[]> {
    return paged(async (NextToken) => {
      const page = await this.ask("config:DescribeConfigRules", () =>
        this.client.send(new DescribeConfigRulesCommand({ NextToken })),
      );
      const rules = (page.ConfigRules ?? []).map((rule): DeployedRule => ({
        name: rule.ConfigRuleName ?? "",
        arn: rule.ConfigRuleArn,
        owner: rule.Source?.Owner,
        identifier: rule.Source?.SourceIdentifier,
        parameters: rule.InputParameters,
        scopeTypes: rule.Scope?.ComplianceResourceTypes ?? [],
        scopeLimit: scopeLimit(rule.Scope),
        modes: (rule.EvaluationModes ?? []).flatMap(({ Mode }) => Mode ?? []),
        frequency: frequencyOf(rule),
        state: rule.ConfigRuleState,
      }));
      return [rules, page.NextToken];
    });
  }

  public async statuses(names: readonly string[]): Promise<ReadonlyMap<string, RuleStatus>> {
    const found = new Map<string, RuleStatus>();
    for (const ConfigRuleNames of chunks(names, RULES_A_CALL)) {
      const statuses = await paged(async (NextToken) => {
        const page = await this.ask("config:DescribeConfigRuleEvaluationStatus", () =>
          this.client.send(new DescribeConfigRuleEvaluationStatusCommand({ ConfigRuleNames, NextToken })),
        );
        return [page.ConfigRulesEvaluationStatus ?? [], page.NextToken];
      });
      for (const status of statuses) {
        found.set(status.ConfigRuleName ?? "", {
          activated: status.FirstActivatedTime,
          evaluated: status.LastSuccessfulEvaluationTime,
          evaluationFailed: status.LastFailedEvaluationTime,
          invoked: status.LastSuccessfulInvocationTime,
          invocationFailed: status.LastFailedInvocationTime,
          error: [status.LastErrorCode, status.LastErrorMessage]
            .filter((text) => text !== undefined)
            .join(": "),
        });
      }
    }
    return found;
  }

  public async compliance(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const ConfigRuleNames of chunks(names, RULES_A_CALL)) {
      const results = await paged(async (NextToken) => {
        const page = await this.ask("config:DescribeComplianceByConfigRule", () =>
          this.client.send(new DescribeComplianceByConfigRuleCommand({ ConfigRuleNames, NextToken })),
        );
        return [page.ComplianceByConfigRules ?? [], page.NextToken];
      });
      for (const { ConfigRuleName, Compliance } of results) {
        if (ConfigRuleName !== undefined) found.set(ConfigRuleName, Compliance?.ComplianceType ?? "");
      }
    }
    return found;
  }

  public violations(ConfigRuleName: string): Promise<readonly Evaluation[]> {
    return paged(async (NextToken) => {
      const page = await this.ask("config:GetComplianceDetailsByConfigRule", () =>
        this.client.send(
          new GetComplianceDetailsByConfigRuleCommand({
            ConfigRuleName,
            ComplianceTypes: ["NON_COMPLIANT"],
            Limit: RESULTS_A_PAGE,
            NextToken,
          }),
        ),
      );
      const results = (page.EvaluationResults ?? []).map((result): Evaluation => {
        const {
          ResourceType = "",
          ResourceId = "",
          EvaluationMode,
        } = result.EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
        return {
          resourceType: ResourceType,
          resourceId: ResourceId,
          annotation: result.Annotation,
          recorded: result.ResultRecordedTime,
          planned: EvaluationMode === "PROACTIVE",
        };
      });
      return [results, page.NextToken];
    });
  }

  public async policy(ConfigRuleName: string): Promise<string> {
    const { PolicyText = "" } = await this.ask("config:GetCustomRulePolicy", () =>
      this.client.send(new GetCustomRulePolicyCommand({ ConfigRuleName })),
    );
    return PolicyText;
  }

  public async start(names: readonly string[]): Promise<"started" | "busy"> {
    try {
      await this.starter.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: [...names] }));
      return "started";
    } catch (error) {
      if (isBusy(error)) return "busy";
      throw awsFailure(error, { action: "config:StartConfigRulesEvaluation", region: this.region }) ?? error;
    }
  }

  public async counts(): Promise<ReadonlyMap<string, number>> {
    const counts = await paged(async (nextToken) => {
      const page = await this.ask("config:GetDiscoveredResourceCounts", () =>
        this.client.send(new GetDiscoveredResourceCountsCommand({ limit: RESULTS_A_PAGE, nextToken })),
      );
      return [page.resourceCounts ?? [], page.nextToken];
    });
    return new Map(counts.map(({ resourceType = "", count = 0 }) => [resourceType, count]));
  }

  public async names(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    // The enumeration of the SDK is older than the service.
    const resourceType = type as ResourceType;
    for (const resourceIds of chunks(ids, IDS_A_CALL)) {
      const { resourceIdentifiers = [] } = await this.ask("config:ListDiscoveredResources", () =>
        this.client.send(new ListDiscoveredResourcesCommand({ resourceType, resourceIds })).catch(unnamed),
      );
      for (const { resourceId, resourceName } of resourceIdentifiers) {
        if (resourceId !== undefined && resourceName !== undefined) found.set(resourceId, resourceName);
      }
    }
    return found;
  }

  /** Awaits an answer; a failure is told in words. */
  private async ask<T>(action: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw awsFailure(error, { action, region: this.region }) ?? error;
    }
  }
}

/** A rule may look at the resources with one tag only, or at a single one. */
function scopeLimit(scope: Scope | undefined): string | undefined {
  if (scope?.TagKey !== undefined) return "resources with a tag";
  return scope?.ComplianceResourceId === undefined ? undefined : "a single resource";
}

/** Rules also evaluate types that AWS Config does not record, and refuses to list. */
function unnamed(error: unknown): { readonly resourceIdentifiers?: readonly ResourceIdentifier[] } {
  if (error instanceof Error && error.name === "ValidationException") return {};
  throw error;
}

/**
 * The items of all pages.
 * @throws UsageError when a page leads back to one before it: the list would have no end.
 */
async function paged<T>(
  ask: (token: string | undefined) => Promise<readonly [readonly T[], string | undefined]>,
): Promise<readonly T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const [page, next] = await ask(token);
    items.push(...page);
    token = next === "" ? undefined : next;
    if (token !== undefined && seen.has(token)) {
      throw new UsageError(
        "AWS Config gave the same continuation token twice, so that its list has no end. Run the command again; if that does not help, it is a fault of the service or of what stands in for it.",
      );
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return items;
}

/** A list in parts of a size. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
