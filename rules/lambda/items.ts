import type { ConfigurationItem as RecordedItem } from "@aws-sdk/client-config-service";
import type { ConfigurationItem, ItemRelationship } from "../custom/items";
import { EventError } from "./errors";
import { isProperties } from "./events";
import type { ItemHead, Properties } from "./events";

/** Both forms of a configuration item, as the one that mappings read. */

/**
 * The item of a change event, with what AWS may leave out filled in. Of the other fields a mapping reads what it needs
 * with `textAt`, which checks it.
 * @throws EventError when it has no configuration.
 */
export function itemOfEvent(
  item: Properties,
  { resourceType, resourceId, status, captureTime }: ItemHead,
): ConfigurationItem {
  const { configuration, tags, relationships, supplementaryConfiguration } = item;
  return {
    ...item,
    resourceType,
    resourceId,
    configurationItemStatus: status,
    configurationItemCaptureTime: captureTime,
    configuration: configurationOf(configuration, `${resourceType} "${resourceId}"`),
    tags: isProperties(tags)
      ? Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]))
      : {},
    relationships: Array.isArray(relationships) ? relationships.filter(isProperties) : [],
    supplementaryConfiguration: isProperties(supplementaryConfiguration) ? supplementaryConfiguration : {},
  };
}

/**
 * The item of the API, whose names differ and whose configurations are JSON texts.
 * @throws EventError when a configuration is missing or not JSON. The message does not quote it.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
export function itemOfApi(item: RecordedItem): ConfigurationItem {
  const {
    resourceType,
    resourceId,
    configurationItemStatus: status,
    configurationItemCaptureTime: time,
  } = item;
  if (resourceType === undefined || resourceId === undefined || status === undefined || time === undefined) {
    throw new EventError("A configuration item of AWS Config has no type, id, status or capture time.");
  }
  const label = `${resourceType} "${resourceId}"`;
  const supplements = Object.entries(item.supplementaryConfiguration ?? {});
  return {
    resourceType,
    resourceId,
    configurationItemStatus: status,
    configurationItemCaptureTime: time.toISOString(),
    ...optional({
      resourceName: item.resourceName,
      ARN: item.arn,
      awsAccountId: item.accountId,
      awsRegion: item.awsRegion,
      availabilityZone: item.availabilityZone,
      configurationItemVersion: item.version,
      configurationStateId: item.configurationStateId,
      configurationStateMd5Hash: item.configurationItemMD5Hash,
      resourceCreationTime: item.resourceCreationTime?.toISOString(),
    }),
    tags: item.tags ?? {},
    relationships: (item.relationships ?? []).map(
      ({ relationshipName: name, resourceType: type, resourceId: id, resourceName }): ItemRelationship =>
        optional({ resourceType: type, resourceId: id, resourceName, name }),
    ),
    configuration: configurationOf(parsed(item.configuration, `"configuration" of ${label}`), label),
    supplementaryConfiguration: Object.fromEntries(
      supplements.map(([key, text]) => [
        key,
        parsed(text, `"supplementaryConfiguration.${key}" of ${label}`),
      ]),
    ),
  };
}

function configurationOf(value: unknown, label: string): Properties {
  if (isProperties(value) && Object.keys(value).length > 0) return value;
  throw new EventError(
    `The configuration item of ${label} has no configuration, although the resource is there.`,
  );
}

function parsed(text: string | undefined, place: string): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new EventError(`${place} is not JSON.`);
  }
}

/** Without the entries that are not there. */
function optional(entries: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
