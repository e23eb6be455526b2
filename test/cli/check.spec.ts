import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  bundle,
  checkJson,
  compliance,
  exported,
  folder,
  removeFolders,
  resource,
  urn,
  volume,
} from "./support";

const VOLUMES = ["--controls", "ENCRYPTED_VOLUMES"];
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const exemption = {
  control: "ENCRYPTED_VOLUMES",
  resource: "**/bad",
  reason: "Scratch data.",
  owner: "data-team",
  expires: "2999-12-31",
  ticket: "SEC-1",
};

describe("check", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  it("ends with 0 when nothing mandatory is found", async () => {
    const root = folder({ "a.json": exported([volume("good", true)]) });
    const { status, stdout, stderr } = await compliance(["check", "a.json", ...VOLUMES], { cwd: root });
    assert.equal(status, 0);
    assert.equal(stderr, "");
    assert.match(stdout, /0 mandatory violations, .*1 passed/);
  });

  it("names resource, control, property, value, fix and page of a violation, and ends with 1", async () => {
    const root = folder({ "a.json": exported([volume("bad", false)]) });
    const { status, stdout } = await compliance(["check", "a.json", ...VOLUMES], { cwd: root });
    assert.equal(status, 1);
    assert.match(stdout, /bad {2}aws:ebs\/volume:Volume\n {4}\w+ {2}encrypted-volumes\n/);
    assert.match(stdout, /"encrypted" is false\.\n\s+Fix: Set "encrypted" to true\.\n/);
    assert.match(
      stdout,
      /https:\/\/docs\.aws\.amazon\.com\/config\/latest\/developerguide\/encrypted-volumes\.html/,
    );
  });

  it("judges the other sources when one is bad, and ends with 2", async () => {
    const root = folder({ "a.json": "{", "b.json": exported([volume("bad", false)]) });
    const { status, report, stderr } = await checkJson(["a.json", "b.json", ...VOLUMES], { cwd: root });
    assert.equal(status, 2);
    assert.deepEqual(
      report.sources.map(({ name }) => name),
      ["b.json"],
    );
    assert.equal(report.summary["nonCompliant"], 1);
    assert.deepEqual(
      report.errors.map(({ source }) => source),
      ["a.json"],
    );
    assert.match(stderr, /^error: a\.json:1:2: /);
  });

  it("judges each file of a folder on its own", async () => {
    const root = folder({
      "s/b.json": exported([volume("bad", false)]),
      "s/a.json": exported([volume("bad", true)]),
      "s/x.txt": "x",
      "s/deep/c.json": "",
    });
    const { status, report } = await checkJson(["s", ...VOLUMES], { cwd: root });
    assert.equal(status, 1);
    assert.deepEqual(
      report.results.map(({ source, verdict }) => [source, verdict]),
      [
        ["s/a.json", "COMPLIANT"],
        ["s/b.json", "NON_COMPLIANT"],
      ],
    );
  });

  it("judges two thousand files in one process", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [
        `f${index}.json`,
        exported([volume("v", index % 2 === 0)]),
      ]),
    );
    const { report } = await checkJson([".", ...VOLUMES], { cwd: folder(files) });
    assert.deepEqual(
      [report.sources.length, report.summary["nonCompliant"], report.summary["compliant"]],
      [2000, 1000, 1000],
    );
  });

  it("reads standard input", async () => {
    const { report } = await checkJson(["-", ...VOLUMES], {
      input: JSON.stringify(exported([volume("bad", false)])),
    });
    assert.deepEqual(
      report.results.map(({ source }) => source),
      ["standard input"],
    );
  });

  it("reads what PowerShell's redirection writes", async () => {
    const text = JSON.stringify(exported([volume("bad", false)]));
    const root = folder({
      "a.json": Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
    });
    assert.equal((await checkJson(["a.json", ...VOLUMES], { cwd: root })).report.summary["nonCompliant"], 1);
  });

  it("gives the same bytes for the same input", async () => {
    const resources = [volume("b", false), volume("a", false), volume("c", UNKNOWN)];
    const root = folder({ "a.json": exported(resources), "r/a.json": exported([...resources].reverse()) });
    for (const format of ["text", "json", "sarif", "junit", "markdown"]) {
      const args = ["check", "a.json", "--format", format];
      const [first, second, reversed] = await Promise.all([
        compliance(args, { cwd: root }),
        compliance(args, { cwd: root }),
        compliance(args, { cwd: join(root, "r") }),
      ]);
      assert.equal(first.stdout, second.stdout, format);
      assert.equal(first.stdout, reversed.stdout, `${format}, whatever the order of the resources`);
    }
  });

  it("starts without the Pulumi SDK and without a YAML reader", async () => {
    const root = folder({
      "a.json": exported([volume("bad", false)]),
      "guard.js": `const { Module } = require("node:module"); const load = Module._load;
        Module._load = (name, ...rest) => { if (/^(@pulumi|yaml|ajv|xmlbuilder2|cli-table3)/.test(name)) throw new Error("loaded " + name); return load(name, ...rest); };`,
    });
    const options = { cwd: root, nodeFlags: ["--require", "./guard.js"] };
    const { status, stderr } = await compliance(["check", "a.json", ...VOLUMES], options);
    assert.equal(stderr, "");
    assert.equal(status, 1);
  });

  it("lists what passed, what does not apply and what is undecided with --all", async () => {
    const root = folder({ "a.json": exported([volume("good", true), volume("later", UNKNOWN)]) });
    const run = async (...args: readonly string[]): Promise<string> =>
      (await compliance(["check", "a.json", ...VOLUMES, ...args], { cwd: root })).stdout;
    const [brief, all, quiet] = await Promise.all([run(), run("--all"), run("--on-unknown", "ignore")]);
    assert.match(all, /pass {2}encrypted-volumes/);
    assert.match(all, /undecided {2}encrypted-volumes\n\s+"encrypted" is not known yet\./);
    assert.doesNotMatch(brief, /pass {2}/);
    assert.match(brief, /undecided {2}encrypted-volumes {2}"encrypted" is not known yet\./);
    assert.doesNotMatch(quiet, /undecided {2}/);
  });

  it("narrows by framework, pack, service and severity, which must all hold", async () => {
    const root = folder({ "a.json": exported([]) });
    const count = async (...args: readonly string[]): Promise<number> =>
      (await checkJson(["a.json", ...args], { cwd: root })).report.selection.controls;
    const [all, s3, ec2, both, high, s3High] = await Promise.all([
      count(),
      count("--service", "s3"),
      count("--service", "ec2"),
      count("--service", "s3", "--service", "ec2"),
      count("--severity", "high"),
      count("--service", "s3", "--severity", "high"),
    ]);
    assert.equal(both, s3 + ec2);
    assert.ok(all > both && s3High > 0 && s3High < s3 && s3High < high);
    assert.equal(await count("--controls", "ENCRYPTED_VOLUMES,rds-multi-az-support"), 2);
  });

  it("narrows a selection and keeps its levels", async () => {
    const root = folder({
      "a.json": exported([volume("bad", false)]),
      "s.yaml": "controls: [ENCRYPTED_VOLUMES, RDS_MULTI_AZ_SUPPORT]\nlevels: {default: advisory}\n",
    });
    const { status, report } = await checkJson(["a.json", "--selection", "s.yaml", "--service", "ec2"], {
      cwd: root,
    });
    assert.equal(status, 0);
    assert.equal(report.selection.controls, 1);
    assert.deepEqual(
      report.results.map(({ level }) => level),
      ["advisory"],
    );
  });

  it("applies an exemption and says by whom, until when and why", async () => {
    const root = folder({
      "a.json": exported([volume("bad", false)]),
      "s.json": { exemptions: [exemption] },
    });
    const { status, stdout } = await compliance(["check", "a.json", "--selection", "s.json", ...VOLUMES], {
      cwd: root,
    });
    assert.equal(status, 0);
    assert.match(stdout, /exempted {2}encrypted-volumes/);
    assert.match(
      stdout,
      /Accepted by data-team until 2999-12-31 \(\d+ days left\): Scratch data\. \[SEC-1\]/,
    );
  });

  it("lists exemptions that ended or cover nothing, and applies none of them", async () => {
    const exemptions = [
      { ...exemption, expires: "2020-01-01" },
      { ...exemption, resource: "**/other" },
    ];
    const root = folder({ "a.json": exported([volume("bad", false)]), "s.json": { exemptions } });
    const args = ["a.json", "--selection", "s.json", ...VOLUMES];
    const { status, report } = await checkJson(args, { cwd: root });
    assert.equal(status, 1);
    assert.deepEqual([report.exemptions.expired.length, report.exemptions.unused.length], [1, 1]);
    const { stdout } = await compliance(["check", ...args], { cwd: root });
    assert.match(
      stdout,
      /Expired exemptions.*\n {2}ENCRYPTED_VOLUMES on \*\*\/bad \(data-team, until 2020-01-01\)/,
    );
    assert.match(stdout, /Unused exemptions.*\n {2}ENCRYPTED_VOLUMES on \*\*\/other/);
  });

  it("leaves out read, deleted and pending resources, providers and components", async () => {
    const bad = volume("bad", false);
    const resources = [
      { ...bad, external: true },
      { ...volume("doomed", false), delete: true },
      { ...volume("pending", false), pendingReplacement: true },
      { ...volume("component", false), custom: false },
      resource("pulumi:providers:aws", "default", {}),
      volume("replaced", true),
      { ...volume("replaced", false), delete: true },
    ];
    const { report } = await checkJson(["a.json", ...VOLUMES], {
      cwd: folder({ "a.json": exported(resources) }),
    });
    assert.deepEqual(
      report.results.map((result) => [result.urn, result.verdict]),
      [[urn("aws:ebs/volume:Volume", "replaced"), "COMPLIANT"]],
    );
  });

  it("names types that no selected control speaks of", async () => {
    const other = resource("random:index/randomPet:RandomPet", "pet", {});
    const root = folder({ "a.json": exported([other, volume("good", true)]) });
    const { report } = await checkJson(["a.json", ...VOLUMES], { cwd: root });
    assert.deepEqual(report.sources[0]?.uncovered, [
      { type: "random:index/randomPet:RandomPet", resources: 1 },
    ]);
  });

  it("judges a resource that does not say whether it is one", async () => {
    const { custom, ...silent } = volume("silent", false);
    assert.equal(custom, true);
    const { status, report } = await checkJson(["a.json", ...VOLUMES], {
      cwd: folder({ "a.json": exported([silent]) }),
    });
    assert.equal(status, 1);
    assert.deepEqual(
      report.results.map((result) => [result.urn, result.verdict]),
      [[urn("aws:ebs/volume:Volume", "silent"), "NON_COMPLIANT"]],
    );
  });

  it("does not name types that a selected control reads as parts of others", async () => {
    const part = (type: string, name: string): object =>
      resource(`aws:s3/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, name, { bucket: "b" });
    const root = folder({
      "a.json": exported([
        resource("aws:s3/bucket:Bucket", "b", { bucket: "b" }),
        part("BucketLogging", "l"),
        part("BucketLoggingV2", "l2"),
        part("BucketOwnershipControls", "o"),
      ]),
    });
    const uncovered = async (control: string): Promise<readonly string[] | undefined> => {
      const { report } = await checkJson(["a.json", "--controls", control], { cwd: root });
      return report.sources[0]?.uncovered.map(({ type }) => type.slice(type.lastIndexOf(":") + 1));
    };
    assert.deepEqual(await uncovered("S3_BUCKET_LOGGING_ENABLED"), ["BucketOwnershipControls"]);
    assert.deepEqual(await uncovered("S3_BUCKET_ACL_PROHIBITED"), ["BucketLogging", "BucketLoggingV2"]);
  });

  it("reads a pipe, which has no size", async () => {
    const root = folder();
    const pipe = join(root, "a.json");
    execFileSync("mkfifo", [pipe]);
    const written = writeFile(pipe, JSON.stringify(exported([volume("bad", false)])));
    const { status, stdout } = await compliance(["check", "a.json", ...VOLUMES], { cwd: root });
    await written;
    assert.equal(status, 1);
    assert.match(stdout, /"encrypted" is false/);
  });

  it("never shows a secret", async () => {
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: '"hush"',
    };
    const instance = resource("aws:rds/instance:Instance", "db", {
      instanceClass: "db.t3.micro",
      username: secret,
      password: secret,
      storageEncrypted: secret,
      engine: "mysql",
    });
    const root = folder({ "a.json": exported([instance]) });
    for (const format of ["text", "json", "sarif", "junit", "markdown"]) {
      const { stdout } = await compliance(["check", "a.json", "--all", "--format", format], { cwd: root });
      assert.equal(stdout.includes("hush"), false, format);
    }
  });

  it("takes no part of the folder for input that it was not given", async () => {
    const root = folder({ "a.json": exported([volume("bad", false)]) });
    writeFileSync(join(root, "selection.yaml"), "controls: [NONSENSE]");
    assert.equal((await compliance(["check", "a.json", ...VOLUMES], { cwd: root })).status, 1);
  });
});
