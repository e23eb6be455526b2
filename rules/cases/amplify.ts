import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const app = resource("aws:amplify/app:App");
const branch = resource("aws:amplify/branch:Branch");
const onlyTrue = { good: [true], bad: [false], absent: "violates" } as const;

export const amplify: Cases = {
  AMPLIFY_APP_BRANCH_AUTO_DELETION_ENABLED: settingCases(app, "enableBranchAutoDeletion", onlyTrue),
  AMPLIFY_APP_BUILD_SPEC_CONFIGURED: settingCases(app, "buildSpec", {
    good: ["version: 1"],
    bad: [""],
    absent: "violates",
  }),
  AMPLIFY_APP_NO_ENVIRONMENT_VARIABLES: [
    compliantCase("has none", app({ name: "shop" })),
    compliantCase("has an empty map", app({ environmentVariables: {} })),
    violatingCase("has one", app({ environmentVariables: { STAGE: "prod" } })),
    undecidedCase("does not know them yet", app({ environmentVariables: unknown })),
  ],
  AMPLIFY_APP_PLATFORM_CHECK: settingCases(app, "platform", {
    good: ["WEB"],
    bad: ["WEB_COMPUTE"],
    absent: "complies",
    parameters: { approvedPlatform: "WEB" },
  }),
  AMPLIFY_BRANCH_AUTO_BUILD_ENABLED: settingCases(branch, "enableAutoBuild", {
    ...onlyTrue,
    absent: "complies",
  }),
  AMPLIFY_BRANCH_FRAMEWORK_CONFIGURED: [
    ...settingCases(branch, "framework", { good: ["React"], bad: [""], absent: "violates" }),
    compliantCase("names one that is allowed", branch({ framework: "Next.js - SSR" }), {
      parameters: { approvedFrameworks: "React,Next.js - SSR" },
    }),
    violatingCase("names one that is not allowed", branch({ framework: "Vue" }), {
      parameters: { approvedFrameworks: "React,Next.js - SSR" },
    }),
  ],
  AMPLIFY_BRANCH_PERFORMANCE_MODE_ENABLED: settingCases(branch, "enablePerformanceMode", onlyTrue),
  AMPLIFY_BRANCH_PULL_REQUEST_PREVIEW_ENABLED: settingCases(branch, "enablePullRequestPreview", onlyTrue),
};
