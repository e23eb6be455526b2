import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  canonicalToken,
  isTokenOfConfigType,
  Reader,
  ResourceNode,
  tokensOfConfigType,
} from "../../../rules";
import { TAGGABLE } from "../../../rules/custom/taggable";
import { sampleOf, samples } from "../../../rules/samples";
import { all } from "../../../rules/samples/all";
import { sample } from "../../../rules/samples/sample";
import { generateSamples } from "../../../scripts/generate-samples";
import { scalarAt } from "../../../rules/custom/items";
import { fits, isPublished, JSON_TEXTS, leaves, publishedAt, publishedTypes, SOURCE } from "./published";

/** What every item has beside the published properties. */
const OF_ITEMS = "https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html";

/** Paths that AWS does not publish, by type (`*` for all) and path: JSON texts, and fields of items as such. */
const UNPUBLISHED: Readonly<Record<string, string>> = {
  ...JSON_TEXTS,
  "* relationships.name": "https://docs.aws.amazon.com/config/latest/APIReference/API_Relationship.html",
  "* supplementaryConfiguration": OF_ITEMS,
};

/** Types that no control joins, and whose names differ; the provider's page on each says which API it calls. */
const PAIRS: Readonly<Record<string, string>> = {
  "AWS::Backup::BackupSelection": "aws:backup/selection:Selection",
  "AWS::Events::Rule": "aws:cloudwatch/eventRule:EventRule",
};

const exceptionOf = (type: string, path: string): string | undefined =>
  [`${type} ${path}`, `* ${path}`].find((key) => Object.hasOwn(UNPUBLISHED, key));

/** What is empty has no type of its own. */
const isEmpty = (value: unknown): boolean => typeof value === "object" && value !== null;

/** Everything that is wrong with an item, by what AWS publishes. */
function problemsOf(type: string, item: unknown, used = new Set<string>()): readonly string[] {
  const problems: string[] = [];
  for (const [path, value] of leaves(item, "")) {
    // The event has tags as a map, the published names are those of its entries.
    const [name, inner = ""] = path.startsWith("tags.") ? ["tags.value", path.slice(5)] : [path];
    const exception = exceptionOf(type, name);
    const published = publishedAt(type, name);
    if (exception !== undefined && published === undefined) used.add(exception);
    else if (isEmpty(value) ? isPublished(type, name) : published !== undefined && fits(published, value))
      continue;
    else
      problems.push(
        `${name}${inner} is ${JSON.stringify(value)}, and published as ${published ?? "nothing"}`,
      );
  }
  return problems;
}

describe("the published properties of configuration items", () => {
  it("say where they come from", () => {
    assert.match(
      SOURCE,
      /^awslabs\/aws-config-resource-schema:.+@[0-9a-f]{40} \(\d{4}-\d{2}-\d{2}, Apache-2\.0\)$/,
    );
    assert.equal(publishedTypes.length, 413);
  });

  it("tell what is wrong with an item", () => {
    const item = {
      resourceType: "AWS::Lambda::Function",
      ARN: 1,
      tags: { a: "b" },
      configuration: { timeout: "30", Timeout: 30, layers: [{ codeSize: 1.5 }], lastModified: "yesterday" },
    };
    assert.deepEqual(problemsOf("AWS::Lambda::Function", item), [
      "ARN is 1, and published as string",
      'configuration.timeout is "30", and published as integer',
      "configuration.Timeout is 30, and published as nothing",
      "configuration.layers.codeSize is 1.5, and published as integer",
      'configuration.lastModified is "yesterday", and published as date',
    ]);
    assert.equal(fits("cidr_block", "10.0.0.0/33"), false);
    assert.equal(fits("cidr_block", "10.0.0.0"), false);
    assert.equal(fits("cidr_block", "2001:db8::/64"), true);
    assert.equal(fits("ip", "10.0.0"), false);
    assert.throws(() => fits("colour", "red"), /a type "colour"/);
  });
});

