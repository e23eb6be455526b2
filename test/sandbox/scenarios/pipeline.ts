import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { GetPipelineCommand, ListPipelineExecutionsCommand } from "@aws-sdk/client-codepipeline";
import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand, DecryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { parse } from "yaml";
import { PUBLISHED_METRICS } from "../../../rules";
import { linkModules } from "../engine/checkout";
import { ACCOUNT, REGION } from "../engine/environment";
import { type Commit, Pipeline } from "../engine/pipeline";
import { Stack, succeeded } from "../engine/stack";
import { objectOf, textOf } from "../json";
import type { Sandbox, Scenario } from "../scenario";
import { isRecording, rulesOf } from "./aws-state";
import { latestOf, publishedBy } from "./metrics";
import { inventoryOf } from "./inventory";
import { retainedBy } from "./retained";

const GROUP = "the pipeline";
const STATE_BUCKET = "sandbox-state";
/** What a build needs of the checkout. */
const SOURCE =
  /^(cli|components|dist|packages|pipeline|policypack|rules|index\.ts|package\.json|Pulumi\.yaml|selection\.yaml|tsconfig\.json)$/;

/**
 * The project's commands, as far as they are run here: the whole of `npm test` takes minutes, so that one small spec
 * stands for the tests, and linting and types are left out.
 */
const NPM_RUN = `case "$*" in
  *spec*) while [ "$1" != -- ]; do shift; done; shift
    exec node node_modules/mocha/bin/mocha.js --no-config test/small.spec.js "$@" ;;
esac`;

const PREFIX = "continuous-compliance-dev";
const PIPELINE = `${PREFIX}-pipeline`;
const DEPLOY_ROLE = "continuous-compliance-target-deploy";
const RULES = ["iam-root-access-key-check", "s3-bucket-versioning-enabled"];
/** What the pack does not let pass. */
const BARE_BUCKET = 'import * as bare from "./components/aws";\nnew bare.s3.Bucket("bare", {});\n';

let pipeline: Pipeline;
let prod: Stack;
let source: string;
let stateKeyArn: string;
let commits = 0;

