import type { EngineSettings } from "./engine/stack";
import type { AwsClients, LocalAws } from "./local-aws";
import type { Processes } from "./processes";

/** What scenarios work with. */
export interface Sandbox {
  readonly processes: Processes;
  readonly aws: LocalAws;
  /** Starts one more local AWS, for what runs beside something else; whoever starts it stops it. */
  readonly startAws: () => Promise<LocalAws>;
  /** Clients in the sandbox's region. */
  readonly clients: AwsClients;
  /** A folder for whatever a scenario writes. */
  readonly work: string;
  /** The copy of the checkout: program, pack, examples and the built command. */
  readonly checkout: string;
  readonly engine: EngineSettings;
}

/** Says what was just done and holds; one line of progress. */
export type Say = (line: string) => void;

/** One story that is told on the real engine. It fails by throwing, as assertions do. */
export interface Scenario<Place = Sandbox> {
  /** What is expected, in the present tense. */
  readonly title: string;
  /**
   * Scenarios of one group stand together and go on with what the one before left in the local AWS; a scenario
   * without a group begins with an empty one.
   */
  readonly group?: string;
  run(sandbox: Place, say: Say): Promise<void>;
}
