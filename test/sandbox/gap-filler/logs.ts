import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { ACCOUNT } from "../engine/environment";
import { type JsonObject, listOf, objectOf, textOf } from "../json";
import { AwsError } from "./aws-error";
import { found, keyPolicyOf } from "./permissions";
import { decide } from "./policy";
import type { JsonCall, JsonHandler, Surroundings } from "./server";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
const FILTERS_A_GROUP = 100;
const DIMENSIONS_A_METRIC = 3;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
const KEY_ACTIONS = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"];

/**
 * Keeps what moto forgets of log groups (a changed key, one filter a name), and refuses retentions, keys and metric
 * filters that AWS refuses.
 */
export function logOperations(): Record<string, JsonHandler> {
  /** Keys that were given to a group or taken from it after it was made. */
  const keys = new Map<string, string | undefined>();
  const idOf = (call: JsonCall): string => `${call.region}/${textOf(call.body["logGroupName"])}`;
  return {
    CreateLogGroup: async (call) => {
      const key = textOf(call.body["kmsKeyId"]);
      if (key !== "") await refuseKey(call, groupOf(call), key);
      const answer = await call.forward();
      keys.delete(idOf(call));
      return answer;
    },
    DescribeLogGroups: async (call) => {
      const answer = await call.forward();
      const groups = listOf(answer["logGroups"]).map(objectOf);
      return {
        ...answer,
        logGroups: groups.map((group) => {
          const id = `${call.region}/${textOf(group["logGroupName"])}`;
          return keys.has(id) ? { ...group, kmsKeyId: keys.get(id) } : group;
        }),
      };
    },
    AssociateKmsKey: async (call) => {
      const key = textOf(call.body["kmsKeyId"]);
      await refuseNoGroup(call);
      await refuseKey(call, groupOf(call), key);
      keys.set(idOf(call), key);
      return {};
    },
    DisassociateKmsKey: async (call) => {
      await refuseNoGroup(call);
      keys.set(idOf(call), undefined);
      return {};
    },
    PutRetentionPolicy: ({ body, forward }) => {
      const days = body["retentionInDays"];
      if (typeof days === "number" && RETENTION_DAYS.includes(days)) return forward();
      const message = `Value '${String(days)}' at 'retentionInDays' must be one of ${RETENTION_DAYS.join(", ")}.`;
      throw new AwsError("InvalidParameterException", message);
    },
    PutMetricFilter: async (call) => {
      await refuseNoGroup(call);
      refuseMetric(objectOf(listOf(call.body["metricTransformations"])[0]));
      const { filterName, logGroupName } = call.body;
      const filters = await filtersOf(call, textOf(logGroupName));
      const others = filters.filter((filter) => filter["filterName"] !== filterName);
      if (others.length >= FILTERS_A_GROUP) {
        throw new AwsError("LimitExceededException", "Resource limit exceeded.");
      }
      // moto would keep both.
      if (others.length < filters.length) {
        await call.ask("Logs_20140328.DeleteMetricFilter", { filterName, logGroupName });
      }
      return call.forward();
    },
  };
}

async function filtersOf(call: JsonCall, logGroupName: string): Promise<readonly JsonObject[]> {
  const answer = await call.ask("Logs_20140328.DescribeMetricFilters", { logGroupName });
  return listOf(answer["metricFilters"]).map(objectOf);
}

async function refuseNoGroup(call: JsonCall): Promise<void> {
  const name = textOf(call.body["logGroupName"]);
  const answer = await call.ask("Logs_20140328.DescribeLogGroups", { logGroupNamePrefix: name });
  const names = listOf(answer["logGroups"]).map((group) => objectOf(group)["logGroupName"]);
  if (!names.includes(name))
    throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
}

function groupOf({ region, body }: JsonCall): string {
  return `arn:aws:logs:${region}:${ACCOUNT}:log-group:${textOf(body["logGroupName"])}`;
}

/** Refuses a key that does not exist, or whose policy does not let CloudWatch Logs use it for the group. */
async function refuseKey(call: Surroundings, group: string, key: string): Promise<void> {
  const known = await found(call.aws.kms.send(new DescribeKeyCommand({ KeyId: key })));
  const policy = known && (await keyPolicyOf(call, key));
  const isAllowed = KEY_ACTIONS.every(
    (action) =>
      policy !== undefined &&
      decide(policy, {
        principal: { service: `logs.${call.region}.amazonaws.com` },
        action,
        resource: key,
        context: { "kms:encryptioncontext:aws:logs:arn": group },
      }) === "allow",
  );
  if (isAllowed && key.startsWith("arn:")) return;
  const message = `The specified KMS Key Id could not be found or is not allowed to be used with Arn '${group}'.`;
  throw new AwsError("InvalidParameterException", message);
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html */
function refuseMetric(metric: JsonObject): void {
  const dimensions = Object.keys(objectOf(metric["dimensions"]));
  const problems = [
    ...(/^[^:*$]{1,255}$/.test(textOf(metric["metricName"])) ? [] : ["the name of a metric"]),
    ...(/^[^:*$]{1,255}$/.test(textOf(metric["metricNamespace"])) ? [] : ["the namespace of a metric"]),
    ...(textOf(metric["metricValue"]) === "" ? ["the value of a metric"] : []),
    ...(dimensions.length > DIMENSIONS_A_METRIC ? ["more than 3 dimensions"] : []),
    ...(dimensions.length > 0 && metric["defaultValue"] !== undefined
      ? ["dimensions and a default value together"]
      : []),
  ];
  if (problems.length > 0)
    throw new AwsError("InvalidParameterException", `Invalid metric transformation: ${problems.join(", ")}.`);
}
