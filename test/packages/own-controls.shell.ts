import * as assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { join } from "node:path";
import { configureRequest, analyzeRequest, answerOf } from "../support/analyzer";
import { builtPack, PackProcess } from "../support/pack-process";
import { exported, folder, removeFolders, resource, ROOT, urn } from "../cli/support";
import { moduleOf, packageFiles } from "./support";

const PACKAGE = "@acme/compliance-controls";
const NAME = "s3-bucket-name-prefixed";
const BUCKET = "aws:s3/bucket:Bucket";
const MESSAGE = 'The name begins with "logs"; set "bucket" to a name that begins with "acme-".';
const SELECTION = `packages: ["${PACKAGE}"]\ncontrols: [${NAME}, iam-account-alias-prefixed]\n`;

interface Done {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(cwd: string, command: string, ...args: readonly string[]): Done {
  const env = { ...process.env, NO_COLOR: "1", npm_config_offline: "true", NODE_TEST_CONTEXT: undefined };
  return spawnSync(command, args, { cwd, encoding: "utf8", env });
}

function done(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = run(cwd, command, ...args);
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

/** The example as it is in a repository of its own: its packages are installed, this project from its tarball. */
function repository(command: string): string {
  const root = folder();
  fs.cpSync(join(ROOT, "examples/own-controls"), root, {
    recursive: true,
    filter: (source) => !/\/(node_modules|dist)$/.test(source),
  });
  const modules = join(root, "node_modules");
  fs.mkdirSync(join(modules, ".bin"), { recursive: true });
  fs.mkdirSync(join(modules, "continuous-compliance"));
  execFileSync("tar", [
    "-xzf",
    command,
    "-C",
    join(modules, "continuous-compliance"),
    "--strip-components=1",
  ]);
  fs.symlinkSync("../continuous-compliance/dist/compliance.js", join(modules, ".bin/compliance"));
  fs.symlinkSync(join(ROOT, "node_modules/.bin/tsc"), join(modules, ".bin/tsc"));
  for (const name of ["@aws-sdk", "@pulumi", "@types", "esbuild", "typescript"])
    fs.symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  return root;
}

describe("a package of an organisation's own controls", () => {
  let repo = "";
  let tarball = "";
  let project = "";
  let release = "";

  before(() => {
    release = folder();
    done(ROOT, process.execPath, "scripts/pack.mjs", "--out", release);
    const command =
      fs.readdirSync(release).find((name) => /^continuous-compliance-\d.*\.tgz$/.test(name)) ?? "";
    repo = repository(join(release, command));
    done(repo, "npm", "run", "build");
    done(repo, "npm", "pack", "--ignore-scripts", "--silent");
    tarball = join(repo, "acme-compliance-controls-1.0.0.tgz");
    project = folder({
      "package.json": { name: "shop", private: true },
      "selection.yaml": SELECTION,
      "export.json": exported([resource(BUCKET, "logs", { bucket: "logs" })]),
    });
    done(project, "npm", "install", "--offline", "--no-audit", "--no-fund", tarball, join(release, command));
  });

  after(removeFolders);

  const compliance = (...args: readonly string[]): Done =>
    run(project, join("node_modules", ".bin", "compliance"), ...args);

  it("compiles against the kit, which tells a property that does not exist", () => {
    const index = join(repo, `controls/${NAME}/index.ts`);
    const text = fs.readFileSync(index, "utf8");
    fs.writeFileSync(index, text.replace('value("bucketPrefix")', 'value("bucketPrefx")'));
    const { status, stdout } = run(repo, "npm", "run", "types");
    fs.writeFileSync(index, text);
    assert.notEqual(status, 0);
    assert.deepEqual(
      [...stdout.matchAll(/^(\S+)\(.*error TS\d+: /gm)].map(([, file]) => file),
      [`controls/${NAME}/index.ts`],
    );
    assert.match(stdout, /bucketPrefx/);
  });

  it("runs its own cases in both worlds, by the command and in its own tests", () => {
    const stdout = done(repo, "npm", "test");
    assert.match(
      stdout,
      /✓ iam-account-alias-prefixed: 4 cases\n✓ s3-bucket-name-prefixed: 5 cases\n\n9 passed, 0 failed/,
    );
    assert.match(stdout, /^# pass 2\n# fail 0$/m);
  });

  it("fails its own tests when a world says something else", () => {
    const index = join(repo, `controls/${NAME}/index.ts`);
    const text = fs.readFileSync(index, "utf8");
    fs.writeFileSync(index, text.replace("resourceName ?? resourceId", '"acme-"'));
    const byCommand = run(repo, join(repo, "node_modules/.bin/compliance"), "rule", "test", NAME);
    done(repo, "npm", "run", "build");
    const byTests = run(repo, process.execPath, "--test", "dist/test/parity.test.js");
    fs.writeFileSync(index, text);
    done(repo, "npm", "run", "build");
    assert.equal(byCommand.status, 1);
    assert.match(
      byCommand.stdout,
      /has another prefix: expected NON_COMPLIANT, and it is after it COMPLIANT/,
    );
    assert.notEqual(byTests.status, 0);
    assert.match(
      byTests.stdout,
      /has the prefix: its facts are not the same before and after the deployment/,
    );
  });

  it("is installed without any other package", () =>
    assert.deepEqual(fs.readdirSync(join(project, "node_modules")).sort(), [
      ".bin",
      ".package-lock.json",
      "@acme",
      "continuous-compliance",
    ]));

  it("is in the catalogue", () => {
    const { stdout } = compliance("catalog", "--format", "json", "--selection", "selection.yaml");
    const { controls } = JSON.parse(stdout) as {
      readonly controls: readonly {
        readonly name: string;
        readonly custom?: boolean;
        readonly reason?: string;
      }[];
    };
    const own = controls.filter(({ name }) => name.endsWith("-prefixed"));
    assert.deepEqual(
      own.map(({ name, custom, reason }) => [name, custom, reason]),
      [
        [
          "iam-account-alias-prefixed",
          true,
          "Whoever opens an account gives it its alias, not the programs that run in it.",
        ],
        [NAME, true, undefined],
      ],
    );
  });

  it("is explained with its examples", () => {
    const { stdout } = compliance("explain", NAME, "--selection", "selection.yaml");
    assert.match(stdout, /prefix \(String, default acme-\)/);
    assert.match(stdout, /Violating: a resource that has another prefix\n.*new aws\.s3\.Bucket/);
    assert.ok(stdout.includes(`// ${MESSAGE}`), stdout);
  });

  it("judges, before the deployment, by the command", () => {
    const { status, stdout } = compliance("check", "export.json", "--selection", "selection.yaml");
    assert.equal(status, 1);
    assert.match(stdout, /medium {2}s3-bucket-name-prefixed\n +The name begins with "logs"\./);
  });

  it("is deployed as a Lambda rule: its bundle answers an event", () => {
    const file = join(project, "node_modules", PACKAGE, "dist/rules", NAME, "index.js");
    assert.ok(fs.statSync(file).size < 100 * 1024);
    // Lambda has the SDK; the handler is asked for nothing that it would send.
    const script = `module.paths.push(${JSON.stringify(join(ROOT, "node_modules"))});
      const load = require("module")._load;
      require("module")._load = (name, ...rest) =>
        name.startsWith("@aws-sdk/") ? load(require.resolve(name, { paths: [${JSON.stringify(ROOT)}] }), ...rest) : load(name, ...rest);
      const { handler } = require(${JSON.stringify(file)});
      handler({ hello: 1 }, { awsRequestId: "1", getRemainingTimeInMillis: () => 1000 })
        .catch((error) => console.log(error.message));`;
    assert.match(done(project, process.execPath, "-e", script), /The event has no "invokingEvent"/);
  });

  it("is in the pack as one file, which reads the list that has its name", async () => {
    const executable = join(project, "compliance-policy-pack.cjs");
    fs.copyFileSync(join(release, "compliance-policy-pack.cjs"), executable);
    const list = join(project, "compliance-policy-pack.json");
    fs.writeFileSync(list, JSON.stringify({ compliance: { packages: [PACKAGE] } }));
    const served = await PackProcess.start(ROOT, [executable]);
    try {
      const names = (await served.info()).getPoliciesList().map((policy) => policy.getName());
      assert.ok(names.includes(NAME));
      await served.configure(configureRequest({ [NAME]: { level: "mandatory" } }));
      const facts = { urn: urn(BUCKET, "logs"), type: BUCKET, inputs: { bucket: "logs" } };
      const { lines } = answerOf(await served.analyze(analyzeRequest(facts)));
      assert.deepEqual(
        lines.map(({ policy }) => policy),
        [NAME],
      );
    } finally {
      await served.stop();
    }
    fs.writeFileSync(list, "{");
    await assert.rejects(
      PackProcess.start(ROOT, [executable]),
      /json: It is not JSON that can be read\. Correct it/,
    );
  });

  it("is among the settings of the program, with the place of its function", () => {
    const script = `
      require("ts-node/register/transpile-only");
      const pulumi = require("@pulumi/pulumi");
      const selection = ${JSON.stringify(join(project, "selection.yaml"))};
      pulumi.runtime.setAllConfig({ "aws:region": "us-east-1", "compliance:selection": selection });
      const { readSettings } = require("./components/settings");
      const { packagedPartsOf } = require("./rules");
      const { rules } = readSettings().detection.regions[0];
      console.log(JSON.stringify([rules.customRules.map(({ name }) => name), packagedPartsOf("${NAME}").bundle]));
      pulumi.runtime.setAllConfig({ "aws:region": "us-east-1", "compliance:selection": { packages: ["./none"] } });
      try { readSettings(); } catch (error) { console.log(error.message); }`;
    const lines = done(ROOT, process.execPath, "-e", script).trimEnd().split("\n");
    const bundle = fs.realpathSync(join(project, "node_modules", PACKAGE, "dist/rules", NAME));
    assert.equal(lines[0], JSON.stringify([["iam-account-alias-prefixed", NAME], bundle]));
    assert.match(
      lines.slice(1).join("\n"),
      /compliance:selection\.packages\[0\].*There is no package "\.\/none" to be found from/,
    );
  });

  describe("in the policy pack", () => {
    let pack = "";
    before(() => {
      pack = builtPack();
      const file = join(pack, "package.json");
      const manifest = JSON.parse(fs.readFileSync(file, "utf8")) as object;
      fs.writeFileSync(file, JSON.stringify({ ...manifest, compliance: { packages: [PACKAGE] } }));
      const modules = join(pack, "node_modules", PACKAGE);
      fs.mkdirSync(modules, { recursive: true });
      execFileSync("tar", ["-xzf", tarball, "-C", modules, "--strip-components=1"]);
    });
    after(() => fs.rmSync(pack, { recursive: true }));

    it("reports the same verdict, and is described", async () => {
      const served = await PackProcess.start(pack);
      try {
        const policies = (await served.info()).getPoliciesList();
        const own = policies.filter((policy) => policy.getName().endsWith("-prefixed"));
        assert.deepEqual(
          own.map((policy) => [policy.getName(), policy.getDescription()]),
          [[NAME, "Names of S3 buckets begin with the prefix of the organisation."]],
        );
        assert.ok(policies.length > 500);
        await served.configure(configureRequest({ [NAME]: { level: "mandatory" } }));
        const facts = { urn: urn(BUCKET, "logs"), type: BUCKET, inputs: { bucket: "logs" } };
        const { lines } = answerOf(await served.analyze(analyzeRequest(facts)));
        assert.deepEqual(
          lines.map(({ policy, level, message }) => [policy, level, message]),
          [[NAME, "mandatory", `Names of S3 buckets begin with the prefix of the organisation.\n${MESSAGE}`]],
        );
        const good = { ...facts, inputs: { bucket: "acme-logs" } };
        assert.deepEqual(answerOf(await served.analyze(analyzeRequest(good))).lines, []);
      } finally {
        await served.stop();
      }
    });

    for (const [what, files, expected] of [
      ["fails to load", packageFiles("x", "throw new Error('no');"), /fails to load: Error: no/],
      ["is not there", {}, /There is no package "\.\/x\/x" to be found/],
      [
        "was compiled for another version",
        packageFiles("x", moduleOf().replace("1", "9")),
        /version 9 of the kit/,
      ],
    ] as const) {
      it(`keeps the pack from starting when it ${what}`, async () => {
        const place = folder(files);
        const file = join(pack, "package.json");
        const before = fs.readFileSync(file, "utf8");
        fs.symlinkSync(place, join(pack, "x"));
        const manifest = JSON.parse(before) as object;
        fs.writeFileSync(file, JSON.stringify({ ...manifest, compliance: { packages: ["./x/x"] } }));
        try {
          await assert.rejects(PackProcess.start(pack), ({ message }: Error) => {
            assert.match(
              message,
              /^The pack ended with status 1: error: package\.json: compliance\.packages\[0\]: /,
            );
            assert.match(message, expected);
            return true;
          });
        } finally {
          fs.writeFileSync(file, before);
          fs.rmSync(join(pack, "x"));
        }
      });
    }
  });
});
