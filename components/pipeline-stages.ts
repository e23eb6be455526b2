import * as pulumi from "@pulumi/pulumi";
import type { DeliveredStack, Wave } from "./pipeline-choices";
import { artifactName, DELIVERED_SOURCE, type TargetRole } from "./pipeline-names";
import { type PipelineSource, SOURCE_ACTION } from "./pipeline-source";

/** An action as CodePipeline takes it. */
export interface Action {
  readonly name: string;
  readonly category: "Source" | "Build" | "Test" | "Deploy" | "Approval";
  readonly owner: "AWS";
  readonly provider: string;
  readonly version: "1";
  readonly runOrder: number;
  readonly configuration: Readonly<Record<string, pulumi.Input<string>>>;
  readonly inputArtifacts?: string[];
  readonly outputArtifacts?: string[];
  readonly namespace?: string;
  readonly timeoutInMinutes?: number;
}

/** A stage as CodePipeline takes it. */
export interface Stage {
  readonly name: string;
  readonly actions: Action[];
}

/** What the stages are made of. */
export interface StageFacts {
  readonly source: Pick<PipelineSource, "provider" | "configuration">;
  /** Names of the projects that there are. */
  readonly projects: {
    readonly build: pulumi.Input<string>;
    readonly selfUpdate: pulumi.Input<string> | undefined;
    readonly publish: pulumi.Input<string> | undefined;
    readonly preview: pulumi.Input<string>;
    readonly deploy: pulumi.Input<string>;
    readonly verify: pulumi.Input<string> | undefined;
  };
  readonly waves: readonly Wave[];
  /** By stack: its full name, and the roles to assume there. */
  readonly targets: ReadonlyMap<string, StackTarget>;
  /** Minutes that an approval waits; `undefined` without approval. */
  readonly approvalMinutes: number | undefined;
  /** Name of the bucket that keeps the delivered source; `undefined` when nobody needs it. */
  readonly keepIn: pulumi.Input<string> | undefined;
}

/** How a stack is reached. */
export interface StackTarget {
  /** `ORGANISATION/PROJECT/STACK`. */
  readonly fullName: string;
  readonly roleArns: Readonly<Record<TargetRole, pulumi.Input<string>>>;
  /** A pattern for all of them. */
  readonly anyRoleArn: pulumi.Input<string>;
}

const SOURCE_ARTIFACT = "source";
/** Two summaries of 400 characters fit into the 1,000 of a message. */
const MOST_SUMMARIES = 2;

/**
 * The stages of a pipeline: Source, Build, Preview, Approve, Self-update, and for each wave Deploy and Verify. A stage
 * that fails ends the execution, so that no wave begins before the one before it is deployed and complies. Nothing before
 * Approve can change anything, the pipeline itself included: else a commit could take the approval out.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
 */
export function pipelineStages(facts: StageFacts): Stage[] {
  const { projects, waves, approvalMinutes } = facts;
  const stacks = waves.flatMap((wave) => wave.stacks);
  const several = waves.length > 1;
  return [
    { name: "Source", actions: [sourceAction(facts)] },
    { name: "Build", actions: buildActions(projects) },
    { name: "Preview", actions: stacks.map((stack) => previewAction(facts, stack)) },
    ...(approvalMinutes === undefined
      ? []
      : [{ name: "Approve", actions: [approval(stacks, approvalMinutes)] }]),
    ...selfUpdateStage(projects.selfUpdate),
    ...waves.flatMap((wave, index) => {
      const suffix = several ? `-${index + 1}` : "";
      const isLast = index === waves.length - 1;
      const deploy = wave.stacks.map((stack) => deployAction(facts, stack));
      return [
        { name: `Deploy${suffix}`, actions: [...deploy, ...(isLast ? keepSource(facts.keepIn) : [])] },
        ...verifyStages(facts, wave, `Verify${suffix}`),
      ];
    }),
  ];
}

function sourceAction({ source }: StageFacts): Action {
  return {
    name: SOURCE_ACTION,
    category: "Source",
    owner: "AWS",
    provider: source.provider,
    version: "1",
    runOrder: 1,
    namespace: "SourceVariables",
    configuration: source.configuration,
    outputArtifacts: [SOURCE_ARTIFACT],
  };
}

/** Tests first, then the pack. */
function buildActions({ build, publish }: StageFacts["projects"]): Action[] {
  return [
    codeBuild("Build", "Build", build, 1, {}),
    ...(publish === undefined ? [] : [codeBuild("Publish", "Build", publish, 2, {})]),
  ];
}

