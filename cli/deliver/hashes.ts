import { createHash } from "node:crypto";
import { createReadStream, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { systemReason, UsageError } from "../errors";

/** What a package manager or git puts into a folder; what else is there is part of what runs. */
const NOT_CONTENT = new Set(["node_modules", ".git", "__pycache__", "venv", ".venv"]);

/** JSON text that does not depend on the order of properties. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** The SHA-256 of a text, in hexadecimal digits. */
export const textHash = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The SHA-256 of a file's bytes.
 * @throws UsageError when it cannot be read.
 */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) if (Buffer.isBuffer(chunk)) hash.update(chunk);
  } catch (error) {
    throw new UsageError(`The file cannot be read. ${systemReason(error)}.`, path, { cause: error });
  }
  return hash.digest("hex");
}

/**
 * The SHA-256 of a policy pack: an executable file, or all files of a folder but installed packages. That is more than
 * would be published, for a pack that runs from its folder also reads what is not published.
 * @throws UsageError when there is no such file or folder.
 */
export async function packHash(path: string): Promise<string> {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new UsageError(
      'There is no such policy pack. Give the folder with "PulumiPolicy.yaml", or an executable file.',
      path,
    );
  }
  if (!status.isDirectory()) return fileHash(path);
  const parts: string[] = [];
  for (const file of filesBelow(path, "", new Set([realpathSync(path)])))
    parts.push(`${file}\0${await fileHash(join(path, file))}`);
  if (!parts.some((part) => /^PulumiPolicy\.ya?ml\0/.test(part))) {
    throw new UsageError('The folder has no "PulumiPolicy.yaml". Give the folder of a policy pack.', path);
  }
  return textHash(parts.sort().join("\n"));
}

/** Paths with `/`, links followed, a folder that holds itself once. */
function filesBelow(root: string, below: string, seen: ReadonlySet<string>): readonly string[] {
  return readdirSync(join(root, below)).flatMap((name) => {
    if (NOT_CONTENT.has(name)) return [];
    const path = below === "" ? name : `${below}/${name}`;
    const status = statSync(join(root, path), { throwIfNoEntry: false });
    if (status?.isFile() === true) return [path];
    if (status?.isDirectory() !== true) return [];
    const real = realpathSync(join(root, path));
    return seen.has(real) ? [] : filesBelow(root, path, new Set([...seen, real]));
  });
}
