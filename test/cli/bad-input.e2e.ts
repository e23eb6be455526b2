import * as assert from "node:assert/strict";
import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { bundle, compliance, exported, folder, removeFolders, resource, urn, volume } from "./support";

interface BadInput {
  readonly title: string;
  /** Files of the folder in which the command runs. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly args: readonly string[];
  readonly message: RegExp;
  readonly prepare?: (root: string) => void;
}

const good = exported([volume("good", true)]);
const bucket = "aws:s3/bucket:Bucket";
const loop = (name: string, other: string): object =>
  resource(bucket, name, {}, { dependencies: [urn(bucket, other)] });

const inputs: readonly BadInput[] = [
  { title: "no such PATH", args: ["nowhere"], message: /nowhere: There is no such file or folder\. Give / },
  { title: "an empty folder", args: ["."], message: /neither a "Pulumi.yaml" nor a ".json" file/ },
  {
    title: "an empty file",
    files: { "a.json": " \n" },
    args: ["a.json"],
    message: /a\.json: The file is empty\. Give/,
  },
  {
    title: "a truncated file",
    files: { "a.json": JSON.stringify(good, null, 2).slice(0, -20) },
    args: ["a.json"],
    message: /a\.json:\d+:\d+: The JSON ends too early: the file is cut off/,
  },
  {
    title: "a file that is not JSON",
    files: { "a.json": '{\n  "version": 3,\n  oops\n}' },
    args: ["a.json"],
    message: /a\.json:3:3: The file is not JSON/,
  },
  {
    title: "JSON that is no export",
    files: { "a.json": { name: "package" } },
    args: ["a.json"],
    message: /neither a state export nor a preview/,
  },
  {
    title: "JSON that is a list",
    files: { "a.json": [] },
    args: ["a.json"],
    message: /neither a state export/,
  },
  {
    title: "a file that is no text",
    files: { "a.json": Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41]) },
    args: ["a.json"],
    message: /a\.json: The file is no text/,
  },
  {
    title: "a file of 200 MB",
    files: { "a.json": "" },
    prepare: (root) => truncateSync(join(root, "a.json"), 200 * 1024 * 1024),
    args: ["a.json"],
    message: /a\.json: The input has 200 MB or more\. Allowed are 100 MB/,
  },
  {
    title: "an export of an old version",
    files: { "a.json": exported([], 2) },
    args: ["a.json"],
    message: /has the version 2\. Allowed is 3 or later\. Export the stack again/,
  },
  {
    title: "an export without a version",
    files: { "a.json": { deployment: { resources: [] } } },
    args: ["a.json"],
    message: /has no version/,
  },
  {
    title: "resources that are no list",
    files: { "a.json": { version: 3, deployment: { resources: {} } } },
    args: ["a.json"],
    message: /"deployment\.resources" is not a list/,
  },
  {
    title: "a resource without a URN",
    files: { "a.json": exported([{ type: bucket }]) },
    args: ["a.json"],
    message: /"deployment\.resources\[1\]" has no "urn"/,
  },
  {
    title: "inputs that are no object",
    files: { "a.json": exported([resource(bucket, "b", {}, { inputs: "text" })]) },
    args: ["a.json"],
    message: /"deployment\.resources\[1\]\.inputs" is not an object/,
  },
  {
    title: "a URN that occurs twice",
    files: { "a.json": exported([volume("twin", true), volume("twin", false)]) },
    args: ["a.json"],
    message: /Volume::twin" is listed twice/,
  },
  {
    title: "a parent that is missing",
    files: { "a.json": exported([resource(bucket, "orphan", {}, { parent: urn("my:mod:C", "gone") })]) },
    args: ["a.json"],
    message: /The parent "urn:pulumi:dev::test::my:mod:C::gone" of ".*orphan" is missing/,
  },
  {
    title: "dependencies in a circle",
    files: { "a.json": exported([loop("a", "b"), loop("b", "c"), loop("c", "a")]) },
    args: ["a.json"],
    message: /in a circle: .*::a -> .*::b -> .*::c -> .*::a\./,
  },
  {
    title: "parents in a circle",
    files: {
      "a.json": exported([
        resource(bucket, "a", {}, { parent: urn(bucket, "b") }),
        resource(bucket, "b", {}, { parent: urn(bucket, "a") }),
      ]),
    },
    args: ["a.json"],
    message: /in a circle/,
  },
  {
    title: "a step of a preview that is damaged",
    files: { "a.json": { steps: [{ op: "create", newState: { type: bucket } }] } },
    args: ["a.json"],
    message: /"steps\[0\]\.newState" has no "urn"/,
  },
  {
    title: "a link to itself",
    prepare: (root) => symlinkSync("a.json", join(root, "a.json")),
    args: ["a.json"],
    message: /a\.json: Its symbolic links go in a circle/,
  },
  {
    title: "an unknown control",
    files: { "a.json": good },
    args: ["a.json", "--controls", "ENCRYPTED_VOLUME"],
    message: /--controls: The control "ENCRYPTED_VOLUME" is unknown\. Did you mean "ENCRYPTED_VOLUMES"\?/,
  },
  {
    title: "an unknown framework",
    files: { "a.json": good },
    args: ["a.json", "--framework", "aws-fspb"],
    message: /--framework: The framework "aws-fspb" is unknown\. Did you mean "aws-fsbp"\?/,
  },
  {
    title: "the beginning of several frameworks",
    files: { "a.json": good },
    args: ["a.json", "--framework", "cis"],
    message:
      /The framework "cis" is unknown\. Did you mean "cis-aws-1\.2\.0", .*"cis-aws-7\.0\.0" or one of 5 more\?/,
  },
  {
    title: "an unknown severity",
    files: { "a.json": good },
    args: ["a.json", "--severity", "hihg"],
    message: /--severity: "hihg" is not allowed here\. Did you mean "high"\?/,
  },
  {
    title: "an unknown flag",
    files: { "a.json": good },
    args: ["a.json", "--formt", "json"],
    message: /unknown option '--formt'\n\(Did you mean --format\?\)/,
  },
  {
    title: "an unknown format",
    files: { "a.json": good },
    args: ["a.json", "--format", "yaml"],
    message: /'yaml' is invalid\. Allowed choices are text, json, sarif, junit, markdown/,
  },
  {
    title: "a time limit that is no number",
    files: { "a.json": good },
    args: ["a.json", "--timeout", "soon"],
    message: /Allowed is a number of seconds/,
  },
  ...["0.5", "0", "-1", "3601", " ", "Infinity"].map((seconds) => ({
    title: `a time limit of "${seconds}"`,
    files: { "a.json": good },
    args: ["a.json", `--timeout=${seconds}`],
    message: /Allowed is a number of seconds from 1 to 3600/,
  })),
  { title: "no PATH", args: [], message: /missing required argument 'PATH'/ },
  {
    title: "a selection that does not exist",
    files: { "a.json": good },
    args: ["a.json", "--selection", "none.yaml"],
    message: /none\.yaml: The file cannot be read\. There is no such file/,
  },
  {
    title: "a selection of malformed YAML",
    files: { "a.json": good, "s.yaml": "controls:\n  - A\n - B\n" },
    args: ["a.json", "--selection", "s.yaml"],
    message: /s\.yaml:\d+:\d+: The YAML is malformed/,
  },
  {
    title: "a selection of malformed JSON",
    files: { "a.json": good, "s.json": '{"controls": [}' },
    args: ["a.json", "--selection", "s.json"],
    message: /s\.json:1:15: The selection is not JSON/,
  },
  {
    title: "a selection with several problems, each with its place",
    files: {
      "a.json": good,
      "s.yaml":
        "controls: [ENCRYPTED_VOLUME]\nlevels:\n  default: mandatry\nexemptions:\n  - control: ENCRYPTED_VOLUMES\n",
    },
    args: ["a.json", "--selection", "s.yaml"],
    message:
      /s\.yaml: The selection has \d problems:\n {2}controls\[0\] \(1:12\): .*\n {2}levels\.default \(3:3\): .*\n {2}exemptions\[0\]/,
  },
  {
    title: "a selection that grows without end",
    files: {
      "a.json": good,
      "s.yaml": `a: &a [${"x,".repeat(9)}x]\n${["b", "c", "d", "e", "f", "g", "h"].map((name, index) => `${name}: &${name} [${`*${"abcdefg".charAt(index)},`.repeat(9)}*${"abcdefg".charAt(index)}]`).join("\n")}\n`,
    },
    args: ["a.json", "--selection", "s.yaml"],
    message: /s\.yaml: The YAML is malformed: Excessive alias count/,
  },
  {
    title: "a policy document that is not JSON",
    files: { "a.json": exported([resource("aws:iam/policy:Policy", "p", { policy: "{ Statement: [] }" })]) },
    args: ["a.json"],
    message:
      /a\.json: urn:.*::p: "policy" is not a policy document in JSON; write a JSON object with a Statement/,
  },
  {
    title: "container definitions that are not JSON",
    files: {
      "a.json": exported([
        resource("aws:ecs/taskDefinition:TaskDefinition", "t", {
          family: "t",
          containerDefinitions: "nginx",
        }),
      ]),
      "s.yaml": "controls: [ECS_CONTAINERS_NONPRIVILEGED]",
    },
    args: ["a.json", "--selection", "s.yaml"],
    message: /urn:.*::t: "containerDefinitions" is no list in JSON; write a list of container definitions/,
  },
  {
    title: "an exemption pattern that is too long",
    files: {
      "a.json": good,
      "s.json": {
        exemptions: [
          {
            control: "ENCRYPTED_VOLUMES",
            resource: "(a+)+$".repeat(500),
            reason: "r",
            owner: "o",
            expires: "2999-01-01",
          },
        ],
      },
    },
    args: ["a.json", "--selection", "s.json"],
    message: /exemptions\[0\]\.resource.*: The pattern has 3000 characters\. Allowed are 512/,
  },
  {
    title: "an output folder that does not exist",
    files: { "a.json": good },
    args: ["a.json", "--output", "none/report.txt"],
    message: /none\/report\.txt: The report cannot be written\. There is no such file or folder/,
  },
  {
    title: "an output that is a folder",
    files: { "a.json": good, "out/keep": "" },
    args: ["a.json", "--output", "out"],
    message: /out: The report cannot be written\. It is a folder/,
  },
];

describe("check of bad input", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  for (const { title, files, args, message, prepare } of inputs) {
    it(`names the place and what to do, and ends with 2, for ${title}`, async () => {
      const root = folder(files);
      prepare?.(root);
      const { status, stderr, stdout } = await compliance(["check", ...args], { cwd: root });
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr + stdout, /\n\s+at .*\.js:\d+/, "no stack trace");
    });
  }

  it("refuses standard input that is no export", async () => {
    const { status, stderr } = await compliance(["check", "-"], { input: "nonsense" });
    assert.equal(status, 2);
    assert.match(stderr, /standard input:1:1: The file is not JSON/);
  });
});
