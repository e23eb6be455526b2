import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as yaml from "yaml";
import { readBuildspec, runBuildspec } from "../support/buildspec";

/** The environment of a shell; nothing is inherited. */
export type Environment = Readonly<Record<string, string>>;

/** Where a template is run. */
export interface Ground {
  /** The checkout of the project. */
  readonly checkout: string;
  /** An empty folder for whatever else a run needs. */
  readonly scratch: string;
  /** Tools, and what the administrator has set. */
  readonly env: Environment;
}

/** How a run ended. */
export interface Run {
  /** Whether the provider lets the pull request be merged. */
  readonly passed: boolean;
  readonly log: string;
}

/** One of the four: runs its template as it would. */
export interface Provider {
  readonly name: string;
  readonly template: string;
  /** The token that comments are posted with. */
  readonly token: string;
  readonly run: (text: string, ground: Ground) => Promise<Run>;
}

const TOKEN = "token-for-comments";

/** Runs lines in one shell. */
function shell(command: readonly string[], script: string, cwd: string, env: Environment): Promise<Run> {
  const [file = "sh", ...args] = command;
  const child = spawn(file, [...args, "-c", script], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (log += text));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (status) => done({ passed: status === 0, log }));
  });
}

/** Copies what artefact patterns name: files, with `*` in the last part. */
function artefacts(patterns: readonly string[], from: string, to: string): void {
  for (const pattern of patterns) {
    const [folder = "", last = ""] = pattern.split(/\/(?=[^/]*$)/);
    const expression = new RegExp(`^${last.replace(/\./g, "\\.").replace(/\*/g, ".*")}$`);
    for (const name of existsSync(join(from, folder)) ? readdirSync(join(from, folder)) : []) {
      if (!expression.test(name)) continue;
      mkdirSync(join(to, folder), { recursive: true });
      cpSync(join(from, folder, name), join(to, folder, name));
    }
  }
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Environment;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

interface Workflow {
  readonly env: Environment;
  readonly jobs: Readonly<Record<string, { readonly env?: Environment; readonly steps: readonly Step[] }>>;
}

/** The steps of a workflow's jobs; what actions do is told by their names. */
async function runWorkflow(text: string, { checkout, scratch, env }: Ground): Promise<Run> {
  const workflow = yaml.parse(text) as Workflow;
  const shared = join(scratch, "artefact");
  let log = "";
  let passed = true;
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const cwd = name === "preview" ? checkout : join(scratch, name);
    mkdirSync(cwd, { recursive: true });
    const pathFile = join(scratch, `${name}-path`);
    writeFileSync(pathFile, "");
    let variables: Environment = { ...env, ...resolved({ ...workflow.env, ...job.env }, env) };
    let succeeding = true;
    for (const step of job.steps) {
      if (!succeeding && step.if === undefined) continue;
      if (step.uses?.startsWith("aws-actions/configure-aws-credentials@"))
        variables = { ...variables, AWS_ACCESS_KEY_ID: "by-oidc", AWS_SECRET_ACCESS_KEY: "by-oidc" };
      if (step.uses?.startsWith("actions/upload-artifact@"))
        artefacts((step.with?.["path"] ?? "").trim().split("\n"), cwd, shared);
      if (step.uses?.startsWith("actions/download-artifact@") && existsSync(shared))
        cpSync(shared, cwd, { recursive: true });
      if (step.run === undefined) continue;
      const own = resolved(step.env ?? {}, variables);
      const directory = resolved({ at: step["working-directory"] ?? "." }, variables)["at"] ?? ".";
      const added = readFileSync(pathFile, "utf8").trim().split("\n").reverse();
      const path = [...added.filter((line) => line !== ""), variables["PATH"] ?? ""].join(":");
      const done = await shell(["bash", "-e"], step.run, join(cwd, directory), {
        ...variables,
        ...own,
        PATH: path,
        GITHUB_PATH: pathFile,
        GITHUB_ACTIONS: "true",
        GITHUB_REF: "refs/pull/12/merge",
        GITHUB_SHA: "abc",
        GITHUB_REPOSITORY: "acme/shop",
      });
      log += done.log;
      succeeding &&= done.passed;
    }
    passed &&= succeeding;
  }
  return { passed, log };
}

/** Expressions of the contexts `vars`, `secrets`, `env` and `github.token` with their values. */
function resolved(texts: Environment, values: Environment): Environment {
  const value = (expression: string): string => {
    if (expression === "github.token") return TOKEN;
    const [, name = ""] = /^(?:vars|secrets|env)\.(\w+)$/.exec(expression) ?? [];
    return values[name] ?? "";
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => value(expression)),
    ]),
  );
}

