import * as fs from "node:fs";
import * as path from "node:path";
import { BatchGetProjectsCommand, type Project } from "@aws-sdk/client-codebuild";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { copyArtifact, runBuildspec } from "../../support/buildspec";
import type { Sandbox } from "../scenario";
import { linkModules } from "./checkout";

/** What a build is started with. */
export interface BuildRequest {
  /** Name of the project. */
  readonly project: string;
  /** Folder of the source. */
  readonly source: string;
  /** The commit that it is of. */
  readonly commit: string;
  /** Further input artefacts, by name. @defaultValue none */
  readonly secondary?: Readonly<Record<string, string>>;
  /** Variables that count more than those of the project. */
  readonly variables: Readonly<Record<string, string>>;
  /** Who started it, as CodeBuild words it. */
  readonly initiator: string;
}

/** How a build ended. */
export interface Built {
  readonly status: "SUCCEEDED" | "FAILED";
  readonly log: string;
  readonly exported: Readonly<Record<string, string>>;
  /** The folder of the output artefact. */
  readonly output: string;
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
 * Does what CodeBuild does with a project that stands in the local AWS: runs its buildspec as a shell script, in a fresh
 * copy of the source, with the project's variables and a session of its role.
 */
export class Builds {
  private readonly tools: string;

  /** @param npmRun - what `npm run ...` does, as a shell script that gets the words behind "run". */
  constructor(
    private readonly sandbox: Sandbox,
    npmRun: string,
  ) {
    this.tools = fs.mkdtempSync(path.join(sandbox.work, "tools-"));
    const command = path.join(sandbox.checkout, "dist", "compliance.js");
    // "npx compliance ..." is the built command of the checkout, and the packages are linked.
    this.tool("npx", `shift\nexec '${process.execPath}' '${command}' "$@"`);
    this.tool("assume-role", `exec '${process.execPath}' -e '${ASSUME_ROLE}' "$1"`);
    this.tool("npm", `[ "$1" = run ] || exit 0\nshift\n${npmRun}`);
  }

  /** Runs a project. */
  async run(request: BuildRequest): Promise<Built> {
    const { projects: [project] = [] } = await this.sandbox.clients.codebuild.send(
      new BatchGetProjectsCommand({ names: [request.project] }),
    );
    if (!project) throw new Error(`There is no project "${request.project}".`);
    const work = fs.mkdtempSync(path.join(this.sandbox.work, "build-"));
    const folder = path.join(work, "src");
    fs.cpSync(request.source, folder, { recursive: true });
    linkModules(folder);
    fs.writeFileSync(path.join(folder, "pipeline", "scripts", "assume-role.sh"), ASSUME_ROLE_SCRIPT);
    const secondary = Object.entries(request.secondary ?? {});
    const env = {
      ...(await this.environment(project, work)),
      ...(await this.projectVariables(project)),
      CODEBUILD_RESOLVED_SOURCE_VERSION: request.commit,
      CODEBUILD_INITIATOR: request.initiator,
      ...Object.fromEntries(secondary.map(([name, from]) => [`CODEBUILD_SRC_DIR_${name}`, from])),
      ...request.variables,
    };
    const spec = path.join(folder, project.source?.buildspec ?? "");
    const done = await runBuildspec(spec, { cwd: folder, env: reachable(env), path: [this.tools] });
    const output = path.join(work, "out");
    copyArtifact(spec, folder, output);
    return { status: done.status, log: done.log, exported: done.exported, output };
  }

  private tool(name: string, body: string): void {
    fs.writeFileSync(path.join(this.tools, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }

  /** What CodeBuild itself gives a build, with a session of the project's role. */
  private async environment(project: Project, work: string): Promise<Variables> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.sandbox.aws.session(
      project.serviceRole ?? "",
    );
    return {
      ...this.sandbox.engine.env,
      ...this.sandbox.processes.mark,
      HOME: work,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      COMPLIANCE_SANDBOX_SESSION: "true",
      CODEBUILD_BUILD_URL: `https://console.example.com/${project.name ?? ""}`,
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
}

/** A bucket's name in the host name would need name resolution, which a loopback address has not. */
function reachable(env: Variables): Variables {
  const { PULUMI_BACKEND_URL: url = "" } = env;
  return url.startsWith("s3://") ? { ...env, PULUMI_BACKEND_URL: `${url}&s3ForcePathStyle=true` } : env;
}
