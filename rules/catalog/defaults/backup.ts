import { aws } from "./types";
import type { ServiceDefaults } from "./types";

export const backup: ServiceDefaults = {
  "aws:backup/plan:Plan": {
    "rules.schedule": aws(
      "cron(0 5 ? * * *)",
      "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html",
    ),
  },
};
