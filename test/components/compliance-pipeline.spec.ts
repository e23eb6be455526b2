import * as assert from "node:assert/strict";
import { ACCOUNT, type Recording } from "../support/pulumi-mocks";
import { allowed, bySid, pipelineWith, statementsOf } from "./pipeline-support";

const PIPELINE = "aws:codepipeline/pipeline:Pipeline";
const PROJECT = "aws:codebuild/project:Project";

interface Action {
  readonly name: string;
  readonly runOrder: number;
  readonly provider: string;
  readonly configuration: Readonly<Record<string, string>>;
  readonly inputArtifacts?: readonly string[];
  readonly outputArtifacts?: readonly string[];
  readonly namespace?: string;
}
interface Stage {
  readonly name: string;
  readonly actions: readonly Action[];
}

const stagesOf = (recording: Recording<unknown>): readonly Stage[] =>
  recording.get(PIPELINE, "pipeline").inputs["stages"] as readonly Stage[];

/** `Stage: action action` for each stage. */
const outline = (recording: Recording<unknown>): readonly string[] =>
  stagesOf(recording).map(
    ({ name, actions }) => `${name}: ${actions.map((action) => action.name).join(" ")}`,
  );

const variables = (action: Action | undefined): Record<string, string> => {
  const list = JSON.parse(action?.configuration["EnvironmentVariables"] ?? "[]") as readonly {
    readonly name: string;
    readonly value: string;
  }[];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
};

const role = (name: string, account = ACCOUNT): string =>
  `arn:aws:iam::${account}:role/project-target-${name}`;

