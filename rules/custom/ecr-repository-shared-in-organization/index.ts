import { customControl } from "../control";
import { judgeSharing, SHARING_PARAMETERS, SHARING_REQUIREMENTS, sharingPolicy } from "../sharing";

const REPOSITORY = "aws:ecr/repository:Repository";
const PLACES = { type: "aws:ecr/repositoryPolicy:RepositoryPolicy", link: "repository" } as const;

/**
 * Who may pull and push images is written in the repository's policy.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
export const control = customControl({
  name: "ecr-repository-shared-in-organization",
  title: "ECR repositories are shared within the organisation or with trusted accounts only.",
  severity: "high",
  resourceTypes: ["AWS::ECR::Repository"],
  triggerTypes: ["ConfigurationChange", "Periodic"],
  parameters: SHARING_PARAMETERS,
  requirements: SHARING_REQUIREMENTS,
  sources: {
    policy: {
      from: "read",
      action: "ecr:GetRepositoryPolicy",
      because: "AWS does not promise that the recorded repository has its policy",
    },
    ownAccount: { from: "item", path: "awsAccountId" },
  },
  listing: ["ecr:DescribeRepositories"],
  judge: judgeSharing,
});

export const preventivePolicy = sharingPolicy(control, REPOSITORY, PLACES);
