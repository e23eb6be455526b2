/** Tags by name. */
export type TagMap = Readonly<Record<string, string>>;

/** Tags as most APIs take them. */
export function tagList(tags: TagMap | undefined): { Key: string; Value: string }[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as most APIs give them, as a map. */
export function tagMap(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): TagMap {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

/**
 * Brings tags from old to new with as few calls as possible.
 *
 * @param set - sets tags, others stay
 * @param remove - removes tags by name
 */
export async function syncTags(
  old: TagMap | undefined,
  now: TagMap | undefined,
  set: (tags: TagMap) => Promise<unknown>,
  remove: (names: string[]) => Promise<unknown>,
): Promise<void> {
  const gone = Object.keys(old ?? {}).filter((name) => now?.[name] === undefined);
  const changed = Object.entries(now ?? {}).filter(([name, value]) => old?.[name] !== value);
  if (gone.length > 0) await remove(gone);
  if (changed.length > 0) await set(Object.fromEntries(changed));
}
