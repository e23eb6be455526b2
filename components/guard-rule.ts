import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import type { ConfigRecorder } from "./config-recorder";
import { CHANGE_MESSAGES, scopeInputs } from "./custom-rule-limits";
import { type GuardRuleChoices, guardRuleProblems, policyFile } from "./guard-rule-limits";
import { refuse } from "./problems";

/** Arguments of {@link GuardRule}. */
export interface GuardRuleArgs extends GuardRuleChoices {
  /** The recorder whose region the rule belongs to and whose start it waits for. */
  readonly recorder: Pick<ConfigRecorder, "region" | "status">;
}

/** The only one that AWS Config has. */
const RUNTIME = "guard-2.x.x";

/**
 * A rule whose policy in Guard AWS Config evaluates itself, at each change of a resource. It knows no schedule.
 *
 * @example
 * ```ts
 * new GuardRule("dynamodb-table-key-accessible", {
 *   recorder,
 *   name: "dynamodb-table-key-accessible",
 *   policy: "rules/guard/dynamodb-table-key-accessible.guard",
 *   resourceTypes: ["AWS::DynamoDB::Table"],
 *   detectOnly: "a table loses its key by a change of the key",
 * });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_cfn-guard.html
 */
export class GuardRule extends pulumi.ComponentResource {
  /** ARN of the rule. */
  public readonly ruleArn: pulumi.Output<string>;

  public constructor(name: string, args: GuardRuleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:GuardRule", name, NO_INPUTS, opts);
    const { recorder, description, policy, resourceTypes, scope = {}, parameters = {}, tags } = args;
    const { region, status } = recorder;
    const file = policyFile(policy);
    refuse(this, `GuardRule "${name}"`, guardRuleProblems({ ...args, region }, file));

    const rule = new aws.cfg.Rule(
      name,
      {
        name: args.name,
        region,
        ...(description === undefined ? {} : { description }),
        source: {
          owner: "CUSTOM_POLICY",
          sourceDetails: CHANGE_MESSAGES.map((messageType) => ({ messageType })),
          customPolicyDetails: {
            policyRuntime: RUNTIME,
            policyText: file.ok ? file.text : "",
            enableDebugLogDelivery: args.debugLog ?? false,
          },
        },
        scope: scopeInputs(scope, resourceTypes),
        ...(Object.keys(parameters).length === 0 ? {} : { inputParameters: JSON.stringify(parameters) }),
        ...(tags === undefined ? {} : { tags }),
      },
      { parent: this, deleteBeforeReplace: true, dependsOn: status === undefined ? [] : [status] },
    );
    this.ruleArn = rule.arn;
    this.registerOutputs({ ruleArn: this.ruleArn });
  }
}
