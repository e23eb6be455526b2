import { all, given, policy, stackPolicy, violation } from "../engine";
import type { Policies } from "../engine";
import { ownName } from "../views/default-names";
import { customerKey, keyAmong } from "../views/kms";
import { hasTexts } from "../views/lists";
import { namedValue } from "../views/named-values";

const NAMESPACE = "aws:redshiftserverless/namespace:Namespace";
const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";

export const redshiftServerless: Policies = {
  REDSHIFT_SERVERLESS_DEFAULT_ADMIN_CHECK: policy(
    "Redshift Serverless namespaces have an administrator with a name of its own.",
    { [NAMESPACE]: (namespace) => ownName(namespace, "adminUsername", "admin", undefined) },
  ),

  REDSHIFT_SERVERLESS_DEFAULT_DB_NAME_CHECK: policy(
    "Redshift Serverless namespaces have a database with a name of its own.",
    { [NAMESPACE]: (namespace) => ownName(namespace, "dbName", "dev", undefined) },
  ),

  REDSHIFT_SERVERLESS_NAMESPACE_CMK_ENCRYPTION: stackPolicy(
    "Redshift Serverless namespaces are encrypted with a customer managed key.",
    {
      [NAMESPACE]: (namespace, { kmsKeyArns }, context) =>
        all(
          customerKey(namespace, "kmsKeyId", context),
          given(kmsKeyArns, (keys) => keyAmong(namespace, "kmsKeyId", keys)),
        ),
    },
  ),

  REDSHIFT_SERVERLESS_PUBLISH_LOGS_TO_CLOUDWATCH: policy(
    "Redshift Serverless namespaces send their logs to CloudWatch.",
    {
      [NAMESPACE]: (namespace, p) =>
        hasTexts(namespace, "logExports", p.logType ?? ["connectionlog", "userlog"]),
    },
  ),

  // The rule speaks of a parameter that is set to false; what it is by default has changed over time.
  REDSHIFT_SERVERLESS_WORKGROUP_ENCRYPTED_IN_TRANSIT: policy("Redshift Serverless workgroups require TLS.", {
    [WORKGROUP]: (workgroup) =>
      namedValue(workgroup, "configParameters", ["parameterKey", "parameterValue"], {
        name: "require_ssl",
        holds: (value) => value.toLowerCase() === "true",
        fix: 'set "require_ssl" to true in "configParameters"',
        missing: violation,
      }),
  }),

  REDSHIFT_SERVERLESS_WORKGROUP_NO_PUBLIC_ACCESS: policy(
    "Redshift Serverless workgroups are not publicly accessible.",
    {
      [WORKGROUP]: (workgroup) => workgroup.isFalse("publiclyAccessible"),
    },
  ),

  REDSHIFT_SERVERLESS_WORKGROUP_ROUTES_WITHIN_VPC: policy(
    "Redshift Serverless workgroups copy data through their VPC.",
    {
      [WORKGROUP]: (workgroup) => workgroup.isTrue("enhancedVpcRouting"),
    },
  ),
};
