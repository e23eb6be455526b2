import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const make = resource("aws:codepipeline/pipeline:Pipeline");
const action = (category: string, region?: unknown): object => ({
  name: `${category}-${String(region)}`,
  category,
  owner: "AWS",
  provider: category === "Deploy" ? "CloudFormation" : "CodeCommit",
  version: "1",
  ...(region === undefined ? {} : { region }),
});
const pipeline = (...deploy: object[][]): ReturnType<typeof make> =>
  make({
    roleArn: "arn:aws:iam::123456789012:role/pipeline",
    stages: [
      { name: "Source", actions: [action("Source")] },
      ...deploy.map((actions, index) => ({ name: `Deploy${index + 1}`, actions })),
    ],
  });
const to = (...regions: unknown[]): object[] => regions.map((region) => action("Deploy", region));

export const codepipeline: Cases = {
  CODEPIPELINE_DEPLOYMENT_COUNT_CHECK: [
    compliantCase("deploys once first", pipeline(to("eu-west-1"), to("eu-west-2", "eu-west-3"))),
    violatingCase("deploys twice first", pipeline(to("eu-west-1", "eu-west-2"))),
    violatingCase(
      "deploys too often later",
      pipeline(to("eu-west-1"), to("eu-west-2", "eu-west-3", "us-east-1")),
      { parameters: { deploymentLimit: "2" } },
    ),
    violatingCase("deploys twice first, to regions that are not known yet", pipeline(to(unknown, unknown))),
    notApplicableCase("does not deploy", pipeline()),
    undecidedCase("has unknown stages", make({ stages: unknown })),
  ],
  CODEPIPELINE_REGION_FANOUT_CHECK: [
    compliantCase(
      "reaches three more regions in its second stage",
      pipeline(to("eu-west-1"), to("eu-west-2", "eu-west-3", "us-east-1")),
    ),
    compliantCase("deploys twice to its own region", pipeline([action("Deploy"), action("Deploy")])),
    violatingCase("reaches two regions first", pipeline(to("eu-west-1", "eu-west-2"))),
    violatingCase(
      "reaches four more regions at once",
      pipeline(to("eu-west-1"), to("eu-west-2", "eu-west-3", "us-east-1", "us-west-2")),
    ),
    violatingCase(
      "reaches more than the wanted factor",
      pipeline(to("eu-west-1"), to("eu-west-2", "eu-west-3")),
      { parameters: { regionFanoutFactor: "1" } },
    ),
    compliantCase(
      "reads its source in an unknown region",
      make({
        stages: [
          { name: "Source", actions: [action("Source", unknown)] },
          { name: "Deploy", actions: to("eu-west-1") },
        ],
      }),
    ),
    undecidedCase("reaches an unknown region", pipeline(to("eu-west-1"), to(unknown))),
  ],
};
