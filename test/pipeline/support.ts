import { chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folder } from "../cli/support";
import { runBuildspec } from "../support/buildspec";
import type { BuildspecRun } from "../support/buildspec";

const ROOT = join(__dirname, "../..");
/** The path of a buildspec. */
export const buildspec = (name: string): string => join(ROOT, "pipeline/buildspecs", `${name}.yml`);

/** A stand-in of a tool: notes its arguments and some variables, and then does what is given. */
const standIn = (name: string, body: string): string => `#!/bin/sh
printf '%s' ${name} >>"$CALLS"
for argument in "$@"; do printf ' %s' "$argument" >>"$CALLS"; done
[ -z "\${AWS_PROFILE:-}" ] || printf ' (as %s)' "$(sed -n 's/^role_arn = //p' "$AWS_CONFIG_FILE")" >>"$CALLS"
echo >>"$CALLS"
${body}
`;

/** What the stand-in of npx does when it is asked to preview. */
const PREVIEW = `
case "$*" in
  "compliance policy-config "*) while [ "$1" != --output ]; do shift; done; echo '{}' >"$2" ;;
  *"deliver preview"*)
    status=\${PREVIEW_STATUS:-0}
    while [ "$1" != --out ]; do shift; done
    mkdir -p "$2"
    for file in findings.md findings.sarif findings.xml steps.json; do echo "$file" >"$2/$file"; done
    echo "dev: 1 to create" >"$2/summary.txt"
    [ "$status" -ne 0 ] || echo '{}' >"$2/manifest.json"
    exit "$status" ;;
  *"compliance check"*) [ -z "\${CHECK_STATUS:-}" ] || exit "$CHECK_STATUS" ;;
esac`;

/** The source of a build, with stand-ins of the tools. */
export class Source {
  public readonly root = folder();
  private readonly bin = folder();

  public constructor(npx = PREVIEW) {
    cpSync(join(ROOT, "pipeline"), join(this.root, "pipeline"), { recursive: true });
    this.tool("npx", npx);
    this.tool("npm", '[ -z "${NPM_FAILS:-}" ] || [ "$*" != "$NPM_FAILS" ] || exit 1');
    this.tool(
      "pulumi",
      'case "$1" in version) echo v3.274.1 ;; stack) while [ "$1" != --file ]; do shift; done; echo "{}" >"$2" ;; esac',
    );
    this.tool("curl", "exit 7");
  }

  /** Puts a stand-in in the place of a tool. */
  public tool(name: string, body: string): void {
    const file = join(this.bin, name);
    writeFileSync(file, standIn(name, body));
    chmodSync(file, 0o755);
  }

  /** Runs a buildspec. */
  public run(name: string, env: Readonly<Record<string, string>> = {}): Promise<BuildspecRun> {
    const base = {
      PATH: "/usr/bin:/bin",
      HOME: this.root,
      CALLS: join(this.root, "calls"),
      TMPDIR: dirname(this.bin),
    };
    return runBuildspec(buildspec(name), { cwd: this.root, path: [this.bin], env: { ...base, ...env } });
  }

  /** The calls of all stand-ins, without what every project begins with. */
  public get calls(): readonly string[] {
    return this.lines.filter(
      (line) => !/^(npm ci|pulumi version|npx compliance policy-config .*)$/.test(line),
    );
  }

  /** How the policy pack was configured, each time. */
  public get configurations(): readonly string[] {
    return this.lines.filter((line) => line.startsWith("npx compliance policy-config "));
  }

  private get lines(): readonly string[] {
    const file = join(this.root, "calls");
    if (!existsSync(file)) return [];
    const text = readFileSync(file, "utf8").trimEnd();
    return text
      .replaceAll(/\/\S+\/policy-config\.json/g, "CONFIG")
      .replaceAll(/\/\S+\/state\.json/g, "STATE")
      .split("\n");
  }
}
