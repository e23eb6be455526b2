import * as assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { UsageError } from "../../../cli/errors";
import { readSelectionFile } from "../../../cli/selection-file";
import { sourcesOf } from "../../../cli/sources";
import { readSource } from "../../../cli/sources/read";
import { folder, removeFolders } from "../support";

const MB = 1024 * 1024;

const isTooLarge = (error: unknown): boolean =>
  error instanceof UsageError &&
  error.line.includes("zero: The input has 101 MB or more. Allowed are 100 MB");

describe("reading a file of the user", () => {
  after(removeFolders);

  it("gives all bytes, whatever the size", () => {
    for (const size of [0, 1, MB - 1, MB, MB + 1, 3 * MB]) {
      const bytes = randomBytes(size);
      assert.ok(readSource(join(folder({ f: bytes }), "f")).equals(bytes), String(size));
    }
  });

  it("gives all bytes of a file that does not know its size", () => {
    assert.match(
      readSource("/proc/self/status").toString(),
      /^Name:\t(.|\n)*voluntary_ctxt_switches:\t\d+\n$/,
    );
  });

  it("gives as much as is allowed, and not a byte more", () => {
    const file = join(folder({ zero: "" }), "zero");
    truncateSync(file, 100 * MB);
    assert.equal(readSource(file).length, 100 * MB);
    truncateSync(file, 100 * MB + 1);
    assert.throws(() => readSource(file), isTooLarge);
  });

  it("stops at the limit of a device without an end, also as a selection", () => {
    assert.throws(() => readSource("/dev/zero"), isTooLarge);
    assert.throws(() => readSelectionFile("/dev/zero"), isTooLarge);
  });

  it("stops at the limit of a device among the files of a folder or of a program", async () => {
    const files = folder({ "x.json": "" });
    symlinkSync("/dev/zero", join(files, "zero.json"));
    const stack = folder({ "Pulumi.yaml": "name: x\nruntime: nodejs\n", "index.js": "" });
    symlinkSync("/dev/zero", join(stack, "Pulumi.dev.yaml"));
    const options = {
      timeoutSeconds: 60,
      stdin: new PassThrough().end(),
      env: process.env,
      onProgress: () => undefined,
    };
    for (const [path, place] of [
      [files, "zero.json"],
      [stack, "Pulumi.dev.yaml"],
    ] as const) {
      const messages: string[] = [];
      for await (const source of sourcesOf(path, options))
        if ("error" in source) messages.push(source.error.line);
      assert.match(messages.join("\n"), new RegExp(`${place}: The input has 101 MB or more`));
    }
  });
});
