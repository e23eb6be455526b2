import {
  ListResourceRecordSetsCommand,
  paginateListHostedZones,
  Route53Client,
} from "@aws-sdk/client-route-53";
import type { ListResourceRecordSetsResponse } from "@aws-sdk/client-route-53";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { control, fromAccount, keyOf, targetsOf } from ".";
import type { Presence, RecordSet, Records } from ".";
import { Inventory, inventoryClients } from "./inventory";
import type { InventoryClients } from "./inventory";

interface Clients extends InventoryClients {
  readonly route53: Route53Client;
  readonly [name: string]: { destroy(): void };
}

async function recordsOf(route53: Route53Client, zone: string): Promise<readonly RecordSet[]> {
  const records: RecordSet[] = [];
  let page: ListResourceRecordSetsResponse | undefined;
  do {
    page = await route53.send(
      new ListResourceRecordSetsCommand({
        HostedZoneId: zone,
        StartRecordName: page?.NextRecordName,
        StartRecordType: page?.NextRecordType,
        StartRecordIdentifier: page?.NextRecordIdentifier,
      }),
    );
    records.push(...(page.ResourceRecordSets ?? []));
  } while (page.IsTruncated === true);
  return records;
}

async function factsOf(route53: Route53Client, zone: string, inventory: Inventory): Promise<Records> {
  const records = await recordsOf(route53, zone);
  const presences: Record<string, Presence> = {};
  for (const target of records.flatMap(targetsOf))
    presences[keyOf(target)] ??= await inventory.presenceOf(target);
  return fromAccount({ records, presences });
}

async function* zonesOf(account: string, clients: Clients): AsyncGenerator<Subject<Records>> {
  const inventory = new Inventory(account, clients);
  const { route53 } = clients;
  for await (const page of paginateListHostedZones({ client: route53 }, {})) {
    for (const { Id } of page.HostedZones ?? []) {
      const zone = Id?.replace(/^\/hostedzone\//, "") ?? "";
      if (zone === "") continue;
      const facts = (): Promise<Records> => factsOf(route53, zone, inventory);
      yield { resourceType: "AWS::Route53::HostedZone", resourceId: zone, facts };
    }
  }
}

export const definition: RuleDefinition<Records, typeof control.parameters, Clients> = {
  control,
  clients: (config) => ({ route53: new Route53Client(config), ...inventoryClients(config) }),
  list: zonesOf,
};

export const handler = configRule(definition);
