/**
 * The names that literal ARNs and URLs hold. Before a resource exists its ARN is not known, but the name that the program
 * gives it is, so that a policy which names it by a literal can be matched.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
const NAMES: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ["aws:cloudwatch/eventBus:EventBus", [/^arn:[^:]+:events:[^:]*:\d{12}:event-bus\/(.+)$/]],
  ["aws:cloudwatch/logGroup:LogGroup", [/^arn:[^:]+:logs:[^:]*:\d{12}:log-group:([^:]+)(?::\*)?$/]],
  ["aws:dynamodb/table:Table", [/^arn:[^:]+:dynamodb:[^:]*:\d{12}:table\/([^/]+)$/]],
  ["aws:ecr/repository:Repository", [/^arn:[^:]+:ecr:[^:]*:\d{12}:repository\/(.+)$/]],
  ["aws:ecs/cluster:Cluster", [/^arn:[^:]+:ecs:[^:]*:\d{12}:cluster\/(.+)$/]],
  ["aws:eks/cluster:Cluster", [/^arn:[^:]+:eks:[^:]*:\d{12}:cluster\/(.+)$/]],
  ["aws:iam/group:Group", [/^arn:[^:]+:iam::\d{12}:group\/(?:.*\/)?([^/]+)$/]],
  ["aws:iam/policy:Policy", [/^arn:[^:]+:iam::\d{12}:policy\/(?:.*\/)?([^/]+)$/]],
  ["aws:iam/role:Role", [/^arn:[^:]+:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/]],
  ["aws:iam/user:User", [/^arn:[^:]+:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/]],
  ["aws:kinesis/stream:Stream", [/^arn:[^:]+:kinesis:[^:]*:\d{12}:stream\/(.+)$/]],
  [
    "aws:lambda/function:Function",
    // A function may be named by a part of its ARN, and with a version or an alias behind it.
    [/^(?:arn:[^:]+:lambda:[^:]*:)?\d{12}:function:([^:]+)(?::[^:]+)?$/, /^([^:]+):[^:]+$/],
  ],
  ["aws:rds/cluster:Cluster", [/^arn:[^:]+:rds:[^:]*:\d{12}:cluster:(.+)$/]],
  ["aws:rds/instance:Instance", [/^arn:[^:]+:rds:[^:]*:\d{12}:db:(.+)$/]],
  // Secrets Manager adds a hyphen and six characters to the name.
  [
    "aws:secretsmanager/secret:Secret",
    [/^arn:[^:]+:secretsmanager:[^:]*:\d{12}:secret:(.+)-[A-Za-z0-9]{6}$/],
  ],
  ["aws:sns/topic:Topic", [/^arn:[^:]+:sns:[^:]*:\d{12}:([^:]+)$/]],
  [
    "aws:sqs/queue:Queue",
    [/^arn:[^:]+:sqs:[^:]*:\d{12}:([^:]+)$/, /^https:\/\/[^/]*(?:sqs|queue)[^/]*\/\d{12}\/([^/]+)$/],
  ],
]);

/** The name that an ARN or a URL of a resource of a type holds; `undefined` when the text is no such thing. */
export function nameIn(type: string, text: string): string | undefined {
  for (const pattern of NAMES.get(type) ?? []) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}
