import * as assert from "node:assert/strict";
import { bucketNameProblems, type NamedBucket, sharedBucketProblems } from "../../components/bucket-names";
import { assertOne, lines } from "./pipeline-support";

describe("The name of a bucket", () => {
  for (const name of ["abc", "a".repeat(63), "acme.logs-1", "acme--logs", "1.2.3", "192.168.1.1a", "xn-1"]) {
    it(`may be ${name}`, () => assert.deepEqual(bucketNameProblems("b", name), []));
  }

  const refused: readonly (readonly [string, RegExp])[] = [
    ["ab", /3 to 63 lower-case letters/],
    ["a".repeat(64), /3 to 63 lower-case letters/],
    ["Acme", /3 to 63 lower-case letters/],
    ["acme_logs", /3 to 63 lower-case letters/],
    ["acme..logs", /single dots/],
    ["-acme", /beginning and ending with a letter or digit/],
    ["acme.", /beginning and ending with a letter or digit/],
    ["192.168.1.1", /another form than that of an IP address/],
    ["xn--acme", /another beginning, because S3 keeps "xn--", "sthree-" or "amzn-s3-demo-" for itself/],
    ["sthree-acme", /another beginning/],
    ["sthree-configurator", /another beginning/],
    ["amzn-s3-demo-acme", /another beginning/],
    ["acme-s3alias", /another end, because S3 keeps "-s3alias", "--ol-s3"/],
    ["acme--ol-s3", /another end/],
    ["acme.mrap", /another end/],
    ["acme--usw2-az1--x-s3", /another end/],
    ["acme--table-s3", /another end/],
    ["arn:aws:s3:::acme", /is an ARN; write only the bucket's name, "acme"/],
  ];
  for (const [name, message] of refused) {
    it(`is not ${name}`, () => assertOne(bucketNameProblems("b", name), message));
  }

  it("leaves room for what is appended", () => {
    assertOne(bucketNameProblems("b", "a".repeat(52), 51), /3 to 51/);
  });
});

describe("The buckets of a stack", () => {
  const bucket = (purpose: string, name: string | undefined, isLogged = false): NamedBucket => ({
    path: `${purpose}.bucketName`,
    purpose,
    name,
    isLogged,
  });

  it("may have names that are made up, and one place may speak of a bucket twice", () => {
    const state = bucket("state", "acme-state");
    assert.deepEqual(sharedBucketProblems([bucket("evidence", undefined), bucket("trail", undefined)]), []);
    assert.deepEqual(sharedBucketProblems([state, state, bucket("trail", "acme-state-2", true)]), []);
    // What is missing is reported where it is read.
    assert.deepEqual(sharedBucketProblems([bucket("source", ""), bucket("state", "")]), []);
  });

  it("are each told from every other one", () => {
    const purposes = ["evidence", "trail", "state", "source", "artefacts"];
    for (const [index, purpose] of purposes.entries()) {
      for (const other of purposes.slice(index + 1)) {
        const problems = sharedBucketProblems([bucket(purpose, "acme"), bucket(other, "acme")]);
        assertOne(
          problems,
          new RegExp(`^${other}\\.bucketName: It would be "acme", the bucket of the ${purpose}\\.`),
        );
      }
    }
  });

  it("are told from those for access logs", () => {
    const evidence = bucket("evidence", "acme", true);
    const logs = "acme-access-logs";
    assertOne(
      sharedBucketProblems([evidence, bucket("trail", logs)]),
      /^trail\.bucketName: It would be "acme-access-logs", the bucket of the access logs of the evidence\./,
    );
    assertOne(
      sharedBucketProblems([bucket("state", logs), evidence]),
      /^evidence\.bucketName: The bucket of the access logs of the evidence would be "acme-access-logs", the bucket of the state\./,
    );
  });

  it("are reported for each that they collide with", () => {
    const all = ["evidence", "state", "artefacts"].map((purpose) => bucket(purpose, "acme"));
    assert.equal(lines(sharedBucketProblems(all)).length, 3);
  });
});