describe("the samples", () => {
  it("are what the generator makes of them", () => {
    const file = join(__dirname, "../../../rules/catalog/generated/samples.json");
    assert.equal(readFileSync(file, "utf8"), generateSamples(), "run `npm run generate`");
    assert.equal(samples().length, all.length);
  });

  it("are of at least 60 types, each once", () => {
    assert.ok(all.length >= 60, String(all.length));
    assert.equal(new Set(all.map(({ configType }) => configType)).size, all.length);
    assert.equal(new Set(all.map(({ type }) => type)).size, all.length);
  });

  it("are found by either type, and by nothing else", () => {
    assert.equal(sampleOf("AWS::S3::Bucket")?.type, "aws:s3/bucket:Bucket");
    assert.equal(sampleOf("aws:s3/bucket:Bucket")?.configType, "AWS::S3::Bucket");
    for (const other of ["", "AWS::S3", "toString"]) assert.equal(sampleOf(other), undefined);
  });

  it("have every common type with tags", () => {
    for (const [configType, type] of Object.entries(TAGGABLE)) assert.equal(sampleOf(configType)?.type, type);
  });

  for (const { configType, type, inputs, item, shared } of all) {
    describe(configType, () => {
      it("has an item with published properties of the published types", () => {
        assert.ok(publishedTypes.includes(configType));
        assert.deepEqual(problemsOf(configType, item), []);
        assert.ok(Object.keys(item.configuration).length > 0);
      });

      it("is a pair of types that belong together", () =>
        assert.ok(
          tokensOfConfigType(configType).has(canonicalToken(type)) ||
            isTokenOfConfigType(configType, type) ||
            PAIRS[configType] === type,
          type,
        ));

      it("has a fact that both worlds tell, or the same tags", () => {
        if (shared === undefined) {
          assert.ok(Object.keys(item.tags).length > 0);
        } else {
          const urn = `urn:pulumi:dev::sample::${type}::s`;
          const read = new Reader(type, new ResourceNode({ urn, type, inputs }).inputs).at(shared[0]);
          const recorded = scalarAt(item, shared[1]);
          assert.notEqual(recorded, undefined);
          assert.deepEqual(read, { kind: "known", value: recorded });
        }
        assert.deepEqual(inputs["tags"] ?? {}, item.tags);
      });

      it("speaks of itself, of one account and of resources that are sampled too", () => {
        assert.equal(item.resourceType, configType);
        const text = JSON.stringify({ inputs, item });
        for (const [, account] of text.matchAll(/arn:[\w-]+:[\w-]+:[\w-]*:(\d+):/g))
          assert.equal(account, "123456789012");
        assert.match(item.ARN ?? "arn:aws:", /^arn:aws:/);
        for (const { resourceType, name } of item.relationships) {
          assert.ok(sampleOf(resourceType ?? "") !== undefined, resourceType);
          assert.match(name ?? "", /^(Is (attached|associated|contained)|Contains) /);
        }
      });
    });
  }

  it("leave out of that only JSON texts and fields of items as such", () => {
    const used = new Set<string>();
    for (const { configType, item } of all) problemsOf(configType, item, used);
    assert.deepEqual([...used].sort(), [
      "* relationships.name",
      "* supplementaryConfiguration",
      "AWS::IAM::Policy configuration.policyVersionList.document",
      "AWS::IAM::Role configuration.assumeRolePolicyDocument",
      "AWS::S3::Bucket supplementaryConfiguration.BucketPolicy.policyText",
      "AWS::SNS::Topic configuration.Policy",
      "AWS::SQS::Queue configuration.Policy",
    ]);
    for (const page of Object.values(UNPUBLISHED))
      assert.match(page, /^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
  });

  it("compile only with inputs that the installed provider has", () => {
    const rest = { id: "q", configuration: {} };
    const declared = [
      // @ts-expect-error -- what is tested: a property that the class does not have
      sample("AWS::SQS::Queue", "aws:sqs/queue:Queue", { ...rest, inputs: { nam: "orders" } }),
      // @ts-expect-error -- what is tested: a value of another type
      sample("AWS::SQS::Queue", "aws:sqs/queue:Queue", { ...rest, inputs: { delaySeconds: "0" } }),
      sample("AWS::SQS::Queue", "aws:lb/listener:Listener", {
        ...rest,
        // @ts-expect-error -- what is tested: a block with a property that it does not have
        inputs: { loadBalancerArn: "a", defaultActions: [{ type: "forward", to: "b" }] },
      }),
      // @ts-expect-error -- what is tested: without one that it must have
      sample("AWS::SNS::Topic", "aws:kms/alias:Alias", { ...rest, inputs: {} }),
      // @ts-expect-error -- what is tested: a type that is not installed
      sample("AWS::SQS::Queue", "aws:sqs/queue:Line", { ...rest, inputs: {} }),
      sample("AWS::SQS::Queue", "aws:sqs/queue:Queue", {
        ...rest,
        inputs: {},
        // @ts-expect-error -- what is tested: a path that the class does not have
        shared: ["delay", "configuration.DelaySeconds"],
      }),
    ];
    assert.equal(declared.length, 6);
  });
});
