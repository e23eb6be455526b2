import { given, policy, toBoolean, when } from "../engine";
import type { Policies, Reader } from "../engine";
import { versionAtLeast } from "../views/versions";

const JOB = "aws:glue/job:Job";

const LOG_ARGUMENT = "defaultArguments.--enable-continuous-cloudwatch-log";

export const glue: Policies = {
  GLUE_JOB_LOGGING_ENABLED: policy("Glue jobs log to CloudWatch all the time.", {
    [JOB]: (job) =>
      (job as Reader<unknown> as Reader<{ defaultArguments?: Readonly<Record<string, string>> }>).test(
        LOG_ARGUMENT,
        (value) => toBoolean(value) === true,
        'set "--enable-continuous-cloudwatch-log" to "true" in "defaultArguments"',
      ),
  }),

  GLUE_SPARK_JOB_SUPPORTED_VERSION: policy("Spark jobs of Glue run on a supported version.", {
    [JOB]: (job, { minimumSupportedGlueVersion }) =>
      given(minimumSupportedGlueVersion, (minimum) =>
        when(job.oneOf("command.name", ["glueetl", "gluestreaming"]), () =>
          versionAtLeast(job, "glueVersion", minimum),
        ),
      ),
  }),
};
