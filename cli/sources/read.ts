import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { systemReason, UsageError } from "../errors";

/** Larger than the state of any stack that an engine handles well; a parser needs several times as much memory. */
const MAX_BYTES = 100 * 1024 * 1024;

const CHUNK_BYTES = 1024 * 1024;

/**
 * The bytes of a file, a device or a pipe.
 * @throws UsageError when it cannot be read, or has more than 100 MB.
 */
export function readSource(path: string): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const { size } = fstatSync(descriptor);
    if (size > MAX_BYTES) throw tooLarge(path, size);
    return readWhole(descriptor, size, path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `The file cannot be read. ${systemReason(error)}. Give the path of a file or folder that exists.`,
      path,
      { cause: error },
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Until the end, wherever that is: devices, pipes and files under "/proc" have the size 0, and files may grow. */
function readWhole(descriptor: number, size: number, path: string): Buffer {
  // A byte more than the size, so that the end is seen without a larger buffer.
  let buffer = Buffer.allocUnsafe(size + 1);
  let total = 0;
  for (;;) {
    if (total === buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(Math.max(2 * total, CHUNK_BYTES), MAX_BYTES + 1));
      buffer.copy(larger);
      buffer = larger;
    }
    const count = readSync(descriptor, buffer, total, buffer.length - total, null);
    if (count === 0) return buffer.subarray(0, total);
    total += count;
    if (total > MAX_BYTES) throw tooLarge(path, total);
  }
}

/**
 * Everything on a stream.
 * @throws UsageError when there is more than 100 MB.
 */
export async function readStream(stream: NodeJS.ReadableStream, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > MAX_BYTES) throw tooLarge(name, size);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (name: string, size: number): UsageError =>
  new UsageError(
    `The input has ${Math.ceil(size / 1024 / 1024)} MB or more. Allowed are ${MAX_BYTES / 1024 / 1024} MB. ` +
      'Give one file for each stack, as "pulumi stack export" writes it.',
    name,
  );
