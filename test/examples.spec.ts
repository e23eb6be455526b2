import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { PassThrough } from "node:stream";
import { DEFAULT_SELECTION } from "../cli/project";
import { selectionFrom } from "../cli/selection";
import { readSelectionFile } from "../cli/selection-file";
import { sourcesOf } from "../cli/sources";
import type { Source } from "../cli/sources";
import { findRule, judge, policyOf } from "../rules";
import type { Judgement, Result, Selection } from "../rules";

const TODAY = "2026-01-01";
const TIMEOUT_SECONDS = 60;
const EXAMPLES = ["static-web-site", "three-tier", "data-platform", "awsx-ecs"] as const;
type Example = (typeof EXAMPLES)[number];

const root = path.join(__dirname, "..");

/** Programs that build on the components as a library, each with the stacks that it is deployed as. */
const LIBRARY: readonly (readonly [program: string, stack: string])[] = [
  ["one-account", "dev"],
  ["three-regions", "dev"],
  ["hub-and-spoke", "hub"],
  ["hub-and-spoke", "access-test"],
  ["hub-and-spoke", "access-production"],
  ["hub-and-spoke", "test"],
  ["hub-and-spoke", "production"],
];

/** The spokes of hub-and-spoke, by stack. */
const SPOKES = [
  ["test", "444455556666"],
  ["production", "777788889999"],
] as const;

/** Records a program as `compliance check` does. */
async function recorded(folder: string, stack?: string): Promise<Source> {
  const options = {
    ...(stack === undefined ? {} : { stack }),
    timeoutSeconds: TIMEOUT_SECONDS,
    stdin: new PassThrough().end(),
    env: process.env,
    onProgress: () => undefined,
  };
  for await (const source of sourcesOf(folder, options)) {
    if ("error" in source) throw source.error;
    return source;
  }
  throw new Error(`${folder} has no program.`);
}

function ownSelection(source: Source): Selection {
  const own = source.selection?.();
  assert.ok(own, "the stack configures no selection");
  return selectionFrom(own, {}, TODAY);
}

const judgedByOwn = (source: Source): Judgement => judge(source.graph, ownSelection(source));

const judgedByAll = (source: Source): Judgement =>
  judge(source.graph, selectionFrom(undefined, { controls: ["all"] }, TODAY));

const violations = ({ results }: Judgement): readonly Result[] =>
  results.filter(({ verdict, exemption }) => verdict === "NON_COMPLIANT" && exemption === undefined);

/** A finding on one line: class, resource, control, and the key where a resource has several findings of one control. */
function lineOf({ urn, type, name, key }: Result): string {
  const [, module = "", className = type] = type.split(":");
  const resource = urn.slice(urn.lastIndexOf("::") + 2);
  return `${module.split("/")[0] ?? ""}.${className} ${resource}: ${name}${key === "" ? "" : ` [${key}]`}`;
}

describe("examples", () => {
  const violating = new Map<Example, Source>();
  const repaired = new Map<Example, Source>();

  before(async () => {
    for (const example of EXAMPLES) {
      const twins = ["violating", "repaired"].map((name) =>
        recorded(path.join(root, "examples", example, name)),
      );
      const [wrong, right] = await Promise.all(twins);
      assert.ok(wrong && right);
      violating.set(example, wrong);
      repaired.set(example, right);
    }
  });

  const programs = (sources: ReadonlyMap<Example, Source>, example: Example): Source => {
    const source = sources.get(example);
    assert.ok(source);
    return source;
  };

  for (const example of EXAMPLES) {
    it(`finds in the violating ${example} exactly what its findings.txt lists`, () => {
      const file = path.join(root, "examples", example, "findings.txt");
      const found = violations(judgedByOwn(programs(violating, example))).map(lineOf);
      assert.deepEqual(found, fs.readFileSync(file, "utf8").trimEnd().split("\n"));
    });

    it(`finds nothing mandatory in the repaired ${example}`, () => {
      const { results, errors } = judgedByOwn(programs(repaired, example));
      assert.deepEqual(errors, []);
      assert.deepEqual(violations({ results, errors, used: new Set() }).map(lineOf), []);
      assert.ok(results.some(({ verdict }) => verdict === "COMPLIANT"));
    });

    it(`judges both programs of ${example} by the same controls`, () => {
      const controlsOf = (source: Source): readonly string[] =>
        ownSelection(source).controls.map(({ id }) => id);
      assert.deepEqual(controlsOf(programs(violating, example)), controlsOf(programs(repaired, example)));
    });

    it(`needs every exemption of the repaired ${example}`, () => {
      const source = programs(repaired, example);
      const selection = ownSelection(source);
      const { used } = judge(source.graph, selection);
      // Of a control that has no policy yet, only the deployed rule needs it.
      const unused = selection.exemptions.filter(
        (exemption) => !used.has(exemption) && policyOf(exemption.control) !== undefined,
      );
      assert.deepEqual(
        unused.map(({ control }) => control),
        [],
      );
    });
  }

  it("finds violations of many services with all controls", () => {
    const found = EXAMPLES.flatMap((example) => violations(judgedByAll(programs(violating, example))));
    const services = new Set(found.map(({ control }) => findRule(control)?.service));
    assert.ok(found.length >= 12, `${found.length} findings`);
    assert.ok(services.size >= 8, [...services].join(", "));
  });

  it("leaves what a plugin creates opaque, and says so", () => {
    const source = programs(repaired, "awsx-ecs");
    assert.deepEqual(
      source.opaque.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)),
      ["shop"],
    );
    assert.ok(!source.graph.nodes.some(({ type }) => type === "aws:ec2/vpc:Vpc"));
  });

  it("finds nothing mandatory in the program of this repository", async () => {
    const source = await recorded(root);
    const selection = selectionFrom(readSelectionFile(path.join(root, DEFAULT_SELECTION)), {}, TODAY);
    assert.ok(selection.controls.length >= 60, `${selection.controls.length} controls`);
    const { results, errors } = judge(source.graph, selection);
    assert.deepEqual(errors, []);
    assert.deepEqual(violations({ results, errors, used: new Set() }).map(lineOf), []);
  });
});

