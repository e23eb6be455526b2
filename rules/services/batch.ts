import { policy, when } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const ENVIRONMENT = "aws:batch/computeEnvironment:ComputeEnvironment";
const QUEUE = "aws:batch/jobQueue:JobQueue";

const isManaged = (environment: Reader<ResourceArgs[typeof ENVIRONMENT]>): Outcome =>
  environment.oneOf("type", ["MANAGED"], { ignoreCase: true });

export const batch: Policies = {
  BATCH_COMPUTE_ENVIRONMENT_ENABLED: policy("Batch compute environments are enabled.", {
    [ENVIRONMENT]: (environment) => environment.oneOf("state", ["ENABLED"], { ignoreCase: true }),
  }),

  BATCH_COMPUTE_ENVIRONMENT_MANAGED: policy("Batch compute environments are managed by Batch.", {
    [ENVIRONMENT]: isManaged,
  }),

  BATCH_JOB_QUEUE_ENABLED: policy("Batch job queues are enabled.", {
    [QUEUE]: (queue) => queue.oneOf("state", ["ENABLED"], { ignoreCase: true }),
  }),

  BATCH_MANAGED_COMPUTE_ENVIRONMENT_USING_LAUNCH_TEMPLATE: policy(
    "Managed Batch compute environments start instances from a launch template.",
    {
      [ENVIRONMENT]: (environment) =>
        when(isManaged(environment), () => environment.present("computeResources.launchTemplate")),
    },
  ),
};
