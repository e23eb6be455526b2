import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

export const cognito: ServiceDefaults = {
  "aws:cognito/identityPool:IdentityPool": {
    allowUnauthenticatedIdentities: provider(
      false,
      "terraform-provider-aws internal/service/cognitoidentity/pool.go",
    ),
  },
  "aws:cognito/userPool:UserPool": {
    deletionProtection: provider("INACTIVE"),
    mfaConfiguration: provider("OFF"),
    "userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode": aws(
      "AUDIT",
      "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdvancedSecurityAdditionalFlowsType.html",
    ),
  },
};
