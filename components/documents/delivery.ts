import { METRIC_ACTIONS, METRIC_NAMESPACE, VERIFY_ACTIONS } from "../../rules";
import {
  CHAT_WRITES,
  type DeliveryScope,
  GRANTS,
  identityArns,
  ROLE_WRITES,
  UNSCOPED,
} from "./delivery-grants";
import { KEY_USES, newKeys, ownKeys, tagsOfNewKeys } from "./delivery-keys";
import type { Location } from "./principals";
import { KEY_CHANGES, type StateFacts, stateProtection } from "./state";
import type { PolicyStatement } from "./statement";

/** The services that take part in what the program deploys: the widest that a role of it could ever reach. */
const SERVICES = ["chatbot", "cloudtrail", "cloudwatch", "config", "events", "logs", "sns", "sqs"];
/** Everything in IAM that changes a role or a policy. */
const IDENTITY_CHANGES = [
  "iam:Add*",
  "iam:AttachRolePolicy",
  "iam:Create*",
  "iam:Delete*",
  "iam:Detach*",
  "iam:PassRole",
  "iam:Put*",
  "iam:Set*",
  "iam:Tag*",
  "iam:Untag*",
  "iam:Update*",
];

/** What nobody who deploys may change. */
export interface Protection {
  readonly boundaryArn: string;
  /** ARNs, also patterns, of roles and policies. */
  readonly identityArns: readonly string[];
  /** Patterns of aliases whose keys stay as they are. */
  readonly keyAliases: readonly string[];
  readonly state: StateFacts | undefined;
}

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
export function stackReads({ partition, account }: DeliveryScope): readonly PolicyStatement[] {
  const reads = GRANTS.flatMap((grant) => grant.reads);
  const ofBuckets = reads.filter((action) => action.startsWith("s3:"));
  const others = reads.filter((action) => !action.startsWith("s3:"));
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
    {
      Sid: "ReadBucketSettings",
      Effect: "Allow",
      Action: ofBuckets,
      Resource: `arn:${partition}:s3:::*`,
      Condition: { StringEquals: { "aws:ResourceAccount": account } },
    },
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
      Resource: [...roles, serviceLinked],
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

const serviceLinkedArn = ({ partition, account }: DeliveryScope): string =>
  `arn:${partition}:iam::${account}:role/aws-service-role/config.amazonaws.com/*`;

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
const METRICS: PolicyStatement = {
  Sid: "PublishMetrics",
  Effect: "Allow",
  Action: METRIC_ACTIONS.map(({ action }) => action),
  Resource: "*",
  Condition: { StringEquals: { "cloudwatch:namespace": METRIC_NAMESPACE } },
};

/**
 * The most that the deploy role, and every role that it makes, can ever do: the program's own services, in this
 * account, and nothing that {@link protections} keeps.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function deliveryBoundary(
  scope: DeliveryScope,
  protection: Protection,
  further: readonly PolicyStatement[] = [],
): readonly PolicyStatement[] {
  const { partition, account } = scope;
  const { state } = protection;
  return [
    {
      Sid: "OwnServices",
      Effect: "Allow",
      Action: SERVICES.map((service) => `${service}:*`),
      Resource: SERVICES.map((service) => `arn:${partition}:${service}:*:${account}:*`),
    },
    {
      Sid: "OwnData",
      Effect: "Allow",
      Action: ["s3:*", ...KEY_USES],
      Resource: [
        `arn:${partition}:kms:*:${account}:*`,
        `arn:${partition}:s3:::*`,
        ...(state === undefined ? [] : [state.kmsKeyArn]),
      ],
    },
    {
      // Without the tag, a role could take a key from whoever it belongs to by changing its policy.
      Sid: "OwnKeys",
      Effect: "Allow",
      Action: "kms:*",
      Resource: `arn:${partition}:kms:*:${account}:key/*`,
      Condition: ownKeys(scope),
    },
    tagsOfNewKeys(scope),
    {
      Sid: "ReadIdentities",
      Effect: "Allow",
      Action: ["iam:Get*", "iam:List*"],
      Resource: ["role", "policy"].map((type) => `arn:${partition}:iam::${account}:${type}/*`),
    },
    {
      // Of all others, a role could take the rights: by changing who may assume them, or by passing them on.
      Sid: "OwnIdentities",
      Effect: "Allow",
      Action: "iam:*",
      Resource: [...identityArns(scope, "role"), ...identityArns(scope, "policy"), serviceLinkedArn(scope)],
    },
    {
      Sid: "Unscoped",
      Effect: "Allow",
      Action: [
        ...new Set([
          ...UNSCOPED.reads,
          ...UNSCOPED.writes,
          "kms:CreateKey",
          ...VERIFY_ACTIONS.filter(({ scope: kind }) => kind === "none").map(({ action }) => action),
        ]),
      ],
      Resource: "*",
    },
    METRICS,
    ...further,
    ...protections(protection),
  ];
}

/** What stays as it is, whatever a role's permissions become. */
export function protections(protection: Protection): readonly PolicyStatement[] {
  const { boundaryArn, identityArns, keyAliases, state } = protection;
  return [
    {
      // A name alone could be that of somebody else's role, which is not bound.
      Sid: "OnlyRolesWithBoundary",
      Effect: "Deny",
      // Patterns, because a boundary is one document that is full.
      Action: [
        "iam:*tachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:PutRole*",
        "iam:Update*Role*",
      ],
      Resource: "*",
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundaryArn } },
    },
    {
      Sid: "NeverWithoutBoundary",
      Effect: "Deny",
      Action: "iam:DeleteRolePermissionsBoundary",
      Resource: "*",
    },
    {
      Sid: "KeepIdentities",
      Effect: "Deny",
      Action: IDENTITY_CHANGES,
      Resource: [boundaryArn, ...identityArns],
    },
    ...(keyAliases.length === 0
      ? []
      : [
          {
            Sid: "KeepPipelineKeys",
            Effect: "Deny",
            Action: KEY_CHANGES,
            Resource: "*",
            Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": keyAliases } },
          } as const,
        ]),
    ...(state === undefined ? [] : stateProtection(state)),
  ];
}
