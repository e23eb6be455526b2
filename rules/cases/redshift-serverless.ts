import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const namespace = resource("aws:redshiftserverless/namespace:Namespace");
const workgroup = resource("aws:redshiftserverless/workgroup:Workgroup");
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const named = { namespaceName: "sales" };
const group = { namespaceName: "sales", workgroupName: "sales" };

export const redshiftServerless: Cases = {
  REDSHIFT_SERVERLESS_DEFAULT_ADMIN_CHECK: [
    compliantCase("has a name of its own", namespace({ ...named, adminUsername: "keeper" })),
    violatingCase("has the name that AWS proposes", namespace({ ...named, adminUsername: "admin" })),
    violatingCase("names none, which means the one that AWS proposes", namespace(named)),
    undecidedCase("does not know the name yet", namespace({ ...named, adminUsername: unknown })),
  ],
  REDSHIFT_SERVERLESS_DEFAULT_DB_NAME_CHECK: [
    compliantCase("has a name of its own", namespace({ ...named, dbName: "sales" })),
    violatingCase("has the name that AWS proposes", namespace({ ...named, dbName: "dev" })),
    violatingCase("names none, which means the one that AWS proposes", namespace(named)),
    undecidedCase("does not know the name yet", namespace({ ...named, dbName: unknown })),
  ],
  REDSHIFT_SERVERLESS_NAMESPACE_CMK_ENCRYPTION: [
    compliantCase("names a key", namespace({ ...named, kmsKeyId: KEY })),
    compliantCase("names a key of the stack", namespace({ ...named, kmsKeyId: ref("k", "arn") }), {
      with: { k: resource("aws:kms/key:Key")({}) },
    }),
    compliantCase("names a listed key", namespace({ ...named, kmsKeyId: KEY }), {
      parameters: { kmsKeyArns: KEY },
    }),
    violatingCase("names no key", namespace(named)),
    violatingCase("names another key than the listed", namespace({ ...named, kmsKeyId: KEY }), {
      parameters: { kmsKeyArns: "arn:aws:kms:eu-west-1:111122223333:key/other" },
    }),
    undecidedCase("does not know its key yet", namespace({ ...named, kmsKeyId: unknown })),
  ],
  REDSHIFT_SERVERLESS_PUBLISH_LOGS_TO_CLOUDWATCH: [
    compliantCase(
      "sends connection and user logs",
      namespace({ ...named, logExports: ["userlog", "connectionlog"] }),
    ),
    compliantCase(
      "sends the log that is asked for",
      namespace({ ...named, logExports: ["useractivitylog"] }),
      {
        parameters: { logType: "useractivitylog" },
      },
    ),
    violatingCase("sends user logs only", namespace({ ...named, logExports: ["userlog"] })),
    violatingCase("sends none", namespace(named)),
    undecidedCase("does not know its logs yet", namespace({ ...named, logExports: unknown })),
  ],
  REDSHIFT_SERVERLESS_WORKGROUP_ENCRYPTED_IN_TRANSIT: [
    compliantCase(
      "requires TLS",
      workgroup({ ...group, configParameters: [{ parameterKey: "require_ssl", parameterValue: "true" }] }),
    ),
    violatingCase(
      "does not require TLS",
      workgroup({ ...group, configParameters: [{ parameterKey: "require_ssl", parameterValue: "false" }] }),
    ),
    violatingCase(
      "sets other parameters",
      workgroup({ ...group, configParameters: [{ parameterKey: "datestyle", parameterValue: "ISO, MDY" }] }),
      {
        note: "The rule speaks of false; that the parameter is missing is read like false, for its default has changed over time.",
      },
    ),
    undecidedCase(
      "does not know the value yet",
      workgroup({ ...group, configParameters: [{ parameterKey: "require_ssl", parameterValue: unknown }] }),
    ),
  ],
  REDSHIFT_SERVERLESS_WORKGROUP_NO_PUBLIC_ACCESS: [
    compliantCase("does not say, which means no", workgroup(group)),
    compliantCase("says no", workgroup({ ...group, publiclyAccessible: false })),
    violatingCase("is public", workgroup({ ...group, publiclyAccessible: true })),
    undecidedCase("does not know yet", workgroup({ ...group, publiclyAccessible: unknown })),
  ],
  REDSHIFT_SERVERLESS_WORKGROUP_ROUTES_WITHIN_VPC: [
    compliantCase("does", workgroup({ ...group, enhancedVpcRouting: true })),
    violatingCase("does not say", workgroup(group)),
    violatingCase("does not", workgroup({ ...group, enhancedVpcRouting: false })),
    undecidedCase("does not know yet", workgroup({ ...group, enhancedVpcRouting: unknown })),
  ],
};
