import * as assert from "node:assert/strict";
import { ACCOUNT, type Recording } from "../support/pulumi-mocks";
import { bySid, pipelineWith, statementsOf } from "./pipeline-support";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:alerts`;

const ruleNames = (recording: Recording<unknown>): readonly string[] =>
  recording.resources
    .filter(({ type }) => type === RULE)
    .map(({ inputs }) => String(inputs["name"]))
    .sort();

describe("What belongs to a pipeline's events", () => {
  it("verifies each stack on a schedule, with the role of its account", async () => {
    const waves = [{ stacks: [{ stack: "test" }, { stack: "prod", account: "444455556666" }] }];
    const recording = await pipelineWith({ waves, verify: { schedule: "cron(0 6 * * ? *)" } });
    assert.deepEqual(ruleNames(recording), [
      "acme-tools-metrics-prod",
      "acme-tools-metrics-test",
      "acme-tools-source",
    ]);
    const rule = recording.get(RULE, "pipeline-metrics-prod").inputs;
    assert.equal(rule["scheduleExpression"], "cron(0 6 * * ? *)");
    const target = recording.get(TARGET, "pipeline-metrics-prod").inputs;
    const project = `arn:aws:codebuild:us-east-1:${ACCOUNT}:project/acme-tools-metrics`;
    assert.equal(target["arn"], project);
    assert.deepEqual(JSON.parse(String(target["input"])), {
      environmentVariablesOverride: [
        { name: "COMPLIANCE_STACK", value: "organization/project/prod", type: "PLAINTEXT" },
        {
          name: "COMPLIANCE_ROLE_ARN",
          value: "arn:aws:iam::444455556666:role/project-target-verify",
          type: "PLAINTEXT",
        },
      ],
    });
    assert.deepEqual(statementsOf(recording, "pipeline-schedule")["Start"]?.Resource, [project]);
    const trust = bySid(recording.get("aws:iam/role:Role", "pipeline-schedule").inputs["assumeRolePolicy"]);
    assert.deepEqual(trust["AllowOwnRules"]?.Condition, {
      StringEquals: { "aws:SourceAccount": ACCOUNT },
      ArnEquals: { "aws:SourceArn": [`arn:aws:events:us-east-1:${ACCOUNT}:rule/acme-tools-metrics-*`] },
    });
  });

  it("verifies what was delivered last, and not what the branch holds by now", async () => {
    const recording = await pipelineWith();
    const project = recording.get("aws:codebuild/project:Project", "pipeline-metrics").inputs;
    assert.deepEqual(project["source"], {
      type: "S3",
      location: "pipeline-0a1b2c3/delivered/source.zip",
      buildspec: "pipeline/buildspecs/verify.yml",
    });
    assert.match(
      JSON.stringify(project["environment"]),
      /"COMPLIANCE_METRICS","type":"PLAINTEXT","value":"true"/,
    );
    const stages = JSON.stringify(
      recording.get("aws:codepipeline/pipeline:Pipeline", "pipeline").inputs["stages"],
    );
    assert.match(stages, /"ObjectKey":"delivered\/source\.zip"/);
    const preview = statementsOf(recording, "pipeline-preview")["LeaveWhatIsKept"];
    assert.ok(preview?.Resource?.includes("arn:aws:s3:::pipeline-0a1b2c3/delivered/source.zip"));
  });

  it("keeps the delivered source however long nothing is delivered, and ends artefacts and caches", async () => {
    const recording = await pipelineWith({ prefix: "acme-continuous-compliance" });
    const { inputs } = recording.get(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "pipeline",
    );
    const rules = inputs["rules"] as { filter: { prefix: string }; expiration?: { days?: number } }[];
    const ends = (key: string): boolean =>
      rules.some(({ filter, expiration }) => expiration?.days === 90 && key.startsWith(filter.prefix));
    assert.ok(ends("acme-continuous-comp/source/AbCdEfG"));
    assert.ok(ends("cache/acme-continuous-compliance-build/1"));
    assert.ok(!ends("delivered/source.zip"));
  });

  it("lets the preview write its own cache, and that of no other project", async () => {
    const recording = await pipelineWith({ environment: { cache: "s3" } });
    const statements = statementsOf(recording, "pipeline-preview");
    const cache = (project: string): string => `arn:aws:s3:::pipeline-0a1b2c3/cache/acme-tools-${project}/*`;
    assert.equal(statements["UseOwnCache"]?.Resource, cache("preview"));
    const denied = statements["LeaveWhatIsKept"]?.Resource ?? [];
    assert.deepEqual(
      ["preview", "build", "self-update", "deploy", "verify", "metrics"].map((project) =>
        denied.includes(cache(project)),
      ),
      [false, true, true, true, true, true],
    );
  });

  it("has no schedule, and keeps no source, where the settings say never", async () => {
    const recording = await pipelineWith({ verify: { schedule: "never" } });
    assert.deepEqual(ruleNames(recording), ["acme-tools-source"]);
    assert.ok(recording.resources.every(({ name }) => name !== "pipeline-metrics"));
    const stages = JSON.stringify(recording.get("aws:codepipeline/pipeline:Pipeline", "pipeline").inputs);
    assert.ok(!stages.includes("delivered/source.zip"));
  });

  it("tells the topic when an execution or a scheduled verification fails", async () => {
    const recording = await pipelineWith({ alertsTopicArn: TOPIC });
    assert.deepEqual(JSON.parse(String(recording.get(RULE, "pipeline-failed").inputs["eventPattern"])), {
      source: ["aws.codepipeline"],
      "detail-type": ["CodePipeline Pipeline Execution State Change"],
      detail: { pipeline: ["acme-tools-pipeline"], state: ["FAILED"] },
    });
    assert.deepEqual(JSON.parse(String(recording.get(RULE, "pipeline-unverified").inputs["eventPattern"])), {
      source: ["aws.codebuild"],
      "detail-type": ["CodeBuild Build State Change"],
      detail: { "project-name": ["acme-tools-metrics"], "build-status": ["FAILED", "FAULT", "TIMED_OUT"] },
    });
    for (const name of ["pipeline-failed", "pipeline-unverified"]) {
      const target = recording.get(TARGET, name).inputs;
      assert.equal(target["arn"], TOPIC);
      const { inputPaths, inputTemplate } = target["inputTransformer"] as {
        readonly inputPaths: Readonly<Record<string, string>>;
        readonly inputTemplate: string;
      };
      // EventBridge reads each line as a text of its own, and refuses a placeholder that no path stands for.
      for (const line of inputTemplate.split("\n")) assert.equal(typeof JSON.parse(line), "string");
      const used = [...inputTemplate.matchAll(/<(\w+)>/g)].map(([, placeholder]) => placeholder);
      assert.deepEqual([...new Set(used)].sort(), Object.keys(inputPaths).sort());
    }
  });

  it("tells chat channels of the same, by the event as it is", async () => {
    const chatTopicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:chat`;
    for (const args of [{ chatTopicArn }, { chatTopicArn, alertsTopicArn: TOPIC }]) {
      const recording = await pipelineWith(args);
      for (const name of ["pipeline-failed-chat", "pipeline-unverified-chat"]) {
        const target = recording.get(TARGET, name).inputs;
        assert.deepEqual([target["arn"], target["targetId"]], [chatTopicArn, "chat"]);
        assert.equal(target["inputTransformer"], undefined);
      }
    }
  });

  it("tells nobody without a topic", async () => {
    const recording = await pipelineWith();
    assert.ok(recording.resources.every(({ name }) => !/failed|unverified/.test(name)));
  });

  it("begins the names of its rules as the topic's policy expects", async () => {
    const recording = await pipelineWith({ alertsTopicArn: TOPIC });
    for (const name of ruleNames(recording)) assert.match(name, /^acme-tools-/);
  });
});
