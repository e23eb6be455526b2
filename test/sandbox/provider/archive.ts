import * as fs from "node:fs";
import * as path from "node:path";

import { isObject, type JsonObject } from "../json";

/** A file of an archive. */
interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

/** 1 January 1980, the first date that the format knows: the same files always give the same bytes. */
const DOS_DATE = 0x21;
const FORMAT_VERSION = 20;
const PERMISSIONS = 0o644;

/**
 * The bytes of a file or archive value.
 *
 * @throws Error when it is fetched from elsewhere, for a sandbox has no network
 */
export function contentOf(asset: JsonObject): Buffer {
  const { text, path: file } = asset;
  if (typeof text === "string") return Buffer.from(text);
  if (typeof file === "string" && fs.statSync(file).isFile()) return fs.readFileSync(file);
  if (asset["uri"] !== undefined) {
    throw new Error(
      `The sandbox has no network and cannot fetch ${JSON.stringify(asset["uri"])}; use a local file.`,
    );
  }
  return zip(entriesOf(asset, ""));
}

function entriesOf(asset: JsonObject, name: string): readonly Entry[] {
  const { assets, path: place } = asset;
  if (isObject(assets)) {
    return Object.entries(assets).flatMap(([key, inner]) =>
      isObject(inner) ? entriesOf(inner, path.posix.join(name, key)) : [],
    );
  }
  if (typeof place === "string" && fs.statSync(place).isDirectory()) {
    return fs
      .readdirSync(place)
      .flatMap((file) => entriesOf({ path: path.join(place, file) }, path.posix.join(name, file)));
  }
  return [{ name, content: contentOf(asset) }];
}

/** Writes a zip archive without compression. */
function zip(entries: readonly Entry[]): Buffer {
  const sorted = [...entries].sort((left, right) => (left.name < right.name ? -1 : 1));
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of sorted) {
    const header = fileHeader(name, content);
    const place = Buffer.alloc(14);
    place.writeUInt32LE((PERMISSIONS << 16) >>> 0, 6);
    place.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.from("PK\x01\x02"),
      Buffer.from([FORMAT_VERSION, 0]),
      header,
      place,
      Buffer.from(name),
    );
    const file = Buffer.concat([Buffer.from("PK\x03\x04"), header, Buffer.from(name), content]);
    files.push(file);
    offset += file.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(sorted.length, 4);
  end.writeUInt16LE(sorted.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, index, Buffer.from("PK\x05\x06"), end]);
}

// The part that a file's own header and its entry in the directory have in common.
function fileHeader(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(FORMAT_VERSION, 0);
  header.writeUInt16LE(DOS_DATE, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(content.length, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

// zlib has this only from Node 20.15 and 22.2 on, and the types of Node 20 do not know it.
function crc32(content: Buffer): number {
  let value = 0xffffffff;
  for (const byte of content) value = (CRC_TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
