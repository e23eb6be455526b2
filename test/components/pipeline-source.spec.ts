import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ConnectionSource, SourceChoice } from "../../components/pipeline-choices";
import { ACCOUNT, type Recording, valueOf } from "../support/pulumi-mocks";
import { bySid, pipelineWith, statementsOf } from "./pipeline-support";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

const connection = (own: Partial<ConnectionSource> = {}): SourceChoice => ({
  connection: {
    repository: "acme/compliance",
    branch: "main",
    provider: "GitHub",
    connection: { create: {} },
    ...own,
  },
});
const inputs = (recording: Recording<unknown>): Readonly<Record<string, unknown>> =>
  recording.get("aws:codepipeline/pipeline:Pipeline", "pipeline").inputs;
const sourceAction = (recording: Recording<unknown>): Readonly<Record<string, unknown>> => {
  const [stage] = inputs(recording)["stages"] as readonly {
    readonly actions: readonly Record<string, unknown>[];
  }[];
  const [action] = stage?.actions ?? [];
  assert.ok(action !== undefined);
  return action;
};
const hasRule = (recording: Recording<unknown>): boolean =>
  recording.resources.some(({ type, name }) => type === RULE && name === "pipeline-source");

describe("The source of a pipeline", () => {
  it("is a repository behind a new connection, each push to whose branch starts the pipeline", async () => {
    const recording = await pipelineWith({ source: connection({ provider: "Bitbucket" }) });
    assert.deepEqual(recording.get("aws:codeconnections/connection:Connection", "pipeline").inputs, {
      name: "acme-tools",
      providerType: "Bitbucket",
      region: "us-east-1",
    });
    const arn = await valueOf(recording.result.connectionArn ?? pulumi.output(""));
    assert.deepEqual(sourceAction(recording)["configuration"], {
      ConnectionArn: arn,
      FullRepositoryId: "acme/compliance",
      BranchName: "main",
      OutputArtifactFormat: "CODE_ZIP",
      DetectChanges: "false",
    });
    assert.equal(sourceAction(recording)["provider"], "CodeStarSourceConnection");
    assert.deepEqual(inputs(recording)["triggers"], [
      {
        providerType: "CodeStarSourceConnection",
        gitConfiguration: { sourceActionName: "Source", pushes: [{ branches: { includes: ["main"] } }] },
      },
    ]);
    assert.equal(hasRule(recording), false);
    assert.deepEqual(statementsOf(recording, "pipeline")["UseConnection"]?.Resource, arn);
  });

  it("starts the pipeline for some branches and paths only", async () => {
    const triggers = [
      { branches: { includes: ["main"], excludes: ["wip/*"] }, paths: { includes: ["rules/**"] } },
      { paths: { excludes: ["docs/**"] } },
    ];
    const recording = await pipelineWith({ source: connection({ triggers }) });
    const [trigger] = inputs(recording)["triggers"] as readonly {
      readonly gitConfiguration: { readonly pushes: unknown };
    }[];
    assert.deepEqual(trigger?.gitConfiguration.pushes, [
      { branches: { includes: ["main"], excludes: ["wip/*"] }, filePaths: { includes: ["rules/**"] } },
      { branches: { includes: ["main"] }, filePaths: { excludes: ["docs/**"] } },
    ]);
  });

  it("leaves the start to people when there are no triggers", async () => {
    const recording = await pipelineWith({ source: connection({ triggers: [] }) });
    assert.equal(inputs(recording)["triggers"], undefined);
  });

  it("takes a connection that exists", async () => {
    const arn = "arn:aws:codestar-connections:us-east-1:123456789012:connection/c";
    const recording = await pipelineWith({ source: connection({ connection: { existing: { arn } } }) });
    assert.ok(recording.resources.every(({ type }) => type !== "aws:codeconnections/connection:Connection"));
    assert.equal(statementsOf(recording, "pipeline")["UseConnection"]?.Resource, arn);
  });

  it("is a branch of CodeCommit, whose changes EventBridge tells of", async () => {
    const recording = await pipelineWith();
    assert.deepEqual(sourceAction(recording)["configuration"], {
      RepositoryName: "compliance",
      BranchName: "main",
      OutputArtifactFormat: "CODE_ZIP",
      PollForSourceChanges: "false",
    });
    assert.deepEqual(JSON.parse(String(recording.get(RULE, "pipeline-source").inputs["eventPattern"])), {
      source: ["aws.codecommit"],
      "detail-type": ["CodeCommit Repository State Change"],
      resources: [`arn:aws:codecommit:us-east-1:${ACCOUNT}:compliance`],
      detail: {
        event: ["referenceCreated", "referenceUpdated"],
        referenceType: ["branch"],
        referenceName: ["main"],
      },
    });
    const pipelineArn = `arn:aws:codepipeline:us-east-1:${ACCOUNT}:acme-tools-pipeline`;
    assert.deepEqual(statementsOf(recording, "pipeline-source"), {
      Start: {
        Sid: "Start",
        Effect: "Allow",
        Action: "codepipeline:StartPipelineExecution",
        Resource: [pipelineArn],
      },
    });
    const trust = bySid(recording.get("aws:iam/role:Role", "pipeline-source").inputs["assumeRolePolicy"]);
    assert.deepEqual(trust["AllowOwnRules"]?.Condition, {
      StringEquals: { "aws:SourceAccount": ACCOUNT },
      ArnEquals: { "aws:SourceArn": [`arn:aws:events:us-east-1:${ACCOUNT}:rule/acme-tools-source`] },
    });
    assert.ok(
      recording.isAfter(
        recording.get(TARGET, "pipeline-source"),
        recording.get("aws:codepipeline/pipeline:Pipeline", "pipeline"),
      ),
    );
  });

  it("is an archive in S3, each upload of which starts the pipeline", async () => {
    const recording = await pipelineWith({
      source: { s3: { bucketName: "acme-source", objectKey: "main.zip" } },
    });
    assert.deepEqual(sourceAction(recording)["configuration"], {
      S3Bucket: "acme-source",
      S3ObjectKey: "main.zip",
      PollForSourceChanges: "false",
    });
    assert.deepEqual(JSON.parse(String(recording.get(RULE, "pipeline-source").inputs["eventPattern"])), {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: ["acme-source"] }, object: { key: ["main.zip"] } },
    });
    const statements = statementsOf(recording, "pipeline");
    assert.equal(statements["ReadSource"]?.Resource, "arn:aws:s3:::acme-source/main.zip");
    const project = recording.get("aws:codebuild/project:Project", "pipeline-self-update").inputs;
    assert.match(
      JSON.stringify(project),
      /"COMPLIANCE_SOURCE_REVISION","type":"PLAINTEXT","value":"S3_OBJECT_VERSION_ID"/,
    );
  });
});
