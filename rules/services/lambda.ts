import {
  all,
  any,
  check,
  compliant,
  given,
  isFixed,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  unless,
  violation,
  when,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { lonePart } from "../views/parts";
import { spansZones } from "../views/zones";

const FUNCTION = "aws:lambda/function:Function";
const PERMISSION = "aws:lambda/permission:Permission";
const URL_OF_FUNCTION = "aws:lambda/functionUrl:FunctionUrl";

type Function = Reader<ResourceArgs["aws:lambda/function:Function"]>;
type Permission = Reader<ResourceArgs["aws:lambda/permission:Permission"]>;

/** Names in a list, as a condition that only holds where the list is given. */
const among = (
  reader: Function,
  path: "deadLetterConfig.targetArn",
  list: readonly string[] | undefined,
): Outcome => (list === undefined ? reader.present(path) : reader.oneOf(path, list));

/** Only functions that log JSON have levels. */
const logLevel =
  (path: "loggingConfig.applicationLogLevel" | "loggingConfig.systemLogLevel") =>
  (lambda: Function, p: { readonly logLevel: string }): Outcome =>
    when(lambda.equals("loggingConfig.logFormat", "JSON"), () =>
      lambda.oneOf(
        path,
        p.logLevel.split(",").map((level) => level.trim()),
        { ignoreCase: true },
      ),
    );

/**
 * A condition on the source narrows where it holds no wildcard.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-public-access-prohibited.html
 */
const hasFixedSource = (permission: Permission, fix: string): Outcome =>
  permission.test("sourceArn", (arn) => typeof arn === "string" && isFixed(arn), fix);

/** A permission for everybody, or for S3 on behalf of anybody, needs a condition that narrows it down. */
function isNarrow(permission: Permission): Outcome {
  const fix = 'name the principal, or set "sourceAccount", "sourceArn" or "principalOrgId"';
  const open = permission.test(
    "principal",
    (principal) => principal === "*" || principal === "s3.amazonaws.com",
    fix,
  );
  return when(open, () =>
    any(
      permission.present("sourceAccount", fix),
      permission.present("principalOrgId", fix),
      // A bucket's ARN has no account, so that it narrows nothing down for S3.
      permission.read("principal").kind === "known" && permission.value("principal") !== "s3.amazonaws.com"
        ? hasFixedSource(permission, fix)
        : notApplicable(),
    ),
  );
}

/**
 * A URL without authentication lets everybody in: the provider adds the permission for it by itself.
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/lambda/functionurl
 */
const isGuarded = (url: Reader<ResourceArgs[typeof URL_OF_FUNCTION]>): Outcome =>
  url.noneOf("authorizationType", ["NONE"], 'set "authorizationType" to "AWS_IAM"');

function isPrivate(_: Function, __: unknown, { stack, node }: Context): Outcome {
  const permissions = stack.referrers(node, PERMISSION, "function");
  const urls = stack.referrers(node, URL_OF_FUNCTION, "functionName");
  const unseen =
    permissions.uncertain || urls.uncertain
      ? undecided({
          found: "not every permission of the function is known yet",
          fix: "narrow the permissions down",
        })
      : compliant();
  return all(
    ...permissions.nodes.map((permission) => isNarrow(permission.reader(PERMISSION))),
    ...urls.nodes.map((url) => isGuarded(url.reader(URL_OF_FUNCTION))),
    unseen,
  );
}

/** The rule ignores functions that bring their own runtime to an OS-only one. */
const bringsRuntime = (lambda: Function, wanted: readonly string[]): Outcome =>
  lambda.test(
    "runtime",
    (runtime) => typeof runtime === "string" && /^provided(\.|$)/.test(runtime),
    `set "runtime" to one of ${wanted.join(", ")}`,
  );

/** The role has an ARN, of which the parameter may give the name only. */
const hasRole = (lambda: Function, wanted: string): Outcome =>
  lambda.test(
    "role",
    (role) => role === wanted || (typeof role === "string" && role.split("/").at(-1) === wanted),
    `set "role" to ${wanted}`,
  );

/** The subnets of a function that is in a VPC lie in enough zones. */
const inZones = (
  lambda: Function,
  p: { readonly availabilityZones?: number | undefined },
  context: Context,
): Outcome =>
  when(lambda.nonEmpty("vpcConfig.subnetIds"), () =>
    spansZones(lambda, "vpcConfig.subnetIds", context, Math.max(2, p.availabilityZones ?? 2)),
  );

export const lambda: Policies = {
  LAMBDA_CONCURRENCY_CHECK: policy("Lambda functions have a limit of concurrent executions.", {
    [FUNCTION]: (lambda, p) =>
      all(
        lambda.atLeast("reservedConcurrentExecutions", Math.max(0, Number(p.ConcurrencyLimitLow ?? 0))),
        p.ConcurrencyLimitHigh === undefined
          ? notApplicable()
          : lambda.atMost("reservedConcurrentExecutions", Number(p.ConcurrencyLimitHigh)),
      ),
  }),

  LAMBDA_DLQ_CHECK: policy("Lambda functions have a dead-letter queue.", {
    [FUNCTION]: (lambda, p) => among(lambda, "deadLetterConfig.targetArn", p.dlqArns),
  }),

  LAMBDA_FUNCTION_APPLICATION_LOG_LEVEL_CHECK: policy(
    "Lambda functions log at the wanted application level.",
    {
      [FUNCTION]: logLevel("loggingConfig.applicationLogLevel"),
    },
  ),

  LAMBDA_FUNCTION_LOG_FORMAT_JSON: policy("Lambda functions log JSON.", {
    [FUNCTION]: (lambda) => lambda.equals("loggingConfig.logFormat", "JSON"),
  }),

  LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED: stackPolicy(
    "Lambda functions let nobody invoke them who is not named.",
    {
      [FUNCTION]: isPrivate,
      [PERMISSION]: (permission, _, context) =>
        lonePart(context, "function", [FUNCTION], () => isNarrow(permission)),
      [URL_OF_FUNCTION]: (url, _, context) =>
        lonePart(context, "functionName", [FUNCTION], () => isGuarded(url)),
    },
  ),

  LAMBDA_FUNCTION_SETTINGS_CHECK: policy(
    "Lambda functions have the wanted runtime, role, memory and time-out.",
    {
      [FUNCTION]: (lambda, p) =>
        when(lambda.noneOf("packageType", ["Image"]), () =>
          unless(bringsRuntime(lambda, p.runtime), () =>
            all(
              lambda.oneOf("runtime", p.runtime),
              given(p.role, (role) => hasRole(lambda, role)),
              given(p.memorySize, (size) => lambda.equals("memorySize", size)),
              given(p.timeout, (seconds) => lambda.equals("timeout", seconds)),
            ),
          ),
        ),
    },
  ),

  LAMBDA_FUNCTION_SYSTEM_LOG_LEVEL_CHECK: policy("Lambda functions log at the wanted system level.", {
    [FUNCTION]: logLevel("loggingConfig.systemLogLevel"),
  }),

  LAMBDA_FUNCTION_XRAY_ENABLED: policy("Lambda functions are traced by X-Ray.", {
    [FUNCTION]: (lambda) => lambda.equals("tracingConfig.mode", "Active"),
  }),

  LAMBDA_INSIDE_VPC: policy("Lambda functions run in a VPC.", {
    [FUNCTION]: (lambda, p) => {
      const allowed = p.subnetIds;
      if (allowed === undefined) return lambda.nonEmpty("vpcConfig.subnetIds");
      const { items, complete } = lambda.texts("vpcConfig.subnetIds");
      const reason = lambda.reason("vpcConfig.subnetIds", `use only the subnets ${allowed.join(", ")}`);
      if (items.some((subnet) => !allowed.includes(subnet))) return violation(reason);
      return complete ? check(items.length > 0, reason) : undecided(reason);
    },
  }),

  LAMBDA_VPC_MULTI_AZ_CHECK: stackPolicy(
    "Lambda functions in a VPC have subnets in several Availability Zones.",
    {
      [FUNCTION]: inZones,
    },
  ),
};
