import {
  DeleteConfigurationRecorderCommand,
  DeleteDeliveryChannelCommand,
  DeleteRetentionConfigurationCommand,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeDeliveryChannelsCommand,
  DescribeRetentionConfigurationsCommand,
  MaximumExecutionFrequency,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  PutRetentionConfigurationCommand,
  RecordingFrequency,
  RecordingStrategyType,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
  type ConfigurationRecorder,
  type RecordingGroup,
  type RecordingMode,
  type ResourceType,
} from "@aws-sdk/client-config-service";
import {
  type DeliveryChannelArgs,
  type RecorderArgs,
  type RecorderStatusArgs,
  type RetentionConfigurationArgs,
} from "@pulumi/aws/cfg";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { configClient, rule } from "./cfg-rules";
import { given, member, optionalMember, toApi } from "./shapes";

type Group = NonNullable<Args<RecorderArgs>["recordingGroup"]>;
type Mode = NonNullable<Args<RecorderArgs>["recordingMode"]>;

const recorder = resourceType<RecorderArgs>({
  async create(session, { name, roleArn, recordingGroup: group, recordingMode: mode }) {
    await configClient(session).send(
      new PutConfigurationRecorderCommand({
        ConfigurationRecorder: {
          name,
          roleARN: roleArn,
          recordingGroup: group && groupToApi(group),
          recordingMode: mode && modeToApi(mode),
        },
      }),
    );
    return given(name, "a name");
  },
  async read(session, name) {
    const { ConfigurationRecorders: found = [] } = await configClient(session).send(
      new DescribeConfigurationRecordersCommand({ ConfigurationRecorderNames: [name] }),
    );
    return found[0] && recorderState(found[0]);
  },
  async delete(session, name) {
    await configClient(session).send(
      new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName: name }),
    );
  },
});

// The arrays of the Pulumi type hold at most one element each: the API has single objects there.
function groupToApi(group: Group): RecordingGroup {
  const strategy = group.recordingStrategies?.[0]?.useOnly;
  const excluded = group.exclusionByResourceTypes?.[0]?.resourceTypes;
  return {
    allSupported: group.allSupported ?? true,
    includeGlobalResourceTypes: group.includeGlobalResourceTypes,
    resourceTypes: resourceTypes(group.resourceTypes),
    exclusionByResourceTypes: excluded && { resourceTypes: resourceTypes(excluded) },
    recordingStrategy:
      strategy === undefined ? undefined : { useOnly: member(RecordingStrategyType, strategy, "useOnly") },
  };
}

function modeToApi({ recordingFrequency, recordingModeOverride: override }: Mode): RecordingMode {
  return {
    recordingFrequency: member(RecordingFrequency, recordingFrequency ?? "CONTINUOUS", "recordingFrequency"),
    recordingModeOverrides: override && [
      {
        description: override.description,
        recordingFrequency: member(RecordingFrequency, override.recordingFrequency, "recordingFrequency"),
        resourceTypes: resourceTypes(override.resourceTypes) ?? [],
      },
    ],
  };
}

// AWS adds types faster than the SDK lists them, so that the API decides.
function resourceTypes(types: readonly string[] | undefined): ResourceType[] | undefined {
  return types && toApi<ResourceType[]>(types);
}

function recorderState(found: ConfigurationRecorder): Readonly<Record<string, unknown>> {
  const { recordingGroup: group, recordingMode: mode } = found;
  const [override] = mode?.recordingModeOverrides ?? [];
  const excluded = group?.exclusionByResourceTypes?.resourceTypes ?? [];
  return {
    name: found.name,
    roleArn: found.roleARN,
    recordingGroup: group && {
      allSupported: group.allSupported,
      includeGlobalResourceTypes: group.includeGlobalResourceTypes,
      resourceTypes: group.resourceTypes ?? [],
      exclusionByResourceTypes: excluded.length > 0 ? [{ resourceTypes: excluded }] : [],
      recordingStrategies: group.recordingStrategy ? [{ useOnly: group.recordingStrategy.useOnly }] : [],
    },
    recordingMode: mode && { recordingFrequency: mode.recordingFrequency, recordingModeOverride: override },
  };
}

