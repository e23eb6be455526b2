import type { After, CustomCase } from "../cases";
import { recordedItem, sharingCases } from "../sharing-cases";

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-a1b2c3";
const OPEN = {
  Statement: { Effect: "Allow", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" },
};
const secret = { type: "aws:secretsmanager/secret:Secret", inputs: { name: "orders" } };
const POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";

const recorded = (policy: string | undefined): After<string | undefined> => ({
  item: recordedItem("AWS::SecretsManager::Secret", ARN, { ARN, configuration: { ARN, Name: "orders" } }),
  read: policy,
});

const shared = sharingCases({
  action: "secretsmanager:GetSecretValue",
  declared: (policy) => ({ resources: [secret, { type: POLICY, inputs: { secretArn: ARN, policy } }] }),
  recorded,
});

export const cases: readonly CustomCase<string | undefined>[] = [
  ...shared,
  {
    title: "lets in everybody by a policy of its own",
    verdict: "NON_COMPLIANT",
    before: {
      resources: [{ type: secret.type, inputs: { name: "orders", policy: JSON.stringify(OPEN) } }],
    },
    after: { never: "AWS keeps one policy, however it was declared" },
  },
  {
    title: "has a policy, and is not of the program",
    verdict: "NON_COMPLIANT",
    before: { resources: [{ type: POLICY, inputs: { secretArn: ARN, policy: OPEN } }] },
    after: { never: "AWS records every secret" },
  },
  {
    title: "has no policy",
    verdict: "COMPLIANT",
    before: { resources: [secret] },
    after: recorded(undefined),
  },
];
