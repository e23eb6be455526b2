import { aws } from "./types";
import type { ServiceDefaults } from "./types";

const PASSWORD_POLICY =
  "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html";

export const iam: ServiceDefaults = {
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    requireUppercaseCharacters: aws(false, PASSWORD_POLICY),
    requireLowercaseCharacters: aws(false, PASSWORD_POLICY),
    requireSymbols: aws(false, PASSWORD_POLICY),
    requireNumbers: aws(false, PASSWORD_POLICY),
    minimumPasswordLength: aws(6, PASSWORD_POLICY),
    passwordReusePrevention: aws(0, PASSWORD_POLICY),
    maxPasswordAge: aws(0, PASSWORD_POLICY),
  },
};
