import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Case, Cases } from "./types";

const of = resource("aws:redshift/cluster:Cluster");
const cluster = (inputs: object = {}): ReturnType<typeof of> =>
  of({ clusterIdentifier: "sales", nodeType: "ra3.large", masterUsername: "keeper", ...inputs });
const logging = resource("aws:redshift/logging:Logging");
const parameterGroup = resource("aws:redshift/parameterGroup:ParameterGroup");
const subnetGroup = resource("aws:redshift/subnetGroup:SubnetGroup");
const securityGroup = resource("aws:ec2/securityGroup:SecurityGroup");
const subnet = (availabilityZone: unknown): Case["stack"][string] =>
  resource("aws:ec2/subnet:Subnet")({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", availabilityZone });

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const logged = (more: object = {}): { with: { l: ReturnType<typeof logging> } } => ({
  with: {
    l: logging({ clusterIdentifier: ref("subject"), logDestinationType: "s3", bucketName: "audit", ...more }),
  },
});
const tls = (value: unknown): { with: { p: ReturnType<typeof parameterGroup> } } => ({
  with: { p: parameterGroup({ family: "redshift-1.0", parameters: [{ name: "require_ssl", value }] }) },
});
const open = (cidr: string, port = 5439): { with: { g: ReturnType<typeof securityGroup> } } => ({
  with: {
    g: securityGroup({ ingress: [{ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: [cidr] }] }),
  },
});

export const redshift: Cases = {
  REDSHIFT_AUDIT_LOGGING_ENABLED: [
    compliantCase("has a logging resource", cluster(), logged()),
    compliantCase("has a logging resource that names it by text", cluster(), {
      with: {
        l: logging({ clusterIdentifier: "sales", logDestinationType: "cloudwatch", logExports: ["userlog"] }),
      },
    }),
    compliantCase("logs to a listed bucket", cluster(), {
      ...logged(),
      parameters: { bucketNames: "audit,trail" },
    }),
    compliantCase(
      "has the block of earlier versions of the provider",
      cluster({ logging: { enable: true, bucketName: "audit" } }),
      { parameters: { bucketNames: "audit" } },
    ),
    violatingCase("has a block that turns it off", cluster({ logging: { enable: false } })),
    violatingCase("has none", cluster()),
    violatingCase("is beside the logging of another cluster", cluster(), {
      with: { l: logging({ clusterIdentifier: "other", logDestinationType: "s3", bucketName: "audit" }) },
    }),
    violatingCase("logs to another bucket than the listed", cluster(), {
      ...logged(),
      parameters: { bucketNames: "trail" },
    }),
    undecidedCase("may be what a logging resource names", cluster(), {
      with: { l: logging({ clusterIdentifier: unknown, logDestinationType: "s3", bucketName: "audit" }) },
    }),
  ],
  REDSHIFT_BACKUP_ENABLED: [
    compliantCase("does not say, which means one day", cluster()),
    compliantCase("keeps snapshots", cluster({ automatedSnapshotRetentionPeriod: 7 })),
    violatingCase("keeps none", cluster({ automatedSnapshotRetentionPeriod: 0 })),
    violatingCase("keeps them too short", cluster({ automatedSnapshotRetentionPeriod: 3 }), {
      parameters: { MinRetentionPeriod: "7" },
    }),
    violatingCase("keeps them too long", cluster({ automatedSnapshotRetentionPeriod: 35 }), {
      parameters: { MaxRetentionPeriod: "14" },
    }),
    undecidedCase("does not know yet", cluster({ automatedSnapshotRetentionPeriod: unknown })),
  ],
  REDSHIFT_CLUSTER_CONFIGURATION_CHECK: [
    compliantCase("is encrypted by default and logged", cluster(), {
      ...logged(),
      note: "The node types that the console proposes, dc1.large, cannot be created any more; without a list none is asked for.",
    }),
    compliantCase("has a listed node type", cluster({ encrypted: "true" }), {
      ...logged(),
      parameters: { nodeTypes: "ra3.large,ra3.4xlarge" },
    }),
    compliantCase("is not logged where that is not asked for", cluster(), {
      parameters: { loggingEnabled: "false" },
    }),
    violatingCase("is not logged", cluster({ encrypted: true })),
    violatingCase("is not encrypted", cluster({ encrypted: "false" }), logged()),
    violatingCase("has another node type than the listed", cluster(), {
      ...logged(),
      parameters: { nodeTypes: "ra3.4xlarge" },
    }),
    undecidedCase("does not know whether it is encrypted yet", cluster({ encrypted: unknown }), logged()),
  ],
  REDSHIFT_CLUSTER_KMS_ENABLED: [
    compliantCase("names a key", cluster({ encrypted: true, kmsKeyId: KEY })),
    compliantCase("names a key of the stack", cluster({ kmsKeyId: ref("k", "arn") }), {
      with: { k: resource("aws:kms/key:Key")({}) },
    }),
    compliantCase("names a listed key", cluster({ kmsKeyId: KEY }), { parameters: { kmsKeyArns: KEY } }),
    violatingCase("names no key", cluster({ encrypted: true }), {
      note: "AWS's own key is not one that was specified.",
    }),
    violatingCase("is not encrypted", cluster({ encrypted: false })),
    violatingCase("names another key than the listed", cluster({ kmsKeyId: KEY }), {
      parameters: { kmsKeyArns: "arn:aws:kms:eu-west-1:111122223333:key/other" },
    }),
    undecidedCase(
      "does not know whether it is encrypted yet",
      cluster({ encrypted: unknown, kmsKeyId: KEY }),
    ),
  ],
  REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK: [
    compliantCase("says nothing, which means the defaults", cluster()),
    compliantCase(
      "has the window that is asked for",
      cluster({ preferredMaintenanceWindow: "sun:03:00-sun:04:00" }),
      {
        parameters: { preferredMaintenanceWindow: "Sun:03:00-Sun:04:00" },
      },
    ),
    compliantCase("keeps snapshots longer than asked for", cluster({ automatedSnapshotRetentionPeriod: 7 })),
    violatingCase("refuses upgrades", cluster({ allowVersionUpgrade: false })),
    violatingCase("keeps no snapshots", cluster({ automatedSnapshotRetentionPeriod: 0 })),
    violatingCase("has another window", cluster({ preferredMaintenanceWindow: "mon:03:00-mon:04:00" }), {
      parameters: { preferredMaintenanceWindow: "sun:03:00-sun:04:00" },
    }),
    undecidedCase("does not know yet", cluster({ allowVersionUpgrade: unknown })),
  ],
  REDSHIFT_CLUSTER_MULTI_AZ_ENABLED: [
    compliantCase("does", cluster({ multiAz: true })),
    violatingCase("does not say", cluster()),
    violatingCase("does not", cluster({ multiAz: false })),
    undecidedCase("does not know yet", cluster({ multiAz: unknown })),
  ],
  REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK: [
    compliantCase("does not say, which means no", cluster()),
    compliantCase("says no", cluster({ publiclyAccessible: false })),
    violatingCase("is public", cluster({ publiclyAccessible: true })),
    undecidedCase("does not know yet", cluster({ publiclyAccessible: unknown })),
  ],
  REDSHIFT_CLUSTER_SUBNET_GROUP_MULTI_AZ: [
    compliantCase("has subnets in two zones", subnetGroup({ subnetIds: [ref("a"), ref("b")] }), {
      with: { a: subnet("eu-west-1a"), b: subnet("eu-west-1b") },
    }),
    violatingCase("has one subnet", subnetGroup({ subnetIds: ["subnet-1"] })),
    violatingCase("has subnets in one zone", subnetGroup({ subnetIds: [ref("a"), ref("b")] }), {
      with: { a: subnet("eu-west-1a"), b: subnet("eu-west-1a") },
    }),
    undecidedCase("has subnets of another stack", subnetGroup({ subnetIds: ["subnet-1", "subnet-2"] })),
    undecidedCase(
      "has a subnet whose zone is not known yet",
      subnetGroup({ subnetIds: [ref("a"), ref("b")] }),
      {
        with: { a: subnet("eu-west-1a"), b: subnet(unknown) },
      },
    ),
  ],
  REDSHIFT_DEFAULT_ADMIN_CHECK: [
    compliantCase("has a name of its own", cluster()),
    compliantCase("has a valid name", cluster({ masterUsername: "dba" }), {
      parameters: { validAdminUserNames: "dba,ops" },
    }),
    violatingCase("has the name that AWS proposes", cluster({ masterUsername: "awsuser" })),
    violatingCase("has no valid name", cluster(), { parameters: { validAdminUserNames: "dba,ops" } }),
    undecidedCase(
      "is made from a snapshot",
      of({ clusterIdentifier: "sales", nodeType: "ra3.large", snapshotIdentifier: "sales-1" }),
    ),
    undecidedCase("does not know the name yet", cluster({ masterUsername: unknown })),
  ],
  REDSHIFT_DEFAULT_DB_NAME_CHECK: [
    compliantCase("has a name of its own", cluster({ databaseName: "sales" })),
    compliantCase("has a valid name", cluster({ databaseName: "sales" }), {
      parameters: { validDatabaseNames: "sales" },
    }),
    violatingCase("names none, which means dev", cluster()),
    violatingCase("has the name that AWS proposes", cluster({ databaseName: "dev" })),
    violatingCase("has no valid name", cluster({ databaseName: "sales" }), {
      parameters: { validDatabaseNames: "orders" },
    }),
    undecidedCase("is made from a snapshot", cluster({ snapshotIdentifier: "sales-1" })),
    undecidedCase("does not know the name yet", cluster({ databaseName: unknown })),
  ],
  REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED: [
    compliantCase("does", cluster({ enhancedVpcRouting: true })),
    violatingCase("does not say", cluster()),
    violatingCase("does not", cluster({ enhancedVpcRouting: false })),
    undecidedCase("does not know yet", cluster({ enhancedVpcRouting: unknown })),
  ],
  REDSHIFT_REQUIRE_TLS_SSL: [
    compliantCase(
      "has a group that requires it",
      cluster({ clusterParameterGroupName: ref("p", "name") }),
      tls("true"),
    ),
    compliantCase("names its group by text", cluster({ clusterParameterGroupName: "tls" }), {
      with: {
        p: parameterGroup({
          name: "tls",
          family: "redshift-1.0",
          parameters: [{ name: "require_ssl", value: true }],
        }),
      },
    }),
    violatingCase(
      "has a group that does not require it",
      cluster({ clusterParameterGroupName: ref("p", "name") }),
      tls("false"),
    ),
    violatingCase("has a group that does not say", cluster({ clusterParameterGroupName: ref("p", "name") }), {
      with: { p: parameterGroup({ family: "redshift-1.0", parameters: [] }) },
    }),
    compliantCase(
      "has the default group of the family that requires it",
      cluster({ clusterParameterGroupName: "default.redshift-2.0" }),
    ),
    compliantCase(
      "has a group of the family that requires it",
      cluster({ clusterParameterGroupName: ref("p", "name") }),
      {
        with: {
          p: parameterGroup({
            family: "redshift-2.0",
            parameters: [{ name: "enable_user_activity_logging", value: "true" }],
          }),
        },
      },
    ),
    violatingCase("has a group that turns it off", cluster({ clusterParameterGroupName: ref("p", "name") }), {
      with: {
        p: parameterGroup({ family: "redshift-2.0", parameters: [{ name: "require_ssl", value: "false" }] }),
      },
    }),
    violatingCase("has a default group", cluster({ clusterParameterGroupName: "default.redshift-1.0" })),
    compliantCase("names no group", cluster(), {
      note: "Since January 2025 a new cluster gets the default group of the family redshift-2.0, which requires TLS.",
    }),
    violatingCase("names no group where it must", cluster(), { strict: true }),
    violatingCase(
      "names no group, and has had the default one of an earlier day since it was made",
      of(
        { clusterIdentifier: "sales", nodeType: "ra3.large", masterUsername: "keeper" },
        { outputs: { clusterIdentifier: "sales", clusterParameterGroupName: "default.redshift-1.0" } },
      ),
    ),
    undecidedCase("has a group of another stack", cluster({ clusterParameterGroupName: "tls" })),
    undecidedCase(
      "has a group whose value is not known yet",
      cluster({ clusterParameterGroupName: ref("p", "name") }),
      tls(unknown),
    ),
  ],
  REDSHIFT_UNRESTRICTED_PORT_ACCESS: [
    compliantCase("is open to a network", cluster({ vpcSecurityGroupIds: [ref("g")] }), open("10.0.0.0/8")),
    compliantCase(
      "has another port than the open one",
      cluster({ port: 5440, vpcSecurityGroupIds: [ref("g")] }),
      open("0.0.0.0/0"),
    ),
    compliantCase("names no security group", cluster(), {
      note: "The default group of the VPC lets in its members only.",
    }),
    violatingCase("is open to everybody", cluster({ vpcSecurityGroupIds: [ref("g")] }), open("0.0.0.0/0")),
    violatingCase(
      "is open to everybody at a port of its own",
      cluster({ port: 5440, vpcSecurityGroupIds: [ref("g")] }),
      open("0.0.0.0/0", 5440),
    ),
    violatingCase("is open by a rule of its own resource", cluster({ vpcSecurityGroupIds: [ref("g")] }), {
      with: {
        g: securityGroup({}),
        r: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")({
          securityGroupId: ref("g"),
          ipProtocol: "tcp",
          fromPort: 5000,
          toPort: 6000,
          cidrIpv6: "::/0",
        }),
      },
    }),
    undecidedCase("has a security group of another stack", cluster({ vpcSecurityGroupIds: ["sg-1"] })),
  ],
};
