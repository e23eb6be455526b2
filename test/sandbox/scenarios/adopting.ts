import * as assert from "node:assert/strict";
import {
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { CreateServiceLinkedRoleCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { Stack, succeeded } from "../engine/stack";
import type { AwsClients } from "../local-aws";
import type { Scenario } from "../scenario";
import { channelOf, isRecording, recorderOf, retentionOf, rulesOf } from "./aws-state";

const SELECTION = { controls: ["S3_BUCKET_VERSIONING_ENABLED"] };
/** What an account without recorder gets besides has nothing to do with the recorder. */
const PARTS = ["detection"];
const OLD_BUCKET = "set-up-by-hand";

/** An account in which AWS Config was set up by hand before, as the console does. */
async function setUpByHand({ iam, s3, config }: AwsClients): Promise<void> {
  const { Role } = await iam.send(
    new CreateServiceLinkedRoleCommand({ AWSServiceName: "config.amazonaws.com" }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: OLD_BUCKET }));
  const arn = `arn:aws:s3:::${OLD_BUCKET}`;
  const Principal = { Service: "config.amazonaws.com" };
  const statements = [
    { Effect: "Allow", Principal, Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: arn },
    { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: `${arn}/*` },
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  await s3.send(new PutBucketPolicyCommand({ Bucket: OLD_BUCKET, Policy }));
  const recorder = { name: "default", roleARN: Role?.Arn, recordingGroup: { allSupported: true } };
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: recorder }));
  const channel = { name: "default", s3BucketName: OLD_BUCKET };
  await config.send(new PutDeliveryChannelCommand({ DeliveryChannel: channel }));
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: "default" }));
}

/** Accounts that have a recorder already. */
export const adopting: readonly Scenario[] = [
  {
    group: "an account with a recorder",
    title: "a program that would make a second recorder is refused by AWS, and says which one is there",
    run: async ({ engine, checkout, clients }) => {
      await setUpByHand(clients);
      const stack = await Stack.create(engine, checkout, "second", {
        "aws:region": "us-east-1",
        "compliance:parts": PARTS,
        "compliance:recorder": { role: { serviceLinked: "existing" } },
        "compliance:selection": SELECTION,
      });
      const refused = await stack.up({ skipPreview: true });
      assert.notEqual(refused.status, 0);
      assert.match(refused.stdout, /MaxNumberOfConfigurationRecordersExceededException/);
      assert.equal((await recorderOf(clients))?.name, "default");
      succeeded(await stack.destroy());
      assert.equal((await recorderOf(clients))?.name, "default");
    },
  },
  {
    group: "an account with a recorder",
    title: "rules are deployed beside an existing recorder, which is not touched",
    run: async ({ engine, checkout, clients }) => {
      const before = [await recorderOf(clients), await channelOf(clients)];
      const stack = await Stack.create(engine, checkout, "beside", {
        "aws:region": "us-east-1",
        "compliance:parts": PARTS,
        "compliance:recorder": { mode: "existing" },
        "compliance:selection": SELECTION,
      });
      succeeded(await stack.up({ skipPreview: true }));
      assert.deepEqual([...(await rulesOf(clients)).keys()], ["s3-bucket-versioning-enabled"]);
      succeeded(await stack.destroy());
      assert.equal((await rulesOf(clients)).size, 0);
      assert.deepEqual([await recorderOf(clients), await channelOf(clients)], before);
    },
  },
  {
    group: "an account with a recorder",
    title: "an adopted recorder takes the settings over and outlives the program",
    run: async ({ engine, checkout, clients }, say) => {
      const stack = await Stack.create(engine, checkout, "adopting", {
        "aws:region": "us-east-1",
        "compliance:parts": PARTS,
        "compliance:recorder": { mode: "adopt", strategy: { exclude: ["AWS::EC2::NetworkInterface"] } },
        "compliance:selection": SELECTION,
      });
      succeeded(await stack.up({ skipPreview: true }));
      const [recorder, channel] = [await recorderOf(clients), await channelOf(clients)];
      assert.equal(recorder?.name, "default");
      assert.equal(recorder.recordingGroup?.recordingStrategy?.useOnly, "EXCLUSION_BY_RESOURCE_TYPES");
      assert.notEqual(channel?.s3BucketName, OLD_BUCKET);
      assert.ok(await isRecording(clients));
      say("recorder and channel are taken over");
      const again = succeeded(await stack.up({ skipPreview: true }));
      assert.deepEqual([...new Set(again.steps.map(({ op }) => op))], ["same"]);
      say("a second up finds everything unchanged");
      succeeded(await stack.destroy());
      assert.deepEqual([await recorderOf(clients), await channelOf(clients)], [recorder, channel]);
      assert.ok(await isRecording(clients));
      assert.equal(await retentionOf(clients), undefined);
      assert.equal((await rulesOf(clients)).size, 0);
      say("after destroy it still records");
    },
  },
];
