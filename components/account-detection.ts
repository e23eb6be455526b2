import * as pulumi from "@pulumi/pulumi";
import { NO_INPUTS } from "./component";
import { ConfigRecorder } from "./config-recorder";
import { type CustomRuleChoices, CustomRuleSet } from "./custom-rule-set";
import { EvidenceBucket, type EvidenceBucketArgs } from "./evidence-bucket";
import type { StreamTopic } from "./notifications";
import type { RecorderChoices } from "./recorder-limits";
import { RecorderRole, type RecorderRoleArgs } from "./recorder-role";
import type { RuleChoices } from "./rule-limits";
import { RuleSet } from "./rule-set";

/** What detects in one region. */
export interface RegionalDetection {
  readonly region: string;
  readonly recorder: RecorderChoices;
  /** The suffix keeps logical names apart between regions; the home region has none. */
  readonly rules: RuleChoices & Pick<CustomRuleChoices, "customRules"> & { readonly suffix: string };
}

/** Arguments of {@link AccountDetection}. */
export interface AccountDetectionArgs {
  /** Bucket and role; `undefined` where the account's recorders are left alone. */
  readonly recording:
    { readonly evidence: EvidenceBucketArgs; readonly role: Omit<RecorderRoleArgs, "evidence"> } | undefined;
  /** One entry a region. */
  readonly regions: readonly RegionalDetection[];
  /** By region: the topic for its delivery channel; before one that `regions` names. @defaultValue none */
  readonly streams?: ReadonlyMap<string, StreamTopic> | undefined;
  /** By region: the topics that hear of events that a custom rule could not handle. @defaultValue nobody */
  readonly alarmTopicArns?: Readonly<Record<string, readonly pulumi.Input<string>[]>> | undefined;
}

/**
 * AWS Config in every region of an account: one bucket and one role for all, a recorder and the rules in each.
 *
 * @example
 * ```ts
 * const home = { region: "us-east-1", homeRegion: "us-east-1" };
 * new AccountDetection("detection", {
 *   recording: { evidence: {}, role: {} },
 *   regions: [{ region: "us-east-1", recorder: home, rules: { rules, customRules: [], suffix: "" } }],
 * });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of a part's arguments.
 */
export class AccountDetection extends pulumi.ComponentResource {
  /** Where the evidence lies; `undefined` where the account's recorders are left alone. */
  public readonly evidence: EvidenceBucket | undefined;
  /** ARN of the role that AWS Config reads the account with; `undefined` likewise. */
  public readonly roleArn: pulumi.Output<string> | undefined;
  /** By region: the recorder's name. */
  public readonly recorderNames: pulumi.Output<Readonly<Record<string, string | undefined>>>;
  /** By region and rule name: the ARN of each rule. */
  public readonly ruleArns: pulumi.Output<Readonly<Record<string, Readonly<Record<string, string>>>>>;

  public constructor(name: string, args: AccountDetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:AccountDetection", name, NO_INPUTS, opts);
    const { recording, streams, alarmTopicArns = {} } = args;
    const own = { parent: this };
    const evidence = recording && new EvidenceBucket("evidence", recording.evidence, own);
    const role =
      recording &&
      evidence &&
      new RecorderRole("recorder-role", { ...recording.role, evidence, streams }, own);

    const regions = args.regions.map(({ region, recorder: choices, rules }) => {
      const snsTopicArn = streams?.get(region)?.topicArn ?? choices.snsTopicArn;
      const recorder = new ConfigRecorder(
        `recorder-${region}`,
        { ...choices, snsTopicArn, evidence, role },
        own,
      );
      const { customRules, suffix, tags } = rules;
      const managed = new RuleSet(`rules-${region}`, { ...rules, recorder }, own);
      const custom =
        customRules.length === 0
          ? undefined
          : new CustomRuleSet(
              `custom-rules-${region}`,
              { recorder, customRules, suffix, tags, alarmTopicArns: alarmTopicArns[region] },
              own,
            );
      const ruleArns = pulumi
        .all([managed.ruleArns, custom?.ruleArns])
        .apply(([aws, ours = {}]) => ({ ...aws, ...ours }));
      return { region, recorderName: recorder.recorderName, ruleArns };
    });
    this.evidence = evidence;
    this.roleArn = role?.arn;
    this.recorderNames = pulumi.output(
      Object.fromEntries(regions.map(({ region, recorderName }) => [region, recorderName])),
    );
    this.ruleArns = pulumi.output(
      Object.fromEntries(regions.map(({ region, ruleArns }) => [region, ruleArns])),
    );
    this.registerOutputs({
      roleArn: this.roleArn,
      recorderNames: this.recorderNames,
      ruleArns: this.ruleArns,
    });
  }
}
