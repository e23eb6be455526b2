import { all, given, policy } from "../engine";
import type { Policies } from "../engine";

const APP = "aws:amplify/app:App";
const BRANCH = "aws:amplify/branch:Branch";

export const amplify: Policies = {
  AMPLIFY_APP_BRANCH_AUTO_DELETION_ENABLED: policy("Amplify apps drop a branch that its repository drops.", {
    [APP]: (app) => app.isTrue("enableBranchAutoDeletion"),
  }),

  AMPLIFY_APP_BUILD_SPEC_CONFIGURED: policy("Amplify apps have a build specification.", {
    [APP]: (app) => app.nonEmpty("buildSpec", 'set "buildSpec"'),
  }),

  AMPLIFY_APP_NO_ENVIRONMENT_VARIABLES: policy("Amplify apps have no environment variables.", {
    [APP]: (app) => app.absent("environmentVariables"),
  }),

  AMPLIFY_APP_PLATFORM_CHECK: policy("Amplify apps run on the platform asked for.", {
    [APP]: (app, p) => app.equals("platform", p.approvedPlatform),
  }),

  AMPLIFY_BRANCH_AUTO_BUILD_ENABLED: policy("Amplify branches are built by themselves.", {
    [BRANCH]: (branch) => branch.isTrue("enableAutoBuild"),
  }),

  AMPLIFY_BRANCH_FRAMEWORK_CONFIGURED: policy("Amplify branches name a framework that is allowed.", {
    [BRANCH]: (branch, p) =>
      all(
        branch.nonEmpty("framework", 'set "framework"'),
        given(p.approvedFrameworks, (allowed) => branch.oneOf("framework", allowed)),
      ),
  }),

  AMPLIFY_BRANCH_PERFORMANCE_MODE_ENABLED: policy("Amplify branches have performance mode.", {
    [BRANCH]: (branch) => branch.isTrue("enablePerformanceMode"),
  }),

  AMPLIFY_BRANCH_PULL_REQUEST_PREVIEW_ENABLED: policy("Amplify branches preview pull requests.", {
    [BRANCH]: (branch) => branch.isTrue("enablePullRequestPreview"),
  }),
};
