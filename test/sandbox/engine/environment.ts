import * as fs from "node:fs";
import * as path from "node:path";

/** The region in which everything of the sandbox lives unless a scenario says otherwise. */
export const REGION = "us-east-1";

/** The account that the local AWS takes every request with the literal credentials for. */
export const ACCOUNT = "123456789012";

/** What the environment of a sandbox is made of. */
export interface EnvironmentOptions {
  /** The sandbox's work folder; home, Pulumi home and backends are made in it. */
  readonly work: string;
  /** The folder with the engine and its plugins. */
  readonly bin: string;
  /** The address of the local AWS. */
  readonly endpoint: string;
}

/**
 * The variables that keep the engine, its plugins and the AWS clients on this machine: a home of their own (no AWS
 * profile, no Pulumi login, no npm settings of the user), literal credentials, a loopback endpoint, no downloads.
 *
 * Also what `--keep` prints, so it holds no more than what a person needs in a shell.
 */
export function sandboxVariables({ work, bin, endpoint }: EnvironmentOptions): Record<string, string> {
  const home = path.join(work, "home");
  const backend = path.join(work, "backend");
  for (const folder of [home, backend, path.join(home, ".aws")]) fs.mkdirSync(folder, { recursive: true });
  const own = [bin, path.dirname(process.execPath)];
  return {
    PATH: [...own, process.env["PATH"] ?? "/usr/bin:/bin"].join(path.delimiter),
    HOME: home,
    PULUMI_HOME: path.join(home, ".pulumi"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "sandbox",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The CLI's own host type-checks programs otherwise; that is the job of `npm run types`.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_CONFIG_FILE: path.join(home, ".aws", "config"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(home, ".aws", "credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** The whole environment of the engine's processes: {@link sandboxVariables} and what makes tools silent and offline. */
export function engineEnvironment(options: EnvironmentOptions): Record<string, string> {
  return {
    ...sandboxVariables(options),
    TMPDIR: options.work,
    LANG: "C.UTF-8",
    CI: "true",
    NO_COLOR: "1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    // `--event-log` is a flag of the CLI's debug mode.
    PULUMI_DEBUG_COMMANDS: "true",
    npm_config_offline: "true",
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
}
