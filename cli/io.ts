/** Where a command writes to. */
export interface Io {
  /** The result. */
  readonly stdout: TextSink;
  /** Errors, and progress where it is a terminal. */
  readonly stderr: TextSink;
  /** Whether the result is coloured: on a terminal, unless `NO_COLOR` or `--no-color` says otherwise. */
  readonly colour: boolean;
  /** Whether standard error is a terminal, so that progress may be shown. */
  readonly progress: boolean;
  /** Characters in a line of the terminal that the result goes to; absent when it goes elsewhere. */
  readonly columns?: number;
}

export interface TextSink {
  write(text: string): unknown;
}
