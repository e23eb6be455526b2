import { createColors } from "picocolors";
import type { Io } from "../io";
import { deliver } from "../output";

export type Colours = ReturnType<typeof createColors>;

/** The flags of a command that prints facts. */
export interface FactOptions {
  readonly format?: "text" | "json";
  /** A file instead of standard output. */
  readonly output?: string;
  /** A selection file, whose packages have controls to tell of as well. */
  readonly selection?: string | undefined;
}

/**
 * Prints facts in the wanted format.
 * @throws UsageError when the file cannot be written.
 */
export function printFacts(
  facts: unknown,
  text: (colours: Colours) => string,
  options: FactOptions,
  io: Io,
): void {
  const colours = createColors(options.output === undefined && io.colour);
  const result = options.format === "json" ? `${JSON.stringify(facts, null, 2)}\n` : text(colours);
  deliver(result, options.output, io);
}
