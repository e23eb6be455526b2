import type { Verdict } from "../../engine/outcome";
import type { CustomCase } from "../cases";

/** The SDK's text for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const CENTRE = { tagKey: "CostCentre", valuePattern: "cc-[0-9]{4}" };

/** The same tags, declared and recorded. */
function tagged(
  title: string,
  verdict: Verdict,
  tags: Readonly<Record<string, string>> | undefined,
  parameters: Readonly<Record<string, string>> = {},
): CustomCase {
  return {
    title,
    verdict,
    parameters: { ...CENTRE, ...parameters },
    before: {
      resources: [
        {
          type: "aws:dynamodb/table:Table",
          inputs: { name: "orders", ...(tags === undefined ? {} : { tags }) },
        },
      ],
    },
    after: {
      item: {
        resourceType: "AWS::DynamoDB::Table",
        resourceId: "orders",
        ARN: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
        configurationItemStatus: "OK",
        configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
        awsAccountId: "123456789012",
        awsRegion: "eu-west-1",
        configuration: { tableName: "orders" },
        ...(tags === undefined ? {} : { tags }),
      },
      read: undefined,
    },
  };
}

const before = (
  title: string,
  verdict: Verdict,
  inputs: Readonly<Record<string, unknown>>,
  never: string,
): CustomCase => ({
  title,
  verdict,
  parameters: CENTRE,
  before: { resources: [{ type: "aws:s3/bucketV2:BucketV2", inputs }] },
  after: { never },
});

export const cases: readonly CustomCase[] = [
  tagged("has a tag whose value matches", "COMPLIANT", { CostCentre: "cc-1234" }),
  tagged("has a tag whose value does not match", "NON_COMPLIANT", { CostCentre: "marketing" }),
  tagged("has a tag of which only a part of the value matches", "NON_COMPLIANT", { CostCentre: "xcc-1234x" }),
  tagged("has a tag whose value is empty", "NON_COMPLIANT", { CostCentre: "" }),
  tagged("has a tag whose value differs by case", "NON_COMPLIANT", { CostCentre: "CC-1234" }),
  tagged(
    "has a tag of one of the allowed values",
    "COMPLIANT",
    { CostCentre: "shared" },
    {
      valuePattern: "cc-[0-9]{4}|shared",
    },
  ),
  tagged(
    "has a tag of none of the allowed values",
    "NON_COMPLIANT",
    { CostCentre: "shared-2" },
    {
      valuePattern: "cc-[0-9]{4}|shared",
    },
  ),
  tagged("has the key in another spelling", "NOT_APPLICABLE", { costcentre: "cc-1234" }),
  tagged("has no tags", "NOT_APPLICABLE", undefined),
  tagged("has no tags although the tag is required", "NON_COMPLIANT", undefined, { required: "true" }),
  tagged(
    "has other tags only although the tag is required",
    "NON_COMPLIANT",
    { Name: "orders" },
    {
      required: "true",
    },
  ),
  tagged("has the required tag", "COMPLIANT", { CostCentre: "cc-0001" }, { required: "TRUE" }),
  before(
    "has a tag whose value is not known yet",
    "UNDECIDED",
    { tags: { CostCentre: UNKNOWN } },
    "a recorded tag has a value",
  ),
  before("has tags that are not known yet", "UNDECIDED", { tags: UNKNOWN }, "recorded tags are known"),
  before(
    "has a matching tag beside one that is not known yet",
    "COMPLIANT",
    { tags: { CostCentre: "cc-1234", Owner: UNKNOWN } },
    "a recorded tag has a value",
  ),
];
