import { GetResourceConfigHistoryCommand } from "@aws-sdk/client-config-service";
import type {
  ConfigServiceClient,
  ConfigurationItem as RecordedItem,
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
      client
        .send(
          new GetResourceConfigHistoryCommand({
            // The SDK lists the types of its own day; the event may have a newer one.
            resourceType: head.resourceType as ResourceType,
            resourceId: head.resourceId,
            laterTime: new Date(head.captureTime),
            limit: 1,
            ...(nextToken === undefined ? {} : { nextToken }),
          }),
        )
        .catch((error: unknown) => {
          if (isNamed(error, "ResourceNotDiscoveredException"))
            return { configurationItems: [], nextToken: undefined };
          throw error;
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

/** Whether an item is the one that the event speaks of. */
function isOf(item: RecordedItem, { stateId, captureTime }: ItemHead): boolean {
  if (stateId !== undefined && item.configurationStateId === stateId) return true;
  const time = item.configurationItemCaptureTime?.getTime() ?? Number.NaN;
  return Math.abs(time - new Date(captureTime).getTime()) < SAME_TIME_MILLISECONDS;
}
