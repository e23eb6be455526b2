import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { Client, credentials } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as pb from "@pulumi/pulumi/proto/analyzer_pb";

const RUN_POLICY_PACK = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const MAX_MESSAGE_BYTES = 1 << 28;

/**
 * A policy pack that runs as the engine runs it. Requests go out as bytes that were made before and answers are not
 * decoded, so that what is measured is the pack and not this client.
 */
export class PackClient {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: Client,
  ) {}

  public static async start(folder: string): Promise<PackClient> {
    const child = spawn(process.execPath, [RUN_POLICY_PACK, "127.0.0.1:0", folder], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<string>((resolve, reject) => {
      let printed = "";
      child.stdout.on("data", (data: Buffer) => {
        printed += data.toString();
        if (printed.includes("\n")) resolve(printed.slice(0, printed.indexOf("\n")));
      });
      child.on("exit", (status) =>
        reject(new Error(`The pack in ${folder} ended with status ${String(status)}.`)),
      );
    });
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
      "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    });
    return new PackClient(child, client);
  }

  public async configure(request: pb.ConfigureAnalyzerRequest): Promise<void> {
    await this.send(AnalyzerService.configure.path, Buffer.from(request.serializeBinary()));
  }

  public analyze(request: Buffer): Promise<Buffer> {
    return this.send(AnalyzerService.analyze.path, request);
  }

  public analyzeStack(request: Buffer): Promise<Buffer> {
    return this.send(AnalyzerService.analyzeStack.path, request);
  }

  /** Ends the process and waits until it has gone. */
  public async stop(): Promise<void> {
    this.client.close();
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await gone;
  }

  private send(path: string, request: Buffer): Promise<Buffer> {
    const asItIs = (bytes: Buffer): Buffer => bytes;
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(path, asItIs, asItIs, request, (error, answer) => {
        if (answer === undefined) reject(error ?? new Error("There is no answer."));
        else resolve(answer);
      });
    });
  }
}
