import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import type { EvidenceBucket } from "./evidence-bucket";
import { type Problem, refuse } from "./problems";
import { type RecorderChoices, recorderProblems } from "./recorder-limits";
import type { RecorderRole } from "./recorder-role";
import { homeRegionWarnings, recordingGroup, recordingMode, recordingWarnings } from "./recording";

/** Arguments of {@link ConfigRecorder}. */
export interface ConfigRecorderArgs extends Omit<RecorderChoices, "snsTopicArn"> {
  /** ARN of the SNS topic for changes and deliveries, in the same region. @defaultValue none */
  readonly snsTopicArn?: pulumi.Input<string> | undefined;
  /** Where history and snapshots are delivered. Required unless `mode` is `"existing"`. */
  readonly evidence?: EvidenceBucket | undefined;
  /** The role that AWS Config reads the account with. Required unless `mode` is `"existing"`. */
  readonly role?: RecorderRole | undefined;
}

/**
 * AWS Config in one region: recorder, delivery channel, recording status and retention, in the order that AWS
 * demands. AWS allows one recorder and one channel a region, so each is deleted before it is replaced and has an
 * explicit name.
 *
 * @example
 * ```ts
 * const recorder = new ConfigRecorder("recorder-us-east-1", {
 *   region: "us-east-1",
 *   homeRegion: "us-east-1",
 *   evidence,
 *   role,
 *   strategy: { exclude: ["AWS::EC2::NetworkInterface"] },
 * });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
 */
export class ConfigRecorder extends pulumi.ComponentResource {
  /** Region of the recorder. */
  public readonly region: string;
  /** Physical name of the recorder; `undefined` when it is left alone. */
  public readonly recorderName: pulumi.Output<string> | undefined;
  /** What rules must wait for; `undefined` when the recorder is left alone. */
  public readonly status: aws.cfg.RecorderStatus | undefined;

  public constructor(name: string, args: ConfigRecorderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:ConfigRecorder", name, NO_INPUTS, opts);
    const { evidence, role, mode = "create" } = args;
    refuse(this, `ConfigRecorder "${name}"`, [
      ...recorderProblems(plainChoices(args)),
      ...missingProblems(args),
    ]);
    this.region = args.region;
    if (mode !== "existing" && evidence !== undefined && role !== undefined) {
      this.status = this.record(name, args, { evidence, role });
      this.recorderName = this.status.name;
    }
    this.registerOutputs({ region: this.region, recorderName: this.recorderName });
  }

  private record(
    name: string,
    args: ConfigRecorderArgs,
    { evidence, role }: { readonly evidence: EvidenceBucket; readonly role: RecorderRole },
  ): aws.cfg.RecorderStatus {
    const { region, strategy = "all", recordingMode: mode = {}, recording = true } = args;
    const { snapshotFrequency = "TwentyFour_Hours", snsTopicArn } = args;
    const adopted = args.mode === "adopt";
    const { recorderName = adopted ? "default" : "aws-config-recorder" } = args;
    const { channelName = recorderName } = args;
    const { retentionDays = adopted ? undefined : 2557 } = args;

    const choice = { strategy, mode, isHomeRegion: region === args.homeRegion };
    const warnings = [
      ...recordingWarnings(choice),
      ...(choice.isHomeRegion ? homeRegionWarnings(region) : []),
    ];
    for (const warning of warnings) void pulumi.log.warn(warning, this);

    const options = { parent: this, deleteBeforeReplace: true, retainOnDelete: adopted };
    // The provider takes the region of an import from the part of the id after the "@".
    const adopt = (physicalName: string) => (adopted ? { import: `${physicalName}@${region}` } : {});

    const recorder = new aws.cfg.Recorder(
      name,
      {
        name: recorderName,
        region,
        roleArn: role.arn,
        recordingGroup: recordingGroup(choice),
        recordingMode: recordingMode(choice),
      },
      { ...options, ...adopt(recorderName), dependsOn: [role] },
    );
    const channel = new aws.cfg.DeliveryChannel(
      name,
      {
        name: channelName,
        region,
        s3BucketName: evidence.bucketName,
        ...(evidence.prefix === undefined ? {} : { s3KeyPrefix: evidence.prefix }),
        ...(evidence.kmsKeyArn === undefined ? {} : { s3KmsKeyArn: evidence.kmsKeyArn }),
        ...(snsTopicArn === undefined ? {} : { snsTopicArn }),
        snapshotDeliveryProperties: { deliveryFrequency: snapshotFrequency },
      },
      // AWS Config tests bucket, policy and key when the channel is made.
      { ...options, ...adopt(channelName), dependsOn: [recorder, evidence] },
    );
    if (retentionDays !== undefined) {
      const retention = { region, retentionPeriodInDays: retentionDays };
      new aws.cfg.RetentionConfiguration(name, retention, { ...options, dependsOn: [recorder] });
    }
    // Starting a recorder that runs changes nothing, so an adopted one needs no import.
    return new aws.cfg.RecorderStatus(
      name,
      { name: recorder.name, region, isEnabled: recording },
      { ...options, dependsOn: [channel] },
    );
  }
}

/** A topic that is made in the same run has the right region by construction, and no ARN yet. */
function plainChoices({ snsTopicArn, ...choices }: ConfigRecorderArgs): RecorderChoices {
  return typeof snsTopicArn === "string" ? { ...choices, snsTopicArn } : choices;
}

function missingProblems({ mode, evidence, role }: ConfigRecorderArgs): readonly Problem[] {
  if (mode === "existing") return [];
  const problems: Problem[] = [];
  const fix = 'pass it, or write "existing" as "mode"';
  if (evidence === undefined) {
    problems.push({ path: "evidence", message: `A recorder needs a bucket to deliver to; ${fix}.` });
  }
  if (role === undefined) problems.push({ path: "role", message: `A recorder needs a role; ${fix}.` });
  return problems;
}
