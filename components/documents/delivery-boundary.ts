import { knownControls } from "../../rules/declaration";
import { METRICS } from "./delivery";
import { KEY_USES, ownKeys, tagsOfNewKeys } from "./delivery-keys";
import { type DeliveryScope, identityArns, serviceLinkedArn } from "./delivery-scope";
import { outlineOf, READ_SID, ruleReads } from "./lambda-rules";
import { KEY_CHANGES, type StateFacts, stateProtection } from "./state";
import type { PolicyStatement } from "./statement";

/** The services that take part in what the program deploys: the widest that a role of it could ever reach. */
const SERVICES = ["chatbot", "cloudtrail", "cloudwatch", "config", "events", "logs", "sns", "sqs"];
/** Everything in IAM that changes a role or a policy. */
const IDENTITY_CHANGES = [
  "iam:Add*",
  "iam:*tach*",
  "iam:Create*",
  "iam:Delete*",
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

/** What a boundary must allow on everything, because AWS cannot narrow it; in patterns, because a boundary is full. */
const UNSCOPED_OUTLINE: readonly string[] = [
  "chatbot:Create*ChannelConfiguration",
  "chatbot:DescribeSlackChannelConfigurations",
  "chatbot:Get*TeamsChannelConfiguration",
  "chatbot:List*TeamsChannelConfigurations",
  "chatbot:ListTagsForResource",
  "cloudtrail:DescribeTrails",
  "config:*DeliveryChannel*",
  "config:*RetentionConfiguration*",
  "config:DescribeComplianceByConfigRule",
  "config:DescribeConfigRule*",
  "config:GetDiscoveredResourceCounts",
  "config:GetResourceConfigHistory",
  "config:ListDiscoveredResources",
  "config:PutEvaluations",
  "kms:CreateKey",
  "kms:ListAliases",
  "logs:DescribeLogGroups",
];

const isMeant = (pattern: string, action: string): boolean =>
  pattern === action || (pattern.endsWith("*") && action.startsWith(pattern.slice(0, -1)));

/**
 * The most that the deploy role, and every role that it makes, can ever do: the program's own services, in this
 * account, and nothing that {@link protections} keeps.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function deliveryBoundary(
  scope: DeliveryScope,
  protection: Protection,
  further: { readonly statements: readonly PolicyStatement[]; readonly unscoped: readonly string[] } = {
    statements: [],
    unscoped: [],
  },
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
      Sid: "UseKeys",
      Effect: "Allow",
      Action: KEY_USES,
      Resource: [`arn:${partition}:kms:*:${account}:*`, ...(state === undefined ? [] : [state.kmsKeyArn])],
    },
    {
      // A pattern that ends in "*" means the objects, too.
      Sid: "OwnBuckets",
      Effect: "Allow",
      Action: "s3:*",
      Resource: [
        ...scope.buckets.flatMap((name) =>
          (name.endsWith("*") ? [name] : [name, `${name}/*`]).map((each) => `arn:${partition}:s3:::${each}`),
        ),
        ...(state === undefined ? [] : [state.bucketArn, `${state.bucketArn}/*`]),
      ],
    },
    {
      // Whoever changes the code of another function has the rights of its role, which nothing bounds.
      Sid: "OwnFunctions",
      Effect: "Allow",
      Action: "lambda:*",
      Resource: scope.names.map((name) => `arn:${partition}:lambda:*:${account}:function:${name}`),
    },
    {
      Sid: READ_SID,
      Effect: "Allow",
      Action: outlineOf(
        ruleReads(knownControls()).filter(
          (action) => !UNSCOPED_OUTLINE.some((pattern) => isMeant(pattern, action)),
        ),
      ),
      Resource: "*",
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
    { Sid: "Unscoped", Effect: "Allow", Action: [...UNSCOPED_OUTLINE, ...further.unscoped], Resource: "*" },
    METRICS,
    ...further.statements,
    ...protections(protection),
  ];
}

/** What stays as it is, whatever a role's permissions become. */
export function protections(protection: Protection): readonly PolicyStatement[] {
  const { boundaryArn, identityArns, keyAliases, state } = protection;
  return [
    {
      // A name alone could be that of somebody else's role, which is not bound.
      Sid: "OnlyBoundRoles",
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
      Sid: "NeverUnbound",
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
