import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, watch } from "node:fs";
import { deliverPreview } from "../../../cli/deliver/preview";
import { bundle, removeFolders } from "../support";
import { Place, WELL } from "./support";

/** Resolves when the stand-in of the CLI is at work. */
function waiting(place: Place): Promise<void> {
  const isThere = (): boolean => existsSync(place.path("fake.json.waiting"));
  return new Promise((done) => {
    const watcher = watch(place.root, () => {
      if (!isThere()) return;
      watcher.close();
      done();
    });
    if (!isThere()) return;
    watcher.close();
    done();
  });
}

function ended(child: ChildProcess): Promise<{ readonly status: number | null; readonly stderr: string }> {
  let stderr = "";
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done) => child.on("close", (status) => done({ status, stderr })));
}

describe("an interrupted delivery", () => {
  let path: string;
  before(async () => {
    path = await bundle();
  });
  after(removeFolders);

  const start = (place: Place, ...args: readonly string[]): ChildProcess => {
    const TMPDIR = place.path("tmp");
    mkdirSync(TMPDIR);
    return spawn(process.execPath, [path, "deliver", ...args, "--stack", "dev", "--program", place.root], {
      cwd: place.root,
      env: { ...place.variables, TMPDIR },
      stdio: ["ignore", "pipe", "pipe"],
    });
  };

  it("lets the CLI end in order and leaves nothing of a preview", async () => {
    const place = new Place({ preview: { wait: true } });
    const child = start(place, "preview", "--out", "out");
    const end = ended(child);
    await waiting(place);
    child.kill("SIGINT");
    const { status, stderr } = await end;
    assert.equal(status, 130);
    assert.match(stderr, /^\nInterrupted\. Nothing was written\.\n$/);
    assert.deepEqual(place.calls.slice(-1), ["interrupted"]);
    assert.deepEqual(
      readdirSync(place.root).filter((name) => name.includes("out")),
      [],
    );
  });

  it("leaves nothing of the copy that a preview without secrets is made of", async () => {
    const place = new Place({ preview: { wait: true } });
    const child = start(place, "preview", "--out", "out", "--no-secrets");
    const end = ended(child);
    await waiting(place);
    assert.equal(readdirSync(place.path("tmp")).length, 1);
    child.kill("SIGTERM");
    assert.equal((await end).status, 143);
    assert.deepEqual(readdirSync(place.path("tmp")), []);
  });

  it("lets an update end in order, and says what to do", async () => {
    const place = new Place({ up: { wait: true } });
    const flags = { stack: "dev", program: place.root, out: place.path("out"), plan: true, secrets: true };
    await deliverPreview(flags, place.context(new Date()));
    const child = start(place, "deploy", "--from", "out");
    const end = ended(child);
    await waiting(place);
    child.kill("SIGTERM");
    const { status, stderr } = await end;
    assert.equal(status, 143, stderr);
    assert.match(
      stderr,
      /Interrupted\. Pulumi was told to stop, finished what it had begun and wrote the state\./,
    );
    assert.deepEqual(place.calls.slice(-1), ["interrupted"]);
  });

  it("goes on with an update when nobody reads any more", async () => {
    const place = new Place({ up: { ...WELL.up, stdout: "line\n".repeat(300_000) } });
    const flags = { stack: "dev", program: place.root, out: place.path("out"), plan: true, secrets: true };
    await deliverPreview(flags, place.context(new Date()));
    const child = start(place, "deploy", "--from", "out");
    const end = ended(child);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { status, stderr } = await end;
    // The update itself went well: its events were read, and only the reader is missing.
    assert.doesNotMatch(stderr, /failed/);
    assert.match(stderr, /The reader closed the pipe/);
    assert.equal(status, 2);
    assert.equal(place.callsOf("up").length, 1);
  });

  it("passes on whatever the CLI prints", async () => {
    const place = new Place({ preview: { ...WELL.preview, stdout: "0123456789\n".repeat(200_000) } });
    const child = start(place, "preview", "--out", "out");
    let bytes = 0;
    child.stdout?.on("data", (chunk: Buffer) => (bytes += chunk.length));
    assert.equal((await ended(child)).status, 0);
    assert.ok(bytes > 2_200_000);
  });
});
