import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import { settingCases } from "./settings";
import type { CaseResource, Case, Cases } from "./types";

const notebook = resource("aws:sagemaker/notebookInstance:NotebookInstance");
const job = resource("aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition");
const features = resource("aws:sagemaker/featureGroup:FeatureGroup");
const endpoint = resource("aws:sagemaker/endpointConfiguration:EndpointConfiguration");
const model = resource("aws:sagemaker/model:Model");
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const variants = (...productionVariants: readonly object[]): ReturnType<typeof endpoint> =>
  endpoint({ productionVariants });
const from = (repositoryAccessMode: unknown): object => ({
  image: "a",
  imageConfig: { repositoryAccessMode },
});
const on = { good: [true], bad: [false], absent: "violates" } as const;

const keyed = (
  of: (inputs: Readonly<Record<string, unknown>>) => CaseResource,
  property: string,
): readonly Case[] => [
  compliantCase("names a key", of({ [property]: KEY })),
  compliantCase("names a key of the stack", of({ [property]: ref("k", "arn") }), {
    with: { k: resource("aws:kms/key:Key")({}) },
  }),
  compliantCase("names a listed key", of({ [property]: KEY }), { parameters: { kmsKeyArns: KEY } }),
  violatingCase("names none", of({ name: "app" })),
  violatingCase("names another than the listed", of({ [property]: KEY }), {
    parameters: { kmsKeyArns: `${KEY}0` },
  }),
  undecidedCase("does not know its key yet where keys are listed", of({ [property]: unknown }), {
    parameters: { kmsKeyArns: KEY },
  }),
];

