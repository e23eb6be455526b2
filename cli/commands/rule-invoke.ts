import { ConfigServiceClient, paginateListDiscoveredResources } from "@aws-sdk/client-config-service";
import type { ResourceType } from "@aws-sdk/client-config-service";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { changeEvent, scheduleEvent } from "../rule/events";
import type { EventParts } from "../rule/events";
import type { AnyDefinition, Folder } from "../rule/folder";
import { checkoutFolder, knownNames, loadFolder } from "../rule/load";
import { lastItem } from "../rule/recorded";
import { rehearse } from "../rule/rehearsal";
import type { Rehearsed } from "../rule/rehearsal";
import { resultsText } from "../rule/results";
import { clientOptions } from "../verify/sdk";
import { parametersOf } from "./rule-test";

export interface RuleInvokeOptions {
  readonly name: string;
  readonly profile?: string;
  readonly region?: string;
  /** JSON. */
  readonly parameters?: string;
  /** The time of the run in ISO 8601, for a rule that a schedule triggers. */
  readonly now: string;
}

/**
 * `compliance rule invoke`: judges what AWS Config has recorded last, without deploying anything and without telling
 * AWS Config. A rule that no change triggers lists the account as its schedule would.
 * @returns 1 when something violates.
 * @throws UsageError when the control is unknown or AWS cannot be asked.
 */
export async function ruleInvoke(options: RuleInvokeOptions, io: Io): Promise<0 | 1> {
  const root = checkoutFolder();
  const [name = options.name] = knownNames(root, [options.name]);
  const folder = await loadFolder(root, name);
  const { region, profile } = options;
  const client = clientOptions({ ...(region === undefined ? {} : { region }), profile });
  const parameters = parametersOf(options.parameters);
  try {
    const account = await accountOf(client);
    const parts = { parameters, account, rule: name };
    const results =
      folder.definition.fromItem === undefined
        ? await rehearse(folder.definition, scheduleEvent(options.now, parts), true, client)
        : await judgeRecorded(folder, parts, client);
    io.stdout.write(resultsText(results, io));
    return results.some(({ compliance }) => compliance === "NON_COMPLIANT") ? 1 : 0;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error), name, { cause: error });
  }
}

type Client = ReturnType<typeof clientOptions>;

async function accountOf(client: Client): Promise<string> {
  const sts = new STSClient(client);
  try {
    const { Account: account } = await sts.send(new GetCallerIdentityCommand({}));
    if (account === undefined) throw new UsageError("AWS did not say which account this is.");
    return account;
  } finally {
    sts.destroy();
  }
}

/** Every recorded resource of the control's types, one event each as AWS Config would send it. */
async function judgeRecorded(
  { control, definition }: Pick<Folder, "control" | "definition">,
  parts: EventParts,
  client: Client,
): Promise<readonly Rehearsed[]> {
  const config = new ConfigServiceClient(client);
  const results: Rehearsed[] = [];
  try {
    for (const type of control.resourceTypes) {
      // The SDK lists the types of its own day; a control may have a newer one.
      const input = { resourceType: type as ResourceType };
      for await (const page of paginateListDiscoveredResources({ client: config }, input)) {
        for (const { resourceId } of page.resourceIdentifiers ?? []) {
          if (resourceId === undefined) continue;
          results.push(...(await judgeOne(config, definition, { type, id: resourceId }, parts, client)));
        }
      }
    }
  } finally {
    config.destroy();
  }
  return results;
}

async function judgeOne(
  config: ConfigServiceClient,
  definition: AnyDefinition,
  resource: { readonly type: string; readonly id: string },
  parts: EventParts,
  client: Client,
): Promise<readonly Rehearsed[]> {
  const item = await lastItem(config, resource.type, resource.id);
  return item === undefined ? [] : rehearse(definition, changeEvent(item, parts), true, client);
}
