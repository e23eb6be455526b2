import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:machine";
const machine = resource("aws:sfn/stateMachine:StateMachine");
const logging = (level: unknown, logDestination: unknown = `${GROUP}:*`): ReturnType<typeof machine> =>
  machine({ definition: "{}", roleArn: "arn:role", loggingConfiguration: { level, logDestination } });

export const stepfunctions: Cases = {
  STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED: [
    compliantCase("logs everything", logging("ALL")),
    compliantCase("logs what is fatal", logging("FATAL")),
    compliantCase("logs more than is asked for", logging("ALL"), { parameters: { logLevel: "ERROR" } }),
    compliantCase("logs to a group that is listed", logging("ALL"), {
      parameters: { cloudWatchLogGroupArns: GROUP },
    }),
    violatingCase("logs nothing", logging("OFF")),
    violatingCase("does not say", machine({ definition: "{}", roleArn: "arn:role" })),
    violatingCase("logs less than is asked for", logging("FATAL"), { parameters: { logLevel: "ERROR" } }),
    violatingCase("logs to another group", logging("ALL"), {
      parameters: { cloudWatchLogGroupArns: `${GROUP}-2` },
    }),
    undecidedCase("gets its level from an unknown value", logging(unknown)),
    undecidedCase("logs to an unknown group where groups are listed", logging("ALL", unknown), {
      parameters: { cloudWatchLogGroupArns: GROUP },
    }),
  ],
};
