import {
  ECRClient,
  GetRepositoryPolicyCommand,
  paginateDescribeRepositories,
  RepositoryNotFoundException,
  RepositoryPolicyNotFoundException,
} from "@aws-sdk/client-ecr";
import { parseDocument } from "../../engine/documents";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { textAt } from "../items";
import { recordedSharing } from "../sharing";
import type { Sharing } from "../sharing";
import { control } from ".";

interface Clients {
  readonly ecr: ECRClient;
  readonly [name: string]: { destroy(): void };
}

/**
 * The policy as JSON text; a repository that was deleted meanwhile is shared with nobody.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html
 */
async function policyOf(ecr: ECRClient, repositoryName: string): Promise<string | undefined> {
  try {
    return (await ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))).policyText;
  } catch (error) {
    if (error instanceof RepositoryPolicyNotFoundException || error instanceof RepositoryNotFoundException)
      return undefined;
    throw error;
  }
}

async function* repositoriesOf(account: string, { ecr }: Clients): AsyncGenerator<Subject<Sharing>> {
  for await (const page of paginateDescribeRepositories({ client: ecr }, {})) {
    for (const { repositoryName: name } of page.repositories ?? []) {
      if (name === undefined) continue;
      const facts = async (): Promise<Sharing> => ({
        policy: parseDocument(await policyOf(ecr, name)),
        ownAccount: account,
      });
      // https://github.com/awslabs/aws-config-rdk/blob/master/rdk/template/example_ci/AWS_ECR_Repository.json
      yield { resourceType: "AWS::ECR::Repository", resourceId: name, facts };
    }
  }
}

/** By changes of repositories, and by a schedule: a policy that changes need not be a change of its repository. */
export const definition: RuleDefinition<
  Sharing,
  typeof control.parameters,
  Clients,
  string | undefined,
  "AWS::ECR::Repository"
> = {
  control,
  clients: (config) => ({ ecr: new ECRClient(config) }),
  read: (item, { ecr }) => policyOf(ecr, textAt(item, "configuration.RepositoryName")),
  fromItem: recordedSharing,
  list: repositoriesOf,
};

export const handler = configRule(definition);