/** The pipeline's own stack. When that changes the pipeline, a new execution begins, which is previewed and approved anew. */
function selfUpdateStage(project: StageFacts["projects"]["selfUpdate"]): Stage[] {
  if (project === undefined) return [];
  const execution = { COMPLIANCE_EXECUTION_ID: "#{codepipeline.PipelineExecutionId}" };
  return [{ name: "Self-update", actions: [codeBuild("Self-update", "Build", project, 1, execution)] }];
}

function previewAction(facts: StageFacts, stack: DeliveredStack): Action {
  const target = targetOf(facts, stack);
  return {
    ...codeBuild(stack.stack, "Build", facts.projects.preview, 1, {
      COMPLIANCE_STACK: target.fullName,
      COMPLIANCE_ROLE_ARN: target.roleArns.preview,
    }),
    outputArtifacts: [artifactName(stack)],
    namespace: artifactName(stack),
  };
}

function approval(stacks: readonly DeliveredStack[], timeoutInMinutes: number): Action {
  const variable = (stack: DeliveredStack, name: string): string => `#{${artifactName(stack)}.${name}}`;
  const [first] = stacks;
  const message =
    stacks.length <= MOST_SUMMARIES
      ? stacks.map((stack) => variable(stack, "COMPLIANCE_SUMMARY")).join(" ")
      : `${stacks.length} stacks were previewed. Open each build of the stage Preview and read its summary.`;
  return {
    name: "Approve",
    category: "Approval",
    owner: "AWS",
    provider: "Manual",
    version: "1",
    runOrder: 1,
    timeoutInMinutes,
    configuration: {
      CustomData: message,
      ...(first === undefined ? {} : { ExternalEntityLink: variable(first, "COMPLIANCE_LINK") }),
    },
  };
}

function deployAction(facts: StageFacts, stack: DeliveredStack): Action {
  const target = targetOf(facts, stack);
  const action = codeBuild(stack.stack, "Build", facts.projects.deploy, 1, {
    COMPLIANCE_STACK: target.fullName,
    COMPLIANCE_ROLE_ARN: target.roleArns.deploy,
    COMPLIANCE_PREVIEW_ARTIFACT: artifactName(stack),
  });
  return {
    ...action,
    inputArtifacts: [SOURCE_ARTIFACT, artifactName(stack)],
    configuration: { ...action.configuration, PrimarySource: SOURCE_ARTIFACT },
  };
}

/** The scheduled run verifies what is deployed, which the branch may be ahead of. */
function keepSource(bucketName: pulumi.Input<string> | undefined): Action[] {
  if (bucketName === undefined) return [];
  return [
    {
      name: "Keep-source",
      category: "Deploy",
      owner: "AWS",
      provider: "S3",
      version: "1",
      runOrder: 2,
      configuration: { BucketName: bucketName, ObjectKey: DELIVERED_SOURCE, Extract: "false" },
      inputArtifacts: [SOURCE_ARTIFACT],
    },
  ];
}

function verifyStages(facts: StageFacts, wave: Wave, name: string): Stage[] {
  const { verify } = facts.projects;
  if (verify === undefined) return [];
  const actions = wave.stacks.map((stack) => {
    const target = targetOf(facts, stack);
    return codeBuild(stack.stack, "Test", verify, 1, {
      COMPLIANCE_STACK: target.fullName,
      COMPLIANCE_ROLE_ARN: target.roleArns.verify,
    });
  });
  return [{ name, actions }];
}

function codeBuild(
  name: string,
  category: "Build" | "Test",
  project: pulumi.Input<string>,
  runOrder: number,
  variables: Readonly<Record<string, pulumi.Input<string>>>,
): Action {
  return {
    name,
    category,
    owner: "AWS",
    provider: "CodeBuild",
    version: "1",
    runOrder,
    inputArtifacts: [SOURCE_ARTIFACT],
    configuration: {
      ProjectName: project,
      ...(Object.keys(variables).length === 0 ? {} : { EnvironmentVariables: actionVariables(variables) }),
    },
  };
}

/** Variables as an action of CodeBuild takes them, at most 1,000 characters together. */
function actionVariables(variables: Readonly<Record<string, pulumi.Input<string>>>): pulumi.Output<string> {
  return pulumi
    .all(variables)
    .apply((known) =>
      JSON.stringify(Object.entries(known).map(([name, value]) => ({ name, value, type: "PLAINTEXT" }))),
    );
}

function targetOf(facts: StageFacts, { stack }: DeliveredStack): StackTarget {
  const target = facts.targets.get(stack);
  if (target === undefined) throw new Error(`No target is known for the stack "${stack}".`);
  return target;
}