const deliveryChannel = resourceType<DeliveryChannelArgs>({
  async create(session, args) {
    const frequency = args.snapshotDeliveryProperties?.deliveryFrequency;
    await configClient(session).send(
      new PutDeliveryChannelCommand({
        DeliveryChannel: {
          name: args.name,
          s3BucketName: args.s3BucketName,
          s3KeyPrefix: args.s3KeyPrefix,
          s3KmsKeyArn: args.s3KmsKeyArn,
          snsTopicARN: args.snsTopicArn,
          configSnapshotDeliveryProperties:
            frequency === undefined
              ? undefined
              : {
                  deliveryFrequency: optionalMember(
                    MaximumExecutionFrequency,
                    frequency,
                    "deliveryFrequency",
                  ),
                },
        },
      }),
    );
    return given(args.name, "a name");
  },
  async read(session, name) {
    const { DeliveryChannels: [found] = [] } = await configClient(session).send(
      new DescribeDeliveryChannelsCommand({ DeliveryChannelNames: [name] }),
    );
    return (
      found && {
        name: found.name,
        s3BucketName: found.s3BucketName,
        s3KeyPrefix: found.s3KeyPrefix,
        s3KmsKeyArn: found.s3KmsKeyArn,
        snsTopicArn: found.snsTopicARN,
        snapshotDeliveryProperties: found.configSnapshotDeliveryProperties,
      }
    );
  },
  async delete(session, name) {
    await configClient(session).send(new DeleteDeliveryChannelCommand({ DeliveryChannelName: name }));
  },
});

const recorderStatus = resourceType<RecorderStatusArgs>({
  async create(session, { name, isEnabled }) {
    const ConfigurationRecorderName = given(name, "a name");
    const client = configClient(session);
    if (isEnabled) await client.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }));
    else await client.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }));
    return ConfigurationRecorderName;
  },
  async read(session, name) {
    const { ConfigurationRecordersStatus: [found] = [] } = await configClient(session).send(
      new DescribeConfigurationRecorderStatusCommand({ ConfigurationRecorderNames: [name] }),
    );
    return found && { name, isEnabled: found.recording ?? false };
  },
  async delete(session, name) {
    await configClient(session).send(
      new StopConfigurationRecorderCommand({ ConfigurationRecorderName: name }),
    );
  },
});

const retentionConfiguration = resourceType<RetentionConfigurationArgs>({
  check: ({ retentionPeriodInDays: days }) =>
    days < 30 || days > 2557
      ? [["retentionPeriodInDays", `"retentionPeriodInDays" is ${days}; it takes 30 to 2557 days.`]]
      : [],
  async create(session, { retentionPeriodInDays }) {
    const { RetentionConfiguration: created } = await configClient(session).send(
      new PutRetentionConfigurationCommand({ RetentionPeriodInDays: retentionPeriodInDays }),
    );
    return given(created?.Name, "the name of the retention configuration");
  },
  async read(session, name) {
    const { RetentionConfigurations: [found] = [] } = await configClient(session).send(
      new DescribeRetentionConfigurationsCommand({ RetentionConfigurationNames: [name] }),
    );
    return found && { name: found.Name, retentionPeriodInDays: found.RetentionPeriodInDays };
  },
  async delete(session, name) {
    await configClient(session).send(
      new DeleteRetentionConfigurationCommand({ RetentionConfigurationName: name }),
    );
  },
});

/** The resource types of AWS Config. */
export const cfg: ResourceTypes = {
  "aws:cfg/deliveryChannel:DeliveryChannel": deliveryChannel,
  "aws:cfg/recorder:Recorder": recorder,
  "aws:cfg/recorderStatus:RecorderStatus": recorderStatus,
  "aws:cfg/retentionConfiguration:RetentionConfiguration": retentionConfiguration,
  "aws:cfg/rule:Rule": rule,
};
