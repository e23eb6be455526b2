import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, removeFolders } from "../cli/support";

const ROOT = join(__dirname, "../..");
const COPIED = [
  "components",
  "pipeline",
  "scripts/bootstrap-facts.ts",
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "Pulumi.prod.yaml",
  "Pulumi.prod-target.yaml",
  "tsconfig.json",
];

/** Keeps its stacks in a file; what it is asked to change is noted. */
const PULUMI = `
list() { sed 's/.*/{"name":"&"}/' "$STACKS" 2>/dev/null | paste -sd, -; }
case "$1 $2" in
  "stack ls") echo "[$(list)]" ;;
  "stack init") echo "pulumi stack init $3" >>"$CALLS"; echo "$PULUMI_BACKEND_URL $*" >>"$STACKS.how"; echo "$3" >>"$STACKS" ;;
  "stack output") [ -n "\${NO_CONNECTION:-}" ] || echo arn:aws:codeconnections:us-east-1:111122223333:connection/1 ;;
  "preview --stack") [ -f "$STACKS.deployed" ] ;;
  "up --stack") [ -z "\${UP_FAILS:-}" ] || exit 255; echo "pulumi up $3" >>"$CALLS"; : >"$STACKS.deployed" ;;
  "whoami "*) ;;
esac`;

/** Everything else that the script and the stand-ins call: a machine's own aws and pulumi must not be found. */
const TOOLS = [
  "cat",
  "cut",
  "dirname",
  "env",
  "grep",
  "head",
  "mktemp",
  "paste",
  "rm",
  "sed",
  "sh",
  "tr",
  "wc",
];

const NPX = 'while [ "$1" != --output ]; do shift; done; echo "{}" >"$2"';

/** What the stand-in of AWS keeps. */
interface Stored {
  readonly bucket: Readonly<Record<string, string>>;
  readonly keyPolicy: string;
  readonly rotates: boolean;
}

interface Statement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Condition: unknown;
  readonly Resource: unknown;
}

const statementsOf = (policy = "{}"): readonly Statement[] =>
  (JSON.parse(policy) as { readonly Statement: readonly Statement[] }).Statement;

/** A checkout with stand-ins of the tools, and an account that is empty at first. */
class Account {
  public readonly root = folder();
  private readonly bin = folder();

