import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { STACK_TAG, stackTagValue } from "./documents/stack-tag";
import { accountAdministers, type PolicyStatement, policyText } from "./documents/statement";
import { plainStem } from "./physical-names";

/** Arguments of {@link CustomerKey}. */
export interface CustomerKeyArgs {
  /** What the key encrypts, for the people who see it in the console. */
  readonly description: string;
  /** Region of the key. @defaultValue the provider's region */
  readonly region?: string | undefined;
  /** Statements of the key policy beside the account's own right to administer the key. */
  readonly allow: (account: KeyAccount) => pulumi.Input<readonly PolicyStatement[]>;
  /** `true`: the key survives the program, because what it encrypts does. */
  readonly retain: boolean;
  /** Beginning of the alias, before a hyphen: letters, digits, hyphens or underscores. @defaultValue project and stack */
  readonly aliasPrefix?: string | undefined;
  /** Tags of the key, beside the one that names its stack. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Where a key belongs to. */
export interface KeyAccount {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** The longest waiting period that KMS knows: a deleted key makes everything under it unreadable. */
const KEY_DELETION_DAYS = 30;

/**
 * A KMS key of this account with yearly rotation, an alias, and a tag that names project and stack.
 *
 * @example
 * ```ts
 * const key = new CustomerKey("reports", { description: "Encrypts reports.", retain: true, allow: () => [] });
 * ```
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export class CustomerKey extends pulumi.ComponentResource {
  /** ARN of the key. */
  public readonly arn: pulumi.Output<string>;

  public constructor(name: string, args: CustomerKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:CustomerKey", name, NO_INPUTS, opts);
    const { description, allow, retain, tags, aliasPrefix = plainStem(pulumi.getStack()) } = args;
    const place = args.region === undefined ? {} : { region: args.region };
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const region = args.region ?? aws.getRegionOutput({}, { parent: this }).region;
    const account = pulumi
      .all([partition, accountId, region])
      .apply(([inPartition, id, inRegion]) => ({ partition: inPartition, account: id, region: inRegion }));

    const key = new aws.kms.Key(
      name,
      {
        description,
        enableKeyRotation: true,
        deletionWindowInDays: KEY_DELETION_DAYS,
        policy: account.apply((facts) =>
          pulumi
            .output<readonly PolicyStatement[]>(allow(facts))
            .apply((allowed) => policyText([accountAdministers(facts), ...allowed])),
        ),
        ...place,
        tags: { ...tags, [STACK_TAG]: stackTagValue(pulumi.getProject(), pulumi.getStack()) },
      },
      { parent: this, retainOnDelete: retain },
    );
    // The alias goes with the program even when the key stays, so that the next program can have the name.
    const alias = `alias/${aliasPrefix}-${name}`;
    new aws.kms.Alias(name, { name: alias, targetKeyId: key.keyId, ...place }, { parent: this });
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
