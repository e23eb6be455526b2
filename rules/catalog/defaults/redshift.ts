import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const CLUSTER = "https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html";
const NAMESPACE =
  "https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateNamespace.html";
const WORKGROUP =
  "https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateWorkgroup.html";

export const redshift: ServiceDefaults = {
  "aws:redshift/cluster:Cluster": {
    allowVersionUpgrade: provider(true),
    automatedSnapshotRetentionPeriod: provider(1),
    databaseName: provider("dev"),
    encrypted: provider(true),
    enhancedVpcRouting: aws(false, CLUSTER),
    multiAz: aws(false, CLUSTER),
    port: provider(5439),
    publiclyAccessible: provider(false),
  },
  "aws:redshiftserverless/namespace:Namespace": {
    adminUsername: aws("admin", NAMESPACE),
    dbName: aws("dev", NAMESPACE),
  },
  "aws:redshiftserverless/workgroup:Workgroup": {
    enhancedVpcRouting: aws(false, WORKGROUP),
    publiclyAccessible: aws(false, WORKGROUP),
  },
};
