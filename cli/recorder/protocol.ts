/** What the command and the process that records a program say to each other. */

/** The file descriptor on which the recorder answers; the program's own output goes elsewhere. */
export const ANSWER_DESCRIPTOR = 3;

/** What the recorder is asked to do; given as the only argument, as JSON. */
export interface RecordRequest {
  /** The folder of `Pulumi.yaml`. */
  readonly root: string;
  /** The folder in which the program runs. */
  readonly folder: string;
  /** The entry point in it, or `.` to look it up in `package.json`. */
  readonly entry: string;
  /** The compiler's settings, which need not be there. */
  readonly tsconfig: string;
  readonly project: string;
  readonly stack: string;
  /** Configuration as the real engine hands it over: full key to text. */
  readonly config: Readonly<Record<string, string>>;
  /** The region of the default provider. */
  readonly region: string;
  /** Where a copy of ts-node is, for a program that has none. */
  readonly ownFolder: string;
}

/** A resource as the program registered it. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  /** Created inside a plugin, so that what it consists of cannot be seen. */
  readonly remote: boolean;
  /** It exists already and is only read. */
  readonly read: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  /** The version of the provider's SDK, which names the default provider. */
  readonly version: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** Why a program could not be recorded. */
export interface RecordFailure {
  readonly kind:
    | "no-sdk"
    | "no-entry"
    | "no-compiler"
    | "missing-config"
    | "wrong-config"
    | "exited"
    | "status"
    | "stuck"
    | "logged"
    | "threw";
  /** What the program or the SDK said; the key for `missing-config`, the status for `exited` and `status`. */
  readonly message: string;
  /** For `wrong-config`: the type that the program wants. */
  readonly wanted?: string;
  /** Where in the program, as `file:line:column` relative to its folder. */
  readonly place?: string;
  readonly stack?: string;
}

/** What the recorder answers. */
export interface RecordAnswer {
  readonly registrations: readonly Registration[];
  /** Functions of providers whose answer only a cloud knows. */
  readonly unanswered: readonly string[];
  readonly failure?: RecordFailure;
}
