/** A metric that an AWS service publishes. */
export interface DocumentedMetric {
  readonly namespace: string;
  readonly name: string;
  /** The names of the dimensions under which the service publishes it. */
  readonly dimensions: readonly string[];
  /** CloudWatch statistic that is right for it. */
  readonly statistic: "Sum" | "Maximum" | "Average";
  /** The page that documents it. */
  readonly page: string;
}

const CONFIG_PAGE =
  "https://docs.aws.amazon.com/config/latest/developerguide/viewing-the-aws-config-dashboard.html";
const CODEBUILD_PAGE = "https://docs.aws.amazon.com/codebuild/latest/userguide/monitoring-metrics.html";
const CODEPIPELINE_PAGE = "https://docs.aws.amazon.com/codepipeline/latest/userguide/metrics-dimensions.html";

/** What AWS Config publishes under `ResourceType` for all types together: what its console shows by default. */
export const ALL_RESOURCE_TYPES = "All";

/**
 * The metrics of AWS services that dashboard and alarms read. Together with those that `compliance verify --metrics`
 * publishes (`rules/metrics.ts`) they are all that a widget may name: a graph of a metric that nobody publishes is
 * empty and looks like good news.
 */
export const DOCUMENTED_METRICS = {
  changeNotificationsFailed: config("ChangeNotificationsDeliveryFailed"),
  historyExportFailed: config("ConfigHistoryExportFailed"),
  snapshotExportFailed: config("ConfigSnapshotExportFailed"),
  itemsRecorded: { ...config("ConfigurationItemsRecorded"), dimensions: ["ResourceType"] },
  succeededBuilds: codeBuild("SucceededBuilds", "Sum"),
  failedBuilds: codeBuild("FailedBuilds", "Sum"),
  buildDuration: codeBuild("Duration", "Average"),
  failedExecutions: codePipeline("FailedPipelineExecutions", "Sum"),
  pipelineDuration: codePipeline("PipelineDuration", "Average"),
  bucketSize: {
    namespace: "AWS/S3",
    name: "BucketSizeBytes",
    dimensions: ["BucketName", "StorageType"],
    statistic: "Average",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html",
  },
  estimatedCharges: {
    namespace: "AWS/Billing",
    name: "EstimatedCharges",
    dimensions: ["ServiceName", "Currency"],
    statistic: "Maximum",
    page: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html",
  },
} as const satisfies Readonly<Record<string, DocumentedMetric>>;

function config(name: string): DocumentedMetric {
  return { namespace: "AWS/Config", name, dimensions: [], statistic: "Sum", page: CONFIG_PAGE };
}

function codeBuild(name: string, statistic: "Sum" | "Average"): DocumentedMetric {
  return {
    namespace: "AWS/CodeBuild",
    name,
    dimensions: ["ProjectName"],
    statistic,
    page: CODEBUILD_PAGE,
  };
}

function codePipeline(name: string, statistic: "Sum" | "Average"): DocumentedMetric {
  return {
    namespace: "AWS/CodePipeline",
    name,
    dimensions: ["PipelineName"],
    statistic,
    page: CODEPIPELINE_PAGE,
  };
}
