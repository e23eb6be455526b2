import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const task = resource("aws:datasync/task:Task");
const GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/datasync";
const logging = (logLevel: unknown): ReturnType<typeof task> =>
  task({ cloudwatchLogGroupArn: GROUP, options: { logLevel } });

export const datasync: Cases = {
  DATASYNC_LOCATION_OBJECT_STORAGE_USING_HTTPS: settingCases(
    resource("aws:datasync/locationObjectStorage:LocationObjectStorage"),
    "serverProtocol",
    { good: ["HTTPS"], bad: ["HTTP"], absent: "complies" },
  ),
  DATASYNC_TASK_DATA_VERIFICATION_ENABLED: settingCases(task, "options.verifyMode", {
    good: ["POINT_IN_TIME_CONSISTENT", "ONLY_FILES_TRANSFERRED"],
    bad: ["NONE"],
    absent: "complies",
  }),
  DATASYNC_TASK_LOGGING_ENABLED: [
    compliantCase("logs the basics", logging("BASIC")),
    compliantCase("logs every file", logging("TRANSFER"), {
      note: "AWS's page names BASIC as the default of the parameter; a task that logs more has logging enabled.",
    }),
    compliantCase("logs every file, as is asked for", logging("TRANSFER"), {
      parameters: { logLevel: "TRANSFER" },
    }),
    violatingCase("logs at another level than asked for", logging("BASIC"), {
      parameters: { logLevel: "TRANSFER" },
    }),
    violatingCase("logs nothing", logging("OFF")),
    violatingCase("names a group, and logs nothing by default", task({ cloudwatchLogGroupArn: GROUP })),
    violatingCase("has a level and no group", task({ options: { logLevel: "BASIC" } })),
    violatingCase("does not say", task({ name: "copy" })),
    undecidedCase("does not know its level yet", logging(unknown)),
    compliantCase(
      "logs to a group of the stack",
      task({ cloudwatchLogGroupArn: unknown, options: { logLevel: "BASIC" } }),
    ),
  ],
};
