/** Where an AWS account and one of its regions are. */
export interface Location {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** The few service principals that end in a domain of their partition. */
const DOMAINS: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
};

/**
 * CloudWatch Logs, which acts as a principal of its region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logsService({ partition, region }: Location): string {
  return `logs.${region}.${DOMAINS[partition] ?? "amazonaws.com"}`;
}
