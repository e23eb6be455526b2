import * as assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { bundle, checkJson, compliance, program, removeFolders, ROOT } from "./support";

const VOLUMES = ["--controls", "ENCRYPTED_VOLUMES"];
const volume = (name: string, encrypted: string): string =>
  `new aws.ebs.Volume(${name}, { availabilityZone: "us-east-1a", size: 8, encrypted: ${encrypted} });`;
const HEAD = 'import * as pulumi from "@pulumi/pulumi";\nimport * as aws from "@pulumi/aws";\n';

/** Verdicts by logical name. */
async function verdicts(
  files: Readonly<Record<string, unknown>>,
  args: readonly string[] = VOLUMES,
): Promise<Readonly<Record<string, string>>> {
  const { report, stderr } = await checkJson([".", ...args], { cwd: program(files) });
  assert.equal(stderr, "");
  return Object.fromEntries(
    report.results.map(({ urn, verdict }) => [urn.slice(urn.lastIndexOf("::") + 2), verdict]),
  );
}

describe("check of a program", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  it("records TypeScript, with unknown values where a preview has them", async () => {
    const index = `${HEAD}
      const key = new aws.kms.Key("key");
      ${volume('"good"', "true")}
      ${volume('"bad"', "false")}
      ${volume('"later"', "key.enableKeyRotation.apply((on) => on === true)")}
      ${volume('"promised"', "key.arn.apply((arn) => arn !== '')")}`;
    assert.deepEqual(await verdicts({ "index.ts": index }), {
      good: "COMPLIANT",
      bad: "NON_COMPLIANT",
      later: "UNDECIDED",
      promised: "UNDECIDED",
    });
  });

  it("records JavaScript, a function that is exported, and the entry point that package.json names", async () => {
    const main = `const aws = require("@pulumi/aws");\nmodule.exports = async () => { ${volume('"good"', "true")} };`;
    const files = { "src/main.js": main, "package.json": { name: "x", main: "src/main.js" } };
    assert.deepEqual(await verdicts(files), { good: "COMPLIANT" });
  });

  it("records the entry point that Pulumi.yaml names, in its own folder", async () => {
    const files = {
      "Pulumi.yaml": "name: fixture\nruntime: {name: nodejs}\nmain: infra/\n",
      "infra/size.txt": "here",
      "infra/index.ts": `${HEAD}import { existsSync } from "node:fs";\n${volume('"good"', 'existsSync("size.txt")')}`,
    };
    assert.deepEqual(await verdicts(files), { good: "COMPLIANT" });
  });

  it("records ES modules in TypeScript, with await at the top", async () => {
    const files = {
      "package.json": { name: "x", type: "module" },
      "other.ts": "export const encrypted: boolean = true;",
      "index.ts": `import * as aws from "@pulumi/aws";\nimport { encrypted } from "./other.js";\nawait Promise.resolve();\n${volume('"good"', "encrypted")}`,
    };
    assert.deepEqual(await verdicts(files), { good: "COMPLIANT" });
  });

  it("does not check types, which is work for other tools", async () => {
    assert.deepEqual(
      await verdicts({ "index.ts": `${HEAD}const a: number = "text";\n${volume('"good"', "true")}` }),
      {
        good: "COMPLIANT",
      },
    );
  });

  it("compiles with the settings that the project names", async () => {
    const settings = (useDefineForClassFields: boolean) =>
      JSON.stringify({ compilerOptions: { target: "ES2022", useDefineForClassFields } });
    const files = {
      "tsconfig.json": settings(true),
      "tsconfig.pulumi.json": settings(false),
      "index.ts": `${HEAD}
        class Base { constructor() { this.prepare(); } prepare(): void {} }
        class Settings extends Base { encrypted?: boolean; override prepare(): void { this.encrypted = true; } }
        ${volume('"v"', "new Settings().encrypted ?? false")}`,
    };
    const naming = (tsconfig: string) => ({
      ...files,
      "Pulumi.yaml": `name: fixture\nruntime:\n  name: nodejs\n  options: {tsconfig: ${tsconfig}}\n`,
    });
    assert.deepEqual(await verdicts(files), { v: "NON_COMPLIANT" });
    assert.deepEqual(await verdicts(naming("tsconfig.pulumi.json")), { v: "COMPLIANT" });
    for (const wrong of ["missing.json", "5"])
      await assert.rejects(verdicts(naming(wrong)), /There are no compiler settings/);
  });

  // The oldest that there is, inside Pulumi's SDK, and one without the interface of a compiler, as of version 7 on.
  for (const compiler of ["@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js", "typescript-native"]) {
    it(`compiles in a program that has ${compiler} as its TypeScript`, async () => {
      const files = {
        "Pulumi.yaml": "name: fixture\nruntime: {name: nodejs}\nmain: app/\n",
        "app/node_modules/typescript/index.js": `module.exports = require(${JSON.stringify(compiler)});`,
        "app/tsconfig.json": JSON.stringify({ compilerOptions: { target: "es2019" }, include: ["src"] }),
        "app/index.ts": `${HEAD}${volume('"good"', "true as boolean")}`,
      };
      assert.deepEqual(await verdicts(files), { good: "COMPLIANT" });
    });
  }

  it("hands over configuration as the engine does", async () => {
    const index = `${HEAD}
      const config = new pulumi.Config();
      const same = config.requireBoolean("flag") && config.requireNumber("count") === 3
        && config.requireObject<{ deep: boolean[] }>("tree").deep[1] === true
        && config.require("project") === "from project" && config.require("word") === "plain"
        && new pulumi.Config("aws").require("region") === "eu-west-1" && pulumi.getStack() === "prod" && pulumi.getProject() === "fixture";
      ${volume('"good"', "same")}`;
    const files = {
      "Pulumi.yaml":
        "name: fixture\nruntime: nodejs\nconfig:\n  project: {default: from project}\n  word: {default: other}\n",
      "Pulumi.prod.yaml":
        "config:\n  aws:region: eu-west-1\n  fixture:flag: true\n  fixture:count: 3\n  fixture:word: plain\n  fixture:tree: {deep: [false, true]}\n",
      "index.ts": index,
    };
    assert.deepEqual(await verdicts(files), { good: "COMPLIANT" });
  });

  it("takes the stack that --stack names", async () => {
    const files = {
      "Pulumi.a.yaml": "config: {fixture:encrypted: true}",
      "Pulumi.b.yaml": "config: {fixture:encrypted: false}",
      "index.ts": `${HEAD}${volume('"v"', 'new pulumi.Config().requireBoolean("encrypted")')}`,
    };
    assert.deepEqual(await verdicts(files, ["--stack", "b", ...VOLUMES]), { v: "NON_COMPLIANT" });
  });

  it("runs a program that requires encrypted values, of which nothing is known", async () => {
    const config = (name: string): string => `  fixture:${name}: {secure: AAABAN}\n`;
    const index = `${HEAD}
      const config = new pulumi.Config();
      const number = config.requireSecretNumber("number");
      const object = config.requireSecretObject<{ a?: boolean }>("object");
      const bucket = new aws.s3.Bucket("b", { bucket: config.requireSecret("text") });
      ${volume('"fromText"', 'config.requireSecret("text").apply((text) => text as unknown as boolean)')}
      export const outputs = [number, object, bucket.arn];`;
    const root = program({
      "Pulumi.dev.yaml": `config:\n${["text", "number", "object"].map(config).join("")}`,
      "index.ts": index,
    });
    const { report, stderr } = await checkJson([".", ...VOLUMES], { cwd: root });
    assert.equal(stderr, "");
    assert.deepEqual(
      report.results.map(({ verdict }) => verdict),
      ["UNDECIDED"],
    );
    assert.match(
      report.sources[0]?.notes.join("\n") ?? "",
      /The secret "fixture:number" cannot be decrypted here; 0 stands for it\./,
    );
  });

  it("answers what programs ask about the place where they run", async () => {
    const index = `${HEAD}
      export = async () => {
        const [me, region, partition, zones] = await Promise.all([
          aws.getCallerIdentity(), aws.getRegion(), aws.getPartition(), aws.getAvailabilityZones({ state: "available" }),
        ]);
        const right = /^\\d{12}$/.test(me.accountId) && region.region === "eu-central-1" && partition.partition === "aws"
          && zones.names.join() === "eu-central-1a,eu-central-1b,eu-central-1c" && zones.zoneIds[0] === "euc1-az1";
        ${volume('"good"', "right")}
      };`;
    assert.deepEqual(
      await verdicts({ "Pulumi.dev.yaml": "config: {aws:region: eu-central-1}", "index.ts": index }),
      {
        good: "COMPLIANT",
      },
    );
  });

  it("goes on with unknown values where only a cloud has the answer, and says so", async () => {
    const index = `${HEAD}
      export = async () => {
        const vpc = await aws.ec2.getVpc({ default: true });
        const subnets = await aws.ec2.getSubnets({ filters: [{ name: "vpc-id", values: [vpc.id] }] });
        for (const id of subnets.ids) new aws.ec2.Instance(\`web-\${id}\`, { ami: vpc.tags["ami"], instanceType: "t3.micro", subnetId: id });
        subnets.ids.map((id) => id.toUpperCase());
        const names = aws.ec2.getVpcOutput({ default: true }).apply((found) => found.tags["x"].length);
        ${volume('"plain"', "vpc.enableDnsSupport")}
        ${volume('"output"', "names.apply((length) => length > 0)")}
        ${volume('"lifted"', "aws.ec2.getVpcOutput({ default: true }).enableDnsSupport")}
      };`;
    const root = program({ "index.ts": index });
    const { report, stderr } = await checkJson([".", ...VOLUMES], { cwd: root });
    assert.equal(stderr, "");
    assert.deepEqual(
      report.results.map(({ verdict }) => verdict),
      ["UNDECIDED", "UNDECIDED", "UNDECIDED"],
    );
    assert.match(
      report.sources[0]?.notes.join("\n") ?? "",
      /aws:ec2\/getVpc:getVpc would answer is not known offline/,
    );
    assert.equal(report.sources[0]?.resources, 4);
  });

  it("waits for resources that are registered late, also when the program seems to have ended", async () => {
    const index = `${HEAD}
      setTimeout(() => { ${volume('"timer"', "false")} }, 20);
      let once = false;
      process.on("beforeExit", () => { if (!once) { once = true; ${volume('"end"', "false")} } });
      pulumi.output(Promise.resolve(1)).apply(() => { ${volume('"apply"', "false")} });`;
    assert.deepEqual(await verdicts({ "index.ts": index }), {
      timer: "NON_COMPLIANT",
      end: "NON_COMPLIANT",
      apply: "NON_COMPLIANT",
    });
  });

  it("applies transforms of resources and of the stack", async () => {
    const index = `${HEAD}
      pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
        type === "aws:ebs/volume:Volume" && props.encrypted === undefined ? { props: { ...props, encrypted: true }, opts } : undefined);
      new aws.ebs.Volume("stack", { availabilityZone: "us-east-1a", size: 8 });
      new aws.ebs.Volume("own", { availabilityZone: "us-east-1a", size: 8, encrypted: true }, {
        transforms: [({ props, opts }) => ({ props: { ...props, encrypted: false }, opts })],
      });`;
    assert.deepEqual(await verdicts({ "index.ts": index }), { stack: "COMPLIANT", own: "NON_COMPLIANT" });
  });

  it("builds the engine's URNs and leaves out what is only read", async () => {
    const index = `${HEAD}
      class Part extends pulumi.ComponentResource {
        constructor(name: string, opts?: pulumi.ComponentResourceOptions) { super("my:parts:Part", name, {}, opts); this.registerOutputs({}); }
      }
      const outer = new Part("outer");
      const inner = new Part("inner", { parent: outer });
      new aws.ebs.Volume("v", { availabilityZone: "us-east-1a", size: 8 }, { parent: inner });
      aws.ebs.Volume.get("read", "vol-1");`;
    const { report } = await checkJson([".", ...VOLUMES], { cwd: program({ "index.ts": index }) });
    assert.deepEqual(
      report.results.map(({ urn }) => urn),
      ["urn:pulumi:dev::fixture::my:parts:Part$my:parts:Part$aws:ebs/volume:Volume::v"],
    );
    assert.ok(
      report.sources[0]?.notes.includes("The program only reads 1 resource of others, which is not judged."),
    );
  });

  it("reports remote components as opaque", async () => {
    const index =
      'import * as awsx from "@pulumi/awsx";\nconst vpc = new awsx.ec2.Vpc("net");\nexport const id = vpc.vpcId;';
    const { report } = await checkJson(["."], { cwd: program({ "index.ts": index }) });
    assert.deepEqual(
      report.sources[0]?.opaque.map((urn) => urn.split("::").pop()),
      ["net"],
    );
  });

  it("judges by the selection that the stack configures, unless another is given", async () => {
    const files = {
      "Pulumi.dev.yaml":
        "config:\n  compliance:selection:\n    controls: [ENCRYPTED_VOLUMES]\n    levels: {default: advisory}\n",
      "index.ts": `${HEAD}${volume('"bad"', "false")}`,
      "s.yaml": "controls: [ENCRYPTED_VOLUMES]",
    };
    const root = program(files);
    assert.equal((await compliance(["check", "."], { cwd: root })).status, 0);
    assert.equal((await compliance(["check", ".", "--selection", "s.yaml"], { cwd: root })).status, 1);
  });

  it("keeps what the program prints out of the report", async () => {
    const index = `${HEAD}console.log("{{{"); process.stdout.write("noise\\n"); console.error("more");\n${volume('"good"', "true")}`;
    assert.deepEqual(await verdicts({ "index.ts": index }), { good: "COMPLIANT" });
  });

  it("records a program that is not in the current folder, by a relative path with a link in it", async () => {
    const root = program({ "index.ts": `${HEAD}${volume('"good"', "true")}` });
    const elsewhere = program({});
    mkdirSync(join(elsewhere, "deep"));
    symlinkSync(root, join(elsewhere, "deep/link"));
    const { report } = await checkJson(["deep/link", ...VOLUMES], { cwd: elsewhere });
    assert.deepEqual(
      report.results.map(({ source }) => source),
      ["deep/link"],
    );
  });

  it("records this repository's own program", async () => {
    const { report, stderr } = await checkJson(["."], { cwd: ROOT });
    assert.equal(stderr, "");
    assert.ok((report.sources[0]?.resources ?? 0) > 10);
  });
});
