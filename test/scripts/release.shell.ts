import * as assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");
const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
const COMMAND = `continuous-compliance-${manifest.version}.tgz`;
const PACK = `continuous-compliance-policies-${manifest.version}.tgz`;
const NAMES = ["THIRD-PARTY-NOTICES.txt", "compliance-policy-pack.cjs", COMMAND, PACK, "policy-config.json"];

/** Runs `npm run pack` as it is written in the manifest. */
function pack(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [path.join(root, "scripts", "pack.mjs"), ...args], {
    cwd: root,
    encoding: "utf8",
  });
}

const filesIn = (archive: string): readonly string[] =>
  execFileSync("tar", ["-tzf", archive], { encoding: "utf8" }).trimEnd().split("\n").sort();

const fileOf = (archive: string, file: string): string =>
  execFileSync("tar", ["-xzOf", archive, file], { encoding: "utf8", maxBuffer: 1 << 26 });

describe("what other projects fetch", () => {
  let work = "";
  let release = "";
  let installed = "";

  before(() => {
    work = fs.mkdtempSync(path.join(os.tmpdir(), "release-"));
    release = path.join(work, "release");
    const made = pack("--out", release);
    assert.equal(made.status, 0, made.stderr);
    installed = path.join(work, "project");
    fs.mkdirSync(installed);
    const install = ["install", "--offline", "--no-audit", "--no-fund", path.join(release, COMMAND)];
    execFileSync("npm", install, { cwd: installed, stdio: "pipe" });
  });

  after(() => fs.rmSync(work, { recursive: true }));

  const compliance = (
    ...args: readonly string[]
  ): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(path.join("node_modules", ".bin", "compliance"), args, { cwd: installed, encoding: "utf8" });

  it("has a checksum for every file, and no other file", () => {
    assert.deepEqual(fs.readdirSync(release).sort(), ["SHA256SUMS", ...NAMES]);
    const checked = execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: release, encoding: "utf8" });
    assert.equal(checked, NAMES.map((name) => `${name}: OK\n`).join(""));
  });

  it("is the same again when it is made from the same sources, so that anybody can compare", () => {
    const again = path.join(work, "again");
    assert.equal(pack("--out", again).status, 0);
    const sums = (folder: string): string => fs.readFileSync(path.join(folder, "SHA256SUMS"), "utf8");
    assert.equal(sums(again), sums(release));
  });

  it("holds the pack with its manifests and its code, and nothing else", () => {
    assert.deepEqual(filesIn(path.join(release, PACK)), [
      "package/PulumiPolicy.yaml",
      "package/bin/index.js",
      "package/bin/info.pb",
      "package/package.json",
    ]);
    const { version } = JSON.parse(fileOf(path.join(release, PACK), "package/package.json")) as {
      version: string;
    };
    assert.equal(version, manifest.version);
  });

  it("holds the command with what it reads, and neither sources, tests nor examples", () => {
    const files = filesIn(path.join(release, COMMAND)).map((file) => file.replace(/^package\//, ""));
    const places = new Set(files.map((file) => (file.includes("/") ? path.dirname(file) : file)));
    const isOther = (place: string): boolean => !/^(templates|dist\/kit\/types)/.test(place);
    assert.deepEqual([...places].filter(isOther).sort(), [
      "LICENSE",
      "README.md",
      "THIRD-PARTY-NOTICES.txt",
      "dist",
      "dist/bundle",
      "dist/kit",
      "dist/packages",
      "examples/usage",
      "package.json",
      "pipeline",
      "pipeline/scripts",
      "selection.yaml",
    ]);
    assert.ok(!files.some((file) => /(?<!\.d)\.ts$/.test(file)));
  });

  it("asks for no package, and runs nothing when it is installed", () => {
    const told = JSON.parse(fileOf(path.join(release, COMMAND), "package/package.json")) as object;
    assert.deepEqual(Object.keys(told).sort(), [
      "bin",
      "description",
      "engines",
      "exports",
      "license",
      "name",
      "version",
    ]);
    assert.deepEqual(fs.readdirSync(path.join(installed, "node_modules")).sort(), [
      ".bin",
      ".package-lock.json",
      "continuous-compliance",
    ]);
  });

  it("installs a command that works alone", () => {
    assert.equal(compliance("--version").stdout, `${manifest.version}\n`);
    const type = "aws:rds/instance:Instance";
    const urn = `urn:pulumi:prod::shop::${type}::db`;
    const resource = { urn, type, custom: true, id: "db", inputs: { multiAz: false }, outputs: {} };
    fs.writeFileSync(
      path.join(installed, "export.json"),
      JSON.stringify({ version: 3, deployment: { manifest: {}, resources: [resource] } }),
    );
    for (const format of ["text", "json", "sarif", "junit", "markdown"]) {
      const { status, stdout } = compliance("check", "export.json", "--format", format);
      assert.equal(status, 1, format);
      assert.match(stdout, /rds-multi-az-support/i, format);
    }
    for (const args of [
      ["estimate", "--usage", "small"],
      ["catalog", "--format", "json"],
      ["coverage"],
      ["explain", "s3-bucket-versioning-enabled"],
    ]) {
      const { status, stdout, stderr } = compliance(...args);
      assert.deepEqual([status, stderr], [0, ""], args.join(" "));
      assert.notEqual(stdout, "", args.join(" "));
    }
  });

  it("records a program with the program's own SDK", () => {
    const example = path.join(root, "examples", "static-web-site", "violating");
    const { status, stdout, stderr } = compliance("check", example);
    assert.equal(status, 1, stderr);
    assert.match(stdout, /s3-bucket-/);
  });

  it("brings every package that it loads, among them the clients of AWS", () => {
    const folder = path.join(installed, "node_modules", "continuous-compliance", "dist");
    const text = fs.readFileSync(path.join(folder, "bundle", "compliance.js"), "utf8");
    const loaded = new Set(
      [...text.matchAll(/require\("(\.\/packages\/[^"]+)"\)/g)].map(([, file = ""]) => file),
    );
    assert.ok(loaded.size >= 6, [...loaded].join(", "));
    const script = `for (const file of ${JSON.stringify([...loaded])}) require(file);`;
    execFileSync(process.execPath, ["-e", script], { cwd: folder, stdio: "pipe" });
    // Those who write controls install these two; a missing one is said, and how to get it.
    const outside = text.matchAll(/require\("(?!node:|\.\/)([^"]+)"\)/g);
    assert.deepEqual([...new Set([...outside].map(([, name]) => name))].sort(), ["esbuild", "prettier"]);
  });

  it("has the pack's configuration of the selection", () => {
    const config = fs.readFileSync(path.join(release, "policy-config.json"), "utf8");
    assert.equal(compliance("policy-config").stdout, config);
  });

  it("gives along the licences of what is inside", () => {
    const text = fs.readFileSync(path.join(release, "THIRD-PARTY-NOTICES.txt"), "utf8");
    for (const name of [
      "@grpc/grpc-js",
      "google-protobuf",
      "commander",
      "yaml",
      "@aws-sdk/client-config-service",
    ])
      assert.match(text, new RegExp(`^${name} \\d`, "m"), name);
    assert.match(text, /Redistributions in binary form must reproduce the above copyright/);
  });

  it("carries no path of the machine that built it", () => {
    for (const archive of [COMMAND, PACK])
      for (const file of filesIn(path.join(release, archive))) {
        const text = fileOf(path.join(release, archive), file);
        for (const place of [root, work])
          assert.ok(!text.includes(`${place}${path.sep}`), `${file}: ${place}`);
      }
  });

  it("replaces an earlier release, and nothing else", () => {
    const other = path.join(work, "other");
    fs.mkdirSync(other);
    fs.writeFileSync(path.join(other, "thesis.txt"), "");
    const { status, stderr } = pack("--out", other);
    assert.equal(status, 2);
    assert.match(stderr, /^error: .* holds "thesis.txt".* earlier release\.\n$/);
    assert.deepEqual(fs.readdirSync(other), ["thesis.txt"]);
  });

  it("writes nothing for a selection that is refused, and says why", () => {
    const selection = path.join(work, "selection.yaml");
    fs.writeFileSync(selection, "controls: [s3-bucket-versionning-enabled]\n");
    const out = path.join(work, "none");
    const { status, stderr } = pack("--out", out, "--selection", selection);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /s3-bucket-versionning-enabled[^]*s3-bucket-versioning-enabled[^]*Nothing was written/,
    );
    assert.deepEqual(
      fs.readdirSync(work).filter((name) => name.includes("none")),
      [],
    );
  });
});
