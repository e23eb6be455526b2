import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import type { BuildPlace, BuildProject } from "./build-project";
import { NO_INPUTS } from "./component";
import { eventsTrust, pipelineArn, startPermissions } from "./documents/pipeline";
import { metricsRuleName, pipelineName } from "./pipeline-names";
import type { StackTarget } from "./pipeline-stages";
import { ServiceRole } from "./service-role";

/** Arguments of {@link PipelineEvents}. */
export interface PipelineEventsArgs {
  readonly place: BuildPlace;
  /** Beginning of all names. */
  readonly prefix: string;
  /** The pipeline that is started, and watched. */
  readonly pipeline: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Output<string> };
  /** The events of the source; `undefined` where the pipeline has triggers of its own. */
  readonly sourcePattern: pulumi.Output<string> | undefined;
  /** The scheduled verification; `undefined` without one. */
  readonly metrics:
    | {
        readonly project: BuildProject;
        readonly schedule: string;
        readonly targets: ReadonlyMap<string, StackTarget>;
      }
    | undefined;
  /** Topic that hears of failures; `undefined` where nobody does. */
  readonly alertsTopicArn: pulumi.Input<string> | undefined;
  /** Topic for chat channels that hears of the same; `undefined` where there are none. */
  readonly chatTopicArn: pulumi.Input<string> | undefined;
}

/**
 * What starts the pipeline and its scheduled verification, and who hears when one of them fails.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html
 */
export class PipelineEvents extends pulumi.ComponentResource {
  public constructor(name: string, args: PipelineEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:PipelineEvents", name, NO_INPUTS, opts);
    const { sourcePattern, metrics, alertsTopicArn, chatTopicArn } = args;
    if (sourcePattern !== undefined) this.startOnSource(name, sourcePattern, args);
    if (metrics !== undefined) this.verifyOnSchedule(name, metrics, args);
    if (alertsTopicArn !== undefined || chatTopicArn !== undefined) this.tellOfFailures(name, args);
    this.registerOutputs({});
  }

  private startOnSource(name: string, pattern: pulumi.Output<string>, args: PipelineEventsArgs): void {
    const { pipeline, prefix } = args;
    const ruleName = `${prefix}-source`;
    const rule = this.rule(`${name}-source`, ruleName, args, {
      description: "Starts the pipeline when its source changes.",
      eventPattern: pattern,
    });
    const role = this.starter(`${name}-source`, "source", [ruleName], args, {
      action: "codepipeline:StartPipelineExecution",
      // Not the resource's own, so that the policy is known before the pipeline exists.
      arn: args.place.location.apply((here) => pipelineArn(here, pipelineName(prefix))),
    });
    this.target(`${name}-source`, rule, args, { arn: pipeline.arn, roleArn: role });
  }

  /** A stack each: a rule has room for five targets only. */
  private verifyOnSchedule(
    name: string,
    { project, schedule, targets }: NonNullable<PipelineEventsArgs["metrics"]>,
    args: PipelineEventsArgs,
  ): void {
    const ruleOf = (stack: string): string => metricsRuleName(args.prefix, stack);
    // A pattern, because the rules of many stacks do not fit into the 2,048 characters of a trust policy.
    const role = this.starter(`${name}-schedule`, "schedule", [ruleOf("*")], args, {
      action: "codebuild:StartBuild",
      arn: project.arn,
    });
    for (const [stack, target] of targets) {
      const rule = this.rule(`${name}-metrics-${stack}`, ruleOf(stack), args, {
        description: `Publishes the compliance metrics of ${stack}.`,
        scheduleExpression: schedule,
      });
      const input = pulumi.output(target.roleArns.verify).apply((verifyRoleArn) => {
        const variables = { COMPLIANCE_STACK: target.fullName, COMPLIANCE_ROLE_ARN: verifyRoleArn };
        const environmentVariablesOverride = Object.entries(variables).map(([variable, value]) => ({
          name: variable,
          value,
          type: "PLAINTEXT",
        }));
        return JSON.stringify({ environmentVariablesOverride });
      });
      this.target(`${name}-metrics-${stack}`, rule, args, { arn: project.arn, roleArn: role, input });
    }
  }

