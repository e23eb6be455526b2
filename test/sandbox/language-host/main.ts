import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

// A stand-in for `pulumi-language-nodejs`, for machines where the engine was built from source: the real host is a
// module of its own that the Go module proxy does not serve. It prints its port and starts programs and policy packs.

/** The exit status with which the SDK says "the errors have been reported, say no more". */
const BAIL = 32;

/** The engine's address: the last argument that is no flag, or what the handshake says. */
let engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";
const children = new Set<ChildProcess>();

type Unary<Q, R> = (request: Q) => R | Promise<R>;

/** Makes a gRPC handler of a function; what it throws becomes the call's error. */
function unary<Q, R>(answer: Unary<Q, R>): grpc.handleUnaryCall<Q, R> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(answer)
      .then((response) => callback(null, response))
      .catch((error: unknown) =>
        callback({
          code: grpc.status.UNKNOWN,
          details: messageOf(error),
        }),
      );
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isTypeScript(info: language.ProgramInfo | undefined): boolean {
  return info?.getOptions()?.toJavaScript()["typescript"] !== false;
}

/** Starts a module of the SDK that belongs to the program, not to this host. */
function startSdk(
  folder: string,
  module: string,
  args: readonly string[],
  info: language.ProgramInfo | undefined,
  env: Readonly<Record<string, string>>,
  stdio: "inherit" | "pipe",
): ChildProcess {
  const entry = createRequire(path.join(folder, "package.json")).resolve(module);
  // The SDK notes a trace for every promise, and its compiler's source maps make each of them slow.
  const child = spawn(process.execPath, ["--stack-trace-limit=0", entry, ...args], {
    cwd: folder,
    stdio: ["ignore", stdio, stdio],
    env: {
      ...process.env,
      PULUMI_NODEJS_TYPESCRIPT: String(isTypeScript(info)),
      // Type checking is the job of `npm run types`; here it would triple the time of each run.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      ...env,
    },
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

function run(request: language.RunRequest): Promise<language.RunResponse> {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const config: Record<string, string> = {};
  request.getConfigMap().forEach((value, key) => {
    config[key] = value;
  });
  const args = [
    ...["--monitor", request.getMonitorAddress(), "--engine", engine],
    ...["--project", request.getProject(), "--stack", request.getStack()],
    ...["--organization", request.getOrganization()],
    ...["--root-directory", info?.getRootDirectory() ?? request.getPwd(), "--pwd", request.getPwd()],
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ...["--parallel", String(request.getParallel()), info?.getEntryPoint() ?? "."],
    ...request.getArgsList(),
  ];
  const env = {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
  const child = startSdk(folder, "@pulumi/pulumi/cmd/run", args, info, env, "inherit");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status, signal) => {
      const response = new language.RunResponse();
      if (status === BAIL) response.setBail(true);
      else if (status !== 0)
        response.setError(`The program ended with ${signal ?? `exit status ${String(status)}`}.`);
      resolve(response);
    });
  });
}

function runPlugin(
  call: grpc.ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>,
): void {
  const request = call.request;
  const info = request.getInfo();
  // A pack runs in its own folder, although the request's working directory is the program's: the SDK reads the
  // pack's version from the package.json of the current directory.
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const module = request.getKind() === "analyzer" ? "run-policy-pack" : "run-plugin";
  const env = Object.fromEntries(
    request.getEnvList().map((entry): [string, string] => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
  const entry = path.join(folder, info?.getEntryPoint() ?? ".");
  let child: ChildProcess;
  try {
    const args = [...request.getArgsList(), entry];
    child = startSdk(folder, `@pulumi/pulumi/cmd/${module}`, args, info, env, "pipe");
  } catch (error) {
    call.emit("error", { code: grpc.status.UNKNOWN, details: messageOf(error) });
    return;
  }
  const send = (fill: (response: language.RunPluginResponse) => void): void => {
    const response = new language.RunPluginResponse();
    fill(response);
    call.write(response);
  };
  child.stdout?.on("data", (chunk: Buffer) => send((response) => response.setStdout(chunk)));
  child.stderr?.on("data", (chunk: Buffer) => send((response) => response.setStderr(chunk)));
  call.on("cancelled", () => child.kill());
  child.once("error", (error) => call.destroy(error));
  child.once("close", (status) => {
    send((response) => response.setExitcode(status ?? 1));
    call.end();
  });
}

function stopChildren(): void {
  for (const child of children) child.kill();
}

const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
const implementation: grpc.UntypedServiceImplementation = {
  handshake: unary((request: language.LanguageHandshakeRequest) => {
    engine = request.getEngineAddress() || engine;
    return new language.LanguageHandshakeResponse();
  }),
  // No plugin is asked for by version: the ones of the sandbox are on PATH and nothing may be downloaded.
  getRequiredPlugins: unary(() => new language.GetRequiredPluginsResponse()),
  getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
  getProgramDependencies: unary(() => new language.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
  getPluginInfo: unary(() => new PluginInfo()),
  about: unary(() => {
    const response = new language.AboutResponse();
    response.setExecutable(process.execPath);
    response.setVersion(process.version);
    return response;
  }),
  cancel: unary(() => {
    stopChildren();
    return new Empty();
  }),
  run: unary(run),
  runPlugin,
};
for (const method of Object.keys(LanguageRuntimeService)) {
  implementation[method] ??= unary(() => {
    throw new Error(`The sandbox's language host does not serve "${method}".`);
  });
}
server.addService(LanguageRuntimeService, implementation);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

// An engine that is killed, or that gives up before it has used this host, says no goodbye.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid === parent) return;
  stopChildren();
  process.exit(0);
}, 250);
