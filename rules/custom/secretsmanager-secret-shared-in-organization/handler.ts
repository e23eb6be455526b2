import {
  GetResourcePolicyCommand,
  paginateListSecrets,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { parseDocument } from "../../engine/documents";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { textAt } from "../items";
import { recordedSharing } from "../sharing";
import type { Sharing } from "../sharing";
import { control } from ".";

interface Clients {
  readonly secrets: SecretsManagerClient;
  readonly [name: string]: { destroy(): void };
}

/**
 * The policy as JSON text, which Secrets Manager leaves out where there is none; a secret that was deleted meanwhile is
 * shared with nobody.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html
 */
async function policyOf(secrets: SecretsManagerClient, SecretId: string): Promise<string | undefined> {
  try {
    return (await secrets.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function* secretsOf(account: string, { secrets }: Clients): AsyncGenerator<Subject<Sharing>> {
  for await (const page of paginateListSecrets({ client: secrets }, {})) {
    for (const { ARN: arn } of page.SecretList ?? []) {
      if (arn === undefined) continue;
      const facts = async (): Promise<Sharing> => ({
        policy: parseDocument(await policyOf(secrets, arn)),
        ownAccount: account,
      });
      // Open: no page of AWS names the id; this is the resource's identifier in AWS CloudFormation.
      yield { resourceType: "AWS::SecretsManager::Secret", resourceId: arn, facts };
    }
  }
}

/** By changes of secrets, and by a schedule: a policy that changes is not a change of its secret to AWS Config. */
export const definition: RuleDefinition<
  Sharing,
  typeof control.parameters,
  Clients,
  string | undefined,
  "AWS::SecretsManager::Secret"
> = {
  control,
  clients: (config) => ({ secrets: new SecretsManagerClient(config) }),
  read: (item, { secrets }) => policyOf(secrets, textAt(item, "configuration.ARN")),
  fromItem: recordedSharing,
  list: secretsOf,
};

export const handler = configRule(definition);
