import { iamArn, sample, TAGS } from "./sample";
import type { Sample } from "./sample";

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
} as const;

const READS = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-orders/*" }],
} as const;

/** As IAM keeps documents. */
const encoded = (document: unknown): string => encodeURIComponent(JSON.stringify(document));

export const identity: readonly Sample[] = [
  sample("AWS::IAM::Role", "aws:iam/role:Role", {
    id: "AROAORDERSFUNCTION001",
    name: "orders-function",
    arn: iamArn("role/orders-function"),
    region: "global",
    tags: TAGS,
    inputs: {
      name: "orders-function",
      path: "/",
      assumeRolePolicy: JSON.stringify(TRUST),
      permissionsBoundary: iamArn("policy/boundary"),
      tags: TAGS,
    },
    configuration: {
      roleId: "AROAORDERSFUNCTION001",
      roleName: "orders-function",
      arn: iamArn("role/orders-function"),
      path: "/",
      createDate: "2026-02-03T04:05:06.000Z",
      assumeRolePolicyDocument: encoded(TRUST),
      permissionsBoundary: {
        permissionsBoundaryArn: iamArn("policy/boundary"),
        permissionsBoundaryType: "Policy",
      },
      attachedManagedPolicies: [{ policyName: "orders-read", policyArn: iamArn("policy/orders-read") }],
      rolePolicyList: [],
    },
    related: [["Is attached to CustomerManagedPolicy", "AWS::IAM::Policy", "ANPAORDERSREADPOLICY01"]],
    shared: ["permissionsBoundary", "configuration.permissionsBoundary.permissionsBoundaryArn"],
  }),
  sample("AWS::IAM::Policy", "aws:iam/policy:Policy", {
    id: "ANPAORDERSREADPOLICY01",
    name: "orders-read",
    arn: iamArn("policy/orders-read"),
    region: "global",
    inputs: {
      name: "orders-read",
      path: "/",
      description: "Reads orders",
      policy: JSON.stringify(READS),
    },
    configuration: {
      policyId: "ANPAORDERSREADPOLICY01",
      policyName: "orders-read",
      arn: iamArn("policy/orders-read"),
      path: "/",
      description: "Reads orders",
      attachmentCount: 1,
      defaultVersionId: "v1",
      isAttachable: true,
      createDate: "2026-02-03T04:05:06.000Z",
      policyVersionList: [
        {
          versionId: "v1",
          isDefaultVersion: true,
          createDate: "2026-02-03T04:05:06.000Z",
          document: encoded(READS),
        },
      ],
    },
    related: [["Is attached to Role", "AWS::IAM::Role", "AROAORDERSFUNCTION001"]],
    shared: ["path", "configuration.path"],
  }),
  sample("AWS::IAM::User", "aws:iam/user:User", {
    id: "AIDAORDERSOPERATOR001",
    name: "orders-operator",
    arn: iamArn("user/operators/orders-operator"),
    region: "global",
    tags: TAGS,
    inputs: { name: "orders-operator", path: "/operators/", tags: TAGS },
    configuration: {
      userId: "AIDAORDERSOPERATOR001",
      userName: "orders-operator",
      arn: iamArn("user/operators/orders-operator"),
      path: "/operators/",
      createDate: "2026-02-03T04:05:06.000Z",
      groupList: ["orders-operators"],
      userPolicyList: [],
    },
    related: [["Is attached to Group", "AWS::IAM::Group", "AGPAORDERSOPERATORS01"]],
    shared: ["path", "configuration.path"],
  }),
  sample("AWS::IAM::Group", "aws:iam/group:Group", {
    id: "AGPAORDERSOPERATORS01",
    name: "orders-operators",
    arn: iamArn("group/operators/orders-operators"),
    region: "global",
    inputs: { name: "orders-operators", path: "/operators/" },
    configuration: {
      groupId: "AGPAORDERSOPERATORS01",
      groupName: "orders-operators",
      arn: iamArn("group/operators/orders-operators"),
      path: "/operators/",
      createDate: "2026-02-03T04:05:06.000Z",
      groupPolicyList: [],
    },
    related: [["Contains User", "AWS::IAM::User", "AIDAORDERSOPERATOR001"]],
    shared: ["path", "configuration.path"],
  }),
  sample("AWS::IAM::OIDCProvider", "aws:iam/openIdConnectProvider:OpenIdConnectProvider", {
    id: iamArn("oidc-provider/token.actions.githubusercontent.com"),
    arn: iamArn("oidc-provider/token.actions.githubusercontent.com"),
    region: "global",
    tags: TAGS,
    inputs: {
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
      tags: TAGS,
    },
    configuration: {
      Arn: iamArn("oidc-provider/token.actions.githubusercontent.com"),
      Url: "token.actions.githubusercontent.com",
      ClientIdList: ["sts.amazonaws.com"],
    },
  }),
  sample("AWS::Cognito::IdentityPool", "aws:cognito/identityPool:IdentityPool", {
    id: "eu-west-1:05162738-495a-46b7-88d9-e0f1a2b3c4d5",
    name: "orders",
    inputs: {
      identityPoolName: "orders",
      allowUnauthenticatedIdentities: false,
      allowClassicFlow: false,
      tags: TAGS,
    },
    tags: TAGS,
    configuration: {
      Id: "eu-west-1:05162738-495a-46b7-88d9-e0f1a2b3c4d5",
      IdentityPoolName: "orders",
      AllowUnauthenticatedIdentities: false,
      AllowClassicFlow: false,
    },
    shared: ["allowUnauthenticatedIdentities", "configuration.AllowUnauthenticatedIdentities"],
  }),
];
