import * as fs from "node:fs";
import * as path from "node:path";
import { copyArtifact, runBuildspec, type BuildspecRun } from "../../support/buildspec";
import type { Sandbox } from "../scenario";
import { linkModules } from "./checkout";

/** Where the buildspecs of the checkout lie. */
const buildspec = ({ checkout }: Sandbox, project: string): string =>
  path.join(checkout, "pipeline", "buildspecs", `${project}.yml`);

/**
 * The source of a pipeline: a program with the pipeline's files beside it, and a backend of its own. Its builds run the
 * real engine and the built command; `npm` installs nothing, for the packages are linked.
 */
export class PipelineSource {
  private readonly tools: string;
  private readonly env: Readonly<Record<string, string>>;

  private constructor(
    private readonly sandbox: Sandbox,
    /** The folder of the program. */
    readonly folder: string,
    variables: Readonly<Record<string, string>>,
  ) {
    this.tools = path.join(folder, "..", "tools");
    const command = path.join(sandbox.checkout, "dist", "compliance.js");
    // "npx compliance ..." is the built command of the checkout.
    this.tool("npx", `shift\nexec '${process.execPath}' '${command}' "$@"`);
    this.tool("npm", "exit 0");
    const backend = path.join(folder, "..", "backend");
    fs.mkdirSync(backend);
    this.env = {
      ...sandbox.engine.env,
      PULUMI_BACKEND_URL: `file://${backend}`,
      COMPLIANCE_POLICY_PACK: path.join(sandbox.checkout, "policypack"),
      ...variables,
    };
  }

  /**
   * Copies a program and makes its stack.
   * @throws Error with what the CLI said when it refuses.
   */
  static async create(
    sandbox: Sandbox,
    program: string,
    stack: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<PipelineSource> {
    const folder = path.join(fs.mkdtempSync(path.join(sandbox.work, "pipeline-")), "source");
    fs.cpSync(program, folder, {
      recursive: true,
      filter: (file) => !/^(node_modules|Pulumi\..+\.yaml)$/.test(path.basename(file)),
    });
    fs.cpSync(path.join(sandbox.checkout, "pipeline"), path.join(folder, "pipeline"), { recursive: true });
    linkModules(folder);
    const source = new PipelineSource(sandbox, folder, variables);
    await source.pulumi("stack", "init", stack);
    return source;
  }

  /** Any command of the CLI, in the program's folder. */
  async pulumi(...args: readonly string[]): Promise<string> {
    const done = await this.sandbox.processes.run("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      env: this.env,
    });
    if (done.status !== 0) throw new Error(`"pulumi ${args.join(" ")}" failed:\n${done.stderr}`);
    return done.stdout;
  }

  /** Runs a project of the pipeline, phase by phase. */
  build(project: string, variables: Readonly<Record<string, string>>): Promise<BuildspecRun> {
    const env = { ...this.env, ...this.sandbox.processes.mark, ...variables };
    return runBuildspec(buildspec(this.sandbox, project), { cwd: this.folder, path: [this.tools], env });
  }

  /** Keeps the artefact of the last build in a folder of its own, as CodePipeline hands it on. */
  artefact(project: string): { readonly folder: string; readonly files: readonly string[] } {
    const folder = fs.mkdtempSync(path.join(this.folder, "..", "artefact-"));
    return { folder, files: copyArtifact(buildspec(this.sandbox, project), this.folder, folder) };
  }

  private tool(name: string, body: string): void {
    fs.mkdirSync(this.tools, { recursive: true });
    fs.writeFileSync(path.join(this.tools, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
}
