import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, compliance, folder, gone, program, removeFolders } from "./support";

interface BadProgram {
  readonly title: string;
  readonly files: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  readonly message: RegExp;
}

// JavaScript where the language does not matter: the compiler takes longer than all the rest.
const PULUMI = 'const pulumi = require("@pulumi/pulumi");\n';

const programs: readonly BadProgram[] = [
  {
    title: "throws",
    files: { "index.js": `${PULUMI}\nthrow new Error("no such luck");` },
    message: /\.: The program failed at index\.js:3:7: no such luck/,
  },
  {
    title: "throws something that is no error",
    files: { "index.js": "throw { odd: true };" },
    message: /The program failed: \{"odd":true\}/,
  },
  {
    title: "throws nothing at all",
    files: { "index.js": "throw undefined;" },
    message: /The program failed: undefined/,
  },
  {
    title: "rejects with what no text can be made of",
    files: {
      "index.js":
        "void Promise.reject({ toJSON() { throw 1; }, toString() { throw 2; }, a: Symbol('odd') });",
    },
    message: /The program failed: \{[^]*Symbol\(odd\)/,
  },
  {
    title: "registers everything and fails by its status",
    files: { "index.js": "process.exitCode = 3;" },
    message: /The program set the status 3 \(process\.exitCode\), which makes a preview fail/,
  },
  {
    title: "rejects a promise that nobody awaits",
    files: { "index.js": 'void Promise.reject(new Error("forgotten"));' },
    message: /The program failed at index\.js:1:\d+: forgotten/,
  },
  {
    title: "throws in an apply",
    files: { "index.js": `${PULUMI}pulumi.output(1).apply(() => { throw new Error("inside"); });` },
    message: /The program failed at index\.js:2:\d+: inside/,
  },
  {
    title: "hangs",
    files: { "index.js": "setInterval(() => undefined, 1000);" },
    args: ["--timeout", "3"],
    message: /The program did not end within 3 s\. .*"--timeout SECONDS"/,
  },
  {
    title: "never gives the processor back",
    files: { "index.js": "for (;;);" },
    args: ["--timeout", "3"],
    message: /The program did not end within 3 s/,
  },
  {
    title: "awaits what never comes",
    files: { "index.js": "module.exports = async () => { await new Promise(() => undefined); };" },
    message: /waits for a promise that never settles/,
  },
  {
    title: "ends itself",
    files: { "index.js": "process.exit(0);" },
    message: /ended itself with process\.exit\(0\)/,
  },
  {
    title: "is killed",
    files: { "index.js": 'process.kill(process.pid, "SIGKILL");' },
    message: /ended with SIGKILL before it had answered/,
  },
  {
    title: "reports an error",
    files: { "index.js": `${PULUMI}void pulumi.log.error("it is wrong");` },
    message:
      /reported an error by pulumi\.log\.error.*\n {2}The program printed:\n {4}\| error: \[runtime\] it is wrong/,
  },
  {
    title: "prints before it fails",
    files: { "index.js": 'console.log("a clue \\u001b[31m"); throw new Error("x");' },
    message: /The program printed:\n {4}\| a clue \\u001b\[31m/,
  },
  {
    title: "needs configuration",
    files: { "Pulumi.dev.yaml": "config: {}", "index.js": `${PULUMI}new pulumi.Config().require("size");` },
    message: /needs the configuration "fixture:size"\. Set it in Pulumi\.dev\.yaml/,
  },
  {
    title: "gets configuration of the wrong type",
    files: {
      "Pulumi.dev.yaml": "config: {fixture:n: many}",
      "index.js": `${PULUMI}new pulumi.Config().requireNumber("n");`,
    },
    message: /The configuration "fixture:n" is no number\. Correct it in Pulumi\.dev\.yaml/,
  },
  {
    title: "has no code",
    files: {},
    message: /has no entry point: .* does not exist\. Write "index\.ts"/,
  },
  {
    title: "does not compile",
    files: { "index.ts": "const = ;" },
    message: /The program failed.*index\.ts/s,
  },
  {
    title: "loads a package that is not installed",
    files: { "index.js": 'require("no-such-package");' },
    message: /Cannot find module 'no-such-package'/,
  },
  {
    title: "registers two resources of one name",
    files: { "index.js": `${PULUMI}for (const i of [1, 2]) new pulumi.ComponentResource("my:c:C", "same");` },
    message: /Duplicate resource URN '.*::same'/,
  },
  {
    title: "is written in another language",
    files: { "Pulumi.yaml": "name: x\nruntime: python\n", "__main__.py": "" },
    message: /Pulumi\.yaml: The runtime is "python"\. .*pulumi preview --json/,
  },
  {
    title: "has no runtime",
    files: { "Pulumi.yaml": "name: x\n" },
    message: /The runtime is missing/,
  },
  {
    title: "has a project file of malformed YAML",
    files: { "Pulumi.yaml": "name: [x\n" },
    message: /Pulumi\.yaml:\d+:\d+: The YAML is malformed/,
  },
  {
    title: "names an entry point that does not exist",
    files: { "Pulumi.yaml": "name: x\nruntime: nodejs\nmain: bin/\n" },
    message: /The entry point "bin\/" does not exist\. Correct "main", or compile the program first/,
  },
  {
    title: "has no stack of that name",
    files: { "Pulumi.dev.yaml": "config: {}", "index.js": "" },
    args: ["--stack", "prod"],
    message: /The stack "prod" has no file "Pulumi\.prod\.yaml"\. There are dev\./,
  },
  {
    title: "has a stack file of malformed YAML",
    files: { "Pulumi.dev.yaml": "config:\n\t- x", "index.js": "" },
    message: /Pulumi\.dev\.yaml:2:\d+: The YAML is malformed/,
  },
  {
    title: "configures a selection that is wrong",
    files: {
      "Pulumi.dev.yaml": "config:\n  compliance:selection:\n    controls: [ENCRYPTED_VOLUME]\n",
      "index.js": "",
    },
    message:
      /Pulumi\.dev\.yaml: compliance:selection: controls\[0\] \(3:16\): The control "ENCRYPTED_VOLUME" is unknown/,
  },
];

describe("check of a program that cannot be recorded", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  for (const { title, files, args = [], message } of programs) {
    it(`says why and ends with 2 when the program ${title}`, async () => {
      const { status, stderr, stdout } = await compliance(["check", ".", ...args], { cwd: program(files) });
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr + stdout, /\n\s+at .*:\d+:\d+/, "no stack trace");
    });
  }

  it("says what to install when the program lacks the SDK", async () => {
    const root = folder({ "Pulumi.yaml": "name: x\nruntime: nodejs\n", "index.js": "" });
    const { status, stderr } = await compliance(["check", "."], { cwd: root });
    assert.equal(status, 2);
    assert.match(stderr, /The program lacks "@pulumi\/pulumi"\. Run "npm install"/);
  });

  it("shows the program's stack trace with --debug", async () => {
    const root = program({ "index.js": 'function deep() { throw new Error("x"); }\ndeep();' });
    const { stderr } = await compliance(["check", ".", "--debug"], { cwd: root });
    assert.match(stderr, /at deep .*index\.js:1/);
  });

  it("ends what a program started when the time is up", async () => {
    const root = program({
      "index.js": `const { spawn } = require("node:child_process"); const { writeFileSync } = require("node:fs");
        const child = spawn("sleep", ["600"]); writeFileSync("pid", String(child.pid)); setInterval(() => undefined, 1000);`,
    });
    await compliance(["check", ".", "--timeout", "4"], { cwd: root });
    assert.equal(existsSync(join(root, "pid")), true);
    await gone(readFileSync(join(root, "pid"), "utf8"));
  });
});
