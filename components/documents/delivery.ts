import { METRIC_ACTIONS, METRIC_NAMESPACE, VERIFY_ACTIONS } from "../../rules/declaration";
import { GRANTS, UNSCOPED } from "./delivery-grants";
import { newKeys, ownKeys } from "./delivery-keys";
import { type DeliveryScope, identityArns, serviceLinkedArn } from "./delivery-scope";
import type { Location } from "./principals";
import type { PolicyStatement } from "./statement";

/** Channels of chat, whose ARNs hold a name. */
const CHAT_WRITES = [
  "chatbot:DeleteMicrosoftTeamsChannelConfiguration",
  "chatbot:DeleteSlackChannelConfiguration",
  "chatbot:TagResource",
  "chatbot:UntagResource",
  "chatbot:UpdateMicrosoftTeamsChannelConfiguration",
  "chatbot:UpdateSlackChannelConfiguration",
];

/** Changes of a role that only happen to roles with the boundary. */
const ROLE_WRITES = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DetachRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
];

/**
 * Lets some roles of another account assume a role. IAM would refuse to name roles that do not exist yet, and forgets
 * them when they are made anew, so that the account is the principal and the condition names the roles.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function targetTrust(
  pipeline: Pick<Location, "partition" | "account">,
  roleNames: readonly string[],
): readonly PolicyStatement[] {
  const account = `arn:${pipeline.partition}:iam::${pipeline.account}`;
  return [
    {
      Sid: "AllowThePipeline",
      Effect: "Allow",
      Principal: { AWS: `${account}:root` },
      Action: "sts:AssumeRole",
      Condition: { ArnEquals: { "aws:PrincipalArn": roleNames.map((name) => `${account}:role/${name}`) } },
    },
  ];
}

/** Lets a role read how the resources of the account are set up, but none of the data in them. */
export function stackReads(scope: DeliveryScope): readonly PolicyStatement[] {
  const { partition, account } = scope;
  const others = GRANTS.filter(({ readsOwn }) => readsOwn !== true).flatMap(({ reads }) => reads);
  const services = [...new Set(others.map((action) => action.split(":")[0] ?? ""))];
  return [
    {
      Sid: "ReadSettings",
      Effect: "Allow",
      Action: others,
      Resource: services.flatMap((service) =>
        // IAM has no regions, and refuses an ARN of its own that does not say what it is of.
        service === "iam"
          ? ["role", "policy"].map((type) => `arn:${partition}:iam::${account}:${type}/*`)
          : [`arn:${partition}:${service}:*:${account}:*`],
      ),
    },
    ...GRANTS.filter(({ readsOwn }) => readsOwn === true).map(({ sid, reads, resources }) => ({
      Sid: `Read${sid}`,
      Effect: "Allow" as const,
      Action: reads,
      Resource: resources(scope),
      // A bucket's ARN has no account.
      ...(sid === "Buckets" ? { Condition: { StringEquals: { "aws:ResourceAccount": account } } } : {}),
    })),
    { Sid: "ReadUnscoped", Effect: "Allow", Action: UNSCOPED.reads, Resource: "*" },
  ];
}

/** Lets a role make, change and destroy what records: rules, recorders, keys, trails and their log groups. */
export function recordWrites(scope: DeliveryScope): readonly PolicyStatement[] {
  return [
    ...writesOf(scope, (sid) => !GLOBAL_GRANTS.includes(sid) && !ALERT_GRANTS.includes(sid)),
    ...newKeys(scope),
    { Sid: "ChangeUnscoped", Effect: "Allow", Action: UNSCOPED.writes, Resource: "*" },
  ];
}

/** Lets a role make, change and destroy what tells people: topics, queues, rules of EventBridge, alarms, channels. */
export function alertWrites(scope: DeliveryScope): readonly PolicyStatement[] {
  const { partition, account, names } = scope;
  return [
    ...writesOf(scope, (sid) => ALERT_GRANTS.includes(sid)),
    {
      Sid: "ChangeChannels",
      Effect: "Allow",
      Action: CHAT_WRITES,
      Resource: names.map((name) => `arn:${partition}:chatbot::${account}:chat-configuration/*/${name}`),
    },
  ];
}

/** Lets a role make, change and destroy buckets, policies, and roles only with the boundary. */
export function globalWrites(scope: DeliveryScope, boundaryArn: string): readonly PolicyStatement[] {
  const roles = identityArns(scope, "role");
  const serviceLinked = serviceLinkedArn(scope);
  return [
    ...writesOf(scope, (sid) => GLOBAL_GRANTS.includes(sid)),
    {
      Sid: "ChangeBoundRoles",
      Effect: "Allow",
      Action: ROLE_WRITES,
      Resource: roles,
      Condition: { StringEquals: { "iam:PermissionsBoundary": boundaryArn } },
    },
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [...identityArns(scope, "role", scope.serviceRoles), serviceLinked],
      Condition: {
        StringEquals: {
          "iam:PassedToService": [
            "chatbot.amazonaws.com",
            "cloudtrail.amazonaws.com",
            "config.amazonaws.com",
          ],
        },
      },
    },
    {
      Sid: "PassRuleRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: identityArns(scope, "role", scope.ruleRoles),
      Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    },
    {
      Sid: "ServiceLinkedRole",
      Effect: "Allow",
      Action: [
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
        "iam:GetServiceLinkedRoleDeletionStatus",
      ],
      Resource: serviceLinked,
    },
  ];
}

const ALERT_GRANTS: readonly string[] = ["Alarms", "EventRules", "Queues", "Topics"];
const GLOBAL_GRANTS: readonly string[] = ["Buckets", "NewBuckets", "Objects", "Policies", "Roles"];

function writesOf(scope: DeliveryScope, includes: (sid: string) => boolean): readonly PolicyStatement[] {
  return GRANTS.filter(({ sid }) => includes(sid)).map(({ sid, writes, resources }) => {
    const statement = {
      Sid: `Change${sid}`,
      Effect: "Allow",
      Action: writes,
      Resource: resources(scope),
    } as const;
    if (sid === "Keys") return { ...statement, Condition: ownKeys(scope) };
    // A bucket that is not there yet belongs to nobody, and is always made in the caller's account.
    if (sid === "NewBuckets" || !writes.some((action) => action.startsWith("s3:"))) return statement;
    // A bucket's ARN has no account: without the condition, the name could be somebody else's.
    return { ...statement, Condition: { StringEquals: { "aws:ResourceAccount": scope.account } } };
  });
}

/** What `compliance verify` needs in the account that it verifies. */
export function verifyPermissions({ partition, account }: DeliveryScope): readonly PolicyStatement[] {
  const withScope = (...scopes: readonly string[]): readonly string[] =>
    VERIFY_ACTIONS.filter(({ scope }) => scopes.includes(scope)).map(({ action }) => action);
  return [
    {
      Sid: "EvaluateRules",
      Effect: "Allow",
      Action: withScope("config-rule", "configuration-recorder"),
      Resource: [
        `arn:${partition}:config:*:${account}:config-rule/*`,
        `arn:${partition}:config:*:${account}:configuration-recorder/*`,
      ],
    },
    { Sid: "ReadCompliance", Effect: "Allow", Action: withScope("none"), Resource: "*" },
    METRICS,
  ];
}

/**
 * Metrics have no ARN; their namespace is what narrows the permission.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 */
export const METRICS: PolicyStatement = {
  Sid: "PublishMetrics",
  Effect: "Allow",
  Action: METRIC_ACTIONS.map(({ action }) => action),
  Resource: "*",
  Condition: { StringEquals: { "cloudwatch:namespace": METRIC_NAMESPACE } },
};
