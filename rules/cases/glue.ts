import { notApplicableCase, resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const job = resource("aws:glue/job:Job");
const base = { command: { scriptLocation: "s3://scripts/a.py" } };

export const glue: Cases = {
  GLUE_JOB_LOGGING_ENABLED: settingCases(job, "defaultArguments.--enable-continuous-cloudwatch-log", {
    good: ["true", true],
    bad: ["false"],
    absent: "violates",
    base,
  }),
  GLUE_SPARK_JOB_SUPPORTED_VERSION: [
    ...settingCases(job, "glueVersion", {
      good: ["4.0", "5.0"],
      bad: ["2.0", "0.9"],
      absent: "violates",
      base,
      parameters: { minimumSupportedGlueVersion: "3.0" },
    }),
    notApplicableCase(
      "is a Python job",
      job({ command: { ...base.command, name: "pythonshell" }, glueVersion: "1.0" }),
      {
        parameters: { minimumSupportedGlueVersion: "3.0" },
      },
    ),
  ],
};
