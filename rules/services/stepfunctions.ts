import { all, given, policy } from "../engine";
import type { Policies } from "../engine";

/** From none to all. */
const LEVELS = ["OFF", "FATAL", "ERROR", "ALL"];

/** The levels that log at least as much as one; any level that logs something without one. */
const levelsFrom = (minimum = "FATAL"): readonly string[] =>
  LEVELS.slice(Math.max(1, LEVELS.indexOf(minimum.toUpperCase())));

export const stepfunctions: Policies = {
  STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED: policy("State machines log their executions.", {
    "aws:sfn/stateMachine:StateMachine": (machine, p) =>
      all(
        machine.oneOf("loggingConfiguration.level", levelsFrom(p.logLevel)),
        given(p.cloudWatchLogGroupArns, (arns) =>
          machine.oneOf(
            "loggingConfiguration.logDestination",
            arns.flatMap((arn) => [arn.replace(/:\*$/, ""), `${arn.replace(/:\*$/, "")}:*`]),
          ),
        ),
      ),
  }),
};