interface GitLabJob {
  readonly variables?: Environment;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly id_tokens?: object;
  readonly environment?: object;
  readonly artifacts?: { readonly paths: readonly string[] };
}

/** The jobs in the order of their stages; all of them run, since the second is to run always. */
async function runGitLab(text: string, { checkout, scratch, env }: Ground): Promise<Run> {
  const { ".compliance": base = {}, ...jobs } = yaml.parse(text) as Readonly<Record<string, GitLabJob>>;
  const shared = join(scratch, "artefact");
  let log = "";
  let passed = true;
  for (const [name, job] of Object.entries(jobs)) {
    const variables = { ...base.variables, ...job.variables };
    const cwd = variables["GIT_STRATEGY"] === "none" ? join(scratch, name) : checkout;
    mkdirSync(cwd, { recursive: true });
    if (existsSync(shared)) cpSync(shared, cwd, { recursive: true });
    const lines = [...(base.before_script ?? []), ...(job.script ?? [])];
    const done = await shell(["bash", "-eo", "pipefail"], lines.join("\n"), cwd, {
      ...variables,
      ...env,
      ...(job.id_tokens && { COMPLIANCE_ID_TOKEN: "id-token" }),
      // The variable is set for this environment only.
      ...(job.environment && { COMPLIANCE_TOKEN: TOKEN }),
      GITLAB_CI: "true",
      CI_API_V4_URL: `${env["TEST_API"] ?? ""}/api/v4`,
      CI_MERGE_REQUEST_IID: "12",
      CI_MERGE_REQUEST_PROJECT_PATH: "acme/shop",
      CI_COMMIT_SHA: "abc",
      CI_PROJECT_ID: "1",
      CI_JOB_ID: "2",
    });
    log += done.log;
    passed &&= done.passed;
    artefacts(job.artifacts?.paths ?? [], cwd, shared);
  }
  return { passed, log };
}

interface Pipelines {
  readonly pipelines: {
    readonly "pull-requests": Readonly<
      Record<
        string,
        readonly { readonly step: { readonly script: string[]; readonly "after-script": string[] } }[]
      >
    >;
  };
}

/** A step, whose status is that of its script alone. */
async function runBitbucket(text: string, { checkout, env }: Ground): Promise<Run> {
  const { pipelines } = yaml.parse(text) as Pipelines;
  let log = "";
  let passed = true;
  for (const { step } of pipelines["pull-requests"]["**"] ?? []) {
    const variables = {
      ...env,
      BITBUCKET_STEP_OIDC_TOKEN: "id-token",
      COMPLIANCE_TOKEN: TOKEN,
      BITBUCKET_BUILD_NUMBER: "7",
      BITBUCKET_PR_ID: "12",
      BITBUCKET_REPO_FULL_NAME: "acme/shop",
      BITBUCKET_COMMIT: "abc",
    };
    const done = await shell(["bash", "-e"], step.script.join("\n"), checkout, variables);
    const after = await shell(["bash", "-e"], step["after-script"].join("\n"), checkout, variables);
    log += done.log + after.log;
    passed &&= done.passed;
  }
  return { passed, log };
}

async function runCodeBuild(text: string, { checkout, scratch, env }: Ground): Promise<Run> {
  const file = join(scratch, "buildspec.yml");
  writeFileSync(file, text);
  const { status, log } = await runBuildspec(file, {
    cwd: checkout,
    env: {
      ...readBuildspec(file).env?.variables,
      ...env,
      CODEBUILD_WEBHOOK_TRIGGER: "pr/12",
      CODEBUILD_SOURCE_REPO_URL: "https://github.com/acme/shop.git",
      CODEBUILD_RESOLVED_SOURCE_VERSION: "abc",
      COMPLIANCE_COMMENT_SECRET: "comments",
      AWS_ACCESS_KEY_ID: "of-the-role",
      AWS_SECRET_ACCESS_KEY: "of-the-role",
    },
  });
  return { passed: status === "SUCCEEDED", log };
}

export const PROVIDERS: readonly Provider[] = [
  { name: "GitHub Actions", template: "github-actions.yml", token: TOKEN, run: runWorkflow },
  { name: "GitLab CI", template: "gitlab-ci.yml", token: TOKEN, run: runGitLab },
  { name: "Bitbucket Pipelines", template: "bitbucket-pipelines.yml", token: TOKEN, run: runBitbucket },
  { name: "CodeBuild", template: "codebuild.yml", token: "secret-comments", run: runCodeBuild },
];
