import type { ResourceGraph } from "../../rules";
import type { UsageError } from "../errors";
import type { SelectionDocument } from "../selection-file";

export type SourceKind = "program" | "export" | "preview";

/** Resources to judge, from one file or program. */
export interface Source {
  /** The PATH as given, or the file in it. */
  readonly name: string;
  readonly kind: SourceKind;
  readonly graph: ResourceGraph;
  /** The file that a code-scanning view opens for a finding, relative to the current folder. */
  readonly file: string;
  /** What the reader of the report should know: one sentence each. */
  readonly notes: readonly string[];
  /** URNs of components whose resources cannot be seen. */
  readonly opaque: readonly string[];
  /**
   * The selection that a program's stack deploys.
   * @throws UsageError when its file cannot be read.
   */
  readonly selection?: () => SelectionDocument | undefined;
}

/** A source that could not be read, with the reason. */
export interface FailedSource {
  readonly name: string;
  readonly error: UsageError;
}

/** How sources are read. */
export interface SourceOptions {
  /** The stack of a program; the only one that has a file, else `dev`. */
  readonly stack?: string | undefined;
  /** How long a program may run, in seconds. */
  readonly timeoutSeconds: number;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what takes time. */
  readonly onProgress: (message: string) => void;
}