describe("examples of the components as a library", () => {
  const sources = new Map<string, Source>();

  before(async () => {
    for (const [program, stack] of LIBRARY)
      sources.set(`${program}/${stack}`, await recorded(path.join(root, "examples", program), stack));
  });

  const inputsOf = (name: string, type: string): readonly Readonly<Record<string, unknown>>[] => {
    const source = sources.get(name);
    assert.ok(source);
    return source.graph.nodes.filter((node) => node.type === type).map(({ inputs }) => inputs);
  };

  for (const [program, stack] of LIBRARY) {
    it(`finds nothing mandatory in the stack ${stack} of ${program}, and needs its exemptions`, () => {
      const source = sources.get(`${program}/${stack}`);
      assert.ok(source);
      const selection = ownSelection(source);
      const judgement = judge(source.graph, selection);
      assert.deepEqual(judgement.errors, []);
      assert.deepEqual(violations(judgement).map(lineOf), []);
      assert.ok(judgement.results.some(({ verdict }) => verdict === "COMPLIANT"));
      assert.ok(selection.exemptions.every((exemption) => judgement.used.has(exemption)));
    });
  }

  it("deploys the same rules as the selection of one-account names", () => {
    const source = sources.get("one-account/dev");
    assert.ok(source);
    assert.deepEqual(
      inputsOf("one-account/dev", "aws:cfg/rule:Rule")
        .map(({ name }) => name)
        .sort(),
      ownSelection(source)
        .controls.map(({ rule }) => rule.name)
        .sort(),
    );
  });

  it("records IAM, and evaluates rules about it, in the home region of three-regions only", () => {
    const recorders = inputsOf("three-regions/dev", "aws:cfg/recorder:Recorder");
    assert.deepEqual(
      recorders.map(({ region, recordingGroup }) => [
        region,
        JSON.stringify(recordingGroup).includes('"includeGlobalResourceTypes":true'),
      ]),
      [
        ["eu-central-1", true],
        ["eu-west-1", false],
        ["us-east-1", false],
      ],
    );
    const rules = inputsOf("three-regions/dev", "aws:cfg/rule:Rule");
    const regionsOf = (rule: string) => rules.filter(({ name }) => name === rule).map(({ region }) => region);
    assert.deepEqual(regionsOf("iam-user-mfa-enabled"), ["eu-central-1"]);
    assert.deepEqual(regionsOf("encrypted-volumes"), ["eu-central-1", "eu-west-1", "us-east-1"]);
  });

  it("delivers from each spoke to the bucket that the hub opens to that spoke", () => {
    const policies = inputsOf("hub-and-spoke/hub", "aws:s3/bucketPolicy:BucketPolicy");
    const buckets = inputsOf("hub-and-spoke/hub", "aws:s3/bucket:Bucket").map(({ bucket }) => bucket);
    const open = JSON.stringify(policies.map(({ policy }) => policy));
    for (const [stack, account] of SPOKES) {
      const [channel] = inputsOf(`hub-and-spoke/${stack}`, "aws:cfg/deliveryChannel:DeliveryChannel");
      assert.ok(buckets.includes(channel?.["s3BucketName"]));
      assert.match(open, new RegExp(`config/AWSLogs/${account}/Config/`));
    }
  });

  it("assumes in each spoke the roles that its stack of access makes", () => {
    const [pipeline] = inputsOf("hub-and-spoke/hub", "aws:codepipeline/pipeline:Pipeline");
    for (const [stack, account] of SPOKES) {
      for (const { name } of inputsOf(`hub-and-spoke/access-${stack}`, "aws:iam/role:Role")) {
        // This pipeline takes no pull requests.
        if (name === "hub-and-spoke-target-pull-request") continue;
        const arn = `arn:aws:iam::${account}:role/${String(name)}`;
        assert.ok(JSON.stringify(pipeline).includes(arn), arn);
      }
    }
  });
});
