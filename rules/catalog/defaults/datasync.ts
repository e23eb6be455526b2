import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

export const datasync: ServiceDefaults = {
  "aws:datasync/locationObjectStorage:LocationObjectStorage": {
    serverProtocol: aws(
      "HTTPS",
      "https://docs.aws.amazon.com/datasync/latest/userguide/API_CreateLocationObjectStorage.html",
    ),
  },
  "aws:datasync/task:Task": {
    "options.logLevel": provider("OFF"),
    "options.verifyMode": provider("POINT_IN_TIME_CONSISTENT"),
  },
};
