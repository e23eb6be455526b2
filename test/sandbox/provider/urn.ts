/** The parts of a URN that a provider needs. */
export interface Urn {
  readonly text: string;
  /** The type token, without those of the parents. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
}

/**
 * Reads a URN such as `urn:pulumi:dev::project::parent$aws:s3/bucket:Bucket::logs`.
 *
 * @throws Error when the text is no URN
 */
export function parseUrn(text: string): Urn {
  const [, , types, ...name] = text.split("::");
  const type = types?.split("$").at(-1);
  if (type === undefined || name.length === 0) throw new Error(`"${text}" is no URN of a resource.`);
  return { text, type, name: name.join("::") };
}
