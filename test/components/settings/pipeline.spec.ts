import * as assert from "node:assert/strict";
import { readSettings, type Settings } from "../../../components/settings";
import { record } from "../../support/pulumi-mocks";
import { refusedFor } from "./problems-of";

type Config = Readonly<Record<string, unknown>>;

const STATE = { bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/k" } };
const CODE_COMMIT = { codeCommit: { repositoryName: "compliance" } };
const WAVES = [{ stacks: [{ stack: "prod" }] }];
const THIN: Config = { state: STATE, pipeline: { source: CODE_COMMIT, waves: WAVES } };

async function read(config: Config, parts: readonly string[] = ["pipeline"]): Promise<Settings> {
  const stack: Record<string, string> = { "aws:region": "us-east-1" };
  for (const [key, value] of Object.entries({ parts, ...config })) {
    stack[`compliance:${key}`] = typeof value === "string" ? value : JSON.stringify(value);
  }
  return (await record(readSettings, { config: stack })).result;
}

/** The problems of a configuration as `path: message`, one each. */
const problemsOf = (config: Config, parts?: readonly string[]): Promise<readonly string[]> =>
  refusedFor(() => read(config, parts));

describe("The settings of the part pipeline", () => {
  it("need state, source and waves, and have a default for everything else", async () => {
    const { pipeline } = await read(THIN);
    assert.equal(pipeline?.prefix, "project-stack");
    assert.equal(pipeline.region, "us-east-1");
    assert.deepEqual(pipeline.source, { codeCommit: { repositoryName: "compliance", branch: "main" } });
    assert.deepEqual(pipeline.waves, [
      { stacks: [{ stack: "prod", account: undefined, rolePrefix: undefined }] },
    ]);
    assert.equal(pipeline.pullRequests, undefined);
    const [state, source, waves, ...more] = await problemsOf({ pipeline: {} });
    assert.match(state ?? "", /^"compliance:state": It is missing\./);
    assert.match(
      source ?? "",
      /^"compliance:pipeline\.source": It is missing\. Write one of connection, codeCommit, s3/,
    );
    assert.match(waves ?? "", /^"compliance:pipeline\.waves": 0 waves are given; 1 to 22 are allowed/);
    assert.deepEqual(more, []);
  });

  it("hand every entry to the component", async () => {
    const secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-AbCdEf";
    const project = {
      image: "aws/codebuild/standard:7.0",
      environmentType: "ARM_CONTAINER",
      computeType: "BUILD_GENERAL1_LARGE",
      timeoutMinutes: 30,
      cache: "s3",
      environment: { NODE_OPTIONS: "--max-old-space-size=4096" },
      secrets: { NPM_AUTH: secret },
    };
    const { pipeline } = await read({
      state: { bucket: { ...STATE.bucket, prefix: "compliance", region: "us-east-1" } },
      tags: { owner: "security" },
      permissionsBoundary: "acme-boundary",
      pipeline: {
        prefix: "acme",
        source: {
          connection: {
            repository: "acme/compliance",
            branch: "release/1",
            provider: "Bitbucket",
            existing: { arn: "arn:aws:codestar-connections:us-east-1:111122223333:connection/c" },
            triggers: [{ branches: { includes: ["release/*"] }, paths: { excludes: ["docs/**"] } }],
          },
        },
        waves: [{ stacks: [{ stack: "prod", account: "444455556666", rolePrefix: "acme-target" }] }],
        environment: project,
        build: { timeoutMinutes: 20 },
        selfUpdate: { enabled: false },
        preview: { plan: false },
        approve: { enabled: true, timeoutMinutes: 60 },
        deploy: { maxAgeMinutes: 90 },
        verify: { enabled: true, flags: ["--timeout", "30"], schedule: "never" },
        pullRequests: { approval: "all", approverRoles: ["BITBUCKET_ADMIN"], commentSecretArn: secret },
        executionMode: "QUEUED",
        artifacts: { create: { bucketName: "acme-artifacts", expireDays: 10, retain: true } },
        kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/p",
        logRetentionDays: 400,
        alertsTopicArn: "arn:aws:sns:us-east-1:111122223333:alerts",
      },
    });
    assert.ok(pipeline !== undefined);
    assert.deepEqual(pipeline.environment, project);
    assert.equal(pipeline.build?.timeoutMinutes, 20);
    assert.equal(pipeline.selfUpdate?.enabled, false);
    assert.equal(pipeline.preview?.plan, false);
    assert.deepEqual(pipeline.approve, { enabled: true, timeoutMinutes: 60 });
    assert.equal(pipeline.deploy?.maxAgeMinutes, 90);
    assert.deepEqual(pipeline.verify?.flags, ["--timeout", "30"]);
    assert.equal(pipeline.verify.schedule, "never");
    assert.equal(pipeline.pullRequests?.approval, "all");
    assert.equal(pipeline.pullRequests.commentSecretArn, secret);
    assert.equal(pipeline.executionMode, "QUEUED");
    assert.deepEqual(pipeline.artifacts, {
      create: { bucketName: "acme-artifacts", expireDays: 10, retain: true },
    });
    assert.equal(pipeline.kmsKeyArn, "arn:aws:kms:us-east-1:111122223333:key/p");
    assert.equal(pipeline.logRetentionDays, 400);
    assert.equal(pipeline.alertsTopicArn, "arn:aws:sns:us-east-1:111122223333:alerts");
    assert.equal(pipeline.permissionsBoundary, "acme-boundary");
    assert.deepEqual(pipeline.tags, { owner: "security" });
    assert.deepEqual(pipeline.source, {
      connection: {
        repository: "acme/compliance",
        branch: "release/1",
        provider: "Bitbucket",
        connection: { existing: { arn: "arn:aws:codestar-connections:us-east-1:111122223333:connection/c" } },
        triggers: [
          {
            branches: { includes: ["release/*"], excludes: undefined },
            paths: { includes: undefined, excludes: ["docs/**"] },
          },
        ],
      },
    });
  });

  const refused: readonly (readonly [string, Config, RegExp])[] = [
    [
      "filters of paths for CodeCommit",
      { source: { codeCommit: { repositoryName: "c", triggers: [] } } },
      /pipeline\.source\.codeCommit\.triggers": EventBridge tells that the source changed, but not which paths/,
    ],
    [
      "filters of paths for S3",
      { source: { s3: { bucketName: "acme-source", objectKey: "s.zip", triggers: [] } } },
      /pipeline\.source\.s3\.triggers": EventBridge tells/,
    ],
    [
      "a pipeline that would deliver the stack it lives in",
      { waves: [{ stacks: [{ stack: "stack" }] }] },
      /pipeline\.waves\[0\]\.stacks\[0\]\.stack": The pipeline cannot deliver "stack": it holds the pipeline itself/,
    ],
    [
      "an artefact bucket that holds the state",
      { artifacts: { existing: { bucketName: "acme-state" } } },
      /pipeline\.artifacts\.existing\.bucketName": It would be "acme-state", the bucket of the state/,
    ],
    [
      "a topic of another region",
      { alertsTopicArn: "arn:aws:sns:eu-west-1:111122223333:t" },
      /alertsTopicArn": The topic is in/,
    ],
    [
      "what is no topic",
      { alertsTopicArn: "alerts" },
      /alertsTopicArn": "alerts" is not the ARN of an SNS topic/,
    ],
    ["an unknown entry", { stages: [] }, /pipeline\.stages": The entry "stages" is unknown/],
    [
      "an execution mode that runs side by side",
      { executionMode: "PARALLEL" },
      /executionMode": .*Allowed are SUPERSEDED, QUEUED/,
    ],
  ];
  for (const [what, own, message] of refused) {
    it(`refuse ${what}`, async () => {
      const problems = await problemsOf({
        state: STATE,
        pipeline: { source: CODE_COMMIT, waves: WAVES, ...own },
      });
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", message);
    });
  }

  it("keep artefacts and state apart from the evidence", async () => {
    const config = {
      state: STATE,
      evidence: { bucket: { existing: { bucketName: "acme-state" } } },
      selection: { controls: ["rds-multi-az-support"] },
      pipeline: { source: CODE_COMMIT, waves: WAVES, artifacts: { existing: { bucketName: "acme-state" } } },
    };
    const problems = await problemsOf(config, ["detection", "pipeline"]);
    assert.equal(problems.length, 3, problems.join("\n"));
    assert.match(
      problems.join("\n"),
      /"compliance:pipeline\.artifacts\.existing\.bucketName": .*bucket of the evidence\./,
    );
    assert.match(problems.join("\n"), /"compliance:state\.bucket\.bucketName": .*bucket of the evidence\./);
  });

  it("let the pipeline's names begin otherwise than those of the topic", async () => {
    const pipeline = { source: CODE_COMMIT, waves: WAVES, prefix: "acme" };
    const config = { state: STATE, pipeline, selection: { controls: ["rds-multi-az-support"] } };
    assert.deepEqual(await problemsOf(config, ["notifications", "pipeline"]), []);
  });

  it("report what is wrong with every entry together", async () => {
    const problems = await problemsOf({
      state: { bucket: { bucketName: "X", kmsKeyArn: "key" } },
      pipeline: {
        prefix: "-",
        source: { connection: { repository: "compliance", branch: "a b" } },
        waves: [],
        build: { enabled: false, timeoutMinutes: 4 },
        verify: { schedule: "rate(1 hours)" },
        logRetentionDays: 8,
      },
    });
    assert.deepEqual(problems.map((problem) => /^"compliance:([^"]+)"/.exec(problem)?.[1]).sort(), [
      "pipeline.build.enabled",
      "pipeline.build.timeoutMinutes",
      "pipeline.logRetentionDays",
      "pipeline.prefix",
      "pipeline.source.connection.branch",
      "pipeline.source.connection.repository",
      "pipeline.verify.schedule",
      "pipeline.waves",
      "state.bucket.bucketName",
      "state.bucket.kmsKeyArn",
    ]);
  });

  it("refuse entries of a pipeline, a target or a state that the stack does not hold", async () => {
    const entries = { ...THIN, target: {}, selection: { controls: ["rds-multi-az-support"] } };
    assert.deepEqual(await problemsOf(entries, ["detection"]), [
      '"compliance:pipeline": The stack does not hold the part "pipeline". Add it to "parts", or remove this.',
      '"compliance:state": The stack does not hold the part "pipeline" or "target". Add it to "parts", or remove this.',
      '"compliance:target": The stack does not hold the part "target". Add it to "parts", or remove this.',
    ]);
  });
});

