import * as assert from "node:assert/strict";
import { evaluate, ResourceGraph } from "../../../rules";
import type { Verdict } from "../../../rules";
import { preventivePolicy } from "../../../rules/custom/account-approved-regions";

/** What one resource alone does not show. The parity test has the other verdicts. */

const PROVIDER = "urn:pulumi:dev::case::pulumi:providers:aws::main";

function verdict(providerRegion: string | undefined, region?: string): Verdict | undefined {
  const { findings, errors } = evaluate(
    new ResourceGraph([
      {
        urn: PROVIDER,
        type: "pulumi:providers:aws",
        inputs: providerRegion === undefined ? {} : { region: providerRegion },
      },
      {
        urn: "urn:pulumi:dev::case::aws:sqs/queue:Queue::orders",
        type: "aws:sqs/queue:Queue",
        inputs: region === undefined ? {} : { region },
        provider: `${PROVIDER}::id`,
      },
    ]),
    [
      {
        id: "ACCOUNT_APPROVED_REGIONS",
        policy: preventivePolicy,
        parameters: { approvedRegions: ["eu-*"] },
      },
    ],
  );
  assert.deepEqual(errors, []);
  return findings[0]?.verdict;
}

describe("the policy account-approved-regions", () => {
  it("asks the provider where the resource names no region", () => {
    assert.equal(verdict("eu-west-1"), "COMPLIANT");
    assert.equal(verdict("us-east-1"), "NON_COMPLIANT");
  });

  it("lets the region of the resource win", () => {
    assert.equal(verdict("us-east-1", "eu-west-1"), "COMPLIANT");
    assert.equal(verdict("eu-west-1", "us-east-1"), "NON_COMPLIANT");
  });

  it("does not decide where the environment gives the region", () =>
    assert.equal(verdict(undefined), "UNDECIDED"));
});
