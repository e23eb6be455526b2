import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { BUCKET, GOOD, error, step, summary, violation } from "../cli/deliver/support";
import type { Settings } from "../cli/deliver/support";
import { ProviderApi } from "./provider-api";
import { PROVIDERS } from "./providers";
import type { Environment, Provider, Run } from "./providers";

const root = path.join(__dirname, "..", "..");

const STOPPED: Settings = {
  preview: {
    status: 255,
    events: [
      step("create", BUCKET),
      violation("s3-bucket-versioning-enabled", "It is off; turn it on."),
      summary(),
    ],
  },
};
const BROKEN: Settings = { preview: { status: 255, events: [error("The program throws.")] } };

/** What is never to be seen by scripts of packages. */
const SECRETS = /^(COMPLIANCE_TOKEN|COMPLIANCE_ID_TOKEN|BITBUCKET_STEP_OIDC_TOKEN|AWS_SECRET_ACCESS_KEY)=/m;

/** A project with its checkout and the tools of its pipeline, for one provider. */
class Project {
  public readonly checkout: string;
  private runs = 0;

  public constructor(
    private readonly folder: string,
    private readonly release: string,
    private readonly api: string,
  ) {
    this.checkout = path.join(folder, "checkout");
    const bin = path.join(folder, "bin");
    for (const each of [this.checkout, bin]) fs.mkdirSync(each, { recursive: true });
    const files = {
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config: {}\n",
      "package-lock.json": "{}",
    };
    for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(this.checkout, file), text);
    const git = (...args: readonly string[]): unknown =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
        cwd: this.checkout,
      });
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "-m", "a");
    fs.copyFileSync(path.join(__dirname, "../cli/deliver/fake-pulumi.js"), path.join(bin, "pulumi"));
    fs.chmodSync(path.join(bin, "pulumi"), 0o755);
    fs.symlinkSync(process.execPath, path.join(bin, "node"));
    fs.writeFileSync(path.join(bin, "npm"), '#!/bin/sh\nenv >"$TEST_NPM"\n', { mode: 0o755 });
    // Two providers have one address each.
    fs.writeFileSync(
      this.file("loopback.cjs"),
      `const real = globalThis.fetch;
       globalThis.fetch = (address, init) =>
         real(String(address).replace(/^https:\\/\\/api\\.(bitbucket\\.org\\/2\\.0|github\\.com)/, process.env.TEST_API), init);`,
    );
    this.set(GOOD);
  }

  public file = (name: string): string => path.join(this.folder, name);

  public set(settings: Settings): void {
    fs.writeFileSync(this.file("pulumi.json"), JSON.stringify({ ...GOOD, ...settings }));
  }

  /** Runs a template, whose tools are kept below the project's folder. */
  public run({ template, run }: Provider, more: Environment = {}): Promise<Run> {
    const home = this.file("tool");
    const text = fs
      .readFileSync(path.join(root, "templates", template), "utf8")
      .replaceAll("/tmp/compliance", home);
    const scratch = this.file(`run-${++this.runs}`);
    fs.mkdirSync(scratch);
    const sums = fs.readFileSync(path.join(this.release, "SHA256SUMS"));
    return run(text, {
      checkout: this.checkout,
      scratch,
      env: {
        PATH: `${this.file("bin")}:/usr/bin:/bin`,
        HOME: this.folder,
        TMPDIR: scratch,
        COMPLIANCE_URL: `file://${this.release}`,
        COMPLIANCE_SHA256: createHash("sha256").update(sums).digest("hex"),
        COMPLIANCE_ROLE_ARN: "arn:aws:iam::111122223333:role/preview",
        AWS_REGION: "eu-central-1",
        AWS_ENDPOINT_URL: this.api,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        FAKE_PULUMI: this.file("pulumi.json"),
        TEST_NPM: this.file("npm.txt"),
        TEST_API: this.api,
        NODE_OPTIONS: `--require ${this.file("loopback.cjs")}`,
        ...more,
      },
    });
  }

  /** What was asked of the Pulumi CLI, each call as one text. */
  public get calls(): string {
    const file = `${this.file("pulumi.json")}.calls`;
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  }
}

