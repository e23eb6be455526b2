import {
  LambdaClient,
  paginateListFunctions,
  paginateListFunctionUrlConfigs,
  ResourceNotFoundException,
} from "@aws-sdk/client-lambda";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { textAt } from "../items";
import { control, fromConfigs } from ".";
import type { FunctionUrls, UrlConfig } from ".";

interface Clients {
  readonly lambda: LambdaClient;
  readonly [name: string]: { destroy(): void };
}

/** A function that was deleted meanwhile has no URL; its deletion is an event of its own. */
async function urlsOf(lambda: LambdaClient, name: string): Promise<readonly UrlConfig[]> {
  const configs: UrlConfig[] = [];
  try {
    for await (const page of paginateListFunctionUrlConfigs({ client: lambda }, { FunctionName: name })) {
      for (const { FunctionArn, AuthType } of page.FunctionUrlConfigs ?? [])
        configs.push({ FunctionArn, AuthType });
    }
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
  return configs;
}

async function* functionsOf(_: string, { lambda }: Clients): AsyncGenerator<Subject<FunctionUrls>> {
  for await (const page of paginateListFunctions({ client: lambda }, {})) {
    for (const { FunctionName: name } of page.Functions ?? []) {
      if (name === undefined) continue;
      const facts = async (): Promise<FunctionUrls> => fromConfigs(await urlsOf(lambda, name));
      yield { resourceType: "AWS::Lambda::Function", resourceId: name, facts };
    }
  }
}

/** By changes of functions, and by a schedule: a URL that changes is not a change of its function to AWS Config. */
export const definition: RuleDefinition<
  FunctionUrls,
  typeof control.parameters,
  Clients,
  readonly UrlConfig[],
  "AWS::Lambda::Function"
> = {
  control,
  clients: (config) => ({ lambda: new LambdaClient(config) }),
  read: (item, { lambda }) => urlsOf(lambda, textAt(item, "configuration.functionName")),
  fromItem: (_, configs) => fromConfigs(configs),
  list: functionsOf,
};

export const handler = configRule(definition);
