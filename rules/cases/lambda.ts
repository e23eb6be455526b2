import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const fn = resource("aws:lambda/function:Function");
const permission = resource("aws:lambda/permission:Permission");
const subnet = resource("aws:ec2/subnet:Subnet");
const url = resource("aws:lambda/functionUrl:FunctionUrl");

const base = {
  role: "arn:aws:iam::123456789012:role/worker",
  runtime: "nodejs22.x",
  handler: "index.handler",
};
const allow = (more: object): ReturnType<typeof permission> =>
  permission({ action: "lambda:InvokeFunction", function: ref("subject", "name"), ...more });

const inSubnets = fn({ ...base, vpcConfig: { subnetIds: [ref("a"), ref("b")] } });

export const lambda: Cases = {
  LAMBDA_CONCURRENCY_CHECK: [
    compliantCase("has a limit", fn({ ...base, reservedConcurrentExecutions: 10 })),
    compliantCase("has a limit in the range", fn({ ...base, reservedConcurrentExecutions: 50 }), {
      parameters: { ConcurrencyLimitLow: "10", ConcurrencyLimitHigh: "100" },
    }),
    violatingCase("has no limit", fn(base)),
    violatingCase("takes its limit off", fn({ ...base, reservedConcurrentExecutions: -1 })),
    violatingCase("has a limit that is too high", fn({ ...base, reservedConcurrentExecutions: 500 }), {
      parameters: { ConcurrencyLimitHigh: "100" },
    }),
    undecidedCase("has an unknown limit", fn({ ...base, reservedConcurrentExecutions: unknown })),
  ],
  LAMBDA_DLQ_CHECK: [
    compliantCase("has a queue of the stack", fn({ ...base, deadLetterConfig: { targetArn: unknown } })),
    compliantCase(
      "has a listed queue",
      fn({ ...base, deadLetterConfig: { targetArn: "arn:aws:sqs:eu-west-1:123456789012:dead" } }),
      {
        parameters: { dlqArns: "arn:aws:sqs:eu-west-1:123456789012:dead" },
      },
    ),
    violatingCase("has none", fn(base)),
    violatingCase(
      "has one that is not listed",
      fn({ ...base, deadLetterConfig: { targetArn: "arn:aws:sqs:eu-west-1:123456789012:other" } }),
      {
        parameters: { dlqArns: "arn:aws:sqs:eu-west-1:123456789012:dead" },
      },
    ),
    undecidedCase(
      "has an unknown one where only listed ones count",
      fn({ ...base, deadLetterConfig: { targetArn: unknown } }),
      {
        parameters: { dlqArns: "arn:aws:sqs:eu-west-1:123456789012:dead" },
      },
    ),
  ],
  LAMBDA_FUNCTION_APPLICATION_LOG_LEVEL_CHECK: [
    compliantCase(
      "logs at the level",
      fn({ ...base, loggingConfig: { logFormat: "JSON", applicationLogLevel: "WARN" } }),
      { parameters: { logLevel: "WARN" } },
    ),
    compliantCase(
      "logs at one of the levels",
      fn({ ...base, loggingConfig: { logFormat: "JSON", applicationLogLevel: "WARN" } }),
      { parameters: { logLevel: "ERROR, WARN" } },
    ),
    violatingCase("logs at the default level", fn({ ...base, loggingConfig: { logFormat: "JSON" } }), {
      parameters: { logLevel: "WARN" },
    }),
    notApplicableCase("logs text, which has no levels", fn(base), {
      parameters: { logLevel: "WARN" },
      note: "The documentation does not say what the rule makes of the text format; it has no level that could be compared.",
    }),
    undecidedCase(
      "logs at an unknown level",
      fn({ ...base, loggingConfig: { logFormat: "JSON", applicationLogLevel: unknown } }),
      { parameters: { logLevel: "WARN" } },
    ),
  ],
  LAMBDA_FUNCTION_LOG_FORMAT_JSON: [
    compliantCase("logs JSON", fn({ ...base, loggingConfig: { logFormat: "JSON" } })),
    violatingCase("logs text", fn({ ...base, loggingConfig: { logFormat: "Text" } })),
    violatingCase("does not say", fn(base)),
    undecidedCase("logs in an unknown format", fn({ ...base, loggingConfig: { logFormat: unknown } })),
  ],
  LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED: [
    compliantCase("has no permissions", fn(base)),
    compliantCase("lets one service in", fn(base), {
      with: { p: allow({ principal: "events.amazonaws.com" }) },
    }),
    compliantCase("lets everybody of an organisation in", fn(base), {
      with: { p: allow({ principal: "*", principalOrgId: "o-abcd123456" }) },
    }),
    compliantCase("lets S3 in for one account", fn(base), {
      with: { p: allow({ principal: "s3.amazonaws.com", sourceAccount: "123456789012" }) },
    }),
    undecidedCase("lets everybody in from an unknown source", fn(base), {
      with: { p: allow({ principal: "*", sourceArn: unknown }) },
    }),
    violatingCase("lets everybody in", fn(base), { with: { p: allow({ principal: "*" }) } }),
    violatingCase("lets everybody in by a function URL", fn(base), {
      with: { p: allow({ action: "lambda:InvokeFunctionUrl", principal: "*", functionUrlAuthType: "NONE" }) },
    }),
    violatingCase("lets everybody in from every source", fn(base), {
      with: { p: allow({ principal: "*", sourceArn: "*" }) },
    }),
    violatingCase("lets everybody in from every stage of one API", fn(base), {
      with: {
        p: allow({ principal: "*", sourceArn: "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/*/GET/" }),
      },
      note: "The documentation asks for fixed values, without a wildcard.",
    }),
    compliantCase("lets everybody in from one stage of one API", fn(base), {
      with: {
        p: allow({ principal: "*", sourceArn: "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/v1/GET/" }),
      },
    }),
    violatingCase("has a URL without authentication", fn(base), {
      with: { u: url({ functionName: ref("subject", "name"), authorizationType: "NONE" }) },
      note: "The provider adds the public permission of such a URL by itself.",
    }),
    compliantCase("has a URL with authentication", fn(base), {
      with: { u: url({ functionName: ref("subject", "arn"), authorizationType: "AWS_IAM" }) },
    }),
    undecidedCase("has a URL whose authentication is unknown", fn(base), {
      with: { u: url({ functionName: ref("subject", "name"), authorizationType: unknown }) },
    }),
    violatingCase(
      "is a URL without authentication of a function elsewhere",
      url({ functionName: "worker", authorizationType: "NONE" }),
    ),
    violatingCase(
      "is a permission for everybody of a function elsewhere",
      permission({ action: "lambda:InvokeFunction", function: "worker", principal: "*" }),
    ),
    notApplicableCase(
      "is a permission of a function of the stack, where the function is judged",
      permission({ action: "lambda:InvokeFunction", function: ref("f", "name"), principal: "*" }),
      { with: { f: fn(base) } },
    ),
    violatingCase("lets S3 in without an account", fn(base), {
      with: { p: allow({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::uploads" }) },
      note: "The ARN of a bucket holds no account; the documentation names AWS:SourceAccount.",
    }),
    violatingCase("is named by a literal", fn({ ...base, name: "worker" }), {
      with: { p: permission({ action: "lambda:InvokeFunction", function: "worker", principal: "*" }) },
    }),
    violatingCase("is named by a literal ARN with an alias", fn({ ...base, name: "worker" }), {
      with: {
        p: permission({
          action: "lambda:InvokeFunction",
          function: "arn:aws:lambda:eu-west-1:123456789012:function:worker:live",
          principal: "*",
        }),
      },
    }),
    undecidedCase("lets an unknown principal in", fn(base), { with: { p: allow({ principal: unknown }) } }),
  ],
  LAMBDA_FUNCTION_SETTINGS_CHECK: [
    compliantCase("has a wanted runtime", fn(base), { parameters: { runtime: "nodejs22.x, python3.13" } }),
    compliantCase("has the wanted memory and time-out", fn({ ...base, memorySize: 256, timeout: 30 }), {
      parameters: { runtime: "nodejs22.x", memorySize: "256", timeout: "30" },
    }),
    violatingCase("has an old runtime", fn({ ...base, runtime: "nodejs16.x" }), {
      parameters: { runtime: "nodejs22.x, python3.13" },
    }),
    violatingCase("has the default time-out", fn(base), {
      parameters: { runtime: "nodejs22.x", timeout: "30" },
    }),
    notApplicableCase("is an image", fn({ role: base.role, packageType: "Image", imageUri: "repo:tag" }), {
      parameters: { runtime: "nodejs22.x" },
    }),
    notApplicableCase("brings its own runtime", fn({ ...base, runtime: "provided.al2023" }), {
      parameters: { runtime: "nodejs22.x" },
      note: "The rule ignores functions with an OS-only runtime, whose identifiers begin with provided.",
    }),
    compliantCase("has the wanted role, which is given by name", fn(base), {
      parameters: { runtime: "nodejs22.x", role: "worker" },
    }),
    violatingCase("has another role than the one that is given by name", fn(base), {
      parameters: { runtime: "nodejs22.x", role: "reader" },
    }),
    undecidedCase("has an unknown role where one is asked for", fn({ ...base, role: unknown }), {
      parameters: { runtime: "nodejs22.x", role: "worker" },
    }),
    undecidedCase("has an unknown runtime", fn({ ...base, runtime: unknown }), {
      parameters: { runtime: "nodejs22.x" },
    }),
  ],
  LAMBDA_FUNCTION_SYSTEM_LOG_LEVEL_CHECK: [
    compliantCase("logs at the default level", fn({ ...base, loggingConfig: { logFormat: "JSON" } }), {
      parameters: { logLevel: "INFO" },
    }),
    violatingCase(
      "logs at another level",
      fn({ ...base, loggingConfig: { logFormat: "JSON", systemLogLevel: "DEBUG" } }),
      { parameters: { logLevel: "INFO" } },
    ),
    notApplicableCase("logs text, which has no levels", fn(base), { parameters: { logLevel: "INFO" } }),
    undecidedCase("logs in an unknown format", fn({ ...base, loggingConfig: { logFormat: unknown } }), {
      parameters: { logLevel: "INFO" },
    }),
  ],
  LAMBDA_FUNCTION_XRAY_ENABLED: [
    compliantCase("is traced", fn({ ...base, tracingConfig: { mode: "Active" } })),
    violatingCase("passes traces through", fn({ ...base, tracingConfig: { mode: "PassThrough" } })),
    violatingCase("does not say", fn(base)),
    undecidedCase("has an unknown mode", fn({ ...base, tracingConfig: { mode: unknown } })),
  ],
  LAMBDA_INSIDE_VPC: [
    compliantCase(
      "has subnets",
      fn({ ...base, vpcConfig: { subnetIds: [unknown], securityGroupIds: [unknown] } }),
    ),
    compliantCase(
      "has listed subnets",
      fn({ ...base, vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: [] } }),
      { parameters: { subnetIds: "subnet-1,subnet-2" } },
    ),
    violatingCase("has no VPC", fn(base)),
    violatingCase(
      "has an empty list of subnets",
      fn({ ...base, vpcConfig: { subnetIds: [], securityGroupIds: [] } }),
    ),
    violatingCase(
      "has another subnet",
      fn({ ...base, vpcConfig: { subnetIds: ["subnet-3"], securityGroupIds: [] } }),
      { parameters: { subnetIds: "subnet-1,subnet-2" } },
    ),
    undecidedCase(
      "has unknown subnets",
      fn({ ...base, vpcConfig: { subnetIds: unknown, securityGroupIds: [] } }),
    ),
  ],
  LAMBDA_VPC_MULTI_AZ_CHECK: [
    compliantCase("has subnets in two zones", inSubnets, {
      with: {
        a: subnet({ vpcId: "vpc-1", availabilityZone: "eu-west-1a" }),
        b: subnet({ vpcId: "vpc-1", availabilityZone: "eu-west-1b" }),
      },
    }),
    violatingCase("has one subnet", fn({ ...base, vpcConfig: { subnetIds: [ref("a")] } }), {
      with: { a: subnet({ vpcId: "vpc-1", availabilityZone: "eu-west-1a" }) },
    }),
    violatingCase("has two subnets in one zone", inSubnets, {
      with: {
        a: subnet({ vpcId: "vpc-1", availabilityZone: "eu-west-1a" }),
        b: subnet({ vpcId: "vpc-1", availabilityZone: "eu-west-1a" }),
      },
    }),
    compliantCase("has subnets in two zones that are given by id", inSubnets, {
      with: {
        a: subnet({ vpcId: "vpc-1", availabilityZoneId: "euw1-az1" }),
        b: subnet({ vpcId: "vpc-1", availabilityZoneId: "euw1-az2" }),
      },
    }),
    undecidedCase("has a subnet by the name and one by the id of a zone, which may be one zone", inSubnets, {
      with: {
        a: subnet({ vpcId: "vpc-1", availabilityZone: "eu-west-1a" }),
        b: subnet({ vpcId: "vpc-1", availabilityZoneId: "euw1-az1" }),
      },
    }),
    compliantCase("has a default subnet in another zone", inSubnets, {
      with: {
        a: subnet({ vpcId: "vpc-1", availabilityZone: "eu-west-1a" }),
        b: resource("aws:ec2/defaultSubnet:DefaultSubnet")({ availabilityZone: "eu-west-1b" }),
      },
    }),
    notApplicableCase("has no VPC", fn(base), {
      note: "Security Hub reads the rule as one on functions in a VPC (Lambda.5).",
    }),
    undecidedCase(
      "has subnets of another stack",
      fn({ ...base, vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] } }),
    ),
  ],
};
