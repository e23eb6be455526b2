/** Settings as the older APIs take them: all of them texts. */
export type Attributes = Readonly<Record<string, string>>;

/** Writes settings as texts; what is not given is left out. */
export function attributesOf(
  settings: Readonly<Record<string, string | number | boolean | undefined>>,
): Attributes {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/**
 * The settings that differ.
 *
 * @param defaults - what a setting goes back to when it is not given any more; empty text where nothing is said
 */
export function attributeChanges(
  old: Attributes,
  now: Attributes,
  defaults: Attributes = {},
): readonly (readonly [string, string])[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names
    .filter((name) => old[name] !== now[name])
    .map((name) => [name, now[name] ?? defaults[name] ?? ""]);
}
