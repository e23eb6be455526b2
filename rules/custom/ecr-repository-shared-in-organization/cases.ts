import type { After, CustomCase } from "../cases";
import { recordedItem, sharingCases } from "../sharing-cases";

const ARN = "arn:aws:ecr:eu-west-1:123456789012:repository/orders";
const OPEN = { Statement: { Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" } };
const repository = { type: "aws:ecr/repository:Repository", inputs: { name: "orders" } };
const POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy";

const recorded = (policy: string | undefined): After<string | undefined> => ({
  item: recordedItem("AWS::ECR::Repository", "orders", {
    ARN,
    configuration: { RepositoryName: "orders", Arn: ARN },
  }),
  read: policy,
});

const shared = sharingCases({
  action: "ecr:BatchGetImage",
  declared: (policy) => ({
    resources: [repository, { type: POLICY, inputs: { repository: "orders", policy } }],
  }),
  recorded,
});

export const cases: readonly CustomCase<string | undefined>[] = [
  ...shared,
  {
    title: "has a policy, and is not of the program",
    verdict: "NON_COMPLIANT",
    before: { resources: [{ type: POLICY, inputs: { repository: "orders", policy: OPEN } }] },
    after: { never: "AWS records every repository" },
  },
  {
    title: "has no policy",
    verdict: "COMPLIANT",
    before: { resources: [repository] },
    after: recorded(undefined),
  },
];
