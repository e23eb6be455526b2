import { provider } from "./types";
import type { ServiceDefaults } from "./types";

const APP = "terraform-provider-aws internal/service/amplify/app.go";
const BRANCH = "terraform-provider-aws internal/service/amplify/branch.go";

export const amplify: ServiceDefaults = {
  "aws:amplify/app:App": {
    enableBranchAutoDeletion: provider(false, APP),
    platform: provider("WEB", APP),
  },
  "aws:amplify/branch:Branch": {
    enableAutoBuild: provider(true, BRANCH),
    enablePerformanceMode: provider(false, BRANCH),
    enablePullRequestPreview: provider(false, BRANCH),
  },
};
