import * as assert from "node:assert/strict";

import { ARCHIVE, SIGNATURE, UNKNOWN } from "../sandbox/provider/values";
import { compare } from "./support";

const BUCKET = "aws:s3/bucket:Bucket";
const RECORDER = "aws:cfg/recorder:Recorder";

describe("Diff", () => {
  it("finds no change in the same inputs, whatever the bookkeeping says", async () => {
    const inputs = { bucket: "b", tags: { a: "1" }, versioning: { enabled: true, __defaults: [] } };
    const { changes } = await compare(
      BUCKET,
      { ...inputs, __defaults: ["bucket"] },
      { ...inputs, __defaults: [] },
    );
    assert.deepEqual(changes, []);
  });

  it("names each change by its path and kind", async () => {
    const { changes } = await compare(
      BUCKET,
      { tags: { a: "1", b: "2" }, lifecycleRules: [{ enabled: true, id: "x" }] },
      { tags: { a: "1", "c.d": "3" }, lifecycleRules: [{ enabled: false, id: "x" }], forceDestroy: true },
    );
    assert.deepEqual(
      changes.map(({ path, kind, replaces }) => [path, kind, replaces]),
      [
        ["tags.b", "delete", false],
        ['tags["c.d"]', "add", false],
        ["lifecycleRules[0].enabled", "update", false],
        ["forceDestroy", "add", false],
      ],
    );
  });

  it("needs a new resource for another name or region, and where table or documentation say so", async () => {
    const replaced = async (token: string, property: string): Promise<boolean | undefined> =>
      (await compare(token, { [property]: "a" }, { [property]: "b" })).changes[0]?.replaces;
    assert.equal(await replaced(BUCKET, "bucket"), true);
    assert.equal(await replaced(BUCKET, "region"), true);
    assert.equal(await replaced("aws:kms/key:Key", "keyUsage"), true);
    assert.equal(await replaced(RECORDER, "name"), true);
    assert.equal(await replaced(RECORDER, "roleArn"), false);
    assert.equal(await replaced("aws:cfg/rule:Rule", "inputParameters"), false);
  });

  it("deletes first when the program chose the name that both would have", async () => {
    const [olds, news] = [
      { name: "r", path: "/a/" },
      { name: "r", path: "/b/" },
    ];
    assert.equal((await compare("aws:iam/role:Role", olds, news)).deleteBeforeReplace, true);
    const automatic = { ...news, __defaults: ["name"] };
    assert.equal((await compare("aws:iam/role:Role", olds, automatic)).deleteBeforeReplace, false);
  });

  it("takes documents as the same whatever their layout", async () => {
    const [olds, news] = [{ policy: '{"a":1,"b":2}' }, { policy: '{ "b": 2, "a": 1 }' }];
    assert.deepEqual((await compare(BUCKET, olds, news)).changes, []);
    assert.equal((await compare(BUCKET, olds, { policy: '{"a":2}' })).changes.length, 1);
  });

  it("tells archives apart by their hash", async () => {
    const archive = (path: string, hash: string): object => ({ [SIGNATURE]: ARCHIVE, path, hash });
    const token = "aws:lambda/function:Function";
    const old = { code: archive("a.zip", "1") };
    assert.deepEqual((await compare(token, old, { code: archive("b.zip", "1") })).changes, []);
    assert.deepEqual(
      (await compare(token, old, { code: archive("a.zip", "2") })).changes.map(({ path }) => path),
      ["code"],
    );
  });

  it("takes an unknown as a change", async () => {
    const { changes } = await compare(RECORDER, { roleArn: "arn" }, { roleArn: UNKNOWN });
    assert.deepEqual(changes, [{ path: "roleArn", kind: "update", replaces: false }]);
  });

  it("sees no change where the program leaves out what AWS sets by itself", async () => {
    const group = { allSupported: true, recordingStrategies: [{ useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" }] };
    assert.deepEqual((await compare(RECORDER, { recordingGroup: group }, {})).changes, []);
    const shorter = { recordingGroup: { allSupported: true } };
    assert.deepEqual((await compare(RECORDER, { recordingGroup: group }, shorter)).changes, []);
  });

  it("sees no change in a setting that is new in the program and already holds", async () => {
    const oldState = { forceDestroy: false, versioning: { enabled: true, mfaDelete: false } };
    const same = await compare(BUCKET, {}, { versioning: { enabled: true } }, { oldState });
    assert.deepEqual(same.changes, []);
    const other = await compare(BUCKET, {}, { versioning: { enabled: false } }, { oldState });
    assert.deepEqual(
      other.changes.map(({ path }) => path),
      ["versioning"],
    );
  });

  it("takes an empty list, map or text for none, but not a switch that is off", async () => {
    const empty = { tags: {}, lifecycleRules: [], policy: "", versioning: { __defaults: [] } };
    assert.deepEqual((await compare(BUCKET, empty, {})).changes, []);
    assert.deepEqual((await compare(BUCKET, {}, empty)).changes, []);
    assert.equal((await compare(BUCKET, { forceDestroy: false }, {})).changes.length, 1);
  });

  it("leaves out what the program ignores, with everything under it", async () => {
    const [olds, news] = [
      { tags: { a: "1", b: "1" }, acl: "private" },
      { tags: { a: "2", b: "2" }, acl: "public-read" },
    ];
    const { changes } = await compare(BUCKET, olds, news, { ignoreChanges: ["tags.a", "acl"] });
    assert.deepEqual(
      changes.map(({ path }) => path),
      ["tags.b"],
    );
    assert.deepEqual((await compare(BUCKET, olds, news, { ignoreChanges: ["tags", "acl"] })).changes, []);
  });
});
