import { relative } from "node:path";
import { printable, ResourceGraph } from "../../rules";
import type { ResourceFacts } from "../../rules";
import type { RecordAnswer, RecordRequest, Registration } from "../recorder/protocol";
import { UNKNOWN_TEXT } from "../recorder/unknown";
import { runRecorder } from "./process";
import { programError } from "./program-error";
import { readProject, readStackConfig } from "./project";
import type { Project, StackConfig } from "./project";
import { checked } from "./resources";
import { selectionOf } from "./selection";
import type { Source, SourceOptions } from "./types";

/** Every text that is made from it counts as unknown; that it is no number makes a program say when it wants one. */
const ENCRYPTED = `encrypted:${UNKNOWN_TEXT}`;

/** Stand-ins for encrypted values that a program wants as something else than text. */
const STAND_INS: Readonly<Record<string, string>> = { number: "0", boolean: "false", "JSON object": "{}" };

const DEFAULT_REGION = "us-east-1";

/**
 * Records a program without the Pulumi CLI, an account or the network.
 * @param folder - the folder as the user gave it.
 * @param file - its `Pulumi.yaml`.
 * @throws UsageError when the program cannot be recorded.
 */
export async function recordProgram(folder: string, file: string, options: SourceOptions): Promise<Source> {
  const project = readProject(file);
  const config = readStackConfig(project, options.stack);
  options.onProgress(`Recording ${printable(folder)} (stack ${printable(config.stack)})`);
  const replaced = new Map<string, string>();
  try {
    for (;;) {
      const request = requestFor(project, config, replaced, options);
      const recorded = await runRecorder(
        request,
        environment(request, config, options),
        options.timeoutSeconds,
      );
      const { answer } = recorded;
      if (answer !== undefined && answer.failure === undefined) {
        return sourceOf(answer, folder, file, project, config, replaced, options);
      }
      // A secret can stand for a value of any type; which one is known only when the program asks for it.
      const { kind, message: key, wanted } = answer?.failure ?? {};
      const standIn = wanted === undefined ? undefined : STAND_INS[wanted];
      if (kind !== "wrong-config" || key === undefined || standIn === undefined) {
        throw programError(recorded, folder, config, options.timeoutSeconds);
      }
      if (!config.encrypted.has(key) || replaced.has(key)) {
        throw programError(recorded, folder, config, options.timeoutSeconds);
      }
      replaced.set(key, standIn);
    }
  } finally {
    options.onProgress("");
  }
}

function requestFor(
  project: Project,
  config: StackConfig,
  replaced: ReadonlyMap<string, string>,
  { env }: SourceOptions,
): RecordRequest {
  const values = new Map(config.values);
  for (const key of config.encrypted) values.set(key, replaced.get(key) ?? ENCRYPTED);
  return {
    root: project.root,
    folder: project.folder,
    entry: project.entry,
    tsconfig: project.tsconfig,
    project: project.name,
    stack: config.stack,
    config: Object.fromEntries(values),
    region: values.get("aws:region") ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? DEFAULT_REGION,
    ownFolder: __dirname,
  };
}

/** What the language host sets; the SDK reads it when it is loaded. */
function environment(
  request: RecordRequest,
  config: StackConfig,
  { env }: SourceOptions,
): Readonly<Record<string, string | undefined>> {
  return {
    ...env,
    PULUMI_CONFIG: JSON.stringify(request.config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify([...config.secret]),
    PULUMI_NODEJS_PROJECT: request.project,
    PULUMI_NODEJS_STACK: request.stack,
    PULUMI_NODEJS_ROOT_DIRECTORY: request.root,
    PULUMI_NODEJS_ORGANIZATION: "organization",
    PULUMI_NODEJS_DRY_RUN: "true",
  };
}

function sourceOf(
  answer: RecordAnswer,
  folder: string,
  file: string,
  project: Project,
  config: StackConfig,
  replaced: ReadonlyMap<string, string>,
  options: SourceOptions,
): Source {
  const providers = new Map<string, ResourceFacts>();
  const resources = answer.registrations.map((registration) => factsOf(registration, config, providers));
  const facts = checked(
    [...providers.values(), ...resources].map((fact) => ({ facts: fact, doomed: false })),
    folder,
    true,
  );
  return {
    name: folder,
    kind: "program",
    graph: new ResourceGraph(facts),
    file: relative("", file),
    notes: notesOf(answer, config, replaced, options),
    opaque: answer.registrations.filter(({ remote }) => remote).map(({ urn }) => urn),
    // Read when somebody asks: with a selection of the command's own it does not matter.
    selection: () => selectionOf(config, project),
  };
}

/** A resource without a provider of its own gets the default one of its package, as the engine would give it. */
function factsOf(
  { custom, remote, read, version, ...registration }: Registration,
  config: StackConfig,
  providers: Map<string, ResourceFacts>,
): ResourceFacts {
  const [pkg = ""] = registration.type.split(":");
  const isProvider = registration.type.startsWith("pulumi:providers:");
  let { provider } = registration;
  if (provider === undefined && custom && !isProvider && pkg !== "pulumi") {
    const fallback = defaultProvider(pkg, version, registration.urn, config);
    providers.set(fallback.urn, fallback);
    provider = `${fallback.urn}::${UNKNOWN_TEXT}`;
  }
  return { ...registration, provider, read, passive: !custom || remote || read || isProvider };
}

function defaultProvider(pkg: string, version: string, urn: string, config: StackConfig): ResourceFacts {
  const [, , , stack = "", , project = ""] = urn.split(":");
  const type = `pulumi:providers:${pkg}`;
  const name = version === "" ? "default" : `default_${version.replace(/[^0-9A-Za-z]/g, "_")}`;
  const prefix = `${pkg}:`;
  const settings = [...config.values].filter(([key]) => key.startsWith(prefix));
  return {
    urn: `urn:pulumi:${stack}::${project}::${type}::${name}`,
    type,
    inputs: Object.fromEntries(settings.map(([key, value]) => [key.slice(prefix.length), value])),
    passive: true,
  };
}

function notesOf(
  answer: RecordAnswer,
  config: StackConfig,
  replaced: ReadonlyMap<string, string>,
  options: SourceOptions,
): readonly string[] {
  const notes: string[] = [];
  if (config.file === undefined && options.stack !== undefined) {
    notes.push(`The stack "${printable(config.stack)}" has no configuration file.`);
  }
  if (answer.unanswered.length > 0) {
    notes.push(
      `What ${answer.unanswered.map(printable).join(", ")} would answer is not known offline; values made from it are undecided.`,
    );
  }
  for (const [key, value] of replaced) {
    notes.push(`The secret "${printable(key)}" cannot be decrypted here; ${value} stands for it.`);
  }
  return notes;
}
