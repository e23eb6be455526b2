import * as assert from "node:assert/strict";
import type { CompliancePipelineArgs } from "../../components/compliance-pipeline";
import type { PullRequestChoices } from "../../components/pipeline-choices";
import { ACCOUNT, type Recording } from "../support/pulumi-mocks";
import { allowed, pipelineWith, statementsOf } from "./pipeline-support";

const CONNECTION = "arn:aws:codeconnections:us-east-1:123456789012:connection/one";
const COMMENT = "arn:aws:secretsmanager:us-east-1:123456789012:secret:comment-AbCdEf";
const PROJECT = "pipeline-pull-request";

const make = (
  pullRequests: PullRequestChoices = {},
  args: Partial<CompliancePipelineArgs> = {},
): Promise<Recording<unknown>> =>
  pipelineWith({
    source: {
      connection: {
        repository: "acme/compliance",
        branch: "main",
        provider: "GitHub",
        connection: { existing: { arn: CONNECTION } },
      },
    },
    pullRequests,
    ...args,
  });

const inputs = (recording: Recording<unknown>, type: string): Readonly<Record<string, unknown>> =>
  recording.get(type, PROJECT).inputs;

describe("Pull requests", () => {
  it("are built apart from the pipeline, from the repository itself", async () => {
    const recording = await make();
    assert.deepEqual(inputs(recording, "aws:codebuild/project:Project")["source"], {
      type: "GITHUB",
      location: "https://github.com/acme/compliance.git",
      buildspec: "pipeline/buildspecs/pull-request.yml",
      auth: { type: "CODECONNECTIONS", resource: CONNECTION },
      gitCloneDepth: 1,
      reportBuildStatus: true,
    });
    const stages = JSON.stringify(recording.get("aws:codepipeline/pipeline:Pipeline", "pipeline").inputs);
    assert.ok(!stages.includes("acme-tools-pull-request"));
  });

  it("wait for a maintainer when they come from a fork", async () => {
    const policy = inputs(await make(), "aws:codebuild/webhook:Webhook")["pullRequestBuildPolicy"];
    assert.deepEqual(policy, {
      requiresCommentApproval: "FORK_PULL_REQUESTS",
      approverRoles: ["GITHUB_ADMIN", "GITHUB_MAINTAIN"],
    });
  });

  it("wait for a maintainer in any case where the settings say so", async () => {
    const recording = await make({ approval: "all", approverRoles: ["GITHUB_ADMIN"] });
    assert.deepEqual(inputs(recording, "aws:codebuild/webhook:Webhook")["pullRequestBuildPolicy"], {
      requiresCommentApproval: "ALL_PULL_REQUESTS",
      approverRoles: ["GITHUB_ADMIN"],
    });
  });

  it("count when they are for the branch that is delivered", async () => {
    const recording = await make();
    assert.deepEqual(inputs(recording, "aws:codebuild/webhook:Webhook")["filterGroups"], [
      {
        filters: [
          { type: "EVENT", pattern: "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED, PULL_REQUEST_REOPENED" },
          { type: "BASE_REF", pattern: "^refs/heads/main$" },
        ],
      },
    ]);
  });

  it("can preview with the role for pull requests of each stack, and with no other role", async () => {
    const statements = statementsOf(await make(), PROJECT);
    assert.deepEqual(statements["AssumeTargetRoles"]?.Resource, [
      `arn:aws:iam::${ACCOUNT}:role/project-target-pull-request`,
    ]);
  });

  it("are granted nothing that writes state or artefacts, and are denied it besides", async () => {
    const statements = statementsOf(await make({ commentSecretArn: COMMENT }), PROJECT);
    const grants = allowed(statements);
    assert.ok(!grants.some((action) => action.startsWith("s3:")), grants.join(" "));
    assert.ok(!grants.some((action) => /^kms:(Encrypt|GenerateDataKey)/.test(action)));
    const denial = statements["NeverWriteStateOrArtifacts"];
    assert.equal(denial?.Effect, "Deny");
    assert.deepEqual(denial.Action, ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]);
    assert.equal(denial.Resource, "*");
    assert.equal(denial.Condition, undefined);
  });

  it("can read the secret of the comment, and are denied every other", async () => {
    const statements = statementsOf(await make({ commentSecretArn: COMMENT }), PROJECT);
    assert.deepEqual(statements["ReadSecrets"]?.Resource, [COMMENT]);
    const denial = statements["NeverReadOtherSecrets"];
    assert.equal(denial?.Effect, "Deny");
    assert.deepEqual(denial.Condition, { ArnNotEquals: { "secretsmanager:SecretId": [COMMENT] } });
  });

  it("are told to do without the secrets of stacks, and cannot decrypt one", async () => {
    const recording = await make();
    const { environment } = inputs(recording, "aws:codebuild/project:Project") as {
      environment: { environmentVariables: { name: string; value: string }[] };
    };
    const given = environment.environmentVariables.filter(({ name }) => name === "COMPLIANCE_SECRETS");
    assert.deepEqual(
      given.map(({ value }) => value),
      ["false"],
    );
    assert.deepEqual(statementsOf(recording, PROJECT)["NeverDecryptSecrets"]?.Condition, {
      StringNotLike: { "kms:ViaService": ["s3.*", "secretsmanager.*"] },
    });
  });

  it("are denied every secret when none is theirs", async () => {
    const statements = statementsOf(await make(), PROJECT);
    assert.equal(statements["ReadSecrets"], undefined);
    assert.equal(statements["NeverReadOtherSecrets"]?.Condition, undefined);
  });

  it("are denied to start, approve or deliver anything", async () => {
    const denial = statementsOf(await make(), PROJECT)["NeverDeliver"];
    assert.equal(denial?.Effect, "Deny");
    for (const action of [
      "codepipeline:StartPipelineExecution",
      "codepipeline:PutApprovalResult",
      "codebuild:StartBuild",
      "iam:PassRole",
    ]) {
      assert.ok(denial.Action.includes(action), action);
    }
  });

  it("get neither the token that delivers nor the other projects' secrets, but a token that can only read", async () => {
    const secret = (name: string): string => COMMENT.replace("comment", name);
    const recording = await make(
      {},
      {
        state: {
          pulumiCloud: {
            organization: "acme",
            tokenSecretArn: secret("deliver"),
            readTokenSecretArn: secret("read"),
          },
        },
        environment: { secrets: { NPM_AUTH: secret("npm") } },
      },
    );
    const text = JSON.stringify(inputs(recording, "aws:codebuild/project:Project"));
    assert.ok(text.includes(secret("read")));
    assert.ok(!text.includes(secret("deliver")) && !text.includes(secret("npm")));
    const deploy = JSON.stringify(recording.get("aws:codebuild/project:Project", "pipeline-deploy").inputs);
    assert.ok(deploy.includes(secret("deliver")) && !deploy.includes(secret("read")));
  });

  it("share no cache with what is delivered", async () => {
    const recording = await make({}, { environment: { cache: "s3" } });
    assert.deepEqual(inputs(recording, "aws:codebuild/project:Project")["cache"], {
      type: "LOCAL",
      modes: ["LOCAL_CUSTOM_CACHE"],
    });
    await assert.rejects(make({ cache: "s3" }), /"pullRequests.cache": A pull request writes no artefacts/);
  });

  const refused: readonly (readonly [string, PullRequestChoices, Partial<CompliancePipelineArgs>, RegExp])[] =
    [
      [
        "a source without pull requests",
        {},
        { source: { codeCommit: { repositoryName: "c", branch: "main" } } },
        /"pullRequests": Only a repository behind a connection/,
      ],
      [
        "a role of another host",
        { approverRoles: ["GITLAB_OWNER"] },
        {},
        /"pullRequests.approverRoles\[0\]": /,
      ],
      [
        "nobody who could approve",
        { approverRoles: [] },
        {},
        /"pullRequests.approverRoles": Nobody could allow/,
      ],
      [
        "a token in place of its secret",
        { commentSecretArn: "ghp_x" },
        {},
        /commentSecretArn": It is not the ARN/,
      ],
    ];
  for (const [what, pullRequests, args, message] of refused) {
    it(`refuse ${what}`, async () => {
      await assert.rejects(make(pullRequests, args), message);
    });
  }
});
