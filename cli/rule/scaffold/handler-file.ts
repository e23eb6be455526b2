import type { Scaffold } from "./facts";

/** `handler.ts` of a new control: the Lambda function. */
export const handlerFile = (scaffold: Scaffold): string =>
  scaffold.isPeriodic ? periodic(scaffold) : BY_CHANGES;

const BY_CHANGES = `import { configRule } from "../../lambda";
import type { RuleDefinition } from "../../lambda";
import { control, fromItem } from ".";
import type { Facts } from ".";

export const definition: RuleDefinition<Facts, typeof control.parameters> = { control, fromItem };

export const handler = configRule(definition);
`;

const periodic = ({ sample: { configType }, fact }: Scaffold): string =>
  `import { ConfigServiceClient, paginateSelectResourceConfig } from "@aws-sdk/client-config-service";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { scalarAt } from "../items";
import { control, fromAccount } from ".";
import type { Facts } from ".";

interface Clients {
  readonly config: ConfigServiceClient;
  readonly [name: string]: { destroy(): void };
}

const TYPE = ${JSON.stringify(configType)};

/** @see https://docs.aws.amazon.com/config/latest/developerguide/query-components.html */
const QUERY = \`SELECT resourceId, ${fact.kind === "tag" ? "tags" : fact.recorded} WHERE resourceType = '\${TYPE}'\`;

/** Every recorded resource. Read from its own service instead what AWS Config does not record. */
async function* recorded(_: string, { config }: Clients): AsyncGenerator<Subject<Facts>> {
  for await (const page of paginateSelectResourceConfig({ client: config }, { Expression: QUERY })) {
    for (const text of page.Results ?? []) {
      const resource = Object(JSON.parse(text)) as object;
      const id = scalarAt(resource, "resourceId");
      if (typeof id !== "string") throw new Error("AWS Config answers a query without the id of a resource.");
      yield { resourceType: TYPE, resourceId: id, facts: () => Promise.resolve(fromAccount(resource)) };
    }
  }
}

export const definition: RuleDefinition<Facts, typeof control.parameters, Clients> = {
  control,
  clients: (config) => ({ config: new ConfigServiceClient(config) }),
  list: recorded,
};

export const handler = configRule(definition);
`;