  public constructor() {
    for (const path of COPIED) cpSync(join(ROOT, path), join(this.root, path), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(this.root, "node_modules"));
    cpSync(join(__dirname, "fake-aws.js"), join(this.bin, "aws"));
    chmodSync(join(this.bin, "aws"), 0o755);
    for (const [tool, body] of Object.entries({ pulumi: PULUMI, npx: NPX })) {
      writeFileSync(join(this.bin, tool), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    }
    symlinkSync(process.execPath, join(this.bin, "node"));
    for (const tool of TOOLS) {
      const found = ["/bin", "/usr/bin"].map((place) => join(place, tool)).find((path) => existsSync(path));
      assert.ok(found, tool);
      symlinkSync(found, join(this.bin, tool));
    }
    mkdirSync(join(this.root, "tmp"));
  }

  /** Takes a tool away. */
  public without(tool: string): this {
    chmodSync(join(this.bin, tool), 0o644);
    return this;
  }

  public run(flags: readonly string[] = ["--yes"], env: Readonly<Record<string, string>> = {}) {
    const { status, stdout, stderr } = spawnSync(
      "/bin/sh",
      [join(this.root, "pipeline/bootstrap.sh"), ...flags],
      {
        encoding: "utf8",
        env: {
          PATH: this.bin,
          HOME: this.root,
          TMPDIR: join(this.root, "tmp"),
          CALLS: join(this.root, "calls"),
          STACKS: join(this.root, "stacks"),
          FAKE_AWS: join(this.root, "aws.json"),
          ...env,
        },
      },
    );
    return { status, stdout, stderr };
  }

  /** What was changed, call by call. */
  public get calls(): readonly string[] {
    const file = join(this.root, "calls");
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }

  /** What the stand-in of AWS keeps. */
  public get aws(): Stored {
    return JSON.parse(this.text("aws.json")) as Stored;
  }

  public text(file: string): string {
    return readFileSync(join(this.root, file), "utf8");
  }
}

describe("the script that sets a pipeline up", () => {
  after(removeFolders);

  it("is a script for any POSIX shell", () => {
    for (const shell of ["/bin/sh", "/bin/dash"].filter(existsSync)) {
      const { status, stderr } = spawnSync(shell, ["-n", join(ROOT, "pipeline/bootstrap.sh")], {
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
    }
  });

  it("takes an empty account to the first execution, and changes nothing when it runs again", () => {
    const account = new Account();
    const first = account.run();
    assert.equal(first.status, 0, first.stderr);
    assert.deepEqual(account.calls, [
      "aws kms create-key",
      "aws kms create-alias",
      "aws kms enable-key-rotation",
      "aws s3api create-bucket",
      "aws s3api put-public-access-block",
      "aws s3api put-bucket-versioning",
      "aws s3api put-bucket-encryption",
      "aws s3api put-bucket-lifecycle-configuration",
      "aws s3api put-bucket-policy",
      "pulumi stack init dev",
      "pulumi stack init prod",
      "pulumi stack init prod-target",
      "pulumi up dev",
      "aws codepipeline start-pipeline-execution",
    ]);
    const files = ["Pulumi.dev.yaml", "Pulumi.prod-target.yaml", "aws.json", "stacks"].map((file) =>
      account.text(file),
    );
    const second = account.run();
    assert.equal(second.status, 0, second.stderr);
    assert.equal(account.calls.length, 14, account.calls.slice(14).join("; "));
    assert.match(second.stdout, /The stack dev is up to date\.[^]*has run already/);
    assert.deepEqual(
      ["Pulumi.dev.yaml", "Pulumi.prod-target.yaml", "aws.json", "stacks"].map((file) => account.text(file)),
      files,
    );
  });

  it("writes bucket and key into the settings, and leaves the rest of them as it was", () => {
    const account = new Account();
    const before = account.text("Pulumi.dev.yaml").split("\n");
    const { stdout } = account.run(["--yes", "--state-bucket", "example-state"]);
    const after_ = account.text("Pulumi.dev.yaml").split("\n");
    const changed = after_.filter((line, index) => line !== before[index]).map((line) => line.trim());
    assert.deepEqual(changed, [
      "bucketName: example-state # YOURS",
      "kmsKeyArn: arn:aws:kms:us-east-1:111122223333:key/0000aaaa # YOURS",
    ]);
    assert.match(account.text("Pulumi.prod-target.yaml"), /bucketName: example-state # YOURS/);
    assert.match(stdout, /Wrote bucket and key into Pulumi\.dev\.yaml\. Commit that\./);
  });

  it("keeps the state private: versions, the key, TLS only, and of other accounts only the roles of each stack", () => {
    const account = new Account();
    account.run();
    const { bucket, keyPolicy, rotates } = account.aws;
    assert.equal(bucket["access"], "True\tTrue\tTrue\tTrue");
    assert.equal(bucket["versioning"], "Enabled");
    assert.equal(bucket["encryption"], "aws:kms\tarn:aws:kms:us-east-1:111122223333:key/0000aaaa");
    assert.equal(bucket["ownership"], "BucketOwnerEnforced");
    assert.equal(rotates, true);
    const [tls, shared, ...others] = statementsOf(bucket["policy"]);
    assert.deepEqual(others, []);
    assert.ok(tls && shared);
    assert.deepEqual([tls.Effect, tls.Condition], ["Deny", { Bool: { "aws:SecureTransport": "false" } }]);
    const roles = {
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Condition: {
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/continuous-compliance-target-*" },
      },
    };
    const { Principal, Condition, Resource } = shared;
    assert.deepEqual({ Principal, Condition }, roles);
    assert.ok(!JSON.stringify(Resource).includes("/dev"));
    const [own, key] = statementsOf(keyPolicy);
    assert.ok(own && key);
    assert.deepEqual(own.Principal, { AWS: "arn:aws:iam::111122223333:root" });
    assert.deepEqual({ Principal: key.Principal, Condition: key.Condition }, roles);
  });

  it("makes the stacks with the state's bucket as backend and its key for secrets", () => {
    const account = new Account();
    account.run(["--yes", "--state-bucket", "example-state"]);
    const [first] = account.text("stacks.how").split("\n");
    assert.equal(
      first,
      "s3://example-state?region=us-east-1 stack init dev --no-select --secrets-provider " +
        "awskms:///arn:aws:kms:us-east-1:111122223333:key/0000aaaa?region=us-east-1 --non-interactive",
    );
  });

  it("waits for the authorisation of the connection, says how, and goes on when it runs again", () => {
    const account = new Account();
    const first = account.run(["--yes"], { CONNECTION: "PENDING" });
    assert.equal(first.status, 3, first.stderr);
    assert.match(first.stdout, /is PENDING: somebody must authorise it once, by hand/);
    assert.ok(!account.calls.includes("aws codepipeline start-pipeline-execution"));
    const second = account.run();
    assert.equal(second.status, 0, second.stderr);
    assert.equal(account.calls.at(-1), "aws codepipeline start-pipeline-execution");
  });

  it("goes on where it was interrupted", () => {
    const account = new Account();
    const first = account.run(["--yes"], { UP_FAILS: "1" });
    assert.equal(first.status, 2);
    assert.match(first.stderr, /error: The stack dev was not deployed/);
    const made = account.calls.length;
    assert.equal(account.run().status, 0);
    assert.deepEqual(account.calls.slice(made), [
      "pulumi up dev",
      "aws codepipeline start-pipeline-execution",
    ]);
  });

  it("corrects what somebody else changed", () => {
    const account = new Account();
    account.run();
    const state = account.aws;
    writeFileSync(
      join(account.root, "aws.json"),
      JSON.stringify({ ...state, rotates: false, bucket: { ...state.bucket, versioning: "Suspended" } }),
    );
    const made = account.calls.length;
    account.run();
    assert.deepEqual(account.calls.slice(made), [
      "aws kms enable-key-rotation",
      "aws s3api put-bucket-versioning",
    ]);
  });

  it("changes nothing in a dry run, and says what it would do", () => {
    const account = new Account();
    const settings = account.text("Pulumi.dev.yaml");
    const { status, stdout, stderr } = account.run(["--dry-run"]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(account.calls, []);
    assert.equal(account.text("Pulumi.dev.yaml"), settings);
    assert.match(stdout, /would: Making the KMS key alias\/continuous-compliance-state/);
    assert.match(stdout, /would: Making the bucket acme-compliance-state/);
    assert.match(stdout, /would: Making the stack prod-target/);
    assert.match(stdout, /would: Deploy the stack dev/);
  });

  const oneError = ({ stderr }: { readonly stderr: string }): string => {
    const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
    assert.equal(errors.length, 1, stderr);
    return errors[0] ?? "";
  };

  for (const tool of ["aws", "pulumi"]) {
    it(`says that ${tool} is missing`, () => {
      const account = new Account().without(tool);
      const run = account.run();
      assert.equal(run.status, 2);
      assert.match(oneError(run), new RegExp(`There is no ${tool} on PATH`));
      assert.deepEqual(account.calls, []);
    });
  }

  it("says that the credentials are no good", () => {
    const account = new Account();
    const run = account.run(["--yes"], { NO_CREDENTIALS: "1" });
    assert.equal(run.status, 2);
    assert.match(oneError(run), /AWS does not know the credentials/);
  });

  it("does not touch a bucket that belongs to somebody else", () => {
    const run = new Account().run(["--yes"], { FOREIGN_BUCKET: "1" });
    assert.equal(run.status, 2);
    assert.match(oneError(run), /belongs to somebody else/);
  });

  for (const [flags, message] of [
    [["--stack"], /--stack needs a value/],
    [["--stak", "dev"], /There is no flag --stak/],
    [["--stack", "none"], /There is no Pulumi\.none\.yaml/],
    [["--stack", "prod"], /does not hold the part "pipeline"/],
  ] as const) {
    it(`refuses ${flags.join(" ")}`, () => {
      const run = new Account().run(flags);
      assert.equal(run.status, 2);
      assert.match(oneError(run), message);
    });
  }

  it("shows no secret", () => {
    const secret = "pul-0123456789012345678901234567890123456789";
    const { stdout, stderr } = new Account().run(["--yes"], {
      PULUMI_ACCESS_TOKEN: secret,
      AWS_SECRET_ACCESS_KEY: "s3cr3t",
    });
    assert.doesNotMatch(stdout + stderr, /pul-0123|s3cr3t/);
  });
});
