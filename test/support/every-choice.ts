import { everyPart } from "./every-part";

type Entries = Readonly<Record<string, unknown>>;

/** Where a stack is. */
interface Where {
  readonly region: string;
  readonly partition: string;
}

const arnOf = ({ region, partition }: Where, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:111122223333:${resource}`;

const roleArnOf = ({ partition }: Where, resource: string): string =>
  `arn:${partition}:iam::111122223333:${resource}`;

const projectIn = (where: Where) => ({
  image: "aws/codebuild/standard:7.0",
  environmentType: "LINUX_CONTAINER",
  computeType: "BUILD_GENERAL1_SMALL",
  timeoutMinutes: 30,
  cache: "s3",
  environment: { LEVEL: "high" },
  secrets: { TOKEN: arnOf(where, "secretsmanager", "secret:token-AbCdEf") },
});

/**
 * Configurations of stacks that together give every setting there is, by what is particular about them: many settings
 * exclude each other, so that no one stack can. A spec makes sure that none is missing.
 *
 * @param region - the home region, of the partition of the ARNs
 */
export function everyChoice(region = "us-east-1", partition = "aws"): ReadonlyMap<string, Entries> {
  const where = { region, partition };
  const whole = everyPart(region, partition);
  return new Map([
    ["every part", whole],
    ["CodeCommit, Teams and everything new, by names of one's own", { ...whole, ...chosen(where) }],
    ["an archive in S3, Pulumi Cloud and everything that exists", { ...whole, ...existing(where) }],
    ["the account's own recorder and a new connection", { ...whole, ...adopted(where) }],
  ]);
}

/** Amazon Q Developer in chat applications exists in the commercial partition only. */
const chatOf = ({ partition }: Where, chat: Entries): Entries => (partition === "aws" ? { chat } : {});

function chosen(where: Where): Entries {
  const project = projectIn(where);
  return {
    homeRegion: where.region,
    tags: { owner: "security" },
    permissionsBoundary: "acme-boundary",
    evidence: {
      bucket: {
        create: {
          bucketName: "acme-evidence",
          kmsKeyArn: arnOf(where, "kms", "key/evidence"),
          retain: true,
          expireDays: 3650,
          noncurrentDays: 365,
          accessLogDays: 365,
        },
      },
      prefix: "config",
      sourceAccounts: ["444455556666"],
    },
    recorder: {
      mode: "create",
      recorderName: "acme",
      strategy: { exclude: ["AWS::EC2::NetworkInterface"] },
      recordingMode: {
        frequency: "CONTINUOUS",
        override: {
          frequency: "DAILY",
          resourceTypes: ["AWS::ECS::Service"],
          description: "It changes all day.",
        },
      },
      recording: true,
      role: { serviceLinked: "create" },
    },
    delivery: { snapshotFrequency: "One_Hour" },
    retentionDays: 365,
    rules: { batchSize: 5 },
    notifications: {
      namePrefix: "acme-news",
      key: { create: {} },
      stream: {
        enabled: true,
        encrypted: false,
        subscriptions: [
          { protocol: "sqs", endpoint: arnOf(where, "sqs", "stream"), rawMessageDelivery: true },
        ],
      },
      alerts: {
        topic: { create: {} },
        subscriptions: [
          { protocol: "https", endpoint: "https://alerts.example.com/", rawMessageDelivery: true },
        ],
        severities: ["critical"],
        controls: ["s3-bucket-versioning-enabled"],
      },
      ...chatOf(where, {
        teams: [
          {
            tenantId: "123e4567-e89b-12d3-a456-426614174000",
            teamId: "123e4567-e89b-12d3-a456-426614174001",
            channelId: "19%3Aabc123%40thread.tacv2",
          },
        ],
      }),
      controlPages: "https://compliance.example.com/{control}.md",
      retry: { attempts: 10, maxAgeSeconds: 3600 },
      deadLetters: { retentionDays: 7 },
    },
    trail: {
      create: {
        trailName: "acme-trail",
        bucketName: "acme-trail",
        retain: true,
        expireDays: 400,
        logRetentionDays: 90,
      },
    },
    dashboard: {
      dashboardName: "acme",
      alarmSeverities: ["critical"],
      maxAgeHours: 48,
      maxItemsPerDay: 10_000,
    },
    state: {
      bucket: {
        bucketName: "acme-state",
        prefix: "compliance",
        kmsKeyArn: arnOf(where, "kms", "key/state"),
        region: where.region,
      },
    },
    pipeline: {
      prefix: "acme-tools",
      source: { codeCommit: { repositoryName: "compliance", branch: "main" } },
      waves: [{ stacks: [{ stack: "prod", account: "444455556666", rolePrefix: "acme-target" }] }],
      environment: project,
      build: { ...project, enabled: true },
      selfUpdate: { ...project, enabled: true, names: ["acme-own-*"] },
      publish: project,
      preview: { ...project, plan: true },
      approve: { enabled: true, timeoutMinutes: 600 },
      deploy: { ...project, maxAgeMinutes: 600 },
      verify: { ...project, enabled: true, flags: ["--timeout", "30"], schedule: "rate(12 hours)" },
      executionMode: "QUEUED",
      artifacts: { create: { bucketName: "acme-artifacts", expireDays: 30, retain: false } },
      logRetentionDays: 90,
    },
    target: {
      stack: "prod",
      pipeline: { account: "444455556666", prefix: "acme-tools" },
      rolePrefix: "acme-target",
      names: ["acme-own-*"],
    },
  };
}

function existing(where: Where): Entries {
  return {
    evidence: {
      bucket: { existing: { bucketName: "acme-evidence", kmsKeyArn: arnOf(where, "kms", "key/evidence") } },
    },
    recorder: {
      strategy: { include: ["AWS::S3::Bucket", "AWS::IAM::User"] },
      role: { existing: { arn: roleArnOf(where, "role/acme-recorder") } },
    },
    delivery: { snsTopicArns: [arnOf(where, "sns", "config-stream")] },
    notifications: {
      key: { existing: { arns: [arnOf(where, "kms", "key/notifications")] } },
      alerts: { topic: { existing: { arns: [arnOf(where, "sns", "alerts")] } } },
      ...chatOf(where, { slack: [{ workspaceId: "T0123456789", channelId: "C0123456789" }] }),
    },
    trail: { existing: { logGroupName: "/acme/cloudtrail" }, alertsTopicArn: arnOf(where, "sns", "alerts") },
    state: {
      pulumiCloud: {
        organization: "acme",
        tokenSecretArn: arnOf(where, "secretsmanager", "secret:pulumi-AbCdEf"),
        readTokenSecretArn: arnOf(where, "secretsmanager", "secret:pulumi-read-AbCdEf"),
        publish: true,
      },
    },
    pipeline: {
      source: { s3: { bucketName: "acme-source", objectKey: "source/main.zip" } },
      waves: [{ stacks: [{ stack: "prod" }] }],
      artifacts: { existing: { bucketName: "acme-artifacts" } },
      kmsKeyArn: arnOf(where, "kms", "key/artifacts"),
      alertsTopicArn: arnOf(where, "sns", "alerts"),
    },
  };
}

function adopted(where: Where): Entries {
  return {
    recorder: {
      mode: "adopt",
      recorderName: "default",
      channelName: "default",
      strategy: "all",
      role: {
        leastPrivilege: { name: "acme-recorder", permissionsBoundary: roleArnOf(where, "policy/b") },
      },
    },
    notifications: {},
    pipeline: {
      source: {
        connection: {
          provider: "GitLab",
          repository: "acme/group/compliance",
          branch: "main",
          create: { name: "acme-gitlab" },
          triggers: [
            {
              branches: { includes: ["main"], excludes: ["wip/*"] },
              paths: { includes: ["rules/**"], excludes: ["docs/**"] },
            },
          ],
        },
      },
      waves: [{ stacks: [{ stack: "prod" }] }],
      pullRequests: {
        ...projectIn(where),
        cache: "local",
        approval: "all",
        approverRoles: ["GITLAB_MAINTAINER"],
        commentSecretArn: arnOf(where, "secretsmanager", "secret:comment-AbCdEf"),
      },
    },
  };
}
