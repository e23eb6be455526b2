import {
  EC2Client,
  paginateDescribeSecurityGroups,
  paginateGetManagedPrefixListEntries,
} from "@aws-sdk/client-ec2";
import type { IpPermission } from "@aws-sdk/client-ec2";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { control, fromEntries, recordedLists } from ".";
import type { Ingress, ListEntries } from ".";

interface Clients {
  readonly ec2: EC2Client;
  readonly [name: string]: { destroy(): void };
}

/** Reads each list once, however many groups have it. */
class Lists {
  private readonly read = new Map<string, Promise<ListEntries>>();

  public constructor(private readonly ec2: EC2Client) {}

  public all(ids: readonly string[]): Promise<readonly ListEntries[]> {
    return Promise.all(
      ids.map((id) => {
        const entries = this.read.get(id) ?? this.entriesOf(id);
        this.read.set(id, entries);
        return entries;
      }),
    );
  }

  /** A list that was deleted meanwhile opens nothing. */
  private async entriesOf(id: string): Promise<ListEntries> {
    const networks: (string | undefined)[] = [];
    try {
      const pages = paginateGetManagedPrefixListEntries({ client: this.ec2 }, { PrefixListId: id });
      for await (const page of pages) networks.push(...(page.Entries ?? []).map(({ Cidr }) => Cidr));
    } catch (error) {
      if (error instanceof Error && /^InvalidPrefixListI[dD]\.NotFound$/.test(error.name))
        return { id, networks: [] };
      throw error;
    }
    return { id, networks };
  }
}

const idsOf = (permissions: readonly IpPermission[]): readonly string[] => [
  ...new Set(
    permissions
      .flatMap(({ PrefixListIds: lists }) => lists ?? [])
      .flatMap(({ PrefixListId: id }) => id ?? []),
  ),
];

async function* groupsOf(_: string, { ec2 }: Clients): AsyncGenerator<Subject<Ingress>> {
  const lists = new Lists(ec2);
  for await (const page of paginateDescribeSecurityGroups({ client: ec2 }, {})) {
    for (const { GroupId: resourceId, IpPermissions: permissions = [] } of page.SecurityGroups ?? []) {
      if (resourceId === undefined) continue;
      const facts = async (): Promise<Ingress> => fromEntries(await lists.all(idsOf(permissions)));
      yield { resourceType: "AWS::EC2::SecurityGroup", resourceId, facts };
    }
  }
}

/** By changes of groups, and by a schedule: a list that changes is not a change of the groups that have it. */
export const definition: RuleDefinition<
  Ingress,
  typeof control.parameters,
  Clients,
  readonly ListEntries[],
  "AWS::EC2::SecurityGroup"
> = {
  control,
  clients: (config) => ({ ec2: new EC2Client(config) }),
  read: (item, { ec2 }) => new Lists(ec2).all(recordedLists(item)),
  fromItem: (_, lists) => fromEntries(lists),
  list: groupsOf,
};

export const handler = configRule(definition);
