import type { Verdict } from "../../engine/outcome";
import type { CustomCase } from "../cases";

/** The SDK's text for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A queue in a region, declared and recorded. */
const queue = (
  title: string,
  verdict: Verdict,
  region: string | undefined,
  approvedRegions: string,
): CustomCase => ({
  title,
  verdict,
  parameters: { approvedRegions },
  before: {
    resources: [
      {
        type: "aws:sqs/queue:Queue",
        inputs: { name: "orders", ...(region === undefined ? {} : { region }) },
      },
    ],
  },
  after: {
    item: {
      resourceType: "AWS::SQS::Queue",
      resourceId: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
      configurationItemStatus: "OK",
      configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
      awsAccountId: "123456789012",
      ...(region === undefined ? {} : { awsRegion: region }),
      configuration: { QueueName: "orders" },
    },
    read: undefined,
  },
});

export const cases: readonly CustomCase[] = [
  queue("is in the approved region", "COMPLIANT", "eu-west-1", "eu-west-1"),
  queue("is in one of the approved regions", "COMPLIANT", "eu-central-1", "eu-west-1, eu-central-1"),
  queue("is in another region", "NON_COMPLIANT", "us-east-1", "eu-west-1,eu-central-1"),
  queue("is in a region of an approved geography", "COMPLIANT", "eu-south-2", "eu-*"),
  queue("is outside the approved geography", "NON_COMPLIANT", "us-west-2", "eu-*"),
  queue(
    "is in a region whose name begins like the approved one",
    "NON_COMPLIANT",
    "ap-southeast-10",
    "ap-southeast-1",
  ),
  queue("is in a region that differs in its number", "COMPLIANT", "eu-west-3", "eu-west-?"),
  queue("is in China where that is approved", "COMPLIANT", "cn-north-1", "eu-*,cn-north-1"),
  queue("is in the government's cloud", "NON_COMPLIANT", "us-gov-west-1", "us-east-1,us-west-*"),
  queue("is in a region that nobody tells", "UNDECIDED", undefined, "eu-*"),
  {
    title: "gets its region from a value that is not known yet",
    verdict: "UNDECIDED",
    parameters: { approvedRegions: "eu-*" },
    before: { resources: [{ type: "aws:s3/bucket:Bucket", inputs: { region: UNKNOWN } }] },
    after: { never: "AWS Config knows where a resource is" },
  },
  {
    title: "lives in no region",
    verdict: "NOT_APPLICABLE",
    parameters: { approvedRegions: "eu-*" },
    before: { resources: [{ type: "aws:iam/role:Role", inputs: { name: "deploy" } }] },
    after: {
      item: {
        resourceType: "AWS::IAM::Role",
        resourceId: "AROAEXAMPLEEXAMPLE123",
        configurationItemStatus: "OK",
        configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
        awsAccountId: "123456789012",
        awsRegion: "global",
        configuration: { roleName: "deploy" },
      },
      read: undefined,
    },
  },
];
