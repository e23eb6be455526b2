import * as assert from "node:assert/strict";

import { checkNew } from "./support";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = { policy: "{}" };

describe("automatic names", () => {
  it("follow from the seed alone", async () => {
    const name = async (seed: string): Promise<unknown> =>
      (await checkNew(BUCKET, {}, { seed: Buffer.from(seed) })).inputs["bucket"];
    assert.equal(await name("one"), await name("one"));
    assert.notEqual(await name("one"), await name("two"));
  });

  it("are kept as long as the resource lives, but not where the program had chosen the name", async () => {
    const olds = { bucket: "name-0000000", __defaults: ["bucket"] };
    assert.equal((await checkNew(BUCKET, {}, { olds })).inputs["bucket"], "name-0000000");
    const chosen = { bucket: "mine", __defaults: [] };
    assert.match(
      String((await checkNew(BUCKET, {}, { olds: chosen })).inputs["bucket"]),
      /^name-[0-9a-f]{7}$/,
    );
  });

  it("are small letters for buckets and end in .fifo for queues of that kind", async () => {
    assert.match(
      String((await checkNew(BUCKET, {}, { name: "Evidence" })).inputs["bucket"]),
      /^evidence-[0-9a-f]{7}$/,
    );
    const { inputs } = await checkNew("aws:sqs/queue:Queue", { fifoQueue: true });
    assert.match(String(inputs["name"]), /^name-[0-9a-f]{7}\.fifo$/);
  });

  it("are left to AWS when a prefix is given", async () => {
    assert.equal((await checkNew(BUCKET, { bucketPrefix: "p-" })).inputs["bucket"], undefined);
    assert.equal(
      (await checkNew("aws:iam/policy:Policy", { ...POLICY, namePrefix: "p-" })).inputs["name"],
      undefined,
    );
  });

  it("are refused when they are too long, with what to do", async () => {
    const { failures } = await checkNew(
      "aws:iam/role:Role",
      { assumeRolePolicy: "{}" },
      { name: "x".repeat(60) },
    );
    assert.match(String(failures[0]?.reason), /68 characters and at most 64 are allowed; set "name" or/);
  });

  it("obey the stack's own rule for names", async () => {
    const named = async (mode: "enforce" | "propose" | "disable"): Promise<unknown> =>
      (await checkNew("aws:iam/policy:Policy", POLICY, { autonaming: { mode, proposal: "wanted" } })).inputs[
        "name"
      ];
    assert.equal(await named("enforce"), "wanted");
    assert.equal(await named("propose"), "wanted");
    assert.equal(await named("disable"), undefined);
  });
});
