import { writeSync } from "node:fs";
import { EntryError, runProgram } from "./entry";
import { failureOf } from "./failure";
import { Monitor, UNANSWERED } from "./monitor";
import { ANSWER_DESCRIPTOR } from "./protocol";
import type { RecordAnswer, RecordFailure, RecordRequest } from "./protocol";
import { loadSdk } from "./sdk";
import type { Sdk } from "./sdk";
import { Transforms } from "./transforms";
import { tolerantUnknown } from "./unknown";

/**
 * Records one program: runs it in this process with a {@link Monitor} in the place of the engine, and answers on a
 * descriptor of its own with what the program registered, or why it could not run to its end.
 */
function record(request: RecordRequest): void {
  let failure: RecordFailure | undefined;
  let finished = false;
  let ended = false;
  const started: { monitor?: Monitor; sdk?: Sdk } = {};
  process.on("exit", (status) => {
    // Libraries register resources when the program seems to have ended, so that only the end of the process is the end.
    if (started.sdk?.pulumi.log.hasErrors() === true) failure ??= { kind: "logged", message: "" };
    const answer: RecordAnswer = {
      registrations: started.monitor?.registrations ?? [],
      unanswered: started.monitor?.unanswered ?? [],
      ...(failure === undefined && finished && status === 0
        ? {}
        : { failure: failure ?? (finished ? failedStatus(status) : unfinished(ended, status)) }),
    };
    writeWhole(JSON.stringify(answer));
  });
  const fail = (reason: RecordFailure): void => {
    failure ??= reason;
    process.exit(1);
  };
  const crashed = (error: unknown): void =>
    fail(
      error instanceof EntryError
        ? { kind: error.kind, message: error.message }
        : failureOf(error, request.folder),
    );
  process.on("uncaughtException", crashed);
  process.on("unhandledRejection", crashed);
  const exit = process.exit.bind(process);
  process.exit = (status) => {
    ended = true;
    return exit(status);
  };

  endWithParent();
  const sdk = loadSdk(request.folder);
  if (sdk === undefined) {
    fail({ kind: "no-sdk", message: request.folder });
    return;
  }
  const monitor = new Monitor(sdk, request, new Transforms(sdk));
  sdk.settings.setMockOptions(monitor, request.project, request.stack, true, "organization");
  started.monitor = monitor;
  started.sdk = sdk;
  answerUnknown(sdk);
  process.argv = [process.argv[0] ?? "node", "pulumi"];
  void sdk.pulumi.runtime
    .runInPulumiStack(() => runProgram(request, sdk.folder))
    .then(() => {
      finished = true;
    }, crashed);
}

/**
 * The SDK makes objects of answers, property by property. An answer that nobody knows has no properties that could be
 * named, so the whole of it is replaced by an unknown value.
 */
function answerUnknown({ rpc }: Sdk): void {
  const deserialize = rpc.deserializeProperties.bind(rpc);
  const unknown = tolerantUnknown() as Record<string, unknown>;
  // The SDK answers a question with unknown arguments by itself, with an empty object that a program cannot work with.
  rpc.containsUnknownValues = () => false;
  rpc.deserializeProperties = (answer, keepUnknowns) => {
    const values = deserialize(answer, keepUnknowns);
    return Object.hasOwn(values, UNANSWERED) ? unknown : values;
  };
}

/** When the command is killed, what it started ends as well. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, 1000).unref();
}

/** The engine believes the status of a program, also where it registered everything. */
const failedStatus = (status: number): RecordFailure => ({ kind: "status", message: String(status) });

function unfinished(ended: boolean, status: number): RecordFailure {
  return ended ? { kind: "exited", message: String(status) } : { kind: "stuck", message: "" };
}

function writeWhole(text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(ANSWER_DESCRIPTOR, bytes, written);
}

record(JSON.parse(process.argv[2] ?? "{}") as RecordRequest);
