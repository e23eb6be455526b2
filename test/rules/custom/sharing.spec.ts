import * as assert from "node:assert/strict";
import { evaluate, ResourceGraph } from "../../../rules";
import type { ResourceFacts, Verdict } from "../../../rules";
import { preventivePolicy } from "../../../rules/custom/sns-topic-shared-in-organization";

/** What the cases of the controls cannot show: whose account it is, and which words are said. */

const PROVIDER = "urn:pulumi:dev::app::pulumi:providers:aws::own";
const TOPIC = "aws:sns/topic:Topic";

const topic = (principal: string, rest: Partial<ResourceFacts> = {}): ResourceFacts => ({
  urn: `urn:pulumi:dev::app::${TOPIC}::orders`,
  type: TOPIC,
  inputs: {
    name: "orders",
    policy: JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sns:Publish", Resource: "*" }],
    }),
  },
  ...rest,
});

const provider = (inputs: ResourceFacts["inputs"]): ResourceFacts => ({
  urn: PROVIDER,
  type: "pulumi:providers:aws",
  inputs,
});

const judge = (
  ...facts: readonly ResourceFacts[]
): readonly { readonly verdict: Verdict; readonly message: string }[] =>
  evaluate(new ResourceGraph(facts), [
    {
      id: "SHARED",
      policy: preventivePolicy,
      parameters: { organizationId: undefined, trustedAccounts: [] },
    },
  ]).findings.map(({ verdict, message }) => ({ verdict, message }));

const verdictOf = (...facts: readonly ResourceFacts[]): Verdict | undefined => judge(...facts)[0]?.verdict;

describe("sharing within the organisation, before the deployment", () => {
  const own = "123456789012";

  it("takes the only account that the provider allows for the own one", () => {
    const facts = provider({ allowedAccountIds: `["${own}"]` });
    assert.equal(verdictOf(topic(own, { provider: PROVIDER }), facts), "COMPLIANT");
    assert.equal(verdictOf(topic("210987654321", { provider: PROVIDER }), facts), "NON_COMPLIANT");
  });

  it("takes the account of a deployed resource for the own one", () => {
    const outputs = { arn: `arn:aws:sns:eu-west-1:${own}:orders` };
    assert.equal(verdictOf(topic(own, { outputs })), "COMPLIANT");
    assert.equal(verdictOf(topic("210987654321", { outputs })), "NON_COMPLIANT");
  });

  it("does not decide while the provider's account is not known", () => {
    const facts = provider({ allowedAccountIds: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
    assert.equal(verdictOf(topic(own, { provider: PROVIDER }), facts), "UNDECIDED");
  });

  it("names the statement and whom it lets in, and quotes nothing of the policy", () => {
    const [finding] = judge(topic(`arn:aws:iam::${own}:root`));
    assert.equal(
      finding?.message,
      '"policy.Statement[0]" lets in an account that is not trusted; let in accounts of "trustedAccounts" only, ' +
        'or those of "organizationId" by a condition such as aws:PrincipalOrgID.',
    );
  });
});
