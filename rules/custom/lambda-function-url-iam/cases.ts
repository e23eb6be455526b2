import type { After, Before, CustomCase } from "../cases";
import type { UrlConfig } from ".";

const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";

/** URLs as a program declares them: authorization type, and alias. */
const declared = (...urls: readonly (readonly [unknown, unknown?])[]): Before => ({
  resources: urls.map(([authorizationType, qualifier]) => ({
    type: "aws:lambda/functionUrl:FunctionUrl",
    inputs: { functionName: "orders", authorizationType, ...(qualifier === undefined ? {} : { qualifier }) },
  })),
});

/** The function as AWS Config records it, and its URLs as Lambda lists them. */
const recorded = (
  ...urls: readonly (readonly [string | undefined, string?])[]
): After<readonly UrlConfig[]> => ({
  item: {
    resourceType: "AWS::Lambda::Function",
    resourceId: "orders",
    resourceName: "orders",
    ARN,
    configurationItemStatus: "OK",
    configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
    awsAccountId: "123456789012",
    awsRegion: "eu-west-1",
    configuration: { functionName: "orders", functionArn: ARN, packageType: "Zip", runtime: "nodejs22.x" },
  },
  read: urls.map(([AuthType, alias]) => ({
    AuthType,
    FunctionArn: alias === undefined ? ARN : `${ARN}:${alias}`,
  })),
});

/** The SDK's text for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const cases: readonly CustomCase<readonly UrlConfig[]>[] = [
  {
    title: "has a URL with IAM",
    verdict: "COMPLIANT",
    before: declared(["AWS_IAM"]),
    after: recorded(["AWS_IAM"]),
  },
  {
    title: "has a URL for everybody",
    verdict: "NON_COMPLIANT",
    before: declared(["NONE"]),
    after: recorded(["NONE"]),
  },
  {
    title: "has a URL of an alias with IAM",
    verdict: "COMPLIANT",
    before: declared(["AWS_IAM", "live"]),
    after: recorded(["AWS_IAM", "live"]),
  },
  {
    title: "has a URL of an alias for everybody",
    verdict: "NON_COMPLIANT",
    before: declared(["NONE", "live"]),
    after: recorded(["NONE", "live"]),
  },
  {
    title: "has a URL of an alias for everybody, and one with IAM",
    verdict: "NON_COMPLIANT",
    before: declared(["NONE", "live"], ["AWS_IAM"]),
    after: recorded(["NONE", "live"], ["AWS_IAM"]),
  },
  {
    title: "has a URL whose authorization is neither of the known ones",
    verdict: "NON_COMPLIANT",
    before: declared(["OPEN"]),
    after: recorded(["OPEN"]),
  },
  {
    title: "has a URL whose authorization is not known",
    verdict: "UNDECIDED",
    before: declared([UNKNOWN]),
    after: recorded([undefined]),
  },
  {
    title: "has no URL",
    verdict: "NOT_APPLICABLE",
    before: { never: "a policy judges URLs, and there is none" },
    after: recorded(),
  },
];
