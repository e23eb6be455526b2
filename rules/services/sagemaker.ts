import { all, any, given, policy, unless, when } from "../engine";
import type { Policies } from "../engine";
import { keyAmong } from "../views/kms";

const NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance";
const MODEL = "aws:sagemaker/model:Model";
const DATA_QUALITY = "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition";

/** The lists of these rules come as one text. */
const listOf = (text: string): readonly string[] => text.split(",").map((one) => one.trim());

export const sagemaker: Policies = {
  SAGEMAKER_DATA_QUALITY_JOB_ENCRYPT_IN_TRANSIT: policy(
    "Data quality jobs encrypt the traffic between their containers.",
    {
      [DATA_QUALITY]: (job) => job.isTrue("networkConfig.enableInterContainerTrafficEncryption"),
    },
  ),

  SAGEMAKER_DATA_QUALITY_JOB_ISOLATION: policy("Data quality jobs are cut off from the network.", {
    [DATA_QUALITY]: (job) => job.isTrue("networkConfig.enableNetworkIsolation"),
  }),

  SAGEMAKER_DOMAIN_IN_VPC: policy("SageMaker domains send their traffic through their VPC.", {
    "aws:sagemaker/domain:Domain": (domain) => domain.equals("appNetworkAccessType", "VpcOnly"),
  }),

  SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED: policy(
    "SageMaker endpoints are encrypted with a KMS key that is named.",
    {
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration": (endpoint, p) =>
        all(
          endpoint.present("kmsKeyArn"),
          given(p.kmsKeyArns, (keys) => keyAmong(endpoint, "kmsKeyArn", listOf(keys))),
        ),
    },
  ),

  SAGEMAKER_FEATUREGROUP_ENCRYPTION_AT_REST: policy(
    "Offline stores of features are encrypted with a KMS key that is named.",
    {
      "aws:sagemaker/featureGroup:FeatureGroup": (group) =>
        when(group.present("offlineStoreConfig"), () =>
          group.present("offlineStoreConfig.s3StorageConfig.kmsKeyId"),
        ),
    },
  ),

  SAGEMAKER_FEATUREGROUP_ONLINE_STORE_ENCRYPTION: policy(
    "Online stores of features are encrypted with a KMS key that is named.",
    {
      "aws:sagemaker/featureGroup:FeatureGroup": (group) =>
        // The rule looks at standard storage; what is kept in memory is none.
        when(group.present("onlineStoreConfig"), () =>
          unless(
            any(
              group.isFalse("onlineStoreConfig.enableOnlineStore"),
              group.equals("onlineStoreConfig.storageType", "InMemory"),
            ),
            () => group.present("onlineStoreConfig.securityConfig.kmsKeyId"),
          ),
        ),
    },
  ),

  SAGEMAKER_MODEL_IN_VPC: policy("SageMaker models are in a VPC.", {
    [MODEL]: (model) => model.nonEmpty("vpcConfig.subnets"),
  }),

  SAGEMAKER_MODEL_ISOLATION_ENABLED: policy("SageMaker models are cut off from the network.", {
    [MODEL]: (model) => model.isTrue("enableNetworkIsolation"),
  }),

  SAGEMAKER_ENDPOINT_CONFIG_PROD_INSTANCE_COUNT: policy(
    "SageMaker endpoints begin with more than one instance of each variant.",
    {
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration": (configuration) =>
        configuration.every("productionVariants", (variant) =>
          // A variant without servers has no instances.
          unless(variant.present("serverlessConfig"), () => variant.atLeast("initialInstanceCount", 2)),
        ),
    },
  ),

  SAGEMAKER_MODEL_MULTICONTAINER_PRIVATE_REGISTRY: policy(
    "SageMaker models take the image of each container from a registry in their VPC.",
    {
      [MODEL]: (model) =>
        model.every("containers", (container) => container.equals("imageConfig.repositoryAccessMode", "Vpc")),
    },
  ),

  SAGEMAKER_MODEL_PRIVATE_REGISTRY_REQUIRED: policy(
    "SageMaker models take their image from a registry in their VPC.",
    {
      [MODEL]: (model) =>
        when(model.present("primaryContainer"), () =>
          model.equals("primaryContainer.imageConfig.repositoryAccessMode", "Vpc"),
        ),
    },
  ),

  SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC: policy("SageMaker notebooks are in a VPC.", {
    [NOTEBOOK]: (notebook, { SubnetIds }) =>
      SubnetIds === undefined ? notebook.present("subnetId") : notebook.oneOf("subnetId", SubnetIds),
  }),

  SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED: policy(
    "SageMaker notebooks are encrypted with a KMS key that is named.",
    {
      [NOTEBOOK]: (notebook, p) =>
        all(
          notebook.present("kmsKeyId"),
          given(p.kmsKeyArns, (keys) => keyAmong(notebook, "kmsKeyId", listOf(keys))),
        ),
    },
  ),

  SAGEMAKER_NOTEBOOK_INSTANCE_PLATFORM_VERSION: policy("SageMaker notebooks run on a supported platform.", {
    [NOTEBOOK]: (notebook, { supportedPlatformIdentifierVersions: versions }) =>
      given(versions, (supported) => notebook.oneOf("platformIdentifier", supported)),
  }),

  SAGEMAKER_NOTEBOOK_INSTANCE_ROOT_ACCESS_CHECK: policy(
    "SageMaker notebooks give their users no root access.",
    {
      [NOTEBOOK]: (notebook) => notebook.equals("rootAccess", "Disabled"),
    },
  ),

  SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS: policy(
    "SageMaker notebooks have no direct internet access.",
    {
      [NOTEBOOK]: (notebook) => notebook.equals("directInternetAccess", "Disabled"),
    },
  ),
};
