import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { DeliverContext } from "../../../cli/deliver/operation";
import { deliverPreview } from "../../../cli/deliver/preview";
import type { PreviewOptions } from "../../../cli/deliver/preview";
import { folder } from "../support";

/** What the stand-in of the CLI does when a command is called; of a list one after the other. */
interface Answer {
  readonly stdout?: unknown;
  readonly stderr?: string;
  readonly status?: number;
  readonly events?: readonly unknown[];
  readonly plan?: string;
  /** Settings that hold from then on. */
  readonly then?: Settings;
  /** Files that the program writes. */
  readonly write?: Readonly<Record<string, string>>;
  /** Goes on until it is interrupted. */
  readonly wait?: true;
}
export type Settings = Readonly<Record<string, Answer | readonly Answer[]>>;

export const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
export const BUCKET = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::data";
export const COMMIT = "0123456789abcdef0123456789abcdef01234567";
export const NOW = new Date("2026-11-25T12:00:00Z");

/** A state as `pulumi stack export` writes it. */
export const state = (resources: readonly unknown[] = [], manifest: unknown = { time: "2026" }): object => ({
  version: 3,
  deployment: { manifest, resources },
});

/** The event of a step. */
export function step(
  op: string,
  urn: string,
  inputs: object = {},
  more: Readonly<Record<string, unknown>> = {},
): object {
  const type = (urn.split("::")[2] ?? "").split("$").at(-1);
  const custom = type !== "pulumi:pulumi:Stack";
  const state = op === "delete" ? null : { urn, type, custom, inputs, outputs: {} };
  return {
    resourcePreEvent: { metadata: { op, urn, type, old: null, new: state, detailedDiff: null, ...more } },
  };
}

/** The event of a violated policy. */
export const violation = (policy: string, message: string, level = "mandatory", urn = BUCKET): object => ({
  policyEvent: {
    policyName: policy,
    policyPackName: "continuous-compliance",
    resourceUrn: urn,
    message: `A title.\n${message}\n`,
    enforcementLevel: level,
    severity: "high",
  },
});

/** The event of an error. */
export const error = (message: string): object => ({
  diagnosticEvent: { severity: "error", message: `<{%fg 1%}>${message}<{%reset%}>\n` },
});

/** The last event of an operation. */
export const summary = (changes: Readonly<Record<string, number>> = { same: 1 }): object => ({
  summaryEvent: { resourceChanges: changes, isPreview: true },
});

const STEPS = [step("same", STACK), step("create", BUCKET, { bucket: "data" })];

/** A CLI with which everything goes well: a preview that creates one bucket. */
export const WELL = {
  version: { stdout: "v3.274.1\n" },
  "stack export": { stdout: state([{ urn: STACK, type: "pulumi:pulumi:Stack" }]) },
  preview: {
    events: [...STEPS, summary({ same: 1, create: 1 })],
    plan: '{"plan":1}',
    stdout: "Previewing\n",
  },
  up: { events: [...STEPS, summary({ same: 1, create: 1 })], stdout: "Updating\n" },
} as const satisfies Settings;
export const GOOD: Settings = { ...WELL };

/** A program, a pack and a stand-in of the CLI, in a folder of their own. */
export class Place {
  public readonly root: string;
  private readonly settings: string;
  public out = "";
  public err = "";

  public constructor(
    settings: Settings = GOOD,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {
    this.root = folder({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config: {}\n",
      "package-lock.json": "{}",
      "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
      "pack/package.json": { version: "1.2.3" },
      "pack/bin/index.js": "// pack",
      "config.json": "{}",
    });
    this.settings = join(this.root, "fake.json");
    mkdirSync(join(this.root, "bin"));
    copyFileSync(join(__dirname, "fake-pulumi.js"), join(this.root, "bin/pulumi"));
    this.set(settings);
  }

  /** Changes what the stand-in does. */
  public set(settings: Settings): void {
    writeFileSync(this.settings, JSON.stringify({ ...GOOD, ...settings }));
  }

  public path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  /** The environment of the command: the stand-in and Node.js on PATH, and the commit. */
  public get variables(): Readonly<Record<string, string>> {
    return {
      PATH: [this.path("bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      CODEBUILD_RESOLVED_SOURCE_VERSION: COMMIT,
      FAKE_PULUMI: this.settings,
      ...this.env,
    };
  }

  /** The context of a command; what it prints is kept. */
  public context(now = NOW, env: Readonly<Record<string, string>> = {}): DeliverContext {
    return {
      env: { ...this.variables, ...env },
      now: () => now,
      stdout: { write: (text) => (this.out += text) },
      stderr: { write: (text) => (this.err += text) },
      colour: false,
      progress: false,
    };
  }

  /** How the stand-in was called, each call as one text. */
  public get calls(): readonly string[] {
    const file = `${this.settings}.calls`;
    if (!existsSync(file)) return [];
    return readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as string[]).join(" "));
  }

  /** The calls of one command. */
  public callsOf(command: string): readonly string[] {
    return this.calls.filter((call) => call.startsWith(command));
  }

  /** A file as JSON. */
  public json(file: string): unknown {
    return JSON.parse(readFileSync(this.path(file), "utf8"));
  }
}

/** Previews the stack `dev` with a pack into the folder `out`. */
export function previewIn(
  place: Place,
  options: Partial<PreviewOptions> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return deliverPreview(
    {
      stack: "dev",
      program: place.root,
      out: place.path("out"),
      policyPack: [place.path("pack")],
      policyPackConfig: [place.path("config.json")],
      plan: true,
      secrets: true,
      ...options,
    },
    place.context(undefined, env),
  );
}

/** What the preview has written. */
export const written = (place: Place): readonly string[] =>
  existsSync(place.path("out")) ? readdirSync(place.path("out")).sort() : [];
