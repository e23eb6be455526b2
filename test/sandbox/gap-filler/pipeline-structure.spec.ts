import * as assert from "node:assert/strict";
import type { JsonObject } from "../json";
import { structureProblem } from "./pipeline-structure";

const type = (category: string, provider: string): JsonObject => ({
  category,
  owner: "AWS",
  provider,
  version: "1",
});
const SOURCE = {
  name: "Source",
  actionTypeId: type("Source", "CodeStarSourceConnection"),
  configuration: { ConnectionArn: "arn", FullRepositoryId: "acme/repo", BranchName: "main" },
  outputArtifacts: [{ name: "source" }],
};
const BUILD = {
  name: "Build",
  actionTypeId: type("Build", "CodeBuild"),
  configuration: { ProjectName: "build" },
  inputArtifacts: [{ name: "source" }],
};
const TRIGGER = {
  providerType: "CodeStarSourceConnection",
  gitConfiguration: { sourceActionName: "Source", push: [{ branches: { includes: ["main"] } }] },
};

const pipeline = (build: JsonObject = {}, members: JsonObject = {}): JsonObject => ({
  name: "pipeline",
  pipelineType: "V2",
  stages: [
    { name: "Source", actions: [SOURCE] },
    { name: "Build", actions: [{ ...BUILD, ...build }] },
  ],
  triggers: [TRIGGER],
  ...members,
});

describe("the local AWS's judgement of pipelines", () => {
  it("takes a pipeline of two stages with a trigger", () => {
    assert.equal(structureProblem(pipeline()), undefined);
  });

  it("refuses names, and names that are there twice", () => {
    assert.match(structureProblem(pipeline({ name: "a b" })) ?? "", /no name/);
    assert.match(structureProblem(pipeline({}, { name: "x".repeat(101) })) ?? "", /no name/);
    const stages = [
      { name: "Source", actions: [SOURCE, SOURCE] },
      { name: "Build", actions: [BUILD] },
    ];
    assert.match(structureProblem(pipeline({}, { stages })) ?? "", /there twice/);
  });

  it("refuses a source after the first stage, another action in it, and a pipeline of one stage", () => {
    const wrong = [
      [{ name: "Source", actions: [SOURCE] }],
      [
        { name: "Source", actions: [SOURCE, BUILD] },
        { name: "Build", actions: [{ ...BUILD, name: "Other" }] },
      ],
      [
        { name: "Source", actions: [SOURCE] },
        { name: "Build", actions: [{ ...SOURCE, name: "Second" }] },
      ],
    ];
    for (const stages of wrong) assert.notEqual(structureProblem(pipeline({}, { stages })), undefined);
  });

  it("refuses an input that no action before gives", () => {
    assert.match(structureProblem(pipeline({ inputArtifacts: [{ name: "other" }] })) ?? "", /not declared/);
  });

  it("refuses an action without what its provider needs, and with too much", () => {
    assert.match(structureProblem(pipeline({ configuration: {} })) ?? "", /missing "ProjectName"/);
    const EnvironmentVariables = "x".repeat(1001);
    const configuration = { ProjectName: "build", EnvironmentVariables };
    assert.match(structureProblem(pipeline({ configuration })) ?? "", /1 to 1000 characters/);
  });

  it("refuses triggers and execution modes of a pipeline of the first type", () => {
    assert.match(structureProblem(pipeline({}, { pipelineType: "V1" })) ?? "", /type V2/);
    const queued = { pipelineType: "V1", triggers: [], executionMode: "QUEUED" };
    assert.match(structureProblem(pipeline({}, queued)) ?? "", /type V2/);
  });

  it("refuses a trigger of another action, and more filters and patterns than a trigger has room for", () => {
    const trigger = (git: JsonObject): JsonObject => ({
      triggers: [{ ...TRIGGER, gitConfiguration: { sourceActionName: "Source", ...git } }],
    });
    const push = { branches: { includes: ["main"] } };
    const wrong = [
      { sourceActionName: "Build", push: [push] },
      { push: [push, push, push, push] },
      { push: [{ branches: { includes: Array.from({ length: 9 }, String) } }] },
      { push: [{ filePaths: { excludes: ["x".repeat(256)] } }] },
    ];
    for (const git of wrong) assert.notEqual(structureProblem(pipeline({}, trigger(git))), undefined);
  });
});
