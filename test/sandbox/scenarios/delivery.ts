import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { PipelineSource } from "../engine/build";
import { fixture, jsonFile } from "../engine/fixtures";
import type { Sandbox, Scenario } from "../scenario";
import { bucketsOf } from "./aws-state";
import { BUCKET, VERSIONING } from "./guarded";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** A source whose stack is under one policy of the pack. */
async function sourceOf(sandbox: Sandbox, versioning: string): Promise<PipelineSource> {
  const config = jsonFile(sandbox, "delivery.json", { all: "disabled", [VERSIONING]: "mandatory" });
  const source = await PipelineSource.create(sandbox, fixture(sandbox, "buckets"), "delivered", {
    COMPLIANCE_STACK: "delivered",
    COMPLIANCE_POLICY_PACK_CONFIG: config,
    CODEBUILD_RESOLVED_SOURCE_VERSION: COMMIT,
    COMPLIANCE_PREVIEW_ARTIFACT: "preview_delivered",
  });
  await source.pulumi("config", "set", "versioning", versioning, "--stack", "delivered");
  return source;
}

/** Previews, and hands the artefact on. */
async function previewed(source: PipelineSource, plan = "true"): Promise<string> {
  const preview = await source.build("preview", { COMPLIANCE_PLAN: plan });
  assert.equal(preview.status, "SUCCEEDED", preview.log);
  return source.artefact("preview").folder;
}

const deploy = (source: PipelineSource, from: string, more: Readonly<Record<string, string>> = {}) =>
  source.build("deploy", { CODEBUILD_SRC_DIR_preview_delivered: from, ...more });

/** The stages of the pipeline on the real engine, phase by phase, with the artefacts passed on. */
export const delivery: readonly Scenario[] = [
  ...["true", "false"].map((plan): Scenario => {
    const way = plan === "true" ? "by its plan" : "by its steps, without a plan";
    return {
      title: `a stack is deployed as it was previewed, ${way}, and only once`,
      run: async (sandbox) => {
        const source = await sourceOf(sandbox, "Enabled");
        const preview = await source.build("preview", { COMPLIANCE_PLAN: plan });
        assert.equal(preview.status, "SUCCEEDED", preview.log);
        assert.match(
          preview.exported["COMPLIANCE_SUMMARY"] ?? "",
          /^delivered at 0123456789ab; 4 to create; no mandatory violation/,
        );
        const { folder, files } = source.artefact("preview");
        assert.equal(files.includes("plan.json"), plan === "true");
        const done = await deploy(source, folder);
        assert.equal(done.status, "SUCCEEDED", done.log);
        assert.deepEqual(await bucketsOf(sandbox.clients), [BUCKET]);
        const again = await deploy(source, folder);
        assert.equal(again.phases.at(-1)?.status, 1);
        assert.match(again.log, /- state of the stack: approved is \w+, now it is \w+\./);
      },
    };
  }),
  {
    title: "a violating commit stops in Preview, with its findings and nothing to deploy",
    run: async (sandbox) => {
      const source = await sourceOf(sandbox, "None");
      const preview = await source.build("preview", {});
      assert.equal(preview.phases.at(-1)?.status, 1, preview.log);
      const { folder, files } = source.artefact("preview");
      assert.ok(!files.includes("manifest.json") && !files.includes("plan.json"));
      const findings = fs.readFileSync(path.join(folder, "findings.md"), "utf8");
      assert.match(findings, /Compliance: 1 violation[^]*s3-bucket-versioning-enabled/);
      const refused = await deploy(source, folder);
      assert.equal(refused.phases.at(-1)?.status, 2);
      assert.match(refused.log, /There is no manifest of a preview/);
      assert.deepEqual(await bucketsOf(sandbox.clients), []);
    },
  },
  {
    title:
      "a plan of another commit, of other settings or of another state stops in Deploy, with every difference",
    run: async (sandbox) => {
      const source = await sourceOf(sandbox, "Enabled");
      const first = await previewed(source);
      const other = await deploy(source, first, { CODEBUILD_RESOLVED_SOURCE_VERSION: "f".repeat(40) });
      assert.equal(other.phases.at(-1)?.status, 1);
      assert.match(other.log, /- commit: approved is 0123/);
      assert.deepEqual(await bucketsOf(sandbox.clients), []);
      await source.pulumi("up", "--yes", "--skip-preview", "--stack", "delivered");
      await source.pulumi("config", "set", "versioning", "Suspended", "--stack", "delivered");
      const changed = await deploy(source, first);
      assert.equal(changed.phases.at(-1)?.status, 1);
      assert.match(changed.log, /- stack file: [^]*- state of the stack: /);
      assert.doesNotMatch(changed.log, /- commit/);
    },
  },
  {
    title: "a state that was only written again is the same to Deploy, and one that changed is not",
    run: async (sandbox) => {
      const source = await sourceOf(sandbox, "Enabled");
      await source.pulumi("config", "set", "--secret", "word", "first secret", "--stack", "delivered");
      assert.equal((await deploy(source, await previewed(source))).status, "SUCCEEDED");
      const nothing = await previewed(source);
      await source.pulumi("up", "--yes", "--skip-preview", "--stack", "delivered");
      const done = await deploy(source, nothing);
      assert.equal(done.status, "SUCCEEDED", done.log);
      const before = await previewed(source);
      await source.pulumi("destroy", "--yes", "--skip-preview", "--stack", "delivered");
      const refused = await deploy(source, before);
      assert.match(refused.log, /- state of the stack: /);
      assert.deepEqual(await bucketsOf(sandbox.clients), []);
    },
  },
];
