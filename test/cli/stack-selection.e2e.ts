import * as assert from "node:assert/strict";
import { join } from "node:path";
import { bundle, checkJson, compliance, exported, program, removeFolders, ROOT, volume } from "./support";

const INDEX =
  'import * as aws from "@pulumi/aws";\n' +
  'new aws.ebs.Volume("bad", { availabilityZone: "us-east-1a", size: 8, encrypted: false });\n';

/** The project's own selection, a stack without one, and stacks with one in each form. */
const FILES = {
  "index.ts": INDEX,
  "selection.yaml": "controls: [ENCRYPTED_VOLUMES]\nlevels: { default: advisory }\n",
  "strict.yaml": "controls: [ENCRYPTED_VOLUMES, RDS_MULTI_AZ_SUPPORT]\n",
  "Pulumi.default.yaml": "config:\n  aws:region: us-east-1\n",
  "Pulumi.map.yaml": "config:\n  compliance:selection: { controls: [RDS_MULTI_AZ_SUPPORT] }\n",
  "Pulumi.text.yaml": 'config:\n  compliance:selection: \'{"controls":["RDS_MULTI_AZ_SUPPORT"]}\'\n',
  "Pulumi.file.yaml": "config:\n  compliance:selection: strict.yaml\n",
};

describe("the selection of a stack", () => {
  let root = "";
  before(async () => {
    await bundle();
    root = program(FILES);
  });
  after(removeFolders);

  /** The policies that the pack's configuration does not disable, with their levels. */
  async function configured(args: readonly string[], cwd = root): Promise<Readonly<Record<string, unknown>>> {
    const { status, stdout, stderr } = await compliance(["policy-config", ...args], { cwd });
    assert.equal(status, 0, stderr);
    const config = JSON.parse(stdout) as Readonly<Record<string, { readonly enforcementLevel?: string }>>;
    return Object.fromEntries(
      Object.entries(config).flatMap(([name, { enforcementLevel }]) =>
        enforcementLevel === undefined ? [] : [[name, enforcementLevel]],
      ),
    );
  }

  for (const [stack, expected] of [
    ["default", { "encrypted-volumes": "advisory" }],
    ["map", { "rds-multi-az-support": "mandatory" }],
    ["text", { "rds-multi-az-support": "mandatory" }],
    ["file", { "encrypted-volumes": "mandatory", "rds-multi-az-support": "mandatory" }],
  ] as const) {
    it(`configures the pack and judges offline by the same: ${stack}`, async () => {
      assert.deepEqual(await configured(["--stack", stack]), expected);
      const { report } = await checkJson([".", "--stack", stack, "--all"], { cwd: root });
      assert.deepEqual(
        report.results.filter(({ urn }) => urn.endsWith("::bad")).map(({ level }) => level),
        "encrypted-volumes" in expected ? [expected["encrypted-volumes"]] : [],
      );
    });
  }

  it("starts paths where the program runs", async () => {
    const files = {
      "Pulumi.yaml": "name: fixture\nruntime: nodejs\nmain: infra/\n",
      "Pulumi.own.yaml": "config:\n  compliance:selection: own.yaml\n",
      "Pulumi.default.yaml": "config:\n  aws:region: us-east-1\n",
      "infra/index.ts": INDEX,
      "infra/own.yaml": "controls: [ENCRYPTED_VOLUMES]\n",
      "infra/selection.yaml": "controls: [RDS_MULTI_AZ_SUPPORT]\n",
    };
    const cwd = program(files);
    assert.deepEqual(Object.keys(await configured(["--stack", "own"], cwd)), ["encrypted-volumes"]);
    assert.deepEqual(Object.keys(await configured(["--stack", "default"], cwd)), ["rds-multi-az-support"]);
    assert.equal((await compliance(["check", ".", "--stack", "own"], { cwd })).status, 1);
    assert.equal((await compliance(["check", ".", "--stack", "default"], { cwd })).status, 0);
  });

  it("is not asked for when a file is given", async () => {
    const args = ["--stack", "map", "--selection", "selection.yaml"];
    assert.deepEqual(await configured(args), { "encrypted-volumes": "advisory" });
    assert.equal((await compliance(["check", ".", ...args], { cwd: root })).status, 0);
  });

  it("is said to be ignored where the stack is asked for nothing else", async () => {
    const file = ["--selection", "selection.yaml"];
    const said = async (args: readonly string[]): Promise<string> =>
      (await compliance(args, { cwd: root, input: JSON.stringify(exported([volume("v", true)])) })).stderr;
    assert.equal(
      await said(["policy-config", "--stack", "map", ...file]),
      'note: "--stack map" is ignored: the selection is that of selection.yaml.\n',
    );
    assert.equal(await said(["policy-config", "--stack", "map"]), "");
    assert.equal(await said(["policy-config", ...file]), "");
    assert.equal(
      await said(["check", "-", "--stack", "map", ...file]),
      'note: "--stack map" is ignored: it is for programs, and none is judged.\n',
    );
    assert.equal(await said(["check", "-", ...file]), "");
    // The stack still says how the program is configured.
    assert.equal(await said(["check", ".", "-", "--stack", "map", ...file]), "");
  });

  it("is that of this project where the folder has none, and nothing offline", async () => {
    const cwd = program({ "index.ts": INDEX, "Pulumi.prod.yaml": "config:\n  aws:region: us-east-1\n" });
    assert.deepEqual(await configured(["--stack", "prod"], cwd), await configured([], ROOT));
    const { report } = await checkJson([".", "--stack", "prod"], { cwd });
    assert.ok(report.selection.controls > 500);
  });

  for (const [flags, message] of [
    [["--stack", "nowhere"], /The stack "nowhere" has no file "Pulumi\.nowhere\.yaml"\. There are .*map/],
    [
      ["--stack", "wrong"],
      /Pulumi\.wrong\.yaml: compliance:selection: .*2 problems:\n {2}controls\[0\] \(2:.*\n {2}levels\.default/,
    ],
    [["--stack", "lost"], /^error: lost\.yaml: The file cannot be read/],
  ] as const) {
    it(`says what is wrong with "${flags.join(" ")}"`, async () => {
      const cwd = program({
        ...FILES,
        "Pulumi.wrong.yaml":
          "config:\n  compliance:selection: { controls: [NONSENSE], levels: { default: strict } }\n",
        "Pulumi.lost.yaml": "config:\n  compliance:selection: lost.yaml\n",
      });
      for (const command of ["policy-config", "verify"]) {
        const { status, stdout, stderr } = await compliance([command, ...flags], { cwd });
        assert.deepEqual([status, stdout], [2, ""]);
        assert.match(stderr, message);
      }
    });
  }

  it("is read by an absolute path as well", async () => {
    const path = join(root, "strict.yaml");
    const cwd = program({
      "index.ts": INDEX,
      "Pulumi.dev.yaml": `config:\n  compliance:selection: ${path}\n`,
    });
    assert.equal((await configured(["--stack", "dev"], cwd))["encrypted-volumes"], "mandatory");
    assert.equal((await compliance(["check", "."], { cwd })).status, 1);
  });

  it("is not read where the command has one of its own", async () => {
    const broken = {
      "selection.yaml": "controls: [NO_SUCH_CONTROL",
      "own.yaml": "controls: [ENCRYPTED_VOLUMES]\n",
    };
    const cwd = program({ ...FILES, ...broken });
    const { status, report } = await checkJson([".", "--stack", "default", "--selection", "own.yaml"], {
      cwd,
    });
    assert.equal(status, 1);
    assert.deepEqual(report.errors, []);
    assert.equal((await compliance(["check", ".", "--stack", "default"], { cwd })).status, 2);
  });
});