describe("the templates for other projects", () => {
  let work = "";
  let release = "";

  before(() => {
    work = fs.mkdtempSync(path.join(os.tmpdir(), "templates-"));
    release = path.join(work, "release");
    execFileSync(process.execPath, [path.join(root, "scripts/pack.mjs"), "--out", release], { cwd: root });
  });

  after(() => fs.rmSync(work, { recursive: true }));

  for (const provider of PROVIDERS) {
    describe(`in ${provider.name}`, () => {
      let api: ProviderApi;
      let project: Project;

      beforeEach(async () => {
        api = new ProviderApi();
        project = new Project(fs.mkdtempSync(path.join(work, "project-")), release, await api.listen());
      });
      afterEach(() => api.close());

      it("previews with the executable pack and the configuration, passes, and posts the report", async () => {
        const { passed, log } = await project.run(provider);
        assert.ok(passed, log);
        assert.match(project.calls, /"--policy-pack","[^"]*\/tool\/compliance-policy-pack\.cjs"/);
        assert.match(project.calls, /"--policy-pack-config","[^"]*\/tool\/policy-config\.json"/);
        fs.accessSync(project.file("tool/compliance-policy-pack.cjs"), fs.constants.X_OK);
        assert.equal(api.comments.length, 1, log);
        assert.match(api.comments[0]?.text ?? "", /^<!-- compliance-preview dev -->\n# Preview of `dev`/);
        assert.equal(api.comments[0]?.token, provider.token);
      });

      it("fails for a violation, posts it all the same, and renews its comment when it is mended", async () => {
        project.set(STOPPED);
        const stopped = await project.run(provider);
        assert.ok(!stopped.passed);
        assert.match(api.comments[0]?.text ?? "", /s3-bucket-versioning-enabled[^]*turn it on/i, stopped.log);
        project.set(GOOD);
        const mended = await project.run(provider);
        assert.ok(mended.passed, mended.log);
        assert.equal(api.comments.length, 1);
        assert.doesNotMatch(api.comments[0]?.text ?? "", /s3-bucket-versioning-enabled/);
      });

      it("fails for a program that fails, whatever becomes of the report", async () => {
        project.set(BROKEN);
        const { passed, log } = await project.run(provider);
        assert.ok(!passed);
        assert.match(log, /The preview of "dev" failed/);
      });

      it("runs nothing of a release that is not the one that was pinned", async () => {
        const { passed, log } = await project.run(provider, { COMPLIANCE_SHA256: "0".repeat(64) });
        assert.ok(!passed);
        assert.match(log, /SHA256SUMS: FAILED/);
        const changed = path.join(project.file("."), "changed");
        fs.cpSync(release, changed, { recursive: true });
        fs.appendFileSync(path.join(changed, "compliance-policy-pack.cjs"), "\n");
        const second = await project.run(provider, { COMPLIANCE_URL: `file://${changed}` });
        assert.ok(!second.passed);
        assert.match(second.log, /compliance-policy-pack\.cjs: FAILED/);
        assert.equal(project.calls, "");
        assert.ok(!fs.existsSync(project.file("npm.txt")));
        assert.deepEqual(api.comments, []);
      });

      it("lets the scripts of packages see neither a token nor a key that it brings", async () => {
        await project.run(provider);
        const seen = fs.readFileSync(project.file("npm.txt"), "utf8");
        // The role of a CodeBuild project is there for everything in it.
        if (provider.name === "CodeBuild") assert.doesNotMatch(seen, /secret-comments/);
        else assert.doesNotMatch(seen, SECRETS);
      });
    });
  }

  it("hand the findings to code scanning where the command does it", async () => {
    const api = new ProviderApi();
    const codebuild = PROVIDERS.find(({ name }) => name === "CodeBuild");
    assert.ok(codebuild);
    try {
      const folder = fs.mkdtempSync(path.join(work, "project-"));
      const { passed, log } = await new Project(folder, release, await api.listen()).run(codebuild);
      assert.ok(passed, log);
      assert.equal(api.uploads, 1);
    } finally {
      api.close();
    }
  });
});
