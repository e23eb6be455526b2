import * as fs from "node:fs";
import * as path from "node:path";
import * as yaml from "yaml";
import { objectOf, parseJson } from "../json";
import type { Finished, Processes } from "../processes";
import { type EventLog, readEventLog } from "./events";

/** What one command of the engine did. */
export interface Operation extends Finished, EventLog {
  /** The command line, for messages. */
  readonly command: string;
}

/** Settings of one operation. */
export interface OperationOptions {
  /** Folders (or executables) of the policy packs to run. */
  readonly packs?: readonly string[];
  /** One configuration file a pack, as the CLI demands. */
  readonly packConfigs?: readonly string[];
  /** More variables for the engine and everything that it starts. */
  readonly env?: Readonly<Record<string, string>>;
  /** Applies the change without looking at it first. */
  readonly skipPreview?: boolean;
  readonly flags?: readonly string[];
}

/** Where and how the engine runs. */
export interface EngineSettings {
  readonly processes: Processes;
  readonly env: Readonly<Record<string, string>>;
  /** A folder for event logs and for the state of stacks. */
  readonly logs: string;
  /** Where the state is kept, and how its secrets are encrypted. @defaultValue a folder for each stack */
  readonly state?: { readonly backend: string; readonly secretsProvider: string };
}

/**
 * Writes the state once at the end, also of an update that fails, not after each of some hundred resources: the engine is
 * not killed in the middle of one.
 */
const ONE_STATE = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** The values of a stack's configuration, by key; a key without a namespace belongs to the project. */
export type StackConfig = Readonly<Record<string, unknown>>;

/** One stack of one program, driven through the real CLI. */
export class Stack {
  private static count = 0;
  private readonly file: string;
  private keys: readonly string[] = [];

  private readonly env: Readonly<Record<string, string>>;

  private constructor(
    private readonly engine: EngineSettings,
    /** The program's folder. */
    readonly folder: string,
    /** The stack's name. */
    readonly name: string,
  ) {
    this.file = path.join(folder, `Pulumi.${name}.yaml`);
    // A backend of its own: programs of the same name may have stacks of the same name.
    const backend = engine.state?.backend ?? `file://${fs.mkdtempSync(path.join(engine.logs, "backend-"))}`;
    this.env = { ...engine.env, PULUMI_BACKEND_URL: backend };
  }

  /**
   * Makes a stack. A settings file of that name that the folder already has stays as it is.
   *
   * @throws Error with what the CLI said when it refuses.
   */
  static async create(
    engine: EngineSettings,
    folder: string,
    name: string,
    config: StackConfig = {},
  ): Promise<Stack> {
    const stack = new Stack(engine, folder, name);
    const secrets = engine.state === undefined ? [] : ["--secrets-provider", engine.state.secretsProvider];
    const made = await stack.cli(["stack", "init", name, ...secrets]);
    if (made.status !== 0) throw new Error(`The stack "${name}" cannot be made: ${made.stderr}`);
    stack.configure(config);
    return stack;
  }

  /** Sets these values and removes what an earlier call set. Values may be maps and lists. */
  configure(config: StackConfig): void {
    const document = yaml.parseDocument(fs.existsSync(this.file) ? fs.readFileSync(this.file, "utf8") : "{}");
    const project = this.project();
    const key = (name: string): string => (name.includes(":") ? name : `${project}:${name}`);
    for (const name of this.keys) document.deleteIn(["config", key(name)]);
    for (const [name, value] of Object.entries(config)) {
      document.setIn(["config", key(name)], document.createNode(value));
    }
    this.keys = Object.keys(config);
    fs.writeFileSync(this.file, document.toString());
  }

  /** `pulumi preview`. */
  async preview(options: OperationOptions = {}): Promise<Operation> {
    return this.operate(["preview"], options);
  }

  /** `pulumi up`: a preview and, when nothing stops it, the update. */
  async up(options: OperationOptions = {}): Promise<Operation> {
    return this.operate(["up", "--yes", ...(options.skipPreview ? ["--skip-preview"] : [])], options);
  }

  /** `pulumi refresh`: reads every resource again from AWS. */
  async refresh(options: OperationOptions = {}): Promise<Operation> {
    return this.operate(["refresh", "--yes", "--skip-preview"], options);
  }

  /** `pulumi destroy`. */
  async destroy(options: OperationOptions = {}): Promise<Operation> {
    return this.operate(["destroy", "--yes", "--skip-preview"], options);
  }

  /** `pulumi stack export`, as the document itself. */
  async export(): Promise<unknown> {
    const done = await this.cli(["stack", "export", "--stack", this.name]);
    if (done.status !== 0) throw new Error(`The stack "${this.name}" cannot be exported: ${done.stderr}`);
    return parseJson(done.stdout, "The export");
  }

  /** The stack's outputs, secrets shown. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const done = await this.cli(["stack", "output", "--json", "--show-secrets", "--stack", this.name]);
    if (done.status !== 0) throw new Error(`The outputs of "${this.name}" cannot be read: ${done.stderr}`);
    return objectOf(parseJson(done.stdout, "The stack's outputs"));
  }

  /** Any command of the CLI in the program's folder. */
  async cli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const common = ["--non-interactive", "--color", "never"];
    return this.engine.processes.run("pulumi", [...args, ...common], {
      cwd: this.folder,
      env: { ...this.env, ...env },
    });
  }

  private async operate(args: readonly string[], options: OperationOptions): Promise<Operation> {
    const log = path.join(this.engine.logs, `${++Stack.count}-${this.name}-${args[0] ?? ""}.jsonl`);
    const command = [
      ...args,
      ...["--stack", this.name, "--event-log", log],
      ...(options.packs ?? []).flatMap((pack) => ["--policy-pack", pack]),
      ...(options.packConfigs ?? []).flatMap((file) => ["--policy-pack-config", file]),
      ...(options.flags ?? []),
    ];
    const finished = await this.cli(command, { ...ONE_STATE, ...options.env });
    return { command: `pulumi ${command.join(" ")}`, ...finished, ...readEventLog(log) };
  }

  private project(): string {
    const file = path.join(this.folder, "Pulumi.yaml");
    const settings: unknown = yaml.parse(fs.readFileSync(file, "utf8"));
    return String(objectOf(settings)["name"]);
  }
}

/** The operation itself when it succeeded. @throws Error with everything that it printed when it did not. */
export function succeeded(operation: Operation): Operation {
  if (operation.status === 0) return operation;
  const said = `${operation.stdout}\n${operation.stderr}`.trim();
  throw new Error(`"${operation.command}" ended with status ${operation.status}:\n${said}`);
}
