import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { checkpointHash } from "../../../cli/deliver/checkpoint";
import { canonical } from "../../../cli/deliver/hashes";
import { differencesOf, hasChanges, stepOf, summaryOf } from "../../../cli/deliver/steps";
import { state } from "./support";

const secret = (ciphertext: string): object => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext,
});

describe("the hash of a state", () => {
  const resources = [
    { urn: "a", inputs: { size: 8, password: secret("v1:one") }, modified: "2026-01-01" },
    { urn: "b", outputs: { list: [secret("v1:two")] } },
  ];
  const hash = checkpointHash(state(resources, { time: "1" }));

  it("does not know when and by whom the state was written, nor the text of secrets, nor the order", () => {
    const again = [
      { outputs: { list: [secret("v1:four")] }, urn: "b" },
      { modified: "2026-01-01", inputs: { password: secret("v1:three"), size: 8 }, urn: "a" },
    ];
    assert.equal(checkpointHash(state(again, { time: "2", version: "v4" })), hash);
  });

  for (const [what, changed] of [
    ["a value", [{ ...resources[0], inputs: { size: 9, password: secret("v1:one") } }, resources[1]]],
    ["when a resource was changed", [{ ...resources[0], modified: "2026-01-02" }, resources[1]]],
    ["a secret that is none any more", [resources[0], { urn: "b", outputs: { list: ["two"] } }]],
    ["a resource more", [...resources, { urn: "c" }]],
    ["a resource twice", [...resources, resources[1]]],
    ["a resource less", [resources[0]]],
  ] as const) {
    it(`knows ${what}`, () => {
      assert.notEqual(checkpointHash(state(changed)), hash);
    });
  }

  it("knows operations that are pending", () => {
    const pending = { version: 3, deployment: { resources, pending_operations: [{ type: "creating" }] } };
    assert.notEqual(checkpointHash(pending), hash);
  });

  it("is that of an empty stack when nothing was deployed", () => {
    assert.equal(
      checkpointHash({ version: 3, deployment: null }),
      checkpointHash({ version: 3, deployment: {} }),
    );
  });

  it("changes with any value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const hashOf = (inputs: unknown): string => checkpointHash(state([{ urn: "a", inputs }]));
        assert.equal(hashOf(a) === hashOf(b), canonical(a) === canonical(b));
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe("steps", () => {
  const urn = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::data";

  it("have the hash of what the program gives, without what the provider generates", () => {
    const of = (inputs: unknown): string => stepOf({ op: "create", urn, new: { inputs } }).inputs;
    assert.equal(
      of({ a: { __defaults: ["name"], name: "x-1", b: 1 } }),
      of({ a: { b: 1, name: "x-2", __defaults: ["name"] } }),
    );
    assert.notEqual(of({ a: { name: "x-1" } }), of({ a: { name: "x-2" } }));
    assert.notEqual(of({ list: [1] }), of({ list: [1, 2] }));
  });

  it("that remove a resource have no inputs", () => {
    assert.equal(stepOf({ op: "delete", urn, new: null }).op, "delete");
  });

  it("differ in no order of their own", () => {
    const of = (op: string, name: string) =>
      stepOf({ op, urn: `${urn}${name}`, type: "t", new: { inputs: {} } });
    const steps = ["a", "b", "c"].flatMap((name) => [of("create-replacement", name), of("replace", name)]);
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, { minLength: steps.length }), (shuffled) => {
        assert.deepEqual(differencesOf(steps, shuffled), []);
      }),
      { seed: 8 },
    );
    assert.equal(differencesOf(steps, steps.slice(1)).length, 1);
  });

  it("are summed up in words", () => {
    assert.equal(
      summaryOf({ same: 4, create: 2, "create-replacement": 1, replace: 1, delete: 1 }),
      "2 to create, 1 to replace, 1 to delete, 4 unchanged",
    );
    assert.equal(summaryOf({}), "no resources");
    assert.deepEqual([{ same: 1, read: 2 }, { update: 1 }, { delete: 0 }].map(hasChanges), [
      false,
      true,
      false,
    ]);
  });
});
