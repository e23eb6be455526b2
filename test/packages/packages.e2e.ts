import * as assert from "node:assert/strict";
import { join } from "node:path";
import { checkJson, compliance, exported, folder, program, removeFolders, resource } from "../cli/support";
import type { Run } from "../cli/support";
import type { ControlFacts } from "../../cli/commands/control-facts";
import { entry, moduleOf, packageFiles } from "./support";

const NAME = "s3-bucket-own-name";
const GOOD = moduleOf(entry());
const SELECTION = `packages: ["@acme/controls"]\ncontrols: [${NAME}]\n`;
const INSTALLED = "node_modules/@acme/controls";
const BUCKET = exported([resource("aws:s3/bucket:Bucket", "logs", { bucket: "logs" })]);

/** A folder with a selection and what it names. */
const project = (files: Readonly<Record<string, unknown>>, selection = SELECTION): string =>
  folder({ "selection.yaml": selection, "export.json": BUCKET, ...files });

const check = (cwd: string): Promise<Run> =>
  compliance(["check", "export.json", "--selection", "selection.yaml"], { cwd });

describe("packages of controls", () => {
  after(removeFolders);

  for (const [what, place, named] of [
    ["by name, in the folder of the selection", INSTALLED, "@acme/controls"],
    ["by path, from the folder of the selection", "controls", "./controls"],
  ] as const) {
    it(`are found ${what}, and judge like any other control`, async () => {
      const cwd = project(packageFiles(place, GOOD), `packages: ["${named}"]\ncontrols: [${NAME}]\n`);
      const { status, report } = await checkJson(["export.json", "--selection", "selection.yaml"], { cwd });
      assert.equal(status, 1);
      assert.deepEqual(
        report.results.map(({ control, verdict, message }) => [control, verdict, message]),
        [["S3_BUCKET_OWN_NAME", "NON_COMPLIANT", "The bucket has no name; name it."]],
      );
    });
  }

  it("are found from the selection, wherever the command runs", async () => {
    const cwd = project(packageFiles(INSTALLED, GOOD));
    const args = ["check", join(cwd, "export.json"), "--selection", join(cwd, "selection.yaml")];
    assert.equal((await compliance(args, { cwd: "/" })).status, 1);
  });

  it("are listed and explained when the selection is given", async () => {
    const cwd = project(packageFiles(INSTALLED, GOOD));
    const listed = await compliance(["catalog", "--format", "json", "--selection", "selection.yaml"], {
      cwd,
    });
    const { controls } = JSON.parse(listed.stdout) as { readonly controls: readonly ControlFacts[] };
    assert.deepEqual(
      controls.find(({ name }) => name === NAME),
      {
        id: "S3_BUCKET_OWN_NAME",
        name: NAME,
        service: "s3",
        severity: "high",
        resourceTypes: ["AWS::S3::Bucket"],
        preventive: true,
        detective: true,
        decision: "resource",
        custom: true,
        frameworks: [],
      },
    );
    const explained = await compliance(["explain", NAME, "--selection", "selection.yaml"], { cwd });
    assert.match(explained.stdout, /^s3-bucket-own-name \(S3_BUCKET_OWN_NAME\)\nBuckets are named\./);
    assert.equal((await compliance(["explain", NAME], { cwd })).status, 2);
  });

  it("are in the policy pack's configuration", async () => {
    const cwd = project(packageFiles(INSTALLED, GOOD));
    const { stdout } = await compliance(["policy-config", "--selection", "selection.yaml"], { cwd });
    const config = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    assert.deepEqual(config[NAME], { enforcementLevel: "mandatory", exemptions: [], strict: false });
    assert.equal(config["s3-bucket-versioning-enabled"], "disabled");
  });

  it("of a program's own selection are found from the program", async () => {
    const cwd = program({
      "Pulumi.dev.yaml": `config:\n  compliance:selection:\n    packages: [./own]\n    controls: [${NAME}]\n`,
      "index.js": 'require("@pulumi/pulumi");\n',
    });
    const { status, stderr } = await compliance(["check", cwd], { cwd: "/" });
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^error: .*Pulumi\.dev\.yaml: compliance:selection: packages\[0\] .*There is no package "\.\/own" to be found from/,
    );
  });

  it("are named when one of their controls fails", async () => {
    const policy = `{ title: "x", decision: "resource", early: new Map(), checks: new Map([["aws:s3/bucket:Bucket",
      () => { throw new Error("out of order."); }]]) }`;
    const cwd = project(packageFiles(INSTALLED, moduleOf(entry({}, { preventivePolicy: policy }))));
    const { status, stderr } = await check(cwd);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /The control S3_BUCKET_OWN_NAME of the package .*@acme\/controls failed: .*[^.]\. Tell who maintains the package, and leave/,
    );
    assert.doesNotMatch(stderr, /error of this program|Report it/);
  });

  describe("that cannot be used end the run with one clear error", () => {
    const refused = async (files: Readonly<Record<string, unknown>>, selection?: string): Promise<string> => {
      const { status, stdout, stderr } = await check(project(files, selection));
      assert.equal(status, 2, stdout);
      assert.equal(stdout, "");
      assert.doesNotMatch(stderr, /COMPLIANT|\n\s+at /);
      return stderr;
    };

    for (const [what, module, expected, name = NAME] of [
      [
        "throws when it is loaded",
        'throw new TypeError("no licence\\nat all");',
        /^error: selection\.yaml: packages\[0\] \(1:12\): The package "@acme\/controls" fails to load: TypeError: no licence \(in .*dist\/controls\.js\)\. Mend it, or remove it\.\n$/,
      ],
      ["is no JavaScript", "export const", /fails to load: SyntaxError: /],
      ["exports nothing", "", /controls\.js: controls: The module does not export it\. Write /],
      [
        "was compiled for another version",
        "exports.controls = { kit: 2, controls: [] };",
        /controls\.kit: It was compiled for version 2 of the kit, and this is version 1\. Compile the package/,
      ],
      ["holds nothing", moduleOf(), /controls: It holds no control\./],
      ["holds no list", "exports.controls = { kit: 1 };", /controls: A map is not a list\./],
      ["holds something else", moduleOf('"x"'), /controls\[0\]: "x" is not a map\./],
      [
        "has a control without metadata",
        moduleOf("{}"),
        /controls\[0\]\.control: An empty value is not a map\./,
      ],
      [
        "has an unknown severity",
        moduleOf(entry({ severity: '"hig"' })),
        /"s3-bucket-own-name"\.severity: "hig" is not allowed here\. Did you mean "high"\?/,
      ],
      [
        "has a control without a name",
        moduleOf(entry({ name: "" })),
        /controls\[0\]\.control\.name: The name is missing\. Add it\./,
      ],
      [
        "has a name that is none",
        moduleOf(entry({ name: '"../x"' })),
        /"\.\.\/x": "name" must be 64 lower-case letters/,
      ],
      [
        "has no such type",
        moduleOf(entry({ resourceTypes: '["s3"]' })),
        /"s3-bucket-own-name": "s3" is no type of AWS Config\./,
      ],
      [
        "misspells a type",
        moduleOf(entry({ resourceTypes: '["AWS::S3::Bucket", "AWS::S3::Buckets"]' })),
        /"s3-bucket-own-name"\.resourceTypes\[1\]: AWS Config knows no resource type "AWS::S3::Buckets", as far as this version can tell\. Did you mean "AWS::S3::Bucket"\? .* name it in "newResourceTypes" too\.\n/,
      ],
      [
        "has new types that are no list",
        moduleOf(entry({ newResourceTypes: '"AWS::S3::Bucket"' })),
        /"s3-bucket-own-name"\.newResourceTypes: "AWS::S3::Bucket" is not a list\./,
      ],
      ...['"*"', '"s3:*"', '"s3:Get*"', '"s3"', '"s3:GetBucketAcl "', '"arn:aws:s3"'].map(
        (action) =>
          [
            `asks for the permission ${action}`,
            moduleOf(entry({ listing: `["s3:ListAllMyBuckets", ${action}]` })),
            /"s3-bucket-own-name"\.listing\[1\]: ".*" is no IAM action\. Write service and action without wildcards/,
          ] as const,
      ),
      [
        "reads by an action that is none",
        moduleOf(entry({ sources: '{ name: { from: "read", action: "s3:*", because: "x" } }' })),
        /"s3-bucket-own-name"\.sources\.name\.action: "s3:\*" is no IAM action\./,
      ],
      [
        "reads by no action",
        moduleOf(entry({ sources: '{ name: { from: "read", because: "x" } }' })),
        /"s3-bucket-own-name"\.sources\.name\.action: An IAM action is missing/,
      ],
      [
        "has an unknown type of a parameter",
        moduleOf(entry({ parameters: '{ days: { type: "integer" } }' })),
        /"s3-bucket-own-name"\.parameters\.days\.type: "integer" is not allowed here/,
      ],
      [
        "has neither policy nor reason",
        moduleOf(entry({}, { preventivePolicy: "undefined" })),
        /"s3-bucket-own-name"\.detectOnly: A policy, or the reason why there is none, is missing/,
      ],
      [
        "has a policy that is none",
        moduleOf(entry({}, { preventivePolicy: '{ title: "x", decision: "resource", checks: {} }' })),
        /"s3-bucket-own-name"\.preventivePolicy\.checks: It is no map of checks\./,
      ],
      [
        "has a name of a rule of AWS",
        moduleOf(entry({ name: '"s3-bucket-tagged"' })),
        /The control "s3-bucket-tagged" \(S3_BUCKET_TAGGED\) of the package .*@acme\/controls is one of AWS already\. Rename/,
        "s3-bucket-tagged",
      ],
      [
        "has a name of this project",
        moduleOf(entry({ name: '"lambda-function-url-iam"' })),
        /of the package .*@acme\/controls is one of this project already\. Rename/,
        "lambda-function-url-iam",
      ],
      [
        "has a name twice",
        moduleOf(entry(), entry()),
        /"s3-bucket-own-name" .* of the package (.*@acme\/controls) is one of the package \1 already\./,
      ],
      [
        "lacks the function",
        moduleOf(entry({ name: '"s3-bucket-other"' })),
        /"s3-bucket-other": Its function is missing: there is no .*dist\/rules\/s3-bucket-other\/index\.js\. Build/,
      ],
    ] as readonly (readonly [string, string, RegExp, string?])[]) {
      it(`when it ${what}`, async () => {
        assert.match(await refused(packageFiles(INSTALLED, module, [name])), expected);
      });
    }

    for (const [what, files, expected] of [
      [
        "is not installed",
        {},
        /There is no package "@acme\/controls" to be found from .*Install it there, or remove it/,
      ],
      [
        "has a manifest that is not JSON",
        { [`${INSTALLED}/package.json`]: "{" },
        /package\.json: The file is not JSON/,
      ],
      [
        "is another package",
        { [`${INSTALLED}/package.json`]: { name: "x" } },
        /package\.json: compliance: It is missing, so that this is no package of controls\./,
      ],
      [
        "does not say where its controls are",
        { [`${INSTALLED}/package.json`]: { compliance: { rules: "dist" } } },
        /compliance\.controls: The module with the controls is missing\. Add it\./,
      ],
      [
        "has an unknown entry",
        { [`${INSTALLED}/package.json`]: { compliance: { controls: "a", rules: "b", rule: "c" } } },
        /compliance\.rule: The entry "rule" is unknown\. Did you mean "rules"\?/,
      ],
      [
        "was not built",
        {
          [`${INSTALLED}/package.json`]: {
            compliance: { controls: "dist/controls.js", rules: "dist/rules" },
          },
        },
        /fails to load: Error: Cannot find module '.*dist\/controls\.js'/,
      ],
    ] as const) {
      it(`when it ${what}`, async () => assert.match(await refused(files), expected));
    }

    it("when two have one name, with both places", async () => {
      const files = { ...packageFiles("a", GOOD), ...packageFiles("b", GOOD) };
      assert.match(
        await refused(files, `packages: [./a, ./b]\ncontrols: [${NAME}]\n`),
        /packages\[1\] \(1:17\): The control "s3-bucket-own-name" .*of the package .*\/b is one of the package .*\/a already\./,
      );
    });

    for (const [what, packages, expected] of [
      ["no list", "x", /packages \(1:1\): "x" is not a list/],
      ["a number", "[1]", /packages\[0\] \(1:12\): The number 1 is not the name or path of a package/],
      ["a name twice", "[./a, ./a]", /packages\[1\] \(1:17\): The package ".\/a" is in the list already/],
    ] as const) {
      it(`when the list has ${what}`, async () =>
        assert.match(await refused(packageFiles("a", GOOD), `packages: ${packages}\n`), expected));
    }
  });
});
