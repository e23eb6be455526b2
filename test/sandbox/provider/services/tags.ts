type TagMap = Readonly<Record<string, string>>;

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

/** The tags to set and the names of those to remove, to get from old to new. */
export function tagChanges(
  old: TagMap | undefined,
  now: TagMap | undefined,
): { readonly set: TagMap; readonly remove: string[] } {
  const set = Object.entries(now ?? {}).filter(([key, value]) => old?.[key] !== value);
  return {
    set: Object.fromEntries(set),
    remove: Object.keys(old ?? {}).filter((key) => now?.[key] === undefined),
  };
}
