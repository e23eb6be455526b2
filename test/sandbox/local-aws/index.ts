import type { ChildProcess } from "node:child_process";
import { makeGapFiller, type GapFiller, type Hands } from "../gap-filler";
import type { Credentials } from "../gap-filler/identities";
import type { Processes } from "../processes";
import { Moto } from "./moto";

export { type AwsClients, awsClients } from "./clients";

/** moto grows with every scenario and does not shrink on a reset; past this size it is started anew. */
const RESETS_PER_PROCESS = 10;

/** The local AWS: moto and the gap filler in front of it, under one address that stays the same. */
export class LocalAws {
  private resets = 0;

  private constructor(
    private readonly processes: Processes,
    private readonly python: string,
    private moto: Moto,
    private readonly gaps: GapFiller<Hands>,
  ) {}

  /** Starts it, on free loopback ports. */
  static async start(processes: Processes, python: string): Promise<LocalAws> {
    const moto = await Moto.start(processes, python);
    const gaps = makeGapFiller(moto.port, python);
    await gaps.listen();
    return new LocalAws(processes, python, moto, gaps);
  }

  /** The address that every client uses. */
  get endpoint(): string {
    return this.gaps.endpoint;
  }

  /** What a person does by hand in the account, and what happens there by itself. */
  get hands(): Hands {
    return this.gaps.hands;
  }

  /** Begins a session of a role as a service does to which the role was handed. */
  session(roleArn: string): Promise<Credentials> {
    return this.hands.identities.session({ aws: this.gaps.inside("us-east-1") }, roleArn);
  }

  /** The process that is to be left when everything else has ended. */
  get child(): ChildProcess {
    return this.moto.child;
  }

  /** An empty AWS again: every account and region forgotten. */
  async reset(): Promise<void> {
    this.gaps.reset();
    if (++this.resets % RESETS_PER_PROCESS !== 0) return this.moto.reset();
    await this.moto.stop();
    this.moto = await Moto.start(this.processes, this.python);
    this.gaps.useMoto(this.moto.port);
  }

  /** Ends both. */
  async stop(): Promise<void> {
    await this.gaps.close();
    await this.moto.stop();
  }
}
