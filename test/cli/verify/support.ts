import { verify } from "../../../cli/commands/verify";
import type { VerifyOptions } from "../../../cli/commands/verify";
import { folder, removeFolders } from "../support";
import { FakeAws } from "./fake-aws";
import { FakeClock } from "./fake-clock";
import { join } from "node:path";

export const HOME = "us-east-1";
export const NOW = Date.parse("2026-06-15T12:00:00Z");
export const HOUR = 3_600_000;

/** Everything that may lead the SDK elsewhere. */
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret-access-key",
  AWS_SESSION_TOKEN: "session-token",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
};

/** The environment of a command that talks to a fake AWS. */
export const awsEnvironment = (endpoint: string): Readonly<Record<string, string>> => ({
  ...ENVIRONMENT,
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: HOME,
});

/** What the JSON report says, as far as specs read it. */
export interface Verified {
  readonly regions: readonly {
    readonly region: string;
    readonly account?: string;
    readonly error?: string;
    readonly rules?: readonly {
      readonly name: string;
      readonly state: string;
      readonly reason?: string;
      readonly fails: boolean;
    }[];
  }[];
  readonly findings: readonly {
    readonly region: string;
    readonly control: string;
    readonly resourceId: string;
    readonly resourceName?: string;
    readonly urn?: string;
    readonly annotation?: string;
    readonly exemption?: { readonly reason: string };
    readonly fails: boolean;
  }[];
  readonly exemptions: {
    readonly expired: readonly unknown[];
    readonly unused: readonly { readonly resource: string }[];
  };
  readonly notes: readonly string[];
  readonly summary: Readonly<Record<string, number>>;
}

export interface Verification {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A fake AWS, a clock that takes no time, and the command in this process. */
export class Bench {
  public readonly clock = new FakeClock(NOW);
  public readonly aws = new FakeAws(this.clock);
  private before: NodeJS.ProcessEnv = {};

  public async open(): Promise<void> {
    this.before = { ...process.env };
    Object.assign(process.env, awsEnvironment(await this.aws.listen()));
    delete process.env["AWS_PROFILE"];
  }

  public async close(): Promise<void> {
    process.env = this.before;
    await this.aws.close();
    removeFolders();
  }

  public async run(
    selection: object,
    flags: Partial<VerifyOptions> = {},
    states: readonly object[] = [],
  ): Promise<Verification> {
    const root = folder({
      "s.json": selection,
      ...Object.fromEntries(states.map((state, index) => [`state-${index}.json`, state])),
    });
    let out = "";
    let err = "";
    const status = await verify(
      {
        selection: join(root, "s.json"),
        stackFile: states.map((_, index) => join(root, `state-${index}.json`)),
        ...(states.length === 0 ? { region: [HOME] } : {}),
        timeout: 30,
        metrics: false,
        format: "text",
        all: false,
        ...flags,
      },
      {
        stdin: process.stdin,
        stdout: { write: (text) => (out += text) },
        stderr: { write: (text) => (err += text) },
        env: {},
        colour: false,
        progress: false,
        debug: false,
        today: new Date(this.clock.now()).toISOString().slice(0, 10),
      },
      this.clock,
    );
    return { status, out, err };
  }

  public async json(
    selection: object,
    flags: Partial<VerifyOptions> = {},
    states: readonly object[] = [],
  ): Promise<Verification & { readonly report: Verified }> {
    const run = await this.run(selection, { ...flags, format: "json" }, states);
    return { ...run, report: JSON.parse(run.out) as Verified };
  }
}

/** By rule name: its state. */
export function statesOf(report: Verified): Readonly<Record<string, string>> {
  return Object.fromEntries(
    report.regions.flatMap(({ rules = [] }) => rules.map(({ name, state }) => [name, state])),
  );
}

/** The reason that a report gives for a rule. */
export function reasonOf(report: Verified, name: string): string {
  const rules = report.regions.flatMap((region) => region.rules ?? []);
  return rules.find((rule) => rule.name === name)?.reason ?? "";
}

/** A rule of the stack in its state. */
export function stackRule(
  name: string,
  { region = HOME, modified = "2026-01-01T00:00:00Z", account = "123456789012", suffix = "" } = {},
): object {
  return {
    urn: `urn:pulumi:dev::test::compliance:aws:RuleSet$aws:cfg/rule:Rule::${name}${suffix}`,
    type: "aws:cfg/rule:Rule",
    custom: true,
    id: name,
    modified,
    parent: "urn:pulumi:dev::test::pulumi:pulumi:Stack::test-dev",
    inputs: { name, region },
    outputs: { name, region, arn: `arn:aws:config:${region}:${account}:config-rule/config-rule-x` },
  };
}
