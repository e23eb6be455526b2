import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  NotFoundException,
  paginateListKeys,
} from "@aws-sdk/client-kms";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { textAt } from "../items";
import { control, fromItem, fromPolicy, isCustomers } from ".";
import type { KeyDeletion } from ".";

interface Clients {
  readonly kms: KMSClient;
  readonly [name: string]: { destroy(): void };
}

/** What KMS answers; nothing for a key that is gone. */
async function unlessGone<V>(answer: Promise<V>): Promise<V | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

/**
 * The policy as JSON text. Those of AWS's own keys are not asked for.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 */
async function policyOf(
  kms: KMSClient,
  KeyId: string,
  keyManager: string | undefined,
): Promise<string | undefined> {
  if (!isCustomers(keyManager)) return undefined;
  const answer = await unlessGone(kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" })));
  return answer?.Policy;
}

async function* keysOf(_: string, { kms }: Clients): AsyncGenerator<Subject<KeyDeletion>> {
  for await (const page of paginateListKeys({ client: kms }, {})) {
    for (const { KeyId: id } of page.Keys ?? []) {
      if (id === undefined) continue;
      const facts = async (): Promise<KeyDeletion> => {
        const described = await unlessGone(kms.send(new DescribeKeyCommand({ KeyId: id })));
        const manager = described?.KeyMetadata?.KeyManager;
        return fromPolicy(isCustomers(manager), await policyOf(kms, id, manager));
      };
      yield { resourceType: "AWS::KMS::Key", resourceId: id, facts };
    }
  }
}

/** By changes of keys, and by a schedule: a policy that changes is not a change of its key to AWS Config. */
export const definition: RuleDefinition<
  KeyDeletion,
  typeof control.parameters,
  Clients,
  string | undefined,
  "AWS::KMS::Key"
> = {
  control,
  clients: (config) => ({ kms: new KMSClient(config) }),
  read: (item, { kms }) =>
    policyOf(kms, textAt(item, "configuration.keyId"), textAt(item, "configuration.keyManager")),
  fromItem,
  list: keysOf,
};

export const handler = configRule(definition);
