import * as assert from "node:assert/strict";
import { Secret, UNKNOWN, holdsSecret, holdsUnknown, mark, propertiesIn, show } from "../../../rules";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (more: object): object => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ...more });

describe("values of the wire format", () => {
  it("mark every sentinel as unknown", () => {
    const sentinels = [
      "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
      "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
      "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
      "030794c1-ac77-496b-92df-f27374a8bd58",
      "e48ece36-62e2-4504-bad9-02848725956a",
      "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ];
    assert.deepEqual(
      mark(sentinels),
      sentinels.map(() => UNKNOWN),
    );
  });

  it("keep secrets, whether plain, encrypted, shown or not decryptable", () => {
    assert.deepEqual(mark(secret({ value: "x" })), new Secret("x"));
    assert.deepEqual(mark(secret({ ciphertext: "v1:abc" })), new Secret(UNKNOWN));
    assert.deepEqual(mark(secret({ plaintext: '{"a":1}' })), new Secret({ a: 1 }));
    assert.deepEqual(mark("[secret]"), new Secret(UNKNOWN));
  });

  it("read output values and resource references", () => {
    const output = (more: object): object => ({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...more });
    assert.deepEqual(mark(output({ value: 1 })), 1);
    assert.deepEqual(mark(output({})), UNKNOWN);
    assert.deepEqual(mark(output({ value: 1, secret: true })), new Secret(1));
    assert.deepEqual(mark({ [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "u", id: "i-1" }), "i-1");
  });

  it("leave out internal properties, at every depth", () => {
    assert.deepEqual(mark({ __defaults: [], a: { __meta: 1, b: null } }), { a: { b: null } });
  });

  it("keep hostile keys as ordinary properties", () => {
    const marked = propertiesIn(mark(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')));
    assert.deepEqual(Object.keys(marked), ["constructor"]);
    assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
  });

  it("treat what lies too deep as unknown", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    assert.equal(holdsUnknown(mark(deep)), true);
  });

  it("are shown short, on one line, without secrets and terminal controls", () => {
    assert.equal(show({ a: new Secret("x") }), "[secret]");
    assert.equal(show({ a: UNKNOWN }), '{"a":"[unknown]"}');
    assert.equal(show("\u001b[31mred\n"), "\\u001b[31mred\\u000a");
    assert.equal(show("x".repeat(1000)).length, 83);
    // The cut goes through a character of two units; half of one is no valid text, and the engine refuses the answer.
    assert.equal(show("x".repeat(79) + "😀".repeat(9)), `${"x".repeat(79)}\\ud83d...`);
    assert.equal(show("😀"), "😀");
    assert.equal(holdsSecret([{ a: new Secret(1) }]), true);
  });
});
