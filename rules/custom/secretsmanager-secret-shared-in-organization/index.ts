import { customControl } from "../control";
import { judgeSharing, SHARING_PARAMETERS, SHARING_REQUIREMENTS, sharingPolicy } from "../sharing";

const SECRET = "aws:secretsmanager/secret:Secret";
const PLACES = {
  inline: "policy",
  type: "aws:secretsmanager/secretPolicy:SecretPolicy",
  link: "secretArn",
} as const;

/**
 * Who may read a secret is written in its resource policy. Secrets Manager can refuse policies for everybody
 * (`blockPublicPolicy`), but not those for another account.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
 */
export const control = customControl({
  name: "secretsmanager-secret-shared-in-organization",
  title: "Secrets are shared within the organisation or with trusted accounts only.",
  severity: "high",
  resourceTypes: ["AWS::SecretsManager::Secret"],
  triggerTypes: ["ConfigurationChange", "Periodic"],
  parameters: SHARING_PARAMETERS,
  requirements: SHARING_REQUIREMENTS,
  sources: {
    policy: {
      from: "read",
      action: "secretsmanager:GetResourcePolicy",
      because: "AWS Config records secrets without their resource policies",
    },
    ownAccount: { from: "item", path: "awsAccountId" },
  },
  listing: ["secretsmanager:ListSecrets"],
  judge: judgeSharing,
});

export const preventivePolicy = sharingPolicy(control, SECRET, PLACES);
