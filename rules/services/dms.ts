import {
  UNKNOWN,
  fromJson,
  isList,
  isScalar,
  isUnknown,
  policy,
  propertiesIn,
  reveal,
  toBoolean,
  undecided,
  unless,
  violation,
  when,
  compliant,
} from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs, Value } from "../engine";

const INSTANCE = "aws:dms/replicationInstance:ReplicationInstance";
const ENDPOINT = "aws:dms/endpoint:Endpoint";
const TASK = "aws:dms/replicationTask:ReplicationTask";

/** Targets that are services of AWS, which are reached over TLS without a mode. */
const WITHOUT_MODE = ["dynamodb", "elasticsearch", "kinesis", "neptune", "opensearch", "s3"];

/** What is logged at these levels is enough. */
const LEVELS = ["LOGGER_SEVERITY_DEFAULT", "LOGGER_SEVERITY_DEBUG", "LOGGER_SEVERITY_DETAILED_DEBUG"];

const SETTINGS = "replicationTaskSettings";

/** Logging is on, and each of the components logs enough; a component that is not named logs at the default level. */
function logs(task: Reader<ResourceArgs[typeof TASK]>, components: readonly string[]): Outcome {
  const reason = task.reason(SETTINGS, `turn on "Logging" in "${SETTINGS}" for ${components.join(" and ")}`);
  const root = fromJson(task.value(SETTINGS) ?? null);
  const logging = isUnknown(root) ? UNKNOWN : reveal(propertiesIn(root)["Logging"] ?? null);
  if (isUnknown(logging)) return undecided(reason);
  const enabled = reveal(propertiesIn(logging)["EnableLogging"] ?? null);
  if (isUnknown(enabled)) return undecided(reason);
  if (toBoolean(enabled) !== true) return violation(reason);
  const list = reveal(propertiesIn(logging)["LogComponents"] ?? null);
  if (isUnknown(list)) return undecided(reason);
  const levels = (isList(list) ? list : []).flatMap((item) => levelOf(item, components));
  if (levels.some((level) => isScalar(level) && !LEVELS.includes(String(level)))) return violation(reason);
  return levels.some(isUnknown) ? undecided(reason) : compliant();
}

/** The level of an entry, if it is of one of the components or may be. */
function levelOf(entry: Value, components: readonly string[]): readonly Value[] {
  const inner = reveal(entry);
  if (isUnknown(inner)) return [UNKNOWN];
  const id = reveal(propertiesIn(inner)["Id"] ?? null);
  if (isUnknown(id)) return [UNKNOWN];
  return components.some((component) => component === id)
    ? [reveal(propertiesIn(inner)["Severity"] ?? null)]
    : [];
}

export const dms: Policies = {
  DMS_AUTO_MINOR_VERSION_UPGRADE_CHECK: policy("DMS instances take minor version upgrades by themselves.", {
    [INSTANCE]: (instance) => instance.isTrue("autoMinorVersionUpgrade"),
  }),

  DMS_ENDPOINT_SSL_CONFIGURED: policy("DMS endpoints use TLS.", {
    [ENDPOINT]: (endpoint) =>
      unless(endpoint.oneOf("engineName", WITHOUT_MODE), () => endpoint.noneOf("sslMode", ["none"])),
  }),

  DMS_MONGO_DB_AUTHENTICATION_ENABLED: policy("DMS endpoints of MongoDB authenticate.", {
    [ENDPOINT]: (endpoint) =>
      when(endpoint.equals("engineName", "mongodb"), () =>
        endpoint.noneOf("mongodbSettings.authType", ["no"]),
      ),
  }),

  DMS_REDIS_TLS_ENABLED: policy("DMS endpoints of Redis use TLS.", {
    [ENDPOINT]: (endpoint) =>
      when(endpoint.equals("engineName", "redis"), () =>
        endpoint.equals("redisSettings.sslSecurityProtocol", "ssl-encryption"),
      ),
  }),

  DMS_REPLICATION_INSTANCE_MULTI_AZ_ENABLED: policy(
    "DMS instances have a standby in another Availability Zone.",
    {
      [INSTANCE]: (instance) => instance.isTrue("multiAz"),
    },
  ),

  DMS_REPLICATION_NOT_PUBLIC: policy("DMS instances are not publicly accessible.", {
    [INSTANCE]: (instance) => instance.isFalse("publiclyAccessible"),
  }),

  DMS_REPLICATION_TASK_SOURCEDB_LOGGING: policy("DMS tasks log what they read from the source.", {
    [TASK]: (task) => logs(task, ["SOURCE_CAPTURE", "SOURCE_UNLOAD"]),
  }),

  DMS_REPLICATION_TASK_TARGETDB_LOGGING: policy("DMS tasks log what they write to the target.", {
    [TASK]: (task) => logs(task, ["TARGET_APPLY", "TARGET_LOAD"]),
  }),
};
