import * as fs from "node:fs";
import * as path from "node:path";
import { BatchGetProjectsCommand, type Project } from "@aws-sdk/client-codebuild";
import {
  type ActionDeclaration,
  GetPipelineCommand,
  StartPipelineExecutionCommand,
  type StageDeclaration,
} from "@aws-sdk/client-codepipeline";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { copyArtifact, runBuildspec } from "../../support/buildspec";
import { listOf, objectOf, parseJson, textOf } from "../json";
import type { Sandbox } from "../scenario";
import { linkModules } from "./checkout";

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
 * Stands for the project's own script, which writes a profile: the engine's SDK would send the assumption of a profile's
 * role to AWS, whatever endpoint it is given. The keys of the role's session go into the environment instead.
 */
const ASSUME_ROLE_SCRIPT = `[ -z "\${COMPLIANCE_ROLE_ARN:-}" ] || {
  assumed=$(assume-role "$COMPLIANCE_ROLE_ARN") || exit 1
  eval "$assumed"
}
`;
const ASSUME_ROLE = `
const { AssumeRoleCommand, STSClient } = require("@aws-sdk/client-sts");
const input = { RoleArn: process.argv[1], RoleSessionName: "build" };
new STSClient({}).send(new AssumeRoleCommand(input)).then(({ Credentials: made }) => {
  console.log("export AWS_ACCESS_KEY_ID=" + made.AccessKeyId);
  console.log("export AWS_SECRET_ACCESS_KEY=\\"" + made.SecretAccessKey + "\\"");
  console.log("export AWS_SESSION_TOKEN=\\"" + made.SessionToken + "\\"");
}, (error) => { console.error(String(error)); process.exit(1); });`;

type Variables = Record<string, string>;

/**
 * Does what CodePipeline and CodeBuild do with a pipeline that stands in the local AWS: takes its stages from there, and
 * the projects' settings, and runs each buildspec as a shell script with a session of the project's role, in a fresh copy
 * of its input artefacts. Somebody approves whatever waits for it.
 */
export class Pipeline {
  private readonly tools: string;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly name: string,
    /** What `npm run ...` does, as a shell script that gets the words behind "run". */
    npmRun: string,
  ) {
    this.tools = fs.mkdtempSync(path.join(sandbox.work, "tools-"));
    const command = path.join(sandbox.checkout, "dist", "compliance.js");
    // "npx compliance ..." is the built command of the checkout, and the packages are linked.
    this.tool("npx", `shift\nexec '${process.execPath}' '${command}' "$@"`);
    this.tool("assume-role", `exec '${process.execPath}' -e '${ASSUME_ROLE}' "$1"`);
    this.tool("npm", `[ "$1" = run ] || exit 0\nshift\n${npmRun}`);
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
    const run = new Run(this.sandbox, this.tools, { commit, pipeline: this.name, id });
    const stages = pipeline?.stages ?? [];
    const chosen = stages.filter(({ name = "" }, index) => index === 0 || only?.includes(name) !== false);
    for (const stage of chosen) {
      if (!(await run.stage(stage))) return { ...run.result(), id, stoppedIn: stage.name };
    }
    return { ...run.result(), id, stoppedIn: undefined };
  }

  private tool(name: string, body: string): void {
    fs.writeFileSync(path.join(this.tools, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
}

/** One execution: its artefacts, its variables, and what happened. */
class Run {
  private readonly artefacts = new Map<string, string>();
  private readonly variables = new Map<string, string>();
  private readonly actions: ActionRun[] = [];
  private approval = "";

  constructor(
    private readonly sandbox: Sandbox,
    private readonly tools: string,
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
    action: ActionDeclaration,
    configuration: Readonly<Variables>,
  ): Promise<Pick<ActionRun, "status" | "log">> {
    const { codebuild } = this.sandbox.clients;
    const { projects: [project] = [] } = await codebuild.send(
      new BatchGetProjectsCommand({ names: [configuration["ProjectName"] ?? ""] }),
    );
    if (!project)
      return { status: "FAILED", log: `There is no project ${configuration["ProjectName"] ?? ""}.` };
    const work = fs.mkdtempSync(path.join(this.sandbox.work, "build-"));
    const inputs = (action.inputArtifacts ?? []).map(({ name = "" }) => name);
    const primary = configuration["PrimarySource"] ?? inputs[0] ?? "";
    const folder = path.join(work, "src");
    fs.cpSync(this.artefacts.get(primary) ?? "", folder, { recursive: true });
    linkModules(folder);
    fs.writeFileSync(path.join(folder, "pipeline", "scripts", "assume-role.sh"), ASSUME_ROLE_SCRIPT);
    const env = {
      ...(await this.environment(project, work)),
      ...(await this.projectVariables(project)),
      ...Object.fromEntries(
        inputs
          .filter((name) => name !== primary)
          .map((name) => [`CODEBUILD_SRC_DIR_${name}`, this.artefacts.get(name) ?? ""]),
      ),
      ...this.actionVariables(configuration["EnvironmentVariables"]),
    };
    const spec = path.join(folder, project.source?.buildspec ?? "");
    const done = await runBuildspec(spec, { cwd: folder, env: this.reachable(env), path: [this.tools] });
    for (const { name = "" } of action.outputArtifacts ?? []) {
      const target = path.join(work, "out");
      copyArtifact(spec, folder, target);
      this.artefacts.set(name, target);
    }
    for (const [name, value] of Object.entries(done.exported)) {
      this.variables.set(`${action.namespace ?? ""}.${name}`, value);
    }
    return { status: done.status, log: done.log };
  }

  /** What CodeBuild itself gives a build, with a session of the project's role. */
  private async environment(project: Project, work: string): Promise<Variables> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.sandbox.aws.session(
      project.serviceRole ?? "",
    );
    return {
      ...this.sandbox.engine.env,
      HOME: work,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      COMPLIANCE_SANDBOX_SESSION: "true",
      CODEBUILD_RESOLVED_SOURCE_VERSION: this.facts.commit.id,
      CODEBUILD_BUILD_URL: `https://console.example.com/${project.name ?? ""}`,
      CODEBUILD_INITIATOR: `codepipeline/${this.facts.pipeline}`,
    };
  }

  private async projectVariables({ environment }: Project): Promise<Variables> {
    const variables: Variables = {};
    for (const { name = "", type, value = "" } of environment?.environmentVariables ?? []) {
      variables[name] = type === "SECRETS_MANAGER" ? await this.secret(value) : value;
    }
    return variables;
  }

  private async secret(SecretId: string): Promise<string> {
    const { SecretString } = await this.sandbox.clients.secrets.send(new GetSecretValueCommand({ SecretId }));
    return SecretString ?? "";
  }

  private actionVariables(text: string | undefined): Variables {
    const list = text === undefined ? [] : listOf(parseJson(text, "The variables of an action"));
    return Object.fromEntries(
      list.map(objectOf).map(({ name, value }) => [textOf(name), this.resolved(textOf(value))]),
    );
  }

  private resolved(text: string): string {
    return text.replaceAll(/#\{([^}]+)\}/g, (whole, name: string) => this.variables.get(name) ?? whole);
  }

  /** A bucket's name in the host name would need name resolution, which a loopback address has not. */
  private reachable(env: Variables): Variables {
    const { PULUMI_BACKEND_URL: url = "" } = env;
    return url.startsWith("s3://") ? { ...env, PULUMI_BACKEND_URL: `${url}&s3ForcePathStyle=true` } : env;
  }
}
