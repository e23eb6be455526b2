import type { ChildProcess } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Processes } from "../processes";

const SCRIPT = path.join(__dirname, "moto_server.py");
/** Loading the AWS-managed policies takes most of the start: 1 s on a quiet machine, several on a busy one. */
const START_SECONDS = 300;

/** A running moto: AWS on a loopback port, without memory of what was before it. */
export class Moto {
  private constructor(
    private readonly processes: Processes,
    /** The server's process. */
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /**
   * Starts moto and waits until it answers.
   *
   * @param python - the interpreter that has moto.
   * @throws Error with what the server said when it does not come up.
   */
  static async start(processes: Processes, python: string): Promise<Moto> {
    // Nothing of the user's AWS settings may reach it, so its environment is made from nothing.
    const env = { PATH: "/usr/bin:/bin", HOME: os.tmpdir(), MOTO_IAM_LOAD_MANAGED_POLICIES: "true" };
    const child = processes.start(python, ["-B", SCRIPT], { env });
    const errors: string[] = [];
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => errors.push(chunk));
    const port = await portOf(child);
    if (port === undefined) throw new Error(`moto does not start. It said:\n${errors.join("")}`);
    const moto = new Moto(processes, child, port);
    await moto.ready();
    return moto;
  }

  /** Forgets everything, in every account and region. */
  async reset(): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.port}/moto-api/reset`, { method: "POST" });
    if (!response.ok) throw new Error(`moto cannot be reset: HTTP status ${response.status}.`);
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    await this.processes.stop(this.child);
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + START_SECONDS * 1000;
    for (;;) {
      try {
        const response = await fetch(`http://127.0.0.1:${this.port}/moto-api/data.json`);
        if (response.ok) return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      if (Date.now() > deadline) throw new Error(`moto does not answer within ${START_SECONDS} s.`);
      await sleep(50);
    }
  }
}

/** The port in the server's first line; undefined when it ends before. */
async function portOf(child: ChildProcess): Promise<number | undefined> {
  if (!child.stdout) return undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return Number(line);
  }
  return undefined;
}
