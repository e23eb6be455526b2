import * as assert from "node:assert/strict";
import type { ConfigurationRecorder } from "@aws-sdk/client-config-service";
import { withOp } from "../engine/events";
import { Stack, succeeded } from "../engine/stack";
import type { AwsClients } from "../local-aws";
import type { Scenario } from "../scenario";
import { isRecording, recorderOf } from "./aws-state";

/** A strategy as the settings write it, and what AWS then shows. */
interface Strategy {
  readonly name: string;
  readonly setting: unknown;
  readonly group: ConfigurationRecorder["recordingGroup"];
}

const [INTERFACE, USER, BUCKET] = [
  "AWS::EC2::NetworkInterface",
  "AWS::IAM::User",
  "AWS::S3::Bucket",
] as const;

const ALL: Strategy = {
  name: "all",
  setting: "all",
  group: {
    allSupported: true,
    includeGlobalResourceTypes: true,
    resourceTypes: [],
    exclusionByResourceTypes: { resourceTypes: [] },
    recordingStrategy: { useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" },
  },
};
const EXCLUDE: Strategy = {
  name: "exclude",
  setting: { exclude: [INTERFACE] },
  group: {
    allSupported: false,
    includeGlobalResourceTypes: false,
    resourceTypes: [],
    exclusionByResourceTypes: { resourceTypes: [INTERFACE] },
    recordingStrategy: { useOnly: "EXCLUSION_BY_RESOURCE_TYPES" },
  },
};
const INCLUDE: Strategy = {
  name: "include",
  setting: { include: [BUCKET, USER] },
  group: {
    allSupported: false,
    includeGlobalResourceTypes: false,
    resourceTypes: [BUCKET, USER],
    exclusionByResourceTypes: { resourceTypes: [] },
    recordingStrategy: { useOnly: "INCLUSION_BY_RESOURCE_TYPES" },
  },
};

/** A walk that begins with each strategy once and takes each of the six ways from one to another. */
const WALK = [ALL, EXCLUDE, ALL, INCLUDE, EXCLUDE, INCLUDE, ALL];

const RECORDER = "aws:cfg/recorder:Recorder";
let stack: Stack;

function settings(recorder: unknown): Readonly<Record<string, unknown>> {
  return {
    "aws:region": "us-east-1",
    "compliance:parts": ["detection"],
    "compliance:recorder": recorder,
    "compliance:selection": { controls: ["S3_BUCKET_VERSIONING_ENABLED"] },
  };
}

async function assertGroup(clients: AwsClients, { name, group }: Strategy): Promise<void> {
  const recorder = await recorderOf(clients);
  assert.deepEqual(recorder?.recordingGroup, group, name);
  assert.ok(await isRecording(clients), `${name}: the recorder is stopped`);
}

/** A strategy from its first preview to its end. */
const lifeOf = (strategy: Strategy): Scenario => ({
  group: "recording strategies",
  title: `a recorder for "${strategy.name}" is previewed, made, left alone by a second up and a refresh, and destroyed`,
  run: async ({ engine, checkout, clients }) => {
    stack = await Stack.create(engine, checkout, `strategy-${strategy.name}`);
    stack.configure(settings({ strategy: strategy.setting }));
    const planned = succeeded(await stack.preview());
    assert.equal(await recorderOf(clients), undefined);
    const made = succeeded(await stack.up());
    assert.deepEqual(typesOf(withOp(made.steps, "create")), typesOf(withOp(planned.steps, "create")));
    await assertGroup(clients, strategy);
    const again = succeeded(await stack.up({ skipPreview: true }));
    assert.deepEqual([...new Set(again.steps.map(({ op }) => op))], ["same"]);
    const refreshed = succeeded(await stack.refresh());
    assert.deepEqual(withOp(refreshed.done, "update", "delete"), []);
    await assertGroup(clients, strategy);
    succeeded(await stack.destroy());
    assert.equal(await recorderOf(clients), undefined);
  },
});

const typesOf = (steps: readonly { readonly type: string }[]): readonly string[] =>
  steps.map(({ type }) => type).sort();

/** Every recording strategy, every way from one to another, and the recording modes. */
export const strategies: readonly Scenario[] = [
  ...[ALL, EXCLUDE, INCLUDE].map(lifeOf),
  {
    group: "recording strategies",
    title: "each strategy, and each change from one to another, is what AWS then records",
    run: async ({ engine, checkout, clients }, say) => {
      stack = await Stack.create(engine, checkout, "strategies");
      let previous: Strategy | undefined;
      for (const strategy of WALK) {
        stack.configure(settings({ strategy: strategy.setting }));
        const done = succeeded(await stack.up({ skipPreview: true }));
        await assertGroup(clients, strategy);
        if (previous) {
          const changed = done.steps.filter(({ op, type }) => op !== "same" && type.startsWith("aws:"));
          assert.deepEqual(
            changed.map(({ op, type }) => `${op} ${type}`),
            [`update ${RECORDER}`],
          );
        }
        say(previous ? `from ${previous.name} to ${strategy.name}` : strategy.name);
        previous = strategy;
      }
    },
  },
  {
    group: "recording strategies",
    title: "a recording mode with its override is kept, changed and taken back",
    run: async ({ clients }, say) => {
      const override = { frequency: "DAILY", resourceTypes: [INTERFACE] };
      const modes = [
        {
          setting: { frequency: "CONTINUOUS", override },
          shown: {
            recordingFrequency: "CONTINUOUS",
            recordingModeOverrides: [{ recordingFrequency: "DAILY", resourceTypes: [INTERFACE] }],
          },
        },
        {
          setting: { frequency: "DAILY" },
          shown: { recordingFrequency: "DAILY", recordingModeOverrides: [] },
        },
        { setting: undefined, shown: { recordingFrequency: "CONTINUOUS", recordingModeOverrides: [] } },
      ];
      for (const { setting, shown } of modes) {
        stack.configure(settings(setting === undefined ? {} : { recordingMode: setting }));
        succeeded(await stack.up({ skipPreview: true }));
        const mode = (await recorderOf(clients))?.recordingMode;
        assert.equal(mode?.recordingFrequency, shown.recordingFrequency);
        const overrides = mode.recordingModeOverrides?.map(({ recordingFrequency, resourceTypes }) => ({
          recordingFrequency,
          resourceTypes,
        }));
        assert.deepEqual(overrides, shown.recordingModeOverrides);
        say(setting === undefined ? "none" : JSON.stringify(setting));
      }
      succeeded(await stack.destroy());
      assert.equal(await recorderOf(clients), undefined);
    },
  },
];
