import type { ConfigServiceClient } from "@aws-sdk/client-config-service";
import type { ConfigurationItem } from "../../rules/custom/items";
import { historyPage, isAbsent, itemOfApi } from "../../rules/lambda";

/**
 * The configuration item that AWS Config recorded last, in the form of a change event; `undefined` when there is none, or the
 * resource is deleted or no longer recorded: the list of resources lags behind.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
 */
export async function lastItem(
  client: ConfigServiceClient,
  type: string,
  id: string,
): Promise<ConfigurationItem | undefined> {
  let nextToken: string | undefined;
  do {
    const page = await historyPage(client, { type, id, nextToken });
    const [item] = page.configurationItems ?? [];
    if (item !== undefined) return isAbsent(item.configurationItemStatus) ? undefined : itemOfApi(item);
    // A page spans seven days, and may be empty.
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== "");
  return undefined;
}