/** Writes a commit; what is changed in it stays for the next one. */
function commit(files: Readonly<Record<string, string>>): Commit {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(source, name)), { recursive: true });
    fs.writeFileSync(path.join(source, name), text);
  }
  const folder = path.join(source, "..", `commit-${++commits}`);
  fs.cpSync(source, folder, { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
  return { id: commits.toString(16).padStart(40, "0"), folder };
}

/** State bucket and key, the stack with the pipeline, and the roles in the account that it delivers to. */
async function setUp(sandbox: Sandbox): Promise<Stack> {
  const { kms, s3 } = sandbox.clients;
  await s3.send(new CreateBucketCommand({ Bucket: STATE_BUCKET }));
  const VersioningConfiguration = { Status: "Enabled" as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket: STATE_BUCKET, VersioningConfiguration }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  stateKeyArn = KeyMetadata?.Arn ?? "";

  source = path.join(fs.mkdtempSync(path.join(sandbox.work, "source-")), "source");
  fs.cpSync(sandbox.checkout, source, {
    recursive: true,
    filter: (file) =>
      SOURCE.test(path.relative(sandbox.checkout, file).split(path.sep)[0] ?? "") ||
      file === sandbox.checkout,
  });
  linkModules(source);
  const backend = `s3://${STATE_BUCKET}?region=${REGION}&s3ForcePathStyle=true`;
  const secretsProvider = `awskms:///${stateKeyArn}?region=${REGION}`;
  const engine = { ...sandbox.engine, state: { backend, secretsProvider } };
  const shared = { "aws:region": REGION };
  const state = { bucket: { bucketName: STATE_BUCKET, kmsKeyArn: stateKeyArn } };
  commit({ "selection.yaml": SELECTION, "test/small.spec.js": SPEC("1 + 1 === 2") });
  const own = (more: object) => ({
    ...shared,
    "compliance:parts": ["pipeline"],
    "compliance:state": state,
    "compliance:pipeline": {
      source: { connection: { provider: "GitHub", repository: "example/compliance", branch: "main" } },
      waves: [{ stacks: [{ stack: "prod" }] }],
      ...more,
    },
  });
  const dev = await Stack.create(engine, source, "dev", own({}));
  succeeded(await dev.up({ skipPreview: true }));
  // Pull requests come when somebody has authorised the connection.
  sandbox.aws.hands.connections.authorize(textOf((await dev.outputs())["connectionArn"]));
  dev.configure(own({ pullRequests: {} }));
  succeeded(await dev.up({ skipPreview: true }));
  const target = await Stack.create(engine, source, "prod-target", {
    ...shared,
    "compliance:parts": ["target"],
    "compliance:state": state,
    "compliance:target": { stack: "prod", pipeline: { prefix: "continuous-compliance-dev" } },
  });
  succeeded(await target.up({ skipPreview: true }));
  return Stack.create(engine, source, "prod", {
    ...shared,
    "compliance:selection": { controls: RULES },
    "compliance:permissionsBoundary": "continuous-compliance-target-boundary",
    "compliance:notifications": {
      alerts: { subscriptions: [{ protocol: "email", endpoint: "duty@example.com" }] },
    },
  });
}

/** What the other stacks are judged by; the stack that is delivered has a selection of its own. */
const SELECTION = "controls: [ec2-ebs-encryption-by-default]\n";
const SPEC = (condition: string): string =>
  `const assert = require("node:assert/strict");\nit("holds", () => assert.ok(${condition}));\n`;

/** A commit on its way through the real stages, with roles that may do what they may. */
export const pipelineRuns: readonly Scenario[] = [
  {
    group: GROUP,
    title: "a commit passes Build, Preview, Approve, Deploy and Verify by roles that are just enough",
    run: async (sandbox, say) => {
      prod = await setUp(sandbox);
      pipeline = new Pipeline(sandbox, PIPELINE, NPM_RUN);
      const { identities } = sandbox.aws.hands;
      const execution = await pipeline.execute(commit({}));
      const failed = execution.actions.find(({ status }) => status === "FAILED");
      assert.deepEqual(identities.denials, []);
      assert.equal(execution.stoppedIn, undefined, failed?.log);
      say(execution.actions.map(({ stage, name }) => `${stage}/${name}`).join(", "));
      assert.match(
        execution.approval,
        /continuous-compliance\/prod at 0{12}; \d+ to create; no mandatory violation/,
      );
      assert.ok(await isRecording(sandbox.clients));
      assert.deepEqual([...(await rulesOf(sandbox.clients)).keys()].sort(), RULES);
      // Who did what: the roles of the account, each assumed by the project that may.
      const did = (role: string, action: string): boolean =>
        identities.allowed.get(role)?.has(action) === true;
      for (const role of ["preview", "deploy", "verify"]) {
        assert.ok(did(`continuous-compliance-dev-${role}`, "sts:AssumeRole"), role);
        assert.ok(did(`continuous-compliance-target-${role}`, "s3:GetObject"), role);
      }
      for (const action of ["config:PutConfigRule", "iam:CreateRole", "kms:CreateKey", "s3:CreateBucket"])
        assert.ok(did(DEPLOY_ROLE, action), action);
      assert.ok(!did("continuous-compliance-target-preview", "s3:PutObject"));
    },
  },
  {
    group: GROUP,
    title: "a pull request is previewed by roles that cannot open a secret of the stack",
    run: async (sandbox, say) => {
      const { aws } = sandbox;
      const { identities } = aws.hands;
      const settings = fs.readFileSync(path.join(source, "Pulumi.prod.yaml"), "utf8");
      const project = fs.readFileSync(path.join(source, "Pulumi.yaml"), "utf8");
      // The engine demands of a setting that is declared so that it is encrypted.
      const declared = `${project}config:\n  token: { type: string, secret: true }\n`;
      const set = ["config", "set", "--stack", "prod", "--secret", "token", "a-deployment-secret"];
      assert.equal((await prod.cli(set)).status, 0);
      const changed = commit({ "Pulumi.yaml": declared });
      commit({ "Pulumi.prod.yaml": settings, "Pulumi.yaml": project });
      const built = await pipeline.onPullRequest(`${PREFIX}-pull-request`, changed);
      assert.equal(built.status, "SUCCEEDED", built.log);
      assert.deepEqual(identities.denials, []);
      say(/The preview of .*/.exec(built.log)?.[0] ?? "");
      assert.match(built.log, /findings only, for it did without the stack's secrets/);
      const { encryptedkey } = objectOf(parse(settings));
      const as = async (role: string) =>
        new KMSClient({
          endpoint: aws.endpoint,
          region: REGION,
          credentials: await aws.session(`arn:aws:iam::${ACCOUNT}:role/continuous-compliance-target-${role}`),
        });
      const key = { CiphertextBlob: Buffer.from(textOf(encryptedkey), "base64"), KeyId: stateKeyArn };
      await assert.rejects((await as("pull-request")).send(new DecryptCommand(key)), {
        name: /AccessDenied/,
      });
      // The same call is right: the role of the pipeline's previews may make it.
      const { Plaintext } = await (await as("preview")).send(new DecryptCommand(key));
      assert.equal(Plaintext?.length, 32);
      identities.denials.length = 0;
    },
  },
  {
    group: GROUP,
    title: "a failing test and a violating program stop in Build",
    run: async () => {
      const failing = await pipeline.execute(commit({ "test/small.spec.js": SPEC("1 + 1 === 3") }), [
        "Build",
      ]);
      assert.equal(failing.stoppedIn, "Build");
      assert.match(failing.actions.at(-1)?.log ?? "", /Tests failed; all of them are in the report/);
      const program = fs.readFileSync(path.join(source, "index.ts"), "utf8");
      const violating = await pipeline.execute(
        commit({ "test/small.spec.js": SPEC("1 + 1 === 2"), "index.ts": `${program}\n${BARE_BUCKET}` }),
        ["Build"],
      );
      assert.equal(violating.stoppedIn, "Build");
      assert.match(violating.actions.at(-1)?.log ?? "", /s3-bucket-versioning-enabled/);
      commit({ "index.ts": program });
    },
  },
  {
    group: GROUP,
    title: "an account that does not comply stops in Verify until it does, and the schedule counts it",
    run: async ({ aws, clients }) => {
      const { evaluations } = aws.hands;
      evaluations.plant("s3-bucket-versioning-enabled", [
        { resourceType: "AWS::S3::Bucket", resourceId: "forgotten", compliance: "NON_COMPLIANT" },
      ]);
      const refused = await pipeline.execute(commit({}), ["Verify"]);
      assert.equal(refused.stoppedIn, "Verify");
      const scheduled = await pipeline.onSchedule(`${PREFIX}-metrics-prod`, commit({}));
      // It counts what it finds; alarms on the counts tell of it.
      assert.equal(scheduled.status, "SUCCEEDED", scheduled.log);
      assert.deepEqual(aws.hands.identities.denials, []);
      assert.deepEqual(await publishedBy(clients), PUBLISHED_METRICS.map(({ name }) => name).sort());
      assert.equal(await latestOf(clients, "NonCompliantRules", "medium"), 1);
      assert.match(refused.actions.at(-1)?.log ?? "", /forgotten[^]*s3-bucket-versioning-enabled/);
      evaluations.plant("s3-bucket-versioning-enabled", [
        { resourceType: "AWS::S3::Bucket", resourceId: "forgotten", compliance: "COMPLIANT" },
      ]);
      assert.equal((await pipeline.execute(commit({}), ["Verify"])).stoppedIn, undefined);
    },
  },
  {
    group: GROUP,
    title: "a change of the pipeline itself is deployed by an execution that then gives way to a new one",
    run: async ({ aws, clients }) => {
      const settings = fs.readFileSync(path.join(source, "Pulumi.dev.yaml"), "utf8");
      const changed = settings.replace(
        "compliance:pipeline:\n",
        "compliance:pipeline:\n    executionMode: QUEUED\n",
      );
      const execution = await pipeline.execute(commit({ "Pulumi.dev.yaml": changed }), ["Self-update"]);
      assert.deepEqual(aws.hands.identities.denials, []);
      assert.match(execution.actions.at(-1)?.log ?? "", /this one is superseded/);
      const { pipeline: now } = await clients.codepipeline.send(new GetPipelineCommand({ name: PIPELINE }));
      assert.equal(now?.executionMode, "QUEUED");
      const { pipelineExecutionSummaries: all = [] } = await clients.codepipeline.send(
        new ListPipelineExecutionsCommand({ pipelineName: PIPELINE }),
      );
      assert.deepEqual(
        all
          .slice(0, 2)
          .map(({ pipelineExecutionId, status }) => [pipelineExecutionId === execution.id, status]),
        [
          [false, "InProgress"],
          [true, "Stopped"],
        ],
      );
    },
  },
  {
    group: GROUP,
    title: "the deploy role is enough to destroy what it deployed, and not to free itself",
    run: async ({ aws, clients }) => {
      const session = await aws.session(`arn:aws:iam::${ACCOUNT}:role/${DEPLOY_ROLE}`);
      const env = {
        AWS_ACCESS_KEY_ID: session.accessKeyId,
        AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
        AWS_SESSION_TOKEN: session.sessionToken,
        COMPLIANCE_SANDBOX_SESSION: "true",
      };
      const kept = await retainedBy(prod);
      succeeded(await prod.destroy({ env }));
      assert.deepEqual(aws.hands.identities.denials, []);
      const left = (await inventoryOf(clients)).filter((entry) =>
        /^(bucket|key|rule|recorder|trail|topic) /.test(entry),
      );
      for (const entry of kept.values()) assert.ok(left.includes(entry), entry);
      assert.ok(!left.some((entry) => /^(rule|recorder|trail|topic) /.test(entry)));
      const iam = new IAMClient({
        endpoint: aws.endpoint,
        region: REGION,
        credentials: session,
      });
      const RoleName = DEPLOY_ROLE;
      const everything = {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      };
      const PolicyDocument = JSON.stringify(everything);
      const denied = { name: /AccessDenied/ };
      await assert.rejects(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })), denied);
      await assert.rejects(
        iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument })),
        denied,
      );
      const free = { RoleName: "continuous-compliance-prod-free", AssumeRolePolicyDocument: PolicyDocument };
      await assert.rejects(iam.send(new CreateRoleCommand(free)), denied);
      await assert.rejects(iam.send(new CreateUserCommand({ UserName: "free" })), denied);
    },
  },
];
