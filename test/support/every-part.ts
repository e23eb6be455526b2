/**
 * The configuration of a stack that holds every part, with the options that make policy documents and resources which
 * the defaults do not. Account ids, ARNs and addresses are AWS's own examples.
 *
 * @param region - the home region, of the partition of the ARNs
 */
export function everyPart(region = "us-east-1", partition = "aws"): Readonly<Record<string, unknown>> {
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:111122223333:${resource}`;
  const state = { bucketName: "example-state", kmsKeyArn: arn("kms", "key/state") };
  return {
    parts: ["detection", "notifications", "trail", "dashboard", "pipeline", "target"],
    regions: [region],
    recorder: { role: { leastPrivilege: {} } },
    notifications: {
      stream: { subscriptions: [{ protocol: "sqs", endpoint: arn("sqs", "config-stream") }] },
      alerts: { subscriptions: [{ protocol: "email", endpoint: "security@example.com" }] },
      // Amazon Q Developer in chat applications exists in the commercial partition only.
      ...(partition === "aws"
        ? { chat: { slack: [{ workspaceId: "T0123456789", channelId: "C0123456789" }] } }
        : {}),
    },
    trail: {},
    dashboard: {},
    state: { bucket: state },
    pipeline: {
      source: {
        connection: {
          provider: "GitHub",
          repository: "example/compliance",
          existing: { arn: arn("codeconnections", "connection/example") },
        },
      },
      waves: [
        { stacks: [{ stack: "test" }] },
        { stacks: [{ stack: "prod", account: "444455556666" }, { stack: "eu" }] },
      ],
      environment: { cache: "s3" },
      pullRequests: { cache: "local", commentSecretArn: arn("secretsmanager", "secret:comment-AbCdEf") },
    },
    target: { stack: "test" },
    selection: {
      controls: [
        "s3-bucket-versioning-enabled",
        "iam-user-mfa-enabled",
        // Judged by a function at changes, by one on a schedule, and by AWS Config with a policy in Guard.
        "lambda-function-url-iam",
        "config-rules-as-declared",
        "dynamodb-table-key-accessible",
      ],
    },
  };
}

/** The same as a program gets it: each entry as text, below its namespace. */
export function asStackConfig(
  entries: Readonly<Record<string, unknown>>,
  region: string,
): Readonly<Record<string, string>> {
  const texts = Object.entries(entries).map(([name, value]): [string, string] => [
    `compliance:${name}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { "aws:region": region, ...Object.fromEntries(texts) };
}
