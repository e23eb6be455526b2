import * as assert from "node:assert/strict";
import { monthlyCost, whatIfs } from "../../../rules/cost";
import type { WhatIf } from "../../../rules/cost";
import { inputOf } from "./support";

const CONTROLS = ["s3-bucket-versioning-enabled", "restricted-ssh"];

function found(usage: object, controls: readonly string[] = CONTROLS): ReadonlyMap<string, WhatIf> {
  const input = inputOf(usage, controls);
  return new Map(whatIfs(input, monthlyCost(input)).map((change) => [change.id, change]));
}

const resources = {
  "AWS::S3::Bucket": { count: 100, changesPerDay: 0.1 },
  "AWS::ECS::Service": { count: 10, changesPerDay: 20 },
  "AWS::EC2::NetworkInterface": { count: 10, createdPerDay: 500 },
  "AWS::EC2::SecurityGroup": { count: 10, changesPerDay: 0.1, createdPerDay: 50 },
};

describe("what another way of recording would change", () => {
  it("is daily recording for the types that change more than four times a day", () => {
    const change = found({ resources }).get("daily-where-cheaper");
    assert.deepEqual(change?.types, ["AWS::ECS::Service"]);
    // 200 changes a day become 10 items at four times the price.
    assert.equal(change.savedMicroDollars.expected, 30n * (200n * 3000n - 10n * 12_000n));
    assert.match(change.warning ?? "", /once a day/);
  });

  it("keeps the types of an override that are cheaper so, in the one override that AWS Config takes", () => {
    const override = { frequency: "DAILY", resourceTypes: ["AWS::ECS::Service", "AWS::S3::Bucket"] };
    const change = found({ resources, recording: { recordingMode: { override } } }).get(
      "daily-where-cheaper",
    );
    assert.deepEqual(change?.types, ["AWS::ECS::Service"]);
    assert.ok(change.savedMicroDollars.expected > 0n, "buckets are cheaper continuously");
  });

  it("is continuous recording of calm types where everything is recorded daily", () => {
    const changes = found({ resources, recording: { recordingMode: { frequency: "DAILY" } } });
    assert.ok(changes.get("continuous-where-cheaper")?.types.includes("AWS::S3::Bucket"));
    assert.ok(!changes.get("continuous-where-cheaper")?.types.includes("AWS::ECS::Service"));
    assert.ok(changes.has("continuous-for-all"));
  });

  it("says what daily recording of everything costs more", () => {
    const calm = { "AWS::S3::Bucket": { count: 100, changesPerDay: 0.1 } };
    const change = found({ resources: calm }).get("daily-for-all");
    assert.equal(change?.savedMicroDollars.expected, 30n * 10n * (3000n - 12_000n));
  });

  it("is the exclusion of what lives less than a day, with the rules that would see it no more", () => {
    const change = found({ resources }).get("without-ephemeral-types");
    assert.deepEqual(change?.types, ["AWS::EC2::NetworkInterface", "AWS::EC2::SecurityGroup"]);
    assert.match(
      change.warning ?? "",
      /No longer evaluated on changes: restricted-ssh\..*ResourceCompliance/,
    );
    const harmless = found({ resources }, ["s3-bucket-versioning-enabled"]).get("without-ephemeral-types");
    assert.match(harmless?.warning ?? "", /No selected rule evaluates them/);
  });

  it("is a scope of the evaluated types, with the compliance of them", () => {
    const change = found({ resources }).get("only-evaluated-types");
    assert.deepEqual(change?.types, ["AWS::ECS::Service", "AWS::EC2::NetworkInterface"]);
    assert.equal(change.savedMicroDollars.expected, 30n * (200n + 1000n) * 3000n);
  });

  it("warns of recording no compliance", () => {
    const change = found({ resources, transitionsPerThousand: 50 }).get("without-resource-compliance");
    assert.ok((change?.savedMicroDollars.expected ?? 0n) > 0n);
    assert.match(change?.warning ?? "", /no compliance timelines/);
  });

  it("leaves out what would change nothing", () => {
    assert.deepEqual([...found({ resources: {} }, []).keys()], []);
    const recording = { strategy: { exclude: ["AWS::Config::ResourceCompliance"] } };
    assert.ok(!found({ resources, recording }).has("without-resource-compliance"));
  });

  it("proposes no list of types that AWS Config would refuse because it is empty", () => {
    const recording = { strategy: { include: ["AWS::EC2::NetworkInterface"] } };
    assert.ok(!found({ resources, recording }).has("without-ephemeral-types"));
  });
});
