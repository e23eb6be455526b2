import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { verdictsOf } from "../../../cli/rule/judging";
import { loadFolder } from "../../../cli/rule/load";
import { controlNames, registrationFiles } from "../../../cli/rule/registration";
import { factOf } from "../../../cli/rule/scaffold/facts";
import { scaffoldFiles } from "../../../cli/rule/scaffold/write";
import { sampleOf, samples } from "../../../rules/samples";
import { compliance, folder, removeFolders, ROOT } from "../support";
import { checkout, wholeCheckout } from "./support";

const TYPE = "AWS::EC2::Volume";

/** Files of a folder, all the way down, with their content. */
const contents = (root: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]),
  );

describe("compliance rule new", () => {
  after(removeFolders);

  describe("in a checkout", () => {
    const NAMES = ["ec2-volume-little", "ecs-cluster-owned", "s3-access-point-closed", "sns-topic-keyed"];
    let root = "";
    const run = async (file: string, ...args: readonly string[]): Promise<string> => {
      const bin = join(ROOT, "node_modules", file);
      const { stdout } = await promisify(execFile)(process.execPath, [bin, ...args], { cwd: root }).catch(
        (error: unknown) => assert.fail(JSON.stringify(error)),
      );
      return stdout;
    };

    before(async () => {
      root = wholeCheckout();
      // Of every kind of fact there is one; that each is made by the command would only take longer.
      for (const [name, type, isPeriodic] of [
        ["s3-access-point-closed", "AWS::S3::AccessPoint", false],
        ["sns-topic-keyed", "AWS::SNS::Topic", true],
      ] as const) {
        const sample = sampleOf(type) ?? assert.fail();
        const files = await scaffoldFiles(root, { name, sample, fact: factOf(sample), isPeriodic });
        mkdirSync(join(root, "rules/custom", name));
        for (const [file, text] of Object.entries(files))
          writeFileSync(join(root, "rules/custom", name, file), text);
      }
      const { status, stderr } = await compliance(["rule", "new", "ec2-volume-little", "--type", TYPE], {
        cwd: root,
      });
      assert.equal(stderr, "");
      assert.equal(status, 0);
    });

    it("says what it has made", async () => {
      const args = ["rule", "new", "ecs-cluster-owned", "--type", "aws:ecs/cluster:Cluster", "--periodic"];
      assert.deepEqual(await compliance(args, { cwd: join(root, "rules") }), {
        status: 0,
        signal: null,
        stdout: [
          'rules/custom/ecs-cluster-owned is a control of AWS::ECS::Cluster, triggered by a schedule. It judges the tag "Owner".',
          "  index.ts    metadata, mappings, and judge: write your own predicate there",
          "  cases.ts    the resource in both worlds, with the verdict",
          "  handler.ts  the Lambda function, and how it finds the resources",
          'It is registered, and docs/controls/ecs-cluster-owned.md is its page. "npm run generate" renews both.',
          "Next: compliance rule test ecs-cluster-owned",
          "",
        ].join("\n"),
        stderr: "",
      });
    });

    it("makes controls whose cases pass", async () => {
      const { status, stdout } = await compliance(["rule", "test", ...NAMES], { cwd: root });
      assert.equal(
        stdout,
        `${NAMES.map((name) => `✓ ${name}: 3 cases\n`).join("")}\n${NAMES.length * 3} passed, 0 failed\n`,
      );
      assert.equal(status, 0);
    });

    it("registers them and writes their pages", () => {
      const names = controlNames(root);
      for (const name of NAMES) {
        assert.ok(names.includes(name));
        const page = readFileSync(join(root, `docs/controls/${name}.md`), "utf8");
        assert.match(page, new RegExp(`^# ${name}$`, "m"));
      }
      for (const [file, content] of Object.entries(registrationFiles(names)))
        assert.equal(readFileSync(join(root, file), "utf8"), content, file);
      assert.deepEqual(readdirSync(join(root, "rules")), readdirSync(join(ROOT, "rules")));
    });

    it("leaves nothing to a linter, a formatter or the compiler", async () => {
      const folders = NAMES.map((name) => `rules/custom/${name}`);
      await run("prettier/bin/prettier.cjs", "--check", ...folders);
      await run("oxlint/bin/oxlint", ...folders);
      writeFileSync(
        join(root, "tsconfig.new.json"),
        JSON.stringify({ extends: "./tsconfig.json", include: folders }),
      );
      assert.equal(await run("typescript-native/bin/tsc", "--noEmit", "--project", "tsconfig.new.json"), "");
    });

    it("passes the tests of all controls", async () => {
      const options = ["--no-config", "--require", "ts-node/register/transpile-only", "--reporter", "json"];
      const specs = ["parity", "registration"].map((name) => `test/rules/custom/${name}.spec.ts`);
      const pattern = [...NAMES.map((name) => `the control ${name} `), "registration"].join("|");
      const { stats } = JSON.parse(
        await run("mocha/bin/mocha.js", ...options, "--grep", pattern, ...specs),
      ) as {
        readonly stats: { readonly passes: number; readonly failures: number };
      };
      assert.equal(stats.failures, 0);
      assert.ok(stats.passes > NAMES.length * 5, String(stats.passes));
    });

    it("takes no name twice", async () => {
      const { status, stderr } = await compliance(["rule", "new", NAMES[0] ?? "", "--type", TYPE], {
        cwd: root,
      });
      assert.equal(status, 2);
      assert.match(stderr, /The name "ec2-volume-little" is taken by a custom control\. Give another name\./);
    });
  });

  it("makes a control that works of every sample, triggered by either", async () => {
    const root = checkout({});
    for (const [index, sample] of samples().entries()) {
      // The two take turns, so that each kind of fact has both.
      const isPeriodic = index % 2 === 0;
      const name = `sample-${index}`;
      const files = await scaffoldFiles(root, { name, sample, fact: factOf(sample), isPeriodic });
      mkdirSync(join(root, "rules/custom", name));
      for (const [file, text] of Object.entries(files))
        writeFileSync(join(root, "rules/custom", name, file), text);
      const loaded = await loadFolder(root, name);
      assert.deepEqual(loaded.control.triggerTypes, [isPeriodic ? "Periodic" : "ConfigurationChange"]);
      assert.deepEqual(
        loaded.cases.map(({ verdict }) => verdict),
        ["COMPLIANT", "NON_COMPLIANT", "UNDECIDED"],
      );
      for (const example of loaded.cases) {
        const { before, after } = await verdictsOf(loaded, example);
        assert.equal(before, example.verdict, `${sample.configType}: ${example.title}`);
        if (!("never" in example.after)) assert.equal(after, example.verdict, sample.configType);
      }
    }
  });

  it("knows the fact of a sample by its kind", () => {
    const kinds = new Set(samples().map((sample) => factOf(sample).kind));
    assert.deepEqual([...kinds].sort(), ["boolean", "number", "string", "tag"]);
    const volume = sampleOf(TYPE) ?? assert.fail();
    assert.throws(() => factOf({ ...volume, shared: ["tags", "tags"] }), /has no scalar at "tags"/);
    const { configType, type, inputs, item } = volume;
    assert.throws(
      () => factOf({ configType, type, inputs, item: { ...item, tags: {} } }),
      /neither a shared scalar nor tags/,
    );
  });

  describe("writes nothing", () => {
    /** A checkout that has what is registered, and no generator. */
    const bare = (): string =>
      folder({ "rules/custom/registered.ts": "one\n", "rules/cases/custom-tables.ts": "two\n" });

    it("when what follows from a control cannot be generated", async () => {
      const root = bare();
      const before = contents(root);
      const { status, stdout, stderr } = await compliance(
        ["rule", "new", "ec2-volume-little", "--type", TYPE],
        {
          cwd: root,
        },
      );
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(
        stderr,
        /the other generated files cannot be made: .*Nothing was kept of the control\. Run "npm ci"/,
      );
      assert.deepEqual(contents(root), before);
      assert.deepEqual(readdirSync(join(root, "rules")), ["cases", "custom"]);
      assert.equal(existsSync(join(root, "rules/custom/ec2-volume-little")), false);
    });

    it("when a file of the registration cannot be written", async () => {
      const root = folder({
        "rules/custom/registered.ts": "one\n",
        "rules/cases/custom-tables.ts/file": "in the way",
      });
      const before = contents(root);
      const { status, stderr } = await compliance(["rule", "new", "ec2-volume-little", "--type", TYPE], {
        cwd: root,
      });
      assert.equal(status, 2);
      assert.match(
        stderr,
        /rules\/custom\/ec2-volume-little: The control cannot be written\. It is a folder\. Nothing was kept of it\./,
      );
      assert.deepEqual(contents(root), before);
      assert.deepEqual(readdirSync(join(root, "rules/custom")), ["registered.ts"]);
    });

    for (const [what, args, message] of [
      [
        "for a name in other letters",
        ["S3_Bucket", "--type", TYPE],
        /A control cannot have the name "S3_Bucket": a name must be 64 lower-case letters, digits and dashes at most/,
      ],
      ["for a name of one word", ["s3", "--type", TYPE], /cannot have the name "s3"/],
      [
        "for a name that leads elsewhere",
        ["../s3-bucket", "--type", TYPE],
        /cannot have the name "\.\.\/s3-bucket"/,
      ],
      [
        "for the name of a managed rule",
        ["s3-bucket-versioning-enabled", "--type", TYPE],
        /is taken by a managed rule of AWS Config\. Give another name; "compliance explain s3-bucket-versioning-enabled"/,
      ],
      [
        "for the id of a managed rule",
        ["incoming-ssh-disabled", "--type", TYPE],
        /is taken by a managed rule.*"compliance explain restricted-ssh"/,
      ],
      [
        "for the name of a control in Guard",
        ["rds-instance-key-accessible", "--type", TYPE],
        /is taken by a control of this project/,
      ],
      [
        "for an unknown type",
        ["ec2-volume-little", "--type", "AWS::EC2::Volum"],
        /There is no sample of "AWS::EC2::Volum"\. Did you mean "AWS::EC2::Volume"\?/,
      ],
      ["without a type", ["ec2-volume-little"], /required option '--type <TYPE>' not specified/],
    ] as const) {
      it(what, async () => {
        const root = bare();
        const before = contents(root);
        const { status, stdout, stderr } = await compliance(["rule", "new", ...args], { cwd: root });
        assert.equal(status, 2);
        assert.equal(stdout, "");
        assert.match(stderr, message);
        assert.deepEqual(contents(root), before);
      });
    }

    it("for a name that differs from another by dashes only", async () => {
      const root = folder({ "rules/custom/ec2-volume-little/index.ts": "" });
      const { status, stderr } = await compliance(["rule", "new", "ec2-volumelittle", "--type", TYPE], {
        cwd: root,
      });
      assert.equal(status, 2);
      assert.match(
        stderr,
        /is taken by a custom control: it differs from "ec2-volume-little" only by dashes/,
      );
    });

    it("in a package of controls, with what to do there", async () => {
      const root = folder({
        "rules/custom/x/index.ts": "",
        "own/package.json": { compliance: { sources: "controls" } },
        "own/controls/x/index.ts": "",
      });
      const before = contents(root);
      const { status, stderr } = await compliance(["rule", "new", "ec2-volume-little", "--type", TYPE], {
        cwd: join(root, "own/controls"),
      });
      assert.equal(status, 2);
      assert.match(stderr, /own: This is a package of controls.* Copy the folder of a control in "controls"/);
      assert.deepEqual(contents(root), before);
    });

    it("outside of a checkout", async () => {
      const { status, stderr } = await compliance(["rule", "new", "ec2-volume-little", "--type", TYPE], {
        cwd: "/",
      });
      assert.equal(status, 2);
      assert.match(
        stderr,
        /There is no folder "rules\/custom" here or above\. A control is made in a checkout/,
      );
    });
  });
});
