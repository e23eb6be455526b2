import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import { isMap, isScalar, parse, parseDocument } from "yaml";
import { accountAdministers, policyText, tlsOnly } from "../components/documents/statement";
import { type SharedStack, stateKeySharing, stateSharing } from "../components/documents/state-sharing";
import { pipelineName, targetPrefix } from "../components/pipeline-names";

/**
 * What `pipeline/bootstrap.sh` needs to know of the settings, and cannot read itself. Commands:
 *
 * - `region STACK`: says the pipeline's region.
 * - `read STACK DIR PARTITION ACCOUNT REGION BUCKET`: writes a file a fact into a folder.
 * - `settle BUCKET KEY-ARN`: writes bucket and key into the settings of every stack that names them.
 * - `same FILE FILE`: whether two files hold the same JSON, whatever its layout.
 */

/** S3's own limit of a bucket policy, in bytes. */
const LONGEST_BUCKET_POLICY = 20_480;
const STATE = "compliance:state";

type Entries = Readonly<Record<string, unknown>>;

const entriesOf = (value: unknown): Entries =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

function fail(message: string): never {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}

/** The settings of the stack that holds the pipeline. */
function pipelineConfig(stack: string): Entries {
  const file = `Pulumi.${stack}.yaml`;
  if (!existsSync(file)) fail(`There is no ${file}. Give the stack that holds the pipeline with --stack.`);
  const config = entriesOf(entriesOf(parse(readFileSync(file, "utf8")))["config"]);
  if (!listOf(config["compliance:parts"]).includes("pipeline")) {
    fail(`${file} does not hold the part "pipeline". Add it to compliance:parts, or name another stack.`);
  }
  return config;
}

function region(stack = ""): void {
  const config = pipelineConfig(stack);
  const home = textOf(config["compliance:homeRegion"]) ?? textOf(listOf(config["compliance:regions"])[0]);
  const found = home ?? textOf(config["aws:region"]);
  if (found === undefined)
    fail(`Pulumi.${stack}.yaml names no region. Set aws:region there, or give --region.`);
  process.stdout.write(`${found}\n`);
}

function read(stack = "", folder = "", partition = "", account = "", home = "", givenBucket = ""): void {
  const config = pipelineConfig(stack);
  const file = `Pulumi.${stack}.yaml`;
  const project = textOf(entriesOf(parse(readFileSync("Pulumi.yaml", "utf8")))["name"]) ?? "";
  const pipeline = entriesOf(config["compliance:pipeline"]);
  const state = entriesOf(config[STATE]);
  const bucket = entriesOf(state["bucket"]);
  const cloud = entriesOf(state["pulumiCloud"]);
  const bucketName = givenBucket === "" ? (textOf(bucket["bucketName"]) ?? "") : givenBucket;
  const isCloud = "pulumiCloud" in state;
  if (!isCloud && bucketName === "") fail(`${file} names no bucket for the state. Give --state-bucket.`);

  const stacks = listOf(pipeline["waves"])
    .flatMap((wave) => listOf(entriesOf(wave)["stacks"]))
    .map(entriesOf)
    .map((own) => ({
      stack: textOf(own["stack"]) ?? "",
      account: textOf(own["account"]) ?? account,
      rolePrefix: textOf(own["rolePrefix"]) ?? targetPrefix(project),
    }));
  const delivered = stacks.map((wave) => wave.stack);
  const targets = stackFiles()
    .filter(({ config: other }) =>
      delivered.includes(textOf(entriesOf(other["compliance:target"])["stack"]) ?? ""),
    )
    .map((other) => other.stack);
  const elsewhere: readonly SharedStack[] = stacks.filter((shared) => shared.account !== account);
  const bucketArn = `arn:${partition}:s3:::${bucketName}`;
  const prefix = textOf(bucket["prefix"]);
  const bucketPolicy = policyText([
    tlsOnly(bucketArn),
    ...stateSharing({ partition, bucketArn, prefix, project }, elsewhere),
  ]);
  if (bucketPolicy.length > LONGEST_BUCKET_POLICY) {
    fail(
      `${elsewhere.length} stacks of other accounts do not fit into one bucket policy. Use a second pipeline and bucket.`,
    );
  }
  const facts = {
    project,
    state: isCloud ? "cloud" : "bucket",
    organization: textOf(cloud["organization"]) ?? "",
    "token-secret": textOf(cloud["tokenSecretArn"]) ?? "",
    bucket: bucketName,
    prefix: prefix ?? "",
    "bucket-region": textOf(bucket["region"]) ?? home,
    pipeline: pipelineName(textOf(pipeline["prefix"]) ?? `${project}-${stack}`),
    stacks: [stack, ...delivered, ...targets].join("\n"),
    targets: targets.join("\n"),
    accounts: [...new Set(elsewhere.map((shared) => shared.account))].join("\n"),
    "bucket-policy.json": bucketPolicy,
    "key-policy.json": policyText([
      accountAdministers({ partition, account }),
      ...stateKeySharing(partition, elsewhere),
    ]),
  };
  for (const [name, content] of Object.entries(facts)) writeFileSync(join(folder, name), `${content}\n`);
}

/** Only the two values are replaced in the text: the rest of the files is people's, with comments and layout. */
function settle(bucketName = "", kmsKeyArn = "", change = ""): void {
  for (const file of stackFiles().map(({ file: name }) => name)) {
    const text = readFileSync(file, "utf8");
    const bucket = parseDocument(text).getIn(["config", STATE, "bucket"]);
    if (!isMap(bucket)) continue;
    const edits = Object.entries({ bucketName, kmsKeyArn }).flatMap(([name, value]) => {
      const node = bucket.get(name, true);
      if (!isScalar(node) || node.range == null) {
        return fail(`${file} has no "${name}" below ${STATE}.bucket. Write it there, with any value.`);
      }
      return node.value === value ? [] : [{ from: node.range[0], to: node.range[1], value }];
    });
    if (edits.length === 0) continue;
    const settled = edits
      .sort((one, other) => other.from - one.from)
      .reduce((whole, { from, to, value }) => whole.slice(0, from) + value + whole.slice(to), text);
    if (change === "change") writeFileSync(file, settled);
    process.stdout.write(`${file}\n`);
  }
}

/** The stacks that have a file, with their settings. */
function stackFiles(): readonly {
  readonly stack: string;
  readonly file: string;
  readonly config: Entries;
}[] {
  return readdirSync(".")
    .sort()
    .flatMap((file) => {
      const stack = /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1];
      if (stack === undefined) return [];
      return [{ stack, file, config: entriesOf(entriesOf(parse(readFileSync(file, "utf8")))["config"]) }];
    });
}

function same(one = "", other = ""): void {
  const [left, right] = [one, other].map((file): unknown => {
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      return undefined;
    }
  });
  process.exit(left !== undefined && isDeepStrictEqual(left, right) ? 0 : 1);
}

const [command = "", ...given] = process.argv.slice(2);
const commands: Readonly<Record<string, (...args: readonly string[]) => void>> = {
  region,
  read,
  settle,
  same,
};
(commands[command] ?? (() => fail(`There is no command "${command}".`)))(...given);
