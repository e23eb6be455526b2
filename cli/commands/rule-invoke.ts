import { ConfigServiceClient, paginateListDiscoveredResources } from "@aws-sdk/client-config-service";
import type { ResourceType } from "@aws-sdk/client-config-service";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { printable } from "../../rules";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { counted } from "../reports/wording";
import { changeEvent, scheduleEvent } from "../rule/events";
import type { EventParts } from "../rule/events";
import type { AnyDefinition, Folder } from "../rule/folder";
import { checkoutFolder, knownNames, loadFolder } from "../rule/load";
import { lastItem } from "../rule/recorded";
import { asError, rehearse } from "../rule/rehearsal";
import type { Rehearsal } from "../rule/rehearsal";
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
 * AWS Config. A rule that no change triggers lists the account as its schedule would. Results are written as they come,
 * so that what fails later takes none of them away.
 * @returns 1 when something violates.
 * @throws UsageError when the control is unknown, AWS cannot be asked, or something could not be judged.
 */
export async function ruleInvoke(options: RuleInvokeOptions, io: Io): Promise<0 | 1> {
  const root = checkoutFolder();
  const [name = options.name] = knownNames(root, [options.name]);
  const folder = await loadFolder(root, name);
  const { region, profile } = options;
  const client = clientOptions({ ...(region === undefined ? {} : { region }), profile });
  const parameters = parametersOf(options.parameters, folder.control.parameters);
  try {
    const account = await accountOf(client);
    const parts = { parameters, account, rule: name };
    return folder.definition.fromItem === undefined
      ? await judgeAccount(folder, scheduleEvent(options.now, parts), client, io)
      : await judgeRecorded(folder, parts, client, io);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(asError(error).message, name, { cause: error });
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

async function judgeAccount({ definition }: Folder, event: unknown, client: Client, io: Io): Promise<0 | 1> {
  const { results, error } = await rehearse(definition, event, true, client);
  if (results.length > 0 || error === undefined) io.stdout.write(resultsText(results, io));
  if (error !== undefined) throw error;
  return isViolated({ results }) ? 1 : 0;
}

/** Every recorded resource of the control's types, one event each as AWS Config would send it. */
async function judgeRecorded(folder: Folder, parts: EventParts, client: Client, io: Io): Promise<0 | 1> {
  const config = new ConfigServiceClient(client);
  let reported = 0;
  let failed = 0;
  let violates = false;
  try {
    for await (const resource of recordedResources(config, folder.control.resourceTypes)) {
      const rehearsal = await judgeOne(config, folder.definition, resource, parts, client);
      if (rehearsal.results.length > 0) {
        reported++;
        violates ||= isViolated(rehearsal);
        io.stdout.write(resultsText(rehearsal.results, io));
      }
      if (rehearsal.error !== undefined) {
        failed++;
        const label = `${resource.type} "${printable(resource.id)}"`;
        io.stderr.write(`error: ${label}: ${printable(rehearsal.error.message)}\n`);
      }
    }
  } finally {
    config.destroy();
  }
  if (failed > 0)
    throw new UsageError(`${counted(failed, "resource")} could not be judged.`, folder.control.name);
  if (reported === 0) io.stdout.write(resultsText([], io));
  return violates ? 1 : 0;
}

interface Resource {
  readonly type: string;
  readonly id: string;
}

async function* recordedResources(
  config: ConfigServiceClient,
  types: readonly string[],
): AsyncGenerator<Resource> {
  for (const type of types) {
    // The SDK lists the types of its own day; a control may have a newer one.
    const input = { resourceType: type as ResourceType };
    for await (const page of paginateListDiscoveredResources({ client: config }, input)) {
      for (const { resourceId: id } of page.resourceIdentifiers ?? [])
        if (id !== undefined) yield { type, id };
    }
  }
}

/** One resource that cannot be read or judged is one without a verdict; the others go on. */
async function judgeOne(
  config: ConfigServiceClient,
  definition: AnyDefinition,
  { type, id }: Resource,
  parts: EventParts,
  client: Client,
): Promise<Rehearsal> {
  try {
    const item = await lastItem(config, type, id);
    return item === undefined
      ? { results: [] }
      : await rehearse(definition, changeEvent(item, parts), true, client);
  } catch (error) {
    return { results: [], error: asError(error) };
  }
}

const isViolated = ({ results }: Rehearsal): boolean =>
  results.some(({ compliance }) => compliance === "NON_COMPLIANT");
