import * as assert from "node:assert/strict";
import * as path from "node:path";
import {
  PutRetentionConfigurationCommand,
  StopConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { withOp } from "../engine/events";
import { Stack, succeeded } from "../engine/stack";
import { isObject, textOf } from "../json";
import type { AwsClients } from "../local-aws";
import type { Sandbox, Scenario } from "../scenario";
import { bucketsOf, channelOf, isRecording, objectsOf, recorderOf, retentionOf, rulesOf } from "./aws-state";
import { authorizeWorkspace, firstDay } from "./every-part";
import { inventoryOf } from "./inventory";
import { retainedBy } from "./retained";

const GROUP = "defaults";

let stack: Stack;
/** What outlives the program unless the settings say otherwise. */
const RETAINED = [
  "Bucket evidence",
  "Bucket evidence-access-logs",
  "Bucket trail",
  "Bucket trail-access-logs",
  "Key evidence",
  "Key trail",
];
let outputs: Readonly<Record<string, unknown>>;

const packOf = ({ checkout }: Sandbox): string => path.join(checkout, "policypack");

/** The program with its shipped settings, under its own pack, through its whole life. */
export const defaults: readonly Scenario[] = [
  {
    group: GROUP,
    title: "the shipped program passes its own pack in preview, which creates nothing",
    run: async (sandbox) => {
      stack = await Stack.create(sandbox.engine, sandbox.checkout, "dev");
      const planned = succeeded(await stack.preview({ packs: [packOf(sandbox)] }));
      assert.ok(withOp(planned.steps, "create").length > 30);
      assert.deepEqual(
        planned.violations.filter(({ level }) => level === "mandatory"),
        [],
      );
      assert.deepEqual(await inventoryOf(sandbox.clients), []);
    },
  },
  {
    group: GROUP,
    title: "up deploys recorder, delivery and one rule a selected control",
    run: async (sandbox, say) => {
      const updated = succeeded(await stack.up({ packs: [packOf(sandbox)] }));
      const planned = withOp(updated.steps, "create").filter(({ type }) => type === "aws:cfg/rule:Rule");
      outputs = await stack.outputs();
      const { clients } = sandbox;
      await assertEvidence(clients);
      say("the evidence bucket is private, versioned and encrypted with a key that rotates");
      const recorder = await recorderOf(clients);
      assert.equal(recorder?.name, "aws-config-recorder");
      assert.equal(recorder.recordingGroup?.recordingStrategy?.useOnly, "ALL_SUPPORTED_RESOURCE_TYPES");
      assert.deepEqual(recorder.recordingMode, {
        recordingFrequency: "CONTINUOUS",
        recordingModeOverrides: [],
      });
      assert.ok(await isRecording(clients));
      assert.equal((await channelOf(clients))?.s3BucketName, outputs["evidenceBucketName"]);
      assert.equal(await retentionOf(clients), 2557);
      say("the recorder records everything and delivers to the bucket");
      const rules = await rulesOf(clients);
      assert.ok(rules.size > 0);
      const names = new Set(planned.map(({ inputs }) => textOf(inputs["name"])));
      assert.deepEqual(new Set(rules.keys()), names);
      for (const rule of rules.values()) assert.equal(rule.Source?.Owner, "AWS");
      const deployed = outputs["ruleArns"];
      assert.ok(isObject(deployed) && isObject(deployed["us-east-1"]));
      assert.deepEqual(
        deployed["us-east-1"],
        Object.fromEntries([...rules].map(([name, rule]) => [name, rule.ConfigRuleArn])),
      );
      say(`${rules.size} rules are deployed`);
    },
  },
  {
    group: GROUP,
    title: "a second up finds everything unchanged",
    run: async (sandbox) => {
      const again = succeeded(await stack.up({ packs: [packOf(sandbox)], skipPreview: true }));
      assert.deepEqual([...new Set(again.steps.map(({ op }) => op))], ["same"]);
    },
  },
  {
    group: GROUP,
    title: "a changed setting updates what it concerns and nothing else",
    run: async ({ clients }) => {
      stack.configure({ "compliance:delivery": { snapshotFrequency: "Six_Hours" } });
      const changed = succeeded(await stack.up({ skipPreview: true }));
      const others = changed.steps.filter(({ op, type }) => op !== "same" && type.startsWith("aws:"));
      assert.deepEqual(
        others.map(({ op, type }) => `${op} ${type}`),
        ["update aws:cfg/deliveryChannel:DeliveryChannel"],
      );
      const channel = await channelOf(clients);
      assert.equal(channel?.configSnapshotDeliveryProperties?.deliveryFrequency, "Six_Hours");
    },
  },
  {
    group: GROUP,
    title: "refresh finds nothing to change, and what was changed by hand is found and put right",
    run: async ({ clients }, say) => {
      const untouched = succeeded(await stack.refresh());
      assert.deepEqual(withOp(untouched.done, "update", "delete"), []);
      say("nothing to change");
      const recorder = await recorderOf(clients);
      await clients.config.send(
        new StopConfigurationRecorderCommand({ ConfigurationRecorderName: recorder?.name }),
      );
      await clients.config.send(new PutRetentionConfigurationCommand({ RetentionPeriodInDays: 30 }));
      succeeded(await stack.refresh());
      const repaired = succeeded(await stack.up({ skipPreview: true }));
      const touched = repaired.steps.filter(({ op }) => op !== "same").map(({ type }) => type);
      assert.deepEqual([...new Set(touched)].sort(), [
        "aws:cfg/recorderStatus:RecorderStatus",
        "aws:cfg/retentionConfiguration:RetentionConfiguration",
      ]);
      assert.ok(await isRecording(clients));
      assert.equal(await retentionOf(clients), 2557);
      say("a stopped recorder and a shortened retention are put right");
    },
  },
  {
    group: GROUP,
    title: "destroy leaves exactly the evidence: buckets and keys of recorder and trail, everything readable",
    run: async ({ clients }) => {
      const kept = await retainedBy(stack);
      assert.deepEqual([...kept.keys()], RETAINED);
      succeeded(await stack.destroy());
      const bucket = textOf(outputs["evidenceBucketName"]);
      const [object = ""] = await objectsOf(clients, bucket);
      const { Body, ServerSideEncryption } = await clients.s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: object }),
      );
      assert.ok(Body && ServerSideEncryption === "aws:kms", object);
      assert.deepEqual(
        (await inventoryOf(clients)).filter((entry) => !entry.startsWith("role AWSServiceRole")),
        [...kept.values()].sort(),
      );
    },
  },
  {
    group: "evidence goes with the program",
    title: "destroy leaves nothing when the setting says so",
    run: async (sandbox) => {
      const { engine, checkout, clients } = sandbox;
      authorizeWorkspace(sandbox);
      const temporary = await Stack.create(engine, checkout, "temporary", {
        ...firstDay(),
        "compliance:evidence": { bucket: { create: { retain: false } } },
        "compliance:trail": { create: { retain: false } },
      });
      succeeded(await temporary.up({ skipPreview: true }));
      assert.equal((await bucketsOf(clients)).length, 6);
      succeeded(await temporary.destroy());
      assert.deepEqual(await inventoryOf(clients), []);
    },
  },
];

async function assertEvidence({ s3, kms }: AwsClients): Promise<void> {
  const key = textOf(outputs["evidenceKeyArn"]);
  assert.ok((await kms.send(new GetKeyRotationStatusCommand({ KeyId: key }))).KeyRotationEnabled);
  for (const name of ["evidenceBucketName", "accessLogBucketName"]) {
    const Bucket = textOf(outputs[name]);
    const block = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    assert.deepEqual(block.PublicAccessBlockConfiguration, {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    assert.equal((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status, "Enabled");
  }
  const Bucket = textOf(outputs["evidenceBucketName"]);
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  const used = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  assert.deepEqual([used?.SSEAlgorithm, used?.KMSMasterKeyID], ["aws:kms", key]);
}
