import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readEventLog } from "./events";

const URN = "urn:pulumi:dev::fixture::aws:kms/key:Key::key";

describe("the engine's event log", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "event-log-"));

  after(() => fs.rmSync(folder, { recursive: true }));

  it("is read as steps, violations and diagnostics", () => {
    const file = path.join(folder, "log.jsonl");
    const metadata = {
      op: "create",
      urn: URN,
      type: "aws:kms/key:Key",
      new: { inputs: { a: 1 }, parent: "p" },
    };
    const policyEvent = {
      policyName: "p",
      resourceUrn: URN,
      enforcementLevel: "mandatory",
      message: "<{%fg 1%}>No.<{%reset%}>",
    };
    const events = [{ resourcePreEvent: { metadata } }, { policyEvent }, { resOutputsEvent: { metadata } }];
    fs.writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    const log = readEventLog(file);
    const step = {
      op: "create",
      urn: URN,
      type: "aws:kms/key:Key",
      name: "key",
      diffs: [],
      inputs: { a: 1 },
      parent: "p",
    };
    assert.deepEqual(log.steps, [step]);
    assert.deepEqual(log.done, [step]);
    assert.deepEqual(log.violations, [{ policy: "p", urn: URN, level: "mandatory", message: "No." }]);
  });

  it("is empty for an operation that never began", () => {
    assert.deepEqual(readEventLog(path.join(folder, "none")).steps, []);
  });
});
