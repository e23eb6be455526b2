/** One member of an interface or class in the type declarations of the AWS package. */
export interface Declared {
  readonly name: string;
  /** The type as written, such as `pulumi.Input<string | undefined>`. */
  readonly type: string;
  readonly isOptional: boolean;
  /** The comment above the member; empty when there is none. */
  readonly comment: string;
}

/** What a declared type holds, as far as Check and Diff need to know. */
export type Shape =
  | { readonly kind: "scalar" | "document" | "map" | "other" }
  | { readonly kind: "object"; readonly reference: string }
  | { readonly kind: "list"; readonly of: Shape };

/**
 * The members of a block of generated declarations.
 *
 * @param body - the text between the braces
 * @param indent - by how many blanks its members are indented
 */
export function membersOf(body: string, indent: number): readonly Declared[] {
  const margin = " ".repeat(indent);
  // A member ends at the semicolon after which the next line at the same depth begins: a map type has its own inside.
  const member = new RegExp(
    `(?:^${margin}/\\*\\*\\n((?:${margin} \\*.*\\n)*))?^${margin}(?:readonly )?(\\w+)(\\?)?: ([^;]*(?:;\\n${margin}[ }][^;]*)*);$`,
    "gm",
  );
  return [...body.matchAll(member)].map(([, comment, name, optional, type]) => ({
    name: name ?? "",
    type: type ?? "",
    isOptional: optional !== undefined,
    comment: comment ?? "",
  }));
}

/** The text between the braces of the block that begins with the given head, or `undefined`. */
export function bodyAfter(source: string, head: string, indent: number, from = 0): string | undefined {
  const start = source.indexOf(head, from);
  if (start === -1) return undefined;
  const open = source.indexOf("\n", start + head.trimEnd().length) + 1;
  const end = source.indexOf(`\n${" ".repeat(indent)}}`, open - 1);
  return end < open ? "" : source.slice(open, end + 1);
}

/** Reads what a declared type holds. */
export function shapeOf(type: string): Shape {
  const core = unwrapped(type);
  if (core.includes("[key: string]")) return { kind: "map" };
  if (/^string \| inputs\.\w+\.\w*PolicyDocument$/.test(core)) return { kind: "document" };
  const element = /^(?:pulumi\.Input<(.*)>|([\w.]+))\[\]$/s.exec(core);
  if (element) return { kind: "list", of: shapeOf(element[1] ?? element[2] ?? "") };
  const reference = /^(?:inputs|outputs)\.(\w+\.\w+)$/.exec(core)?.[1];
  if (reference !== undefined) return { kind: "object", reference };
  return /^(?:string|number|boolean)\b/.test(core) ? { kind: "scalar" } : { kind: "other" };
}

function unwrapped(type: string): string {
  const withoutUndefined = type.replace(/ \| undefined$/, "");
  const inner = /^pulumi\.(?:Input|Output)<(.*)>$/s.exec(withoutUndefined)?.[1];
  return inner === undefined ? withoutUndefined : unwrapped(inner);
}