describe("The settings of the part target", () => {
  it("need the stack and the state, and name the pipeline of this account unless told", async () => {
    const { target } = await read({ state: STATE, target: { stack: "prod" } }, ["target"]);
    assert.deepEqual(target, {
      stack: "prod",
      pipeline: { account: undefined, prefix: "project-stack" },
      rolePrefix: "project-target",
      names: undefined,
      state: { bucket: { ...STATE.bucket, prefix: undefined, region: undefined } },
      tags: undefined,
    });
  });

  it("report their problems below the part", async () => {
    const target = { stack: "prod", pipeline: { account: "12" }, names: ["*"] };
    const problems = await problemsOf({ state: STATE, target }, ["target"]);
    assert.equal(problems.length, 2, problems.join("\n"));
    assert.match(problems[0] ?? "", /^"compliance:target\.pipeline\.account": /);
    assert.match(problems[1] ?? "", /^"compliance:target\.names\[0\]": /);
  });

  it("name a boundary without an account", async () => {
    assert.equal((await read(THIN)).permissionsBoundary, undefined);
    assert.equal((await read({ ...THIN, permissionsBoundary: "b" })).permissionsBoundary, "b");
    const [problem] = await problemsOf({
      ...THIN,
      permissionsBoundary: "arn:aws:iam::111122223333:policy/b",
    });
    assert.match(
      problem ?? "",
      /"compliance:permissionsBoundary": .*It is an ARN: write what stands after the last slash/,
    );
  });
});
