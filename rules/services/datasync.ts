import { all, policy } from "../engine";
import type { Policies } from "../engine";

const TASK = "aws:datasync/task:Task";

export const datasync: Policies = {
  DATASYNC_LOCATION_OBJECT_STORAGE_USING_HTTPS: policy("DataSync reaches object storage by HTTPS.", {
    "aws:datasync/locationObjectStorage:LocationObjectStorage": (location) =>
      location.equals("serverProtocol", "HTTPS"),
  }),

  DATASYNC_TASK_DATA_VERIFICATION_ENABLED: policy("DataSync tasks verify what they have transferred.", {
    [TASK]: (task) =>
      task.noneOf("options.verifyMode", ["NONE"], 'set "options.verifyMode" to "ONLY_FILES_TRANSFERRED"'),
  }),

  DATASYNC_TASK_LOGGING_ENABLED: policy("DataSync tasks log to CloudWatch.", {
    [TASK]: (task, { logLevel }) =>
      all(
        task.present("cloudwatchLogGroupArn"),
        task.oneOf("options.logLevel", logLevel === undefined ? ["BASIC", "TRANSFER"] : [logLevel]),
      ),
  }),
};
