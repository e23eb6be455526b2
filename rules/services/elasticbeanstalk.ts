import { all, check, given, policy, undecided } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { namedValue } from "../views/named-values";

const ENVIRONMENT = "aws:elasticbeanstalk/environment:Environment";

/** An option, and what its value must be. */
interface Option {
  readonly namespace: string;
  readonly name: string;
  readonly wanted: string;
  /** What Elastic Beanstalk takes where nothing sets the option. */
  readonly default: string;
}

/**
 * An option of an environment has a value. What an environment does not set, a configuration template may.
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
function option(environment: Reader<ResourceArgs[typeof ENVIRONMENT]>, wanted: Option): Outcome {
  const { namespace, name } = wanted;
  const holds = (value: string): boolean => value.toLowerCase() === wanted.wanted.toLowerCase();
  const isElsewhere = environment.read("templateName").kind !== "absent";
  return namedValue(environment, "settings", ["name", "value"], {
    name,
    within: ["namespace", namespace],
    holds,
    fix: `set the option "${name}" of "${namespace}" to "${wanted.wanted}"`,
    missing: (reason) => (isElsewhere ? undecided(reason) : check(holds(wanted.default), reason)),
  });
}

const LOGS = "aws:elasticbeanstalk:cloudwatch:logs";

export const elasticbeanstalk: Policies = {
  BEANSTALK_ENHANCED_HEALTH_REPORTING_ENABLED: policy(
    "Elastic Beanstalk environments have enhanced health reporting.",
    {
      [ENVIRONMENT]: (environment) =>
        option(environment, {
          namespace: "aws:elasticbeanstalk:healthreporting:system",
          name: "SystemType",
          wanted: "enhanced",
          default: "basic",
        }),
    },
  ),

  ELASTIC_BEANSTALK_LOGS_TO_CLOUDWATCH: policy("Elastic Beanstalk environments send logs to CloudWatch.", {
    [ENVIRONMENT]: (environment, p) =>
      all(
        option(environment, { namespace: LOGS, name: "StreamLogs", wanted: "true", default: "false" }),
        given(p.RetentionInDays, (days) =>
          option(environment, { namespace: LOGS, name: "RetentionInDays", wanted: days, default: "7" }),
        ),
        given(p.DeleteOnTerminate, (wanted) =>
          option(environment, { namespace: LOGS, name: "DeleteOnTerminate", wanted, default: "false" }),
        ),
      ),
  }),

  ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED: policy(
    "Elastic Beanstalk environments take platform updates by themselves.",
    {
      [ENVIRONMENT]: (environment, p) =>
        all(
          option(environment, {
            namespace: "aws:elasticbeanstalk:managedactions",
            name: "ManagedActionsEnabled",
            wanted: "true",
            default: "false",
          }),
          given(p.UpdateLevel, (wanted) =>
            option(environment, {
              namespace: "aws:elasticbeanstalk:managedactions:platformupdate",
              name: "UpdateLevel",
              wanted,
              default: "none",
            }),
          ),
        ),
    },
  ),
};
