import * as assert from "node:assert/strict";
import * as pb from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { registeredIn, stackIn } from "../../policypack/requests";

const URN = "urn:pulumi:dev::test::aws:s3/bucket:Bucket::data";
const TYPE = "aws:s3/bucket:Bucket";
const INPUTS = { acl: "public-read", tags: { list: [1, null, true] } };

function requestOf(urn: string, type: string): Uint8Array {
  const request = new pb.AnalyzeRequest();
  request.setUrn(urn);
  request.setType(type);
  request.setProperties(Struct.fromJavaScript(INPUTS));
  return request.serializeBinary();
}

function stackOf(urn: string, type: string): Uint8Array {
  const resource = new pb.AnalyzerResource();
  resource.setUrn(urn);
  resource.setType(type);
  const request = new pb.AnalyzeStackRequest();
  request.setResourcesList([resource]);
  return request.serializeBinary();
}

describe("requests on the wire", () => {
  it("are refused when they are cut off, wherever that is", () => {
    const whole = requestOf(URN, TYPE);
    for (let length = 0; length < whole.length; length++) {
      assert.throws(() => registeredIn(whole.subarray(0, length)).facts.inputs, Error, `${length} bytes`);
    }
    const { facts } = registeredIn(whole);
    assert.deepEqual([facts.urn, facts.type, facts.inputs], [URN, TYPE, INPUTS]);
  });

  for (const [what, urn, type] of [
    ["a type", URN, ""],
    ["a URN", "", TYPE],
  ] as const) {
    it(`are refused without ${what}, which no control could be asked about`, () => {
      const expected = new RegExp(`sent a resource without ${what}`);
      assert.throws(() => registeredIn(requestOf(urn, type)), expected);
      assert.throws(() => stackIn(stackOf(urn, type), () => undefined), expected);
    });
  }

  it("are read whatever fields a later engine adds", () => {
    // Field 99 with a text, field 100 with a number.
    const added = Uint8Array.from([0x9a, 0x06, 0x01, 0x61, 0xa0, 0x06, 0x01]);
    const { facts } = registeredIn(Buffer.concat([added, requestOf(URN, TYPE), added]));
    assert.deepEqual([facts.urn, facts.type, facts.inputs], [URN, TYPE, INPUTS]);
  });
});
