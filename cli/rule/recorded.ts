import { GetResourceConfigHistoryCommand } from "@aws-sdk/client-config-service";
import type { ConfigServiceClient, ResourceType } from "@aws-sdk/client-config-service";
import type { ConfigurationItem } from "../../rules/custom/items";
import { isAbsent, isNamed, itemOfApi } from "../../rules/lambda";

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
    const page = await client
      .send(
        new GetResourceConfigHistoryCommand({
          // The SDK lists the types of its own day; a control may have a newer one.
          resourceType: type as ResourceType,
          resourceId: id,
          limit: 1,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      )
      .catch((error: unknown) => {
        if (isNamed(error, "ResourceNotDiscoveredException"))
          return { configurationItems: [], nextToken: undefined };
        throw error;
      });
    const [item] = page.configurationItems ?? [];
    if (item !== undefined) return isAbsent(item.configurationItemStatus) ? undefined : itemOfApi(item);
    // A page spans seven days, and may be empty.
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== "");
  return undefined;
}