describe("CompliancePipeline", () => {
  it("leads from the source through build, preview, approval and deployment to verification", async () => {
    const recording = await pipelineWith();
    assert.deepEqual(outline(recording), [
      "Source: Source",
      "Build: Build",
      "Preview: prod",
      "Approve: Approve",
      "Self-update: Self-update",
      "Deploy: prod Keep-source",
      "Verify: prod",
    ]);
    const inputs = recording.get(PIPELINE, "pipeline").inputs;
    assert.equal(inputs["name"], "acme-tools-pipeline");
    assert.equal(inputs["pipelineType"], "V2");
    assert.equal(inputs["executionMode"], "SUPERSEDED");
  });

  it("lets nothing that runs before the approval change pipeline, projects, roles or approve by itself", async () => {
    const tokenSecretArn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:token-AbCdEf`;
    const state = { pulumiCloud: { organization: "acme", tokenSecretArn, publish: true } };
    for (const recording of [await pipelineWith(), await pipelineWith({ state })]) {
      const stages = stagesOf(recording);
      const approve = stages.findIndex(({ name }) => name === "Approve");
      const before = stages.slice(0, approve).flatMap(({ actions }) => actions);
      const projects = new Set(before.flatMap(({ configuration }) => configuration["ProjectName"] ?? []));
      assert.ok(projects.size >= 2);
      for (const { type, inputs } of recording.resources) {
        if (type !== "aws:iam/policy:Policy" || !projects.has(String(inputs["name"]))) continue;
        for (const action of allowed(bySid(inputs["policy"]))) {
          const changes =
            /^(iam|codepipeline|lambda|events):|^codebuild:(?!(BatchPut|CreateReport|UpdateReport))/;
          assert.doesNotMatch(action, changes, String(inputs["name"]));
        }
      }
      assert.ok(stages.findIndex(({ name }) => name === "Self-update") > approve);
    }
  });

  it("runs one wave after the other, and verifies each before the next begins", async () => {
    const recording = await pipelineWith({
      waves: [
        { stacks: [{ stack: "test" }] },
        {
          stacks: [
            { stack: "eu", account: "111122223333" },
            { stack: "us", account: "444455556666" },
          ],
        },
      ],
      approve: { enabled: false },
      selfUpdate: { enabled: false },
      verify: { schedule: "never" },
    });
    assert.deepEqual(outline(recording), [
      "Source: Source",
      "Build: Build",
      "Preview: test eu us",
      "Deploy-1: test",
      "Verify-1: test",
      "Deploy-2: eu us",
      "Verify-2: eu us",
    ]);
    const deploy = stagesOf(recording)[5]?.actions[1];
    assert.deepEqual(variables(deploy), {
      COMPLIANCE_STACK: "organization/project/us",
      COMPLIANCE_ROLE_ARN: role("deploy", "444455556666"),
      COMPLIANCE_PREVIEW_ARTIFACT: "preview_us",
    });
  });

  it("hands a stack's own preview to its deployment, beside the source", async () => {
    const recording = await pipelineWith({ waves: [{ stacks: [{ stack: "acme-prod.eu" }] }] });
    const stages = stagesOf(recording);
    const [preview] = stages[2]?.actions ?? [];
    const [deploy] = stages[5]?.actions ?? [];
    assert.deepEqual(preview?.outputArtifacts, ["preview_acme_2dprod_2eeu"]);
    assert.deepEqual(deploy?.inputArtifacts, ["source", "preview_acme_2dprod_2eeu"]);
    assert.equal(deploy.configuration["PrimarySource"], "source");
    assert.equal(variables(deploy)["COMPLIANCE_PREVIEW_ARTIFACT"], "preview_acme_2dprod_2eeu");
    const [approve] = stages[3]?.actions ?? [];
    assert.deepEqual(approve?.configuration, {
      CustomData: "#{preview_acme_2dprod_2eeu.COMPLIANCE_SUMMARY}",
      ExternalEntityLink: "#{preview_acme_2dprod_2eeu.COMPLIANCE_LINK}",
    });
  });

  it("gives each project its own role, log group and buildspec, all under one key", async () => {
    const recording = await pipelineWith();
    const kmsKeyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/pipeline`;
    for (const name of ["build", "self-update", "preview", "deploy", "verify"]) {
      const project = recording.get(PROJECT, `pipeline-${name}`).inputs;
      assert.equal(project["name"], `acme-tools-${name}`);
      assert.equal(project["encryptionKey"], kmsKeyArn);
      assert.deepEqual(project["source"], {
        type: "CODEPIPELINE",
        buildspec: `pipeline/buildspecs/${name}.yml`,
      });
      const logs = recording.get("aws:cloudwatch/logGroup:LogGroup", `pipeline-${name}`).inputs;
      assert.equal(logs["name"], `/aws/codebuild/acme-tools-${name}`);
      assert.equal(logs["retentionInDays"], 365);
      assert.equal(logs["kmsKeyId"], kmsKeyArn);
      const trust = bySid(recording.get("aws:iam/role:Role", `pipeline-${name}`).inputs["assumeRolePolicy"]);
      assert.deepEqual(trust["AllowOwnProject"]?.Condition, {
        StringEquals: {
          "aws:SourceAccount": ACCOUNT,
          "aws:SourceArn": `arn:aws:codebuild:us-east-1:${ACCOUNT}:project/acme-tools-${name}`,
        },
      });
    }
  });

  it("lets each stage do what it is for and no more", async () => {
    const recording = await pipelineWith();
    const common = ["logs:CreateLogStream", "logs:PutLogEvents"];
    const reports = [
      "codebuild:BatchPutTestCases",
      "codebuild:CreateReport",
      "codebuild:CreateReportGroup",
      "codebuild:UpdateReport",
    ];
    const reads = ["s3:GetObject", "s3:GetObjectVersion", "kms:Decrypt"];
    const base = [...common, ...reports, ...reads];
    const of = (name: string): readonly string[] => allowed(statementsOf(recording, `pipeline-${name}`));
    assert.deepEqual(of("build"), base);
    assert.deepEqual(of("preview"), [...base, "s3:PutObject", "kms:GenerateDataKey", "sts:AssumeRole"]);
    assert.deepEqual(of("deploy"), [...base, "sts:AssumeRole"]);
    assert.deepEqual(of("verify"), [...base, "sts:AssumeRole"]);
    for (const [project, name] of [
      ["preview", "preview"],
      ["deploy", "deploy"],
      ["verify", "verify"],
      ["metrics", "verify"],
    ] as const) {
      const statement = statementsOf(recording, `pipeline-${project}`)["AssumeTargetRoles"];
      assert.deepEqual(statement?.Resource, [role(name)]);
    }
  });

  it("tells Pulumi where the state is, and every project which stack it must not touch", async () => {
    const recording = await pipelineWith();
    const environment = recording.get(PROJECT, "pipeline-deploy").inputs["environment"];
    assert.deepEqual(environment, {
      type: "LINUX_CONTAINER",
      computeType: "BUILD_GENERAL1_MEDIUM",
      image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
      environmentVariables: [
        { name: "COMPLIANCE_PIPELINE_STACK", type: "PLAINTEXT", value: "organization/project/stack" },
        { name: "COMPLIANCE_PIPELINE_NAME", type: "PLAINTEXT", value: "acme-tools-pipeline" },
        { name: "PULUMI_BACKEND_URL", type: "PLAINTEXT", value: "s3://acme-state?region=us-east-1" },
      ],
    });
  });

  it("keeps artefacts in a private bucket under its own key, which it refuses others for", async () => {
    const recording = await pipelineWith();
    const policy = bySid(recording.get("aws:s3/bucketPolicy:BucketPolicy", "pipeline").inputs["policy"]);
    assert.deepEqual(Object.keys(policy), ["DenyInsecureTransport", "DenyOtherKeys"]);
    const kmsKeyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/pipeline`;
    const header = "s3:x-amz-server-side-encryption-aws-kms-key-id";
    assert.deepEqual(policy["DenyOtherKeys"]?.Condition, {
      StringNotEquals: { [header]: kmsKeyArn },
      Null: { [header]: "false" },
    });
    assert.deepEqual(recording.get(PIPELINE, "pipeline").inputs["artifactStores"], [
      { type: "S3", location: "pipeline-0a1b2c3", encryptionKey: { type: "KMS", id: kmsKeyArn } },
    ]);
    const key = bySid(recording.get("aws:kms/key:Key", "pipeline").inputs["policy"]);
    assert.deepEqual(Object.keys(key), ["AllowAccountToAdminister", "AllowLogGroup"]);
  });

  it("takes a key and a bucket that exist", async () => {
    const kmsKeyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/own`;
    const artifacts = { existing: { bucketName: "acme-artifacts" } };
    const recording = await pipelineWith({ kmsKeyArn, artifacts });
    assert.ok(recording.resources.every(({ type }) => !/^aws:(kms|s3)\//.test(type)));
    assert.deepEqual(recording.get(PIPELINE, "pipeline").inputs["artifactStores"], [
      { type: "S3", location: "acme-artifacts", encryptionKey: { type: "KMS", id: kmsKeyArn } },
    ]);
    const read = statementsOf(recording, "pipeline-build")["ReadArtifacts"];
    assert.equal(read?.Resource, "arn:aws:s3:::acme-artifacts/*");
  });

  it("gets the token of Pulumi Cloud from Secrets Manager, and publishes the pack after the tests", async () => {
    const tokenSecretArn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:token-AbCdEf`;
    const state = { pulumiCloud: { organization: "acme", tokenSecretArn, publish: true } };
    const recording = await pipelineWith({ state });
    const [, build] = stagesOf(recording);
    assert.deepEqual(
      build?.actions.map(({ name, runOrder }) => [name, runOrder]),
      [
        ["Build", 1],
        ["Publish", 2],
      ],
    );
    const token = { name: "PULUMI_ACCESS_TOKEN", type: "SECRETS_MANAGER", value: tokenSecretArn };
    const environment = (name: string): string =>
      JSON.stringify(recording.get(PROJECT, `pipeline-${name}`).inputs["environment"]);
    for (const name of ["self-update", "publish", "preview", "deploy", "verify", "metrics"]) {
      assert.ok(environment(name).includes(JSON.stringify(token)), name);
      const read = statementsOf(recording, `pipeline-${name}`)["ReadSecrets"];
      assert.deepEqual(read?.Resource, [tokenSecretArn], name);
    }
    assert.ok(!environment("build").includes(tokenSecretArn));
    assert.equal(statementsOf(recording, "pipeline-build")["ReadSecrets"], undefined);
    assert.ok(
      !JSON.stringify(recording.resources.map(({ inputs }) => inputs)).includes("PULUMI_BACKEND_URL"),
    );
  });

  it("lets a project's own choices count more than those of all projects", async () => {
    const recording = await pipelineWith({
      environment: {
        computeType: "BUILD_GENERAL1_LARGE",
        timeoutMinutes: 30,
        environment: { A: "1", B: "1" },
      },
      build: { timeoutMinutes: 90, environment: { B: "2" }, cache: "s3" },
    });
    const build = recording.get(PROJECT, "pipeline-build").inputs;
    assert.equal(build["buildTimeout"], 90);
    assert.match(JSON.stringify(build["environment"]), /"BUILD_GENERAL1_LARGE".*"A".*"1".*"B".*"2"/);
    assert.deepEqual(build["cache"], { type: "S3", location: "pipeline-0a1b2c3/cache/acme-tools-build" });
    const cache = statementsOf(recording, "pipeline-build")["UseOwnCache"];
    assert.equal(cache?.Resource, "arn:aws:s3:::pipeline-0a1b2c3/cache/acme-tools-build/*");
    const deploy = recording.get(PROJECT, "pipeline-deploy").inputs;
    assert.equal(deploy["buildTimeout"], 30);
    assert.deepEqual(deploy["cache"], { type: "LOCAL", modes: ["LOCAL_CUSTOM_CACHE"] });
  });

  it("keeps an approval's message within what CodePipeline takes, however many stacks there are", async () => {
    const stacks = Array.from({ length: 3 }, (_, index) => ({ stack: `s${index}` }));
    const recording = await pipelineWith({ waves: [{ stacks }], executionMode: "QUEUED" });
    const [approve] = stagesOf(recording)[3]?.actions ?? [];
    assert.match(approve?.configuration["CustomData"] ?? "", /^3 stacks were previewed\. Open each build/);
    assert.equal(recording.get(PIPELINE, "pipeline").inputs["executionMode"], "QUEUED");
  });

  it("hands no action more than 1,000 characters", async () => {
    const stack = `${"long".repeat(8)}-prod`;
    const recording = await pipelineWith({
      waves: [{ stacks: [{ stack, account: "444455556666", rolePrefix: "r".repeat(51) }] }],
      verify: { schedule: "never" },
    });
    for (const { actions } of stagesOf(recording)) {
      for (const { configuration } of actions) {
        for (const value of Object.values(configuration)) assert.ok(value.length <= 1000);
      }
    }
  });

  it("is refused as a whole when it would deliver its own stack", async () => {
    await assert.rejects(pipelineWith({ waves: [{ stacks: [{ stack: "stack" }] }] }), {
      message:
        'CompliancePipeline "pipeline" has 1 problem:\n' +
        '  "waves[0].stacks[0].stack": The pipeline cannot deliver "stack": it holds the pipeline itself, and an update ' +
        "of a running pipeline makes that execution fail. Name another stack; self-update brings this one up to date.",
    });
  });
});
