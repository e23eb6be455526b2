import { policy, when } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const BROKER = "aws:mq/broker:Broker";

type Broker = Reader<ResourceArgs[typeof BROKER]>;

const runs = (broker: Broker, engine: "ActiveMQ" | "RabbitMQ"): Outcome =>
  broker.oneOf("engineType", [engine], { ignoreCase: true });

/** Not the mode of a single instance, which is the default. */
const isReplicated =
  (engine: "ActiveMQ" | "RabbitMQ", mode: string) =>
  (broker: Broker): Outcome =>
    when(runs(broker, engine), () =>
      broker.noneOf("deploymentMode", ["SINGLE_INSTANCE"], `set "deploymentMode" to "${mode}"`),
    );

/** RabbitMQ has no audit log. */
const auditIsLogged = (broker: Broker): Outcome =>
  when(runs(broker, "ActiveMQ"), () => broker.isTrue("logs.audit"));

const upgradesItself = (broker: Broker): Outcome => broker.isTrue("autoMinorVersionUpgrade");

export const mq: Policies = {
  MQ_ACTIVE_BROKER_LDAP_AUTHENTICATION: policy("ActiveMQ brokers authenticate by LDAP.", {
    [BROKER]: (broker) =>
      when(runs(broker, "ActiveMQ"), () =>
        broker.oneOf("authenticationStrategy", ["ldap"], { ignoreCase: true }),
      ),
  }),

  MQ_ACTIVE_DEPLOYMENT_MODE: policy("ActiveMQ brokers have a standby in another zone.", {
    [BROKER]: isReplicated("ActiveMQ", "ACTIVE_STANDBY_MULTI_AZ"),
  }),

  MQ_ACTIVE_SINGLE_INSTANCE_BROKER_STORAGE_TYPE_EFS: policy(
    "ActiveMQ brokers of a single instance keep messages in EFS.",
    {
      [BROKER]: (broker) =>
        when(runs(broker, "ActiveMQ"), () =>
          when(broker.oneOf("deploymentMode", ["SINGLE_INSTANCE"], { ignoreCase: true }), () =>
            broker.oneOf("storageType", ["efs"], { ignoreCase: true }),
          ),
        ),
    },
  ),

  MQ_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED: policy("Brokers take minor versions by themselves.", {
    [BROKER]: upgradesItself,
  }),

  MQ_AUTO_MINOR_VERSION_UPGRADE_ENABLED: policy("Brokers take minor versions by themselves.", {
    [BROKER]: upgradesItself,
  }),

  MQ_BROKER_GENERAL_LOGGING_ENABLED: policy("Brokers send their general log to CloudWatch.", {
    [BROKER]: (broker) => broker.isTrue("logs.general"),
  }),

  MQ_CLOUDWATCH_AUDIT_LOGGING_ENABLED: policy("ActiveMQ brokers send their audit log to CloudWatch.", {
    [BROKER]: auditIsLogged,
  }),

  MQ_CLOUDWATCH_AUDIT_LOG_ENABLED: policy("ActiveMQ brokers send their audit log to CloudWatch.", {
    [BROKER]: auditIsLogged,
  }),

  MQ_NO_PUBLIC_ACCESS: policy("Brokers cannot be reached from the internet.", {
    [BROKER]: (broker) => broker.isFalse("publiclyAccessible"),
  }),

  MQ_RABBIT_DEPLOYMENT_MODE: policy("RabbitMQ brokers are clusters over several zones.", {
    [BROKER]: isReplicated("RabbitMQ", "CLUSTER_MULTI_AZ"),
  }),
};
