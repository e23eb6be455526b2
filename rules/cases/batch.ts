import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const environment = resource("aws:batch/computeEnvironment:ComputeEnvironment");
const queue = resource("aws:batch/jobQueue:JobQueue");
const managed = (more: object): ReturnType<typeof environment> =>
  environment({ type: "MANAGED", computeResources: { type: "EC2", maxVcpus: 4, ...more } });
const state = { good: ["ENABLED"], bad: ["DISABLED"] } as const;

export const batch: Cases = {
  BATCH_COMPUTE_ENVIRONMENT_ENABLED: settingCases(environment, "state", { ...state, absent: "complies" }),
  BATCH_COMPUTE_ENVIRONMENT_MANAGED: settingCases(environment, "type", {
    good: ["MANAGED"],
    bad: ["UNMANAGED"],
    absent: "violates",
  }),
  BATCH_JOB_QUEUE_ENABLED: settingCases(queue, "state", { ...state, absent: "violates" }),
  BATCH_MANAGED_COMPUTE_ENVIRONMENT_USING_LAUNCH_TEMPLATE: [
    compliantCase("starts from a template", managed({ launchTemplate: { launchTemplateId: "lt-1" } })),
    compliantCase("starts from a template of the stack", managed({ launchTemplate: unknown })),
    violatingCase("has no template", managed({})),
    violatingCase("has no resources", environment({ type: "managed" })),
    undecidedCase(
      "does not know its resources yet",
      environment({ type: "MANAGED", computeResources: unknown }),
    ),
    notApplicableCase("is managed by its owner", environment({ type: "UNMANAGED" })),
  ],
};
