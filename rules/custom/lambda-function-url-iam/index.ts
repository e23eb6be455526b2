import { all, check, undecided } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { policy } from "../../engine/policy";
import type { Policy } from "../../engine/policy";
import type { Reader } from "../../engine/reader";
import type { ResourceArgs } from "../../catalog/generated/resource-types";
import { isUnknown, UNKNOWN } from "../../engine/values";
import type { Unknown } from "../../engine/values";
import { customControl } from "../control";
import { preventive } from "../judge";

const URL_TYPE = "aws:lambda/functionUrl:FunctionUrl";

/** A URL of a function or of one of its aliases. */
interface FunctionUrl {
  /** The alias; absent for the function itself. */
  readonly qualifier?: string;
  readonly authorizationType: string | Unknown;
}

/** What decides: the URLs of a function. */
export interface FunctionUrls {
  readonly urls: readonly FunctionUrl[];
}

/**
 * Lambda function URLs without IAM are open to everybody on the internet. The managed rule
 * `lambda-function-public-access-prohibited` sees the function's policy only, not the URL.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export const control = customControl({
  name: "lambda-function-url-iam",
  title: "Lambda function URLs authorize requests by IAM.",
  severity: "high",
  resourceTypes: ["AWS::Lambda::Function"],
  triggerTypes: ["ConfigurationChange", "Periodic"],
  parameters: {},
  requirements: ["aws-well-architected-security:SEC03-BP07", "nist-800-53-r5:AC-3"],
  sources: {
    urls: {
      from: "read",
      action: "lambda:ListFunctionUrlConfigs",
      because: "AWS Config records functions without their URLs",
    },
  },
  listing: ["lambda:ListFunctions"],
  judge: ({ urls }: FunctionUrls) => all(...urls.map(judgeUrl)),
});

function judgeUrl({ qualifier, authorizationType }: FunctionUrl): Outcome {
  const of = qualifier === undefined ? "" : ` of "${qualifier}"`;
  const reason = (state: string): Reason => ({
    property: "authorizationType",
    found: `"authorizationType" of the function URL${of} ${state}`,
    fix: 'set "authorizationType" to "AWS_IAM"',
    ...(qualifier === undefined ? {} : { key: qualifier }),
  });
  return isUnknown(authorizationType)
    ? undecided(reason("is not known yet"))
    : check(authorizationType === "AWS_IAM", reason(`is "${authorizationType}"`));
}

/** Before the deployment: a URL is a resource of its own. */
export function fromInputs(url: Reader<ResourceArgs[typeof URL_TYPE]>): FunctionUrls {
  const type = url.value("authorizationType");
  const qualifier = url.value("qualifier");
  return {
    urls: [
      {
        ...(typeof qualifier === "string" ? { qualifier } : {}),
        authorizationType: typeof type === "string" ? type : UNKNOWN,
      },
    ],
  };
}

/** The part of Lambda's answer that is read; its types promise all of it, and are not believed. */
export interface UrlConfig {
  readonly FunctionArn: string | undefined;
  readonly AuthType: string | undefined;
}

/**
 * After the deployment: Lambda says which URLs a function has.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html
 */
export function fromConfigs(configs: readonly UrlConfig[]): FunctionUrls {
  return {
    urls: configs.map(({ FunctionArn: arn, AuthType: type }) => {
      // arn:aws:lambda:REGION:ACCOUNT:function:NAME[:ALIAS]
      const qualifier = arn?.split(":")[7];
      return { ...(qualifier === undefined ? {} : { qualifier }), authorizationType: type ?? UNKNOWN };
    }),
  };
}

export const preventivePolicy: Policy<Readonly<Record<string, never>>> = policy(control.title, {
  [URL_TYPE]: preventive(control, fromInputs),
});
