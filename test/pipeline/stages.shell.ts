import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folder, removeFolders } from "../cli/support";
import { copyArtifact, reportFiles } from "../support/buildspec";
import { buildspec, Source } from "./support";

describe("the stages", () => {
  after(removeFolders);

  describe("build", () => {
    it("lints, checks types, tests, and judges every stack", async () => {
      const source = new Source();
      const run = await source.run("build", {
        COMPLIANCE_STACKS: "organization/shop/dev prod=arn:aws:iam::1:role/x",
      });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(source.calls, [
        "npm run lint",
        "npm run types",
        "npm run --silent spec -- --reporter xunit --reporter-option output=reports/unit.xml",
        "npx compliance check . --stack dev --format junit --output reports/check-dev.xml",
        "npx compliance check . --stack prod --format junit --output reports/check-prod.xml",
      ]);
    });

    it("judges the program where no stack is named", async () => {
      const source = new Source();
      await source.run("build");
      assert.equal(
        source.calls.at(-1),
        "npx compliance check . --format junit --output reports/check-program.xml",
      );
    });

    for (const failing of [
      "ci",
      "run lint",
      "run types",
      "run --silent spec -- --reporter xunit --reporter-option output=reports/unit.xml",
    ]) {
      it(`fails and does nothing more when "npm ${failing}" fails`, async () => {
        const source = new Source();
        const run = await source.run("build", { NPM_FAILS: failing });
        assert.equal(run.status, "FAILED");
        assert.ok(!source.calls.some((call) => call.includes("check .")));
      });
    }

    it("judges all stacks before it fails, and shows what was found", async () => {
      const source = new Source();
      const run = await source.run("build", { COMPLIANCE_STACKS: "dev prod", CHECK_STATUS: "1" });
      assert.equal(run.phases.at(-1)?.status, 1);
      assert.equal(source.calls.filter((call) => call === "npx compliance check . --stack prod").length, 1);
    });
  });

  describe("preview", () => {
    const env = {
      COMPLIANCE_STACK: "organization/shop/dev",
      CODEBUILD_BUILD_URL: "https://example.com/build",
    };

    it("previews one stack and hands on its folder, the summary and the link", async () => {
      const source = new Source();
      const run = await source.run("preview", env);
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(source.calls, [
        "npx compliance deliver preview --stack organization/shop/dev --out delivery --policy-pack policypack --policy-pack-config CONFIG",
      ]);
      assert.deepEqual(run.exported, {
        COMPLIANCE_SUMMARY: "dev: 1 to create",
        COMPLIANCE_LINK: "https://example.com/build",
      });
      const artefact = folder();
      assert.deepEqual(copyArtifact(buildspec("preview"), source.root, artefact), [
        "findings.md",
        "findings.sarif",
        "findings.xml",
        "manifest.json",
        "steps.json",
        "summary.txt",
      ]);
      assert.deepEqual(reportFiles(buildspec("preview"), source.root, "findings"), [
        "reports/findings-dev.xml",
      ]);
    });

    it("turns the plan off by setting", async () => {
      const source = new Source();
      await source.run("preview", { ...env, COMPLIANCE_PLAN: "false" });
      assert.match(source.calls[0] ?? "", / --no-plan$/);
    });

    it("does without secrets by setting", async () => {
      const source = new Source();
      await source.run("preview", { ...env, COMPLIANCE_SECRETS: "false" });
      assert.match(source.calls[0] ?? "", / --no-secrets$/);
    });

    it("takes pack and configuration by setting", async () => {
      const source = new Source();
      await source.run("preview", {
        ...env,
        COMPLIANCE_POLICY_PACK: "packs/own",
        COMPLIANCE_POLICY_PACK_CONFIG: "own.json",
      });
      assert.deepEqual(source.configurations, []);
      assert.match(source.calls[0] ?? "", /--policy-pack packs\/own --policy-pack-config own\.json$/);
    });

    it("acts as the role of the stack, and gives no key to the tools", async () => {
      const source = new Source();
      const role = "arn:aws:iam::123456789012:role/preview";
      await source.run("preview", { ...env, COMPLIANCE_ROLE_ARN: role });
      assert.match(source.calls[0] ?? "", new RegExp(`\\(as ${role}\\)$`));
    });

    it("fails with the findings and without a manifest when policies stop it", async () => {
      const source = new Source();
      const run = await source.run("preview", { ...env, PREVIEW_STATUS: "1" });
      assert.equal(run.phases.at(-1)?.status, 1);
      const files = copyArtifact(buildspec("preview"), source.root, folder());
      assert.ok(files.includes("findings.json") || files.includes("findings.md"));
      assert.ok(!files.includes("manifest.json"));
      assert.deepEqual(reportFiles(buildspec("preview"), source.root, "findings"), [
        "reports/findings-dev.xml",
      ]);
    });

    it("says which variable is missing", async () => {
      const run = await new Source().run("preview");
      assert.equal(run.status, "FAILED");
      assert.match(run.log, /COMPLIANCE_STACK.*is not set; the pipeline names the stack/);
    });
  });

  describe("deploy", () => {
    const env = { COMPLIANCE_STACK: "dev", COMPLIANCE_PREVIEW_ARTIFACT: "preview_dev" };

    it("deploys from the artefact of the preview", async () => {
      const source = new Source();
      const run = await source.run("deploy", {
        ...env,
        CODEBUILD_SRC_DIR_preview_dev: "/artefact",
        COMPLIANCE_MAX_AGE: "60",
      });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(source.calls, [
        "npx compliance deliver deploy --stack dev --from /artefact --max-age 60 --policy-pack policypack --policy-pack-config CONFIG",
      ]);
    });

    it("fails when the artefact is no input of the action", async () => {
      const source = new Source();
      const run = await source.run("deploy", env);
      assert.equal(run.phases.at(-1)?.status, 2);
      assert.match(run.log, /The artefact preview_dev is no input of this action/);
      assert.deepEqual(source.calls, []);
    });
  });

  describe("verify", () => {
    it("verifies with the state of the stack, and leaves no copy of it", async () => {
      const source = new Source();
      const run = await source.run("verify", {
        COMPLIANCE_STACK: "organization/shop/dev",
        COMPLIANCE_VERIFY_FLAGS: "--timeout 10 --all",
      });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(source.calls, [
        "pulumi stack export --stack organization/shop/dev --file STATE --non-interactive",
        "npx compliance verify --stack dev --stack-file STATE --timeout 10 --all",
      ]);
      const raw = readFileSync(join(source.root, "calls"), "utf8");
      const [, state = ""] = /--file (\S+)/.exec(raw) ?? [];
      assert.equal(existsSync(state), false);
    });

    it("publishes the metrics on a schedule", async () => {
      const source = new Source();
      await source.run("verify", { COMPLIANCE_STACK: "dev", COMPLIANCE_METRICS: "true" });
      assert.match(source.calls.at(-1) ?? "", /--stack-file STATE --metrics$/);
    });

    it("fails as the command does", async () => {
      const source = new Source('case "$*" in *verify*) exit 1 ;; esac');
      const run = await source.run("verify", { COMPLIANCE_STACK: "dev" });
      assert.equal(run.phases.at(-1)?.status, 1);
    });
  });

  // Otherwise what a stack deploys is not what it is judged by.
  for (const [project, env, stacks] of [
    ["preview", { COMPLIANCE_STACK: "organization/shop/dev" }, ["dev"]],
    [
      "deploy",
      {
        COMPLIANCE_STACK: "organization/shop/prod",
        COMPLIANCE_PREVIEW_ARTIFACT: "preview_prod",
        CODEBUILD_SRC_DIR_preview_prod: "/artefact",
      },
      ["prod"],
    ],
    ["self-update", { COMPLIANCE_PIPELINE_STACK: "organization/shop/pipeline" }, ["pipeline"]],
    ["pull-request", { COMPLIANCE_STACKS: "dev organization/shop/prod" }, ["dev", "prod"]],
  ] as const) {
    it(`${project} configures the pack by the selection of the stack that it judges`, async () => {
      const source = new Source();
      const run = await source.run(project, env);
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(
        source.configurations,
        stacks.map((stack) => `npx compliance policy-config --stack ${stack} --output CONFIG`),
      );
    });
  }

  it("self-update and publish call their commands", async () => {
    const source = new Source();
    await source.run("self-update", { COMPLIANCE_PIPELINE_STACK: "organization/shop/dev" });
    await source.run("publish", { COMPLIANCE_PUBLISH_ORG: "acme" });
    assert.deepEqual(source.calls, [
      "npx compliance deliver pipeline --policy-pack policypack --policy-pack-config CONFIG",
      "npx compliance deliver publish acme --policy-pack policypack",
    ]);
  });

  describe("pull request", () => {
    const env = {
      COMPLIANCE_STACKS: "dev prod=arn:aws:iam::123456789012:role/read",
      COMPLIANCE_COMMENT_SECRET: "comments",
    };

    it("previews every stack, each as its role, and then comments as the project", async () => {
      const source = new Source();
      const run = await source.run("pull-request", env);
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(source.calls.slice(-3), [
        "npx compliance deliver preview --stack dev --out previews/dev --policy-pack policypack --policy-pack-config CONFIG --no-plan",
        "npx compliance deliver preview --stack prod --out previews/prod --policy-pack policypack --policy-pack-config CONFIG --no-plan (as arn:aws:iam::123456789012:role/read)",
        "npx compliance deliver comment --token-secret comments --report previews/dev/findings.md --sarif previews/dev/findings.sarif --report previews/prod/findings.md --sarif previews/prod/findings.sarif",
      ]);
      assert.deepEqual(reportFiles(buildspec("pull-request"), source.root, "findings"), [
        "reports/findings-dev.xml",
        "reports/findings-prod.xml",
      ]);
    });

    it("comments also when a preview is stopped, and fails all the same", async () => {
      const source = new Source();
      const run = await source.run("pull-request", { ...env, PREVIEW_STATUS: "1" });
      assert.equal(run.phases.at(-1)?.status, 1);
      assert.match(source.calls.at(-1) ?? "", /deliver comment/);
      assert.equal(source.calls.filter((call) => call.includes("deliver preview")).length, 2);
    });

    it("posts nothing without a secret", async () => {
      const source = new Source();
      const run = await source.run("pull-request", { ...env, COMPLIANCE_COMMENT_SECRET: "" });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.ok(!source.calls.some((call) => call.includes("comment")));
    });
  });
});
