import * as assert from "node:assert/strict";
import { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { readStruct } from "../../policypack/struct";

const written = (properties: Record<string, JavaScriptValue>): Uint8Array =>
  Struct.fromJavaScript(properties).serializeBinary();

describe("properties on the wire", () => {
  it("are read as the plain values that they stand for", () => {
    const properties = {
      text: "Grüße, 世界 🌍",
      empty: "",
      number: -1.5,
      large: 1e300,
      zero: 0,
      yes: true,
      no: false,
      nothing: null,
      none: {},
      noItems: [],
      list: ["a", 1, null, false, ["b", []], { in: [{}] }],
      nested: { "a.b/c": { deep: { deeper: [1, 2, 3] } } },
      "": "no name",
    };
    assert.deepEqual(readStruct(written(properties)), properties);
  });

  it("are none when there are no bytes", () => {
    assert.deepEqual(readStruct(new Uint8Array()), {});
  });

  it("cannot change what an object is made of", () => {
    const read = readStruct(written(Object.fromEntries([["__proto__", { polluted: true }]])));
    assert.equal(Object.getPrototypeOf(read), Object.prototype);
    assert.equal("polluted" in read, false);
  });

  it("are an error when one has no value", () => {
    const struct = new Struct();
    struct.getFieldsMap().set("name", new Value());
    assert.throws(() => readStruct(struct.serializeBinary()), /without a value/);
  });

  it("are an error when one has a value of a kind that is not known", () => {
    // The field 1 of a struct: an entry that has the name "a" and a value with the number 1 in a field 7.
    const bytes = Uint8Array.from([0x0a, 0x07, 0x0a, 0x01, 0x61, 0x12, 0x02, 0x38, 0x01]);
    assert.throws(() => readStruct(bytes), /kind 7/);
  });
});
