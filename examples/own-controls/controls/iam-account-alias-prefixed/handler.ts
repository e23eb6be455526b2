import { IAMClient, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import { configRule } from "continuous-compliance/kit/lambda";
import type { RuleDefinition, Subject } from "continuous-compliance/kit/lambda";
import { control, fromAccount } from ".";

type Facts = ReturnType<typeof fromAccount>;

interface Clients {
  readonly iam: IAMClient;
  readonly [name: string]: { destroy(): void };
}

async function* accountOf(account: string, { iam }: Clients): AsyncGenerator<Subject<Facts>> {
  const facts = async (): Promise<Facts> => {
    const { AccountAliases: aliases = [] } = await iam.send(new ListAccountAliasesCommand({}));
    return fromAccount(aliases);
  };
  yield { resourceType: "AWS::::Account", resourceId: account, facts };
}

export const definition: RuleDefinition<Facts, typeof control.parameters, Clients> = {
  control,
  clients: (config) => ({ iam: new IAMClient(config) }),
  list: accountOf,
};

export const handler = configRule(definition);