export const sagemaker: Cases = {
  SAGEMAKER_DATA_QUALITY_JOB_ENCRYPT_IN_TRANSIT: settingCases(
    job,
    "networkConfig.enableInterContainerTrafficEncryption",
    on,
  ),
  SAGEMAKER_DATA_QUALITY_JOB_ISOLATION: settingCases(job, "networkConfig.enableNetworkIsolation", on),
  SAGEMAKER_DOMAIN_IN_VPC: settingCases(resource("aws:sagemaker/domain:Domain"), "appNetworkAccessType", {
    good: ["VpcOnly"],
    bad: ["PublicInternetOnly"],
    absent: "violates",
  }),
  SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED: keyed(endpoint, "kmsKeyArn"),
  SAGEMAKER_MODEL_MULTICONTAINER_PRIVATE_REGISTRY: [
    compliantCase("takes each from its VPC", model({ containers: [from("Vpc"), from("Vpc")] })),
    violatingCase("takes one from elsewhere", model({ containers: [from("Vpc"), from("Platform")] })),
    violatingCase("does not say for one", model({ containers: [{ image: "a" }] })),
    notApplicableCase("has one container", model({ primaryContainer: { image: "a" } })),
    undecidedCase("does not know it yet", model({ containers: [from(unknown)] })),
  ],
  SAGEMAKER_MODEL_PRIVATE_REGISTRY_REQUIRED: [
    compliantCase("takes it from its VPC", model({ primaryContainer: from("Vpc") })),
    violatingCase("takes it from elsewhere", model({ primaryContainer: from("Platform") })),
    violatingCase("does not say", model({ primaryContainer: { image: "a" } })),
    notApplicableCase("has several containers", model({ containers: [{ image: "a" }] })),
    undecidedCase("does not know it yet", model({ primaryContainer: from(unknown) })),
  ],
  SAGEMAKER_ENDPOINT_CONFIG_PROD_INSTANCE_COUNT: [
    compliantCase("begins with two", variants({ initialInstanceCount: 2 })),
    violatingCase("begins with one", variants({ initialInstanceCount: 1 })),
    violatingCase(
      "has a variant of one beside one of two",
      variants({ initialInstanceCount: 2 }, { initialInstanceCount: 1 }),
    ),
    violatingCase("does not say", variants({ instanceType: "ml.m5.large" })),
    notApplicableCase(
      "has no servers",
      variants({ serverlessConfig: { maxConcurrency: 5, memorySizeInMb: 2048 } }),
    ),
    undecidedCase("does not know it yet", variants({ initialInstanceCount: unknown })),
  ],
  SAGEMAKER_FEATUREGROUP_ENCRYPTION_AT_REST: [
    compliantCase(
      "names a key",
      features({ offlineStoreConfig: { s3StorageConfig: { s3Uri: "s3://f", kmsKeyId: KEY } } }),
    ),
    violatingCase("names none", features({ offlineStoreConfig: { s3StorageConfig: { s3Uri: "s3://f" } } })),
    undecidedCase("does not know its store yet", features({ offlineStoreConfig: unknown })),
    notApplicableCase("has no offline store", features({ onlineStoreConfig: { enableOnlineStore: true } })),
  ],
  SAGEMAKER_FEATUREGROUP_ONLINE_STORE_ENCRYPTION: [
    compliantCase(
      "names a key",
      features({ onlineStoreConfig: { enableOnlineStore: true, securityConfig: { kmsKeyId: KEY } } }),
    ),
    violatingCase("names none", features({ onlineStoreConfig: { enableOnlineStore: true } })),
    notApplicableCase(
      "keeps its online store in memory, which the rule does not speak of",
      features({ onlineStoreConfig: { enableOnlineStore: true, storageType: "InMemory" } }),
    ),
    violatingCase(
      "has standard storage and names none",
      features({ onlineStoreConfig: { enableOnlineStore: true, storageType: "Standard" } }),
    ),
    notApplicableCase(
      "turns its online store off",
      features({ onlineStoreConfig: { enableOnlineStore: false } }),
    ),
    undecidedCase("does not know its store yet", features({ onlineStoreConfig: unknown })),
    notApplicableCase(
      "has no online store",
      features({ offlineStoreConfig: { s3StorageConfig: { s3Uri: "s3://f" } } }),
    ),
  ],
  SAGEMAKER_MODEL_IN_VPC: settingCases(model, "vpcConfig.subnets", {
    good: [["subnet-1"]],
    bad: [[]],
    absent: "violates",
  }),
  SAGEMAKER_MODEL_ISOLATION_ENABLED: settingCases(model, "enableNetworkIsolation", on),
  SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC: [
    compliantCase("has a subnet", notebook({ subnetId: "subnet-1" })),
    compliantCase("has a listed subnet", notebook({ subnetId: "subnet-1" }), {
      parameters: { SubnetIds: "subnet-1,subnet-2" },
    }),
    violatingCase("has none", notebook({ instanceType: "ml.t3.medium" })),
    violatingCase("has another than the listed", notebook({ subnetId: "subnet-3" }), {
      parameters: { SubnetIds: "subnet-1,subnet-2" },
    }),
    undecidedCase("does not know its subnet yet where some are listed", notebook({ subnetId: unknown }), {
      parameters: { SubnetIds: "subnet-1" },
    }),
  ],
  SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED: keyed(notebook, "kmsKeyId"),
  SAGEMAKER_NOTEBOOK_INSTANCE_PLATFORM_VERSION: settingCases(notebook, "platformIdentifier", {
    good: ["notebook-al2-v3", "notebook-al2023-v1"],
    bad: ["notebook-al1-v1"],
    absent: "complies",
    parameters: { supportedPlatformIdentifierVersions: "notebook-al2-v3,notebook-al2023-v1" },
  }),
  SAGEMAKER_NOTEBOOK_INSTANCE_ROOT_ACCESS_CHECK: settingCases(notebook, "rootAccess", {
    good: ["Disabled"],
    bad: ["Enabled"],
    absent: "violates",
  }),
  SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS: settingCases(notebook, "directInternetAccess", {
    good: ["Disabled"],
    bad: ["Enabled"],
    absent: "violates",
  }),
};
