import * as assert from "node:assert/strict";
import { ResourceGraph, compliant, evaluate, policy } from "../../rules/engine";
import type { Check, Evaluation } from "../../rules/engine";
import { bounded } from "../../packages/bounded";

const BUCKET = "aws:s3/bucket:Bucket";

/** What a control with this check says of three buckets. */
function verdicts(check: Check<unknown, never>, milliseconds?: number): Evaluation {
  const graph = new ResourceGraph(
    ["a", "b", "c"].map((name) => ({
      urn: `urn:pulumi:dev::p::${BUCKET}::${name}`,
      type: BUCKET,
      inputs: { bucket: name },
    })),
  );
  const bound = bounded("own", policy("Buckets are.", { [BUCKET]: check }), milliseconds);
  return evaluate(graph, [{ id: "OWN", policy: bound, parameters: {} }]);
}

describe("a check of a package", () => {
  it("answers as it does without a limit", () => {
    const { findings, errors } = verdicts(() => compliant());
    assert.deepEqual(errors, []);
    assert.deepEqual(
      findings.map(({ verdict }) => verdict),
      ["COMPLIANT", "COMPLIANT", "COMPLIANT"],
    );
  });

  it("is stopped when it loops, and not asked again", () => {
    let asked = 0;
    const { findings, errors } = verdicts(() => {
      asked++;
      for (;;);
    }, 20);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      errors.map(({ message }) => message),
      Array(3).fill('The predicate of "own" did not answer within 20 ms.'),
    );
    assert.equal(asked, 1);
  });

  it("is asked about other resources when it fails for one", () => {
    const { findings, errors } = verdicts((_bucket, _parameters, { node }) => {
      if (node.name === "b") throw new Error("no");
      return compliant();
    });
    assert.deepEqual([findings.length, errors.length], [2, 1]);
  });
});
