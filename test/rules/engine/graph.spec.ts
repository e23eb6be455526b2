import * as assert from "node:assert/strict";
import { ResourceGraph } from "../../../rules";
import type { ResourceFacts } from "../../../rules";
import { unknown } from "../../../rules/cases/build";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const urn = (name: string, type = BUCKET): string => `urn:pulumi:dev::p::${type}::${name}`;
const bucket = (name: string, inputs: object, more: Partial<ResourceFacts> = {}): ResourceFacts => ({
  urn: urn(name),
  type: BUCKET,
  inputs: { ...inputs },
  ...more,
});
const policyOf = (value: unknown, dependencies: readonly string[] = []): ResourceFacts => ({
  urn: urn("policy", POLICY),
  type: POLICY,
  inputs: { bucket: value },
  propertyDependencies: { bucket: dependencies },
});

/** The buckets that the policy belongs to, and whether that is certain. */
function ownersOf(...facts: readonly ResourceFacts[]): readonly [readonly string[], boolean] {
  const graph = new ResourceGraph(facts);
  const node = graph.node(urn("policy", POLICY));
  assert.ok(node);
  const { nodes, uncertain } = graph.targets(node, "bucket", BUCKET);
  return [nodes.map((one) => one.name), uncertain];
}

describe("a link", () => {
  it("follows the property dependency where the value is not known yet", () => {
    assert.deepEqual(ownersOf(bucket("a", {}), bucket("b", {}), policyOf(unknown, [urn("a")])), [
      ["a"],
      false,
    ]);
  });

  it("follows a known name, id or ARN", () => {
    assert.deepEqual(ownersOf(bucket("a", { bucket: "logs" }), policyOf("logs")), [["a"], false]);
    assert.deepEqual(ownersOf(bucket("a", {}, { id: "logs-1234" }), policyOf("logs-1234")), [["a"], false]);
    assert.deepEqual(
      ownersOf(bucket("a", {}, { outputs: { arn: "arn:aws:s3:::x" } }), policyOf("arn:aws:s3:::x")),
      [["a"], false],
    );
    assert.deepEqual(ownersOf(bucket("a", { bucket: "logs" }), policyOf("arn:aws-cn:s3:::logs")), [
      ["a"],
      false,
    ]);
  });

  it("prefers a known name to the dependencies of the value", () => {
    const facts = [
      bucket("a", { bucket: "logs" }),
      bucket("b", { bucket: "other" }),
      policyOf("logs", [urn("b")]),
    ];
    assert.deepEqual(ownersOf(...facts), [["a"], false]);
  });

  it("passes through a resource that only hands the value on", () => {
    const versioning: ResourceFacts = {
      urn: urn("v", "aws:s3/bucketVersioning:BucketVersioning"),
      type: "aws:s3/bucketVersioning:BucketVersioning",
      inputs: { bucket: unknown },
      propertyDependencies: { bucket: [urn("a")] },
    };
    assert.deepEqual(ownersOf(bucket("a", {}), versioning, policyOf(unknown, [versioning.urn])), [
      ["a"],
      false,
    ]);
  });

  it("is uncertain where several resources, or none, may be meant", () => {
    assert.deepEqual(ownersOf(bucket("a", {}), bucket("b", {}), policyOf(unknown, [urn("a"), urn("b")])), [
      ["a", "b"],
      true,
    ]);
    assert.deepEqual(ownersOf(bucket("a", {}), policyOf(unknown)), [[], true]);
    assert.deepEqual(ownersOf(bucket("a", { bucket: unknown }), policyOf("logs")), [["a"], true]);
  });

  it("is certain of a list in which each unknown item was made from one resource", () => {
    const both = [urn("a"), urn("b")];
    const facts = [bucket("a", {}), bucket("b", {})];
    assert.deepEqual(ownersOf(...facts, policyOf([unknown, unknown], both)), [["a", "b"], false]);
    assert.deepEqual(ownersOf(...facts, policyOf([unknown], both)), [["a", "b"], true]);
    assert.deepEqual(ownersOf(...facts, policyOf(unknown, both)), [["a", "b"], true]);
  });

  it("leads nowhere for a name of another stack", () => {
    assert.deepEqual(ownersOf(bucket("a", { bucket: "mine" }), policyOf("theirs")), [[], false]);
  });

  it("ends in dependencies that are cyclic", () => {
    const cyclic: ResourceFacts = {
      urn: urn("c", "aws:kms/key:Key"),
      type: "aws:kms/key:Key",
      inputs: {},
      propertyDependencies: { a: [urn("c", "aws:kms/key:Key")] },
    };
    assert.deepEqual(ownersOf(cyclic, policyOf(unknown, [cyclic.urn])), [[], true]);
  });
});

describe("a graph", () => {
  it("folds the twins of a type", () => {
    const facts = {
      urn: urn("v2", "aws:s3/bucketV2:BucketV2"),
      type: "aws:s3/bucketV2:BucketV2",
      inputs: { versionings: [{ enabled: true }] },
    };
    const [node] = new ResourceGraph([facts]).ofType(BUCKET);
    assert.deepEqual(node?.inputs, { versioning: [{ enabled: true }] });
    const balancer = {
      urn: urn("lb", "aws:alb/loadBalancer:LoadBalancer"),
      type: "aws:alb/loadBalancer:LoadBalancer",
      inputs: {},
    };
    assert.equal(new ResourceGraph([balancer]).ofType("aws:lb/loadBalancer:LoadBalancer").length, 1);
  });

  it("names the inner blocks of a twin as the canonical type does", () => {
    const type = "aws:s3/bucketV2:BucketV2";
    const inputs = {
      replicationConfigurations: [{ rules: [{ destinations: [{ bucket: "copy" }] }] }],
      serverSideEncryptionConfigurations: [
        { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: unknown }] }] },
      ],
    };
    const [node] = new ResourceGraph([{ urn: urn("a", type), type, inputs }]).ofType(BUCKET);
    assert.ok(node);
    const reader = node.reader(BUCKET);
    assert.deepEqual(reader.read("replicationConfiguration.rules.destination.bucket"), {
      kind: "known",
      value: "copy",
    });
    assert.deepEqual(
      reader.read("serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm"),
      { kind: "unknown" },
    );
  });

  it("has no passive resources among the subjects", () => {
    assert.equal(new ResourceGraph([bucket("a", {}, { passive: true })]).ofType(BUCKET).length, 0);
  });

  it("finds the provider of a resource by reference", () => {
    const provider = {
      urn: urn("p", "pulumi:providers:aws"),
      type: "pulumi:providers:aws",
      inputs: {},
      passive: true,
    };
    const graph = new ResourceGraph([provider, bucket("a", {}, { provider: `${provider.urn}::1234` })]);
    const [node] = graph.ofType(BUCKET);
    assert.ok(node);
    assert.equal(graph.providerOf(node)?.name, "p");
  });

  it("is certain of no absence when it is partial", () => {
    const graph = new ResourceGraph([bucket("a", {})], { partial: true });
    const [node] = graph.ofType(BUCKET);
    assert.ok(node);
    assert.equal(graph.referrers(node, POLICY, "bucket").uncertain, true);
  });
});
