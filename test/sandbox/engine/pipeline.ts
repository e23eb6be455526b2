import { CodeBuildClient, StartBuildCommand } from "@aws-sdk/client-codebuild";
import {
  type ActionDeclaration,
  GetPipelineCommand,
  StartPipelineExecutionCommand,
  type StageDeclaration,
} from "@aws-sdk/client-codepipeline";
import { ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { listOf, objectOf, parseJson, textOf } from "../json";
import type { Sandbox } from "../scenario";
import { Builds, type Built } from "./builds";
import { REGION } from "./environment";

/** A commit, as the source action finds it. */
export interface Commit {
  readonly id: string;
  readonly folder: string;
}

/** How an action ended. */
export interface ActionRun {
  readonly stage: string;
  readonly name: string;
  readonly status: "SUCCEEDED" | "FAILED";
  readonly log: string;
}

/** How an execution of a pipeline ended. */
export interface Execution {
  readonly id: string;
  /** The stage in which it stopped; `undefined` when it came to its end. */
  readonly stoppedIn: string | undefined;
  readonly actions: readonly ActionRun[];
  /** What somebody read who approved. */
  readonly approval: string;
}

/**
 * Does what CodePipeline does with a pipeline that stands in the local AWS: takes its stages from there, runs the project
 * of each action, and hands artefacts and variables on. Somebody approves whatever waits for it.
 */
export class Pipeline {
  private readonly builds: Builds;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly name: string,
    /** What `npm run ...` does, as a shell script that gets the words behind "run". */
    npmRun: string,
  ) {
    this.builds = new Builds(sandbox, npmRun);
  }

  /**
   * Takes a commit through the stages, until one fails.
   *
   * @param only - the stages that run, besides the source, as when somebody retries one. @defaultValue all
   */
  async execute(commit: Commit, only?: readonly string[]): Promise<Execution> {
    const { codepipeline } = this.sandbox.clients;
    const { pipeline } = await codepipeline.send(new GetPipelineCommand({ name: this.name }));
    const { pipelineExecutionId: id = "" } = await codepipeline.send(
      new StartPipelineExecutionCommand({ name: this.name }),
    );
    const run = new Run(this.builds, { commit, pipeline: this.name, id });
    const stages = pipeline?.stages ?? [];
    const chosen = stages.filter(({ name = "" }, index) => index === 0 || only?.includes(name) !== false);
    for (const stage of chosen) {
      if (!(await run.stage(stage))) return { ...run.result(), id, stoppedIn: stage.name };
    }
    return { ...run.result(), id, stoppedIn: undefined };
  }

  /** Does what CodeBuild does when the host of the repository tells it of a pull request. */
  onPullRequest(project: string, commit: Commit): Promise<Built> {
    return this.builds.run({
      project,
      source: commit.folder,
      commit: commit.id,
      variables: {},
      initiator: "GitHub-Hookshot",
    });
  }

  /**
   * Does what EventBridge does when the time of a rule has come: starts the project that the rule names, with the role
   * that it names.
   */
  async onSchedule(rule: string, commit: Commit): Promise<Built> {
    const { events } = this.sandbox.clients;
    const { Targets: [target] = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: rule }));
    const input = objectOf(parseJson(target?.Input ?? "{}", "The input of a target"));
    const project = target?.Arn?.split("project/").at(-1) ?? "";
    const { endpoint } = this.sandbox.aws;
    const credentials = await this.sandbox.aws.session(target?.RoleArn ?? "");
    const codebuild = new CodeBuildClient({ endpoint, region: REGION, credentials });
    await codebuild.send(new StartBuildCommand({ projectName: project, ...input }));
    return this.builds.run({
      project,
      source: commit.folder,
      commit: commit.id,
      variables: variablesIn(input["environmentVariablesOverride"]),
      initiator: `rule/${rule}`,
    });
  }
}

/** One execution: its artefacts, its variables, and what happened. */
class Run {
  private readonly artefacts = new Map<string, string>();
  private readonly variables = new Map<string, string>();
  private readonly actions: ActionRun[] = [];
  private approval = "";

  constructor(
    private readonly builds: Builds,
    private readonly facts: { readonly commit: Commit; readonly pipeline: string; readonly id: string },
  ) {
    this.variables.set("codepipeline.PipelineExecutionId", facts.id);
  }

  result(): Pick<Execution, "actions" | "approval"> {
    return { actions: this.actions, approval: this.approval };
  }

  /** Runs the actions of a stage in their order; those behind one that failed do not run. */
  async stage({ name = "", actions = [] }: StageDeclaration): Promise<boolean> {
    const inOrder = [...actions].sort((left, right) => (left.runOrder ?? 1) - (right.runOrder ?? 1));
    for (const action of inOrder) {
      const failed = this.actions.find((earlier) => earlier.stage === name && earlier.status === "FAILED");
      if (failed) return false;
      await this.action(name, action);
    }
    return this.actions.every((action) => action.status === "SUCCEEDED");
  }

  private async action(stage: string, action: ActionDeclaration): Promise<void> {
    const { category, provider } = action.actionTypeId ?? {};
    const configuration = action.configuration ?? {};
    if (category === "Source") {
      for (const { name = "" } of action.outputArtifacts ?? [])
        this.artefacts.set(name, this.facts.commit.folder);
    } else if (category === "Approval") {
      this.approval = this.resolved(configuration["CustomData"] ?? "");
    } else if (provider === "CodeBuild") {
      this.actions.push({ stage, name: action.name ?? "", ...(await this.build(action, configuration)) });
    }
  }

  private async build(
    { inputArtifacts = [], outputArtifacts = [], namespace }: ActionDeclaration,
    configuration: Readonly<Record<string, string>>,
  ): Promise<Pick<ActionRun, "status" | "log">> {
    const inputs = inputArtifacts.map(({ name = "" }) => name);
    const primary = configuration["PrimarySource"] ?? inputs[0] ?? "";
    const others = inputs.filter((name) => name !== primary);
    const done = await this.builds.run({
      project: configuration["ProjectName"] ?? "",
      source: this.artefacts.get(primary) ?? "",
      secondary: Object.fromEntries(others.map((name) => [name, this.artefacts.get(name) ?? ""])),
      variables: this.actionVariables(configuration["EnvironmentVariables"]),
      commit: this.facts.commit.id,
      initiator: `codepipeline/${this.facts.pipeline}`,
    });
    for (const { name = "" } of outputArtifacts) this.artefacts.set(name, done.output);
    for (const [name, value] of Object.entries(done.exported)) {
      this.variables.set(`${namespace ?? ""}.${name}`, value);
    }
    return { status: done.status, log: done.log };
  }

  private actionVariables(text: string | undefined): Record<string, string> {
    const given = variablesIn(text === undefined ? [] : parseJson(text, "The variables of an action"));
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, this.resolved(value)]));
  }

  private resolved(text: string): string {
    return text.replaceAll(/#\{([^}]+)\}/g, (whole, name: string) => this.variables.get(name) ?? whole);
  }
}

/** Variables as CodeBuild takes them, a list of names and values. */
function variablesIn(list: unknown): Record<string, string> {
  return Object.fromEntries(
    listOf(list)
      .map(objectOf)
      .map(({ name, value }) => [textOf(name), textOf(value)]),
  );
}
