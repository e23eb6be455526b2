import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as zlib from "node:zlib";

import { contentOf } from "../sandbox/provider/archive";
import { ARCHIVE, ASSET, SIGNATURE } from "../sandbox/provider/values";

const text = (content: string): object => ({ [SIGNATURE]: ASSET, text: content });

/** Reads a zip archive through its directory, as unzip does, and checks each file's length. */
function unzip(archive: Buffer): ReadonlyMap<string, string> {
  const end = archive.lastIndexOf("PK\x05\x06");
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    assert.equal(archive.toString("latin1", at, at + 4), "PK\x01\x02");
    const [size, nameLength, start] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const body = start + 30 + archive.readUInt16LE(start + 26);
    files.set(name, archive.toString("utf8", body, body + size));
    at += 46 + nameLength;
  }
  assert.equal(at, end);
  return files;
}

describe("files and archives", () => {
  let folder = "";
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "archive-"));
    fs.mkdirSync(path.join(folder, "inner"));
    fs.writeFileSync(path.join(folder, "a.txt"), "A");
    fs.writeFileSync(path.join(folder, "inner", "b.txt"), "B");
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it("become a zip of all files, with folders and archives inside", () => {
    const archive = {
      [SIGNATURE]: ARCHIVE,
      assets: { "z.txt": text("Z"), lib: { [SIGNATURE]: ARCHIVE, path: folder } },
    };
    assert.deepEqual(
      [...unzip(contentOf(archive))],
      [
        ["lib/a.txt", "A"],
        ["lib/inner/b.txt", "B"],
        ["z.txt", "Z"],
      ],
    );
  });

  it("become the same bytes again, with the checksum that gzip computes", () => {
    const archive = { [SIGNATURE]: ARCHIVE, assets: { "a.txt": text("checksum me") } };
    const bytes = contentOf(archive);
    assert.deepEqual(bytes, contentOf(archive));
    const gzip = zlib.gzipSync("checksum me");
    assert.equal(bytes.readUInt32LE(14), gzip.readUInt32LE(gzip.length - 8));
  });

  it("are taken as they are when they are a file or text", () => {
    assert.equal(contentOf({ [SIGNATURE]: ASSET, path: path.join(folder, "a.txt") }).toString(), "A");
    assert.equal(contentOf({ [SIGNATURE]: ASSET, text: "" }).toString(), "");
  });

  it("are refused when they are elsewhere", () => {
    assert.throws(
      () => contentOf({ [SIGNATURE]: ASSET, uri: "https://example.com/a" }),
      /no network and cannot fetch/,
    );
  });
});