  private tellOfFailures(name: string, args: PipelineEventsArgs): void {
    const { pipeline, metrics, prefix } = args;
    const failed = this.rule(`${name}-failed`, `${prefix}-pipeline-failed`, args, {
      description: "Tells that an execution of the pipeline failed.",
      eventPattern: pulumi.output(pipeline.name).apply((watched) =>
        JSON.stringify({
          source: ["aws.codepipeline"],
          "detail-type": ["CodePipeline Pipeline Execution State Change"],
          detail: { pipeline: [watched], state: ["FAILED"] },
        }),
      ),
    });
    this.tell(`${name}-failed`, failed, args, {
      inputPaths: {
        pipeline: "$.detail.pipeline",
        execution: "$.detail.execution-id",
        account: "$.account",
        region: "$.region",
      },
      inputTemplate: text(
        "The pipeline <pipeline> in account <account>, <region>, failed: nothing after the failed stage was delivered.",
        "Execution <execution>. Open it in CodePipeline and read the report of the failed action.",
      ),
    });
    if (metrics === undefined) return;
    const unverified = this.rule(`${name}-unverified`, `${prefix}-verify-failed`, args, {
      description: "Tells that a scheduled verification failed.",
      eventPattern: metrics.project.projectName.apply((projectName) =>
        JSON.stringify({
          source: ["aws.codebuild"],
          "detail-type": ["CodeBuild Build State Change"],
          detail: { "project-name": [projectName], "build-status": ["FAILED", "FAULT", "TIMED_OUT"] },
        }),
      ),
    });
    this.tell(`${name}-unverified`, unverified, args, {
      inputPaths: { build: "$.detail.build-id", account: "$.account", region: "$.region" },
      inputTemplate: text(
        "A scheduled verification in account <account>, <region>, could not finish: the compliance metrics are out of date.",
        "Build <build>. Its log says why.",
      ),
    });
  }

  /** People get text; the chat understands events of CodePipeline and CodeBuild as they are. */
  private tell(
    name: string,
    rule: aws.cloudwatch.EventRule,
    args: PipelineEventsArgs,
    inputTransformer: { readonly inputPaths: Record<string, string>; readonly inputTemplate: string },
  ): void {
    const { alertsTopicArn, chatTopicArn } = args;
    if (alertsTopicArn !== undefined)
      this.target(name, rule, args, { arn: alertsTopicArn, inputTransformer });
    if (chatTopicArn !== undefined) this.target(`${name}-chat`, rule, args, { arn: chatTopicArn }, "chat");
  }

  private starter(
    name: string,
    suffix: string,
    ruleNames: readonly string[],
    { place, prefix }: PipelineEventsArgs,
    start: { readonly action: string; readonly arn: pulumi.Output<string> },
  ): pulumi.Output<string> {
    return new ServiceRole(
      name,
      {
        roleName: `${prefix}-${suffix}`,
        description: "EventBridge starts what belongs to the pipeline with this role.",
        trust: place.location.apply((here) => [eventsTrust(here, ruleNames)]),
        permissions: start.arn.apply((arn) => startPermissions(start.action, [arn])),
        permissionsBoundary: place.permissionsBoundary,
        tags: place.tags,
      },
      { parent: this },
    ).arn;
  }

  private rule(
    name: string,
    ruleName: string,
    { place }: PipelineEventsArgs,
    what: Pick<aws.cloudwatch.EventRuleArgs, "description" | "eventPattern" | "scheduleExpression">,
  ): aws.cloudwatch.EventRule {
    const tags = place.tags === undefined ? {} : { tags: place.tags };
    return new aws.cloudwatch.EventRule(
      name,
      { name: ruleName, region: place.region, state: "ENABLED", ...what, ...tags },
      { parent: this },
    );
  }

  private target(
    name: string,
    rule: aws.cloudwatch.EventRule,
    { place }: PipelineEventsArgs,
    target: Pick<aws.cloudwatch.EventTargetArgs, "arn" | "roleArn" | "input" | "inputTransformer">,
    targetId = "target",
  ): void {
    new aws.cloudwatch.EventTarget(
      name,
      { rule: rule.name, region: place.region, targetId, ...target },
      { parent: this },
    );
  }
}

/** A template whose lines are read as they are. */
const text = (...lines: readonly string[]): string => lines.map((line) => JSON.stringify(line)).join("\n");
