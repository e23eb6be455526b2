import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  paginateDescribeConfigRuleEvaluationStatus,
  paginateDescribeConfigRules,
} from "@aws-sdk/client-config-service";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { control, fromAccount } from ".";
import type { AccountRules, Deployment } from ".";

interface Clients {
  readonly reader: ConfigServiceClient;
  readonly [name: string]: { destroy(): void };
}

async function rulesOf(client: ConfigServiceClient): Promise<AccountRules> {
  const rules: AccountRules["rules"][number][] = [];
  for await (const page of paginateDescribeConfigRules({ client }, {}))
    rules.push(...(page.ConfigRules ?? []));
  const statuses: AccountRules["statuses"][number][] = [];
  for await (const page of paginateDescribeConfigRuleEvaluationStatus({ client }, {}))
    statuses.push(...(page.ConfigRulesEvaluationStatus ?? []));
  const answer = await client.send(new DescribeConfigurationRecorderStatusCommand({}));
  return { rules, statuses, recorders: answer.ConfigurationRecordersStatus ?? [], now: new Date() };
}

// The one subject is found at once, and its facts are read as any resource's are.
// eslint-disable-next-line @typescript-eslint/require-await -- a rule lists asynchronously
async function* accountOf(account: string, { reader }: Clients): AsyncGenerator<Subject<Deployment>> {
  const facts = async (): Promise<Deployment> => fromAccount(await rulesOf(reader));
  yield { resourceType: "AWS::::Account", resourceId: account, facts };
}

export const definition: RuleDefinition<Deployment, typeof control.parameters, Clients> = {
  control,
  clients: (config) => ({ reader: new ConfigServiceClient(config) }),
  list: accountOf,
};

export const handler = configRule(definition);
