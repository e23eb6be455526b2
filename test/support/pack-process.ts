import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as pb from "@pulumi/pulumi/proto/analyzer_pb";
import type { Analyzer, Requests } from "./analyzer";

const root = path.join(__dirname, "..", "..");
const source = path.join(root, "policypack");
const MAX_MESSAGE_BYTES = 1 << 26;

/**
 * Builds the pack from the sources into a folder outside the repository, where nothing but the pack is found.
 * @param executables - A folder that gets the pack as one file as well.
 */
export function builtPack(executables?: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pack-"));
  for (const file of ["PulumiPolicy.yaml", "package.json"])
    fs.copyFileSync(path.join(source, file), path.join(folder, file));
  const script = `import { buildExecutable, buildPack } from ${JSON.stringify(path.join(root, "scripts/build/pack.mjs"))};
    const info = await buildPack(${JSON.stringify(folder)});
    ${executables === undefined ? "" : `await buildExecutable(info, ${JSON.stringify(executables)});`}`;
  try {
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root });
  } catch (error) {
    fs.rmSync(folder, { recursive: true });
    throw error;
  }
  return folder;
}

/** A policy pack that runs as a process of its own, as the engine runs it, and is asked over gRPC. */
export class PackProcess implements Analyzer {
  /** What the process has written to standard output, and to standard error. */
  public readonly output = { stdout: "", stderr: "" };

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  /**
   * @param args - What the command gets; default: the compiled pack.
   * @param command - default: Node.
   */
  public static async start(
    folder: string,
    args = [path.join(folder, "bin", "index.js")],
    command = process.execPath,
  ): Promise<PackProcess> {
    const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const lines: string[] = [];
    const errors: string[] = [];
    child.stderr.on("data", (data: Buffer) => errors.push(data.toString()));
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.on("data", (data: Buffer) => {
        lines.push(data.toString());
        const text = lines.join("");
        if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
      });
      child.on("exit", (code) =>
        reject(new Error(`The pack ended with status ${String(code)}: ${errors.join("")}`)),
      );
    });
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    });
    const pack = new PackProcess(child, client);
    Object.defineProperties(pack.output, {
      stdout: { get: () => lines.join("") },
      stderr: { get: () => errors.join("") },
    });
    return pack;
  }

  public info(): Promise<pb.AnalyzerInfo> {
    const Empty = AnalyzerService.getAnalyzerInfo.requestDeserialize(Buffer.alloc(0));
    return answered((done) => this.client.getAnalyzerInfo(Empty, done));
  }

  public async configure(request: Requests["configure"]): Promise<void> {
    await answered((done) => this.client.configure(request, done));
  }

  public analyze(request: Requests["analyze"]): Promise<pb.AnalyzeResponse> {
    return answered((done) => this.client.analyze(request, done));
  }

  public analyzeStack(request: Requests["analyzeStack"]): Promise<pb.AnalyzeResponse> {
    return answered((done) => this.client.analyzeStack(request, done));
  }

  /** Ends the process and waits until it has gone. */
  public async stop(): Promise<void> {
    this.client.close();
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await gone;
  }
}

function answered<T>(call: (done: (error: Error | null, response?: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (response === undefined) reject(error ?? new Error("There is no answer."));
      else resolve(response);
    });
  });
}
