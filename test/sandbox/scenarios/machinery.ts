import * as assert from "node:assert/strict";
import { DescribeConfigurationRecordersCommand } from "@aws-sdk/client-config-service";
import { GetBucketVersioningCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import { withOp } from "../engine/events";
import { fixture } from "../engine/fixtures";
import { Stack, succeeded } from "../engine/stack";
import type { Scenario } from "../scenario";

const GROUP = "machinery";

let stack: Stack;

/** The engine, its host, the provider and the local AWS by themselves, with a program of five resources. */
export const machinery: readonly Scenario[] = [
  {
    group: GROUP,
    title: "a small program is previewed, deployed, unchanged, changed and destroyed",
    run: async (sandbox, say) => {
      stack = await Stack.create(sandbox.engine, fixture(sandbox, "program"), "small");
      const planned = succeeded(await stack.preview());
      const created = withOp(planned.steps, "create").filter(({ type }) => type.startsWith("aws:"));
      assert.deepEqual(created.map(({ name }) => name).sort(), [
        "bucket",
        "key",
        "recorder",
        "role",
        "versioning",
      ]);
      assert.equal((await sandbox.clients.s3.send(new ListBucketsCommand({}))).Buckets?.length ?? 0, 0);
      say("a preview creates nothing");
      succeeded(await stack.up({ skipPreview: true }));
      const versioning = new GetBucketVersioningCommand({ Bucket: "fixture-bucket" });
      assert.equal((await sandbox.clients.s3.send(versioning)).Status, "Enabled");
      const recorders = await sandbox.clients.config.send(new DescribeConfigurationRecordersCommand({}));
      assert.equal(recorders.ConfigurationRecorders?.[0]?.name, "default");
      say("the update creates everything");
      const again = succeeded(await stack.up({ skipPreview: true }));
      assert.deepEqual([...new Set(again.steps.map(({ op }) => op))], ["same"]);
      say("a second update finds everything unchanged");
      stack.configure({ versioning: "Suspended" });
      const changed = succeeded(await stack.up({ skipPreview: true }));
      assert.deepEqual(
        withOp(changed.steps, "update").map(({ name }) => name),
        ["versioning"],
      );
      assert.equal((await sandbox.clients.s3.send(versioning)).Status, "Suspended");
      say("a changed setting updates that resource only");
      succeeded(await stack.destroy());
      assert.equal((await sandbox.clients.s3.send(new ListBucketsCommand({}))).Buckets?.length ?? 0, 0);
      say("destroy leaves nothing");
    },
  },
  {
    group: GROUP,
    title: "a resource policy stops a resource before it is created, a stack policy reports after the update",
    run: async (sandbox) => {
      const packs = [fixture(sandbox, "pack")];
      stack.configure({ rotate: false });
      const stopped = await stack.up({ packs, skipPreview: true });
      assert.notEqual(stopped.status, 0);
      assert.ok(stopped.violations.some(({ policy }) => policy === "key-rotates"));
      assert.ok(!stopped.done.some(({ name }) => name === "key"));
      stack.configure({ versioning: "Suspended" });
      const late = await stack.up({ packs, skipPreview: true });
      assert.notEqual(late.status, 0);
      assert.ok(late.violations.some(({ policy }) => policy === "versioning-is-on"));
      const versioning = new GetBucketVersioningCommand({ Bucket: "fixture-bucket" });
      assert.equal((await sandbox.clients.s3.send(versioning)).Status, "Suspended");
    },
  },
];
