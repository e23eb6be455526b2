import type { Selection } from "../../rules";
import { traceOf, UsageError } from "../errors";
import type { Io } from "../io";
import { deliver } from "../output";
import { errorLine, render, ReportBuilder } from "../reports";
import type { FailOn, Format, OnUnknown } from "../reports";
import { refuseEmpty, selectionFrom } from "../selection";
import type { SelectionFlags } from "../selection";
import { readSelectionFile } from "../selection-file";
import { sourcesOf } from "../sources";
import type { Source } from "../sources";
import { noteIgnored } from "./ignored";
import type { ProgramFlags } from "./program-flags";

/** The flags of `compliance check`. */
export interface CheckOptions extends SelectionFlags, ProgramFlags {
  readonly selection?: string | undefined;
  readonly format: Format;
  readonly output?: string | undefined;
  readonly all: boolean;
  /** The least severity of a mandatory finding that makes the status 1. */
  readonly failOn: FailOn;
  readonly onUnknown: OnUnknown;
}

/** What `check` needs of the process. */
export interface CheckContext extends Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Show stack traces. */
  readonly debug: boolean;
  /** Today, as `YYYY-MM-DD` in UTC. */
  readonly today: string;
}

/**
 * `compliance check PATH...`: judges programs, exports and previews. A source that cannot be read is one message on
 * standard error; the others are judged all the same.
 * @returns the exit status: 0, 1 with mandatory findings, 2 when something could not be judged.
 * @throws UsageError when the selection is wrong, or the report cannot be written.
 */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  context: CheckContext,
): Promise<0 | 1 | 2> {
  const file = options.selection === undefined ? undefined : readSelectionFile(options.selection);
  const shared = selectionFrom(file, options, context.today);
  refuseEmpty(shared, "judge by", options.selection);
  const builder = new ReportBuilder(options);
  const reading = {
    ...context,
    stack: options.stack,
    timeoutSeconds: options.timeout,
    onProgress: progressOn(context),
  };
  let isStackOfNone = true;
  for (const path of paths) {
    for await (const source of sourcesOf(path, reading)) {
      // What could not be read may be a program.
      if ("error" in source || source.kind === "program") isStackOfNone = false;
      if ("error" in source) {
        builder.fail(source.name, source.error);
        if (context.debug) context.stderr.write(`${traceOf(source.error)}\n`);
      } else if (file !== undefined) {
        builder.judge(source, shared);
      } else {
        judgeByOwn(source, shared, options, context, builder);
      }
    }
  }
  const report = builder.finish(shared);
  const text = await render(report, options.format, {
    colour: context.colour && options.output === undefined,
    all: options.all,
    undecided: options.onUnknown !== "ignore",
    today: context.today,
  });
  if (options.stack !== undefined && isStackOfNone)
    noteIgnored(options.stack, "it is for programs, and none is judged", context);
  for (const error of report.errors) context.stderr.write(`error: ${errorLine(error)}\n`);
  deliver(text, options.output, context);
  return report.status;
}

/** Judges a program by the selection of its own stack, where it has one. */
function judgeByOwn(
  source: Source,
  shared: Selection,
  options: CheckOptions,
  context: CheckContext,
  builder: ReportBuilder,
): void {
  try {
    const own = source.selection?.();
    const selection = own === undefined ? shared : selectionFrom(own, options, context.today);
    refuseEmpty(selection, "judge by", source.name);
    builder.judge(source, selection);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    builder.fail(source.name, error);
  }
}

/** One line on a terminal that is overwritten and disappears; nothing elsewhere. */
export function progressOn({ progress, stderr }: Io): (message: string) => void {
  return (message) => {
    if (progress) stderr.write(message === "" ? "\r\u001b[K" : `\r\u001b[K${message}`);
  };
}
