import { GetResourceConfigHistoryCommand } from "@aws-sdk/client-config-service";
import type {
  ConfigServiceClient,
  ConfigurationItem as RecordedItem,
  GetResourceConfigHistoryCommandOutput,
  ResourceType,
} from "@aws-sdk/client-config-service";
import type { ConfigurationItem } from "../custom/items";
import type { Deadline } from "./deadline";
import { EventError, isNamed } from "./errors";
import type { ItemHead } from "./events";
import { itemOfApi } from "./items";

/** How far apart two notations of one capture time may be: not every interface of AWS keeps the milliseconds. */
const SAME_TIME_MILLISECONDS = 1_000;

/**
 * Fetches the item that was too large to be sent: the one of the event, not the newest. Every page of the history spans
 * seven days at most, so that pages may be empty.
 * @throws EventError when the history does not hold the item (yet); Lambda's retry comes when it may.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
 */
export async function fetchItem(
  client: ConfigServiceClient,
  head: ItemHead,
  deadline: Deadline,
): Promise<ConfigurationItem> {
  const label = `${head.resourceType} "${head.resourceId}"`;
  let nextToken: string | undefined;
  do {
    const page = await deadline.within(`fetching the configuration item of ${label}`, () =>
      historyPage(client, {
        type: head.resourceType,
        id: head.resourceId,
        until: new Date(head.captureTime),
        nextToken,
      }),
    );
    const [item] = page.configurationItems ?? [];
    if (item !== undefined) {
      if (isOf(item, head)) return itemOfApi(item);
      throw new EventError(
        `The history of ${label} ends before ${head.captureTime}: the configuration item of the event is not in it yet.`,
      );
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== "");
  throw new EventError(`The history of ${label} holds no configuration item until ${head.captureTime}.`);
}

/** The part of a resource's history that is asked for. */
interface HistoryQuestion {
  readonly type: string;
  readonly id: string;
  /** The latest time of an item. @defaultValue now */
  readonly until?: Date;
  readonly nextToken: string | undefined;
}

/**
 * One page of a resource's history, the newest item first; empty for a resource that AWS Config does not know.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
 */
export async function historyPage(
  client: ConfigServiceClient,
  { type, id, until, nextToken }: HistoryQuestion,
): Promise<Partial<GetResourceConfigHistoryCommandOutput>> {
  try {
    return await client.send(
      new GetResourceConfigHistoryCommand({
        // The SDK lists the types of its own day; a control may have a newer one.
        resourceType: type as ResourceType,
        resourceId: id,
        limit: 1,
        ...(until === undefined ? {} : { laterTime: until }),
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
    );
  } catch (error) {
    if (isNamed(error, "ResourceNotDiscoveredException")) return {};
    throw error;
  }
}

/** Whether an item is the one that the event speaks of. */
function isOf(item: RecordedItem, { stateId, captureTime }: ItemHead): boolean {
  if (stateId !== undefined && item.configurationStateId === stateId) return true;
  const time = item.configurationItemCaptureTime?.getTime() ?? Number.NaN;
  return Math.abs(time - new Date(captureTime).getTime()) < SAME_TIME_MILLISECONDS;
}
