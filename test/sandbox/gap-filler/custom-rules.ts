import { GetPolicyCommand } from "@aws-sdk/client-lambda";
import { isObject, listOf, objectOf, parseJson, textOf, type JsonObject } from "../json";
import { AwsError } from "./aws-error";
import type { Evaluations, Report } from "./evaluations";
import type { JsonCall, JsonHandler } from "./server";

/** https://docs.aws.amazon.com/config/latest/APIReference/API_CustomPolicyDetails.html */
const POLICY_CHARACTERS = 10_000;
const RUNTIME = "guard-2.x.x";
/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html */
const EVALUATIONS_A_CALL = 100;
/** https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html */
const ANNOTATION_CHARACTERS = 256;
const COMPLIANCE = ["COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE"] as const;
/** Some rule of AWS without parameters, which stands in moto for one with a policy in Guard. */
const STAND_IN = "S3_BUCKET_VERSIONING_ENABLED";

/**
 * What moto lacks of rules whose code is the customer's: policies in Guard, the tokens with which a function reports, and
 * what the function asks AWS Config for.
 */
export class CustomRules {
  private readonly policies = new Map<string, JsonObject>();
  private readonly tokens = new Map<string, string>();
  private readonly items = new Map<string, readonly JsonObject[]>();

  constructor(private readonly evaluations: Evaluations) {}

  /** Plants the recorded states of a resource, the newest first. */
  record(items: readonly JsonObject[]): void {
    for (const item of items) {
      const key = keyOf(item);
      this.items.set(key, [...(this.items.get(key) ?? []), item]);
    }
  }

  /** A token for the results of one run of a rule, as an event carries it. */
  token(rule: string): string {
    const token = `token-${this.tokens.size + 1}-of-${rule}`;
    this.tokens.set(token, rule);
    return token;
  }

  /**
   * Hands a rule that somebody puts to moto.
   *
   * @throws AwsError for what AWS refuses of a custom rule, among it a function that AWS Config may not call.
   */
  async put({ region, body, aws, forward }: JsonCall): Promise<JsonObject> {
    const rule = objectOf(body["ConfigRule"]);
    const source = objectOf(rule["Source"]);
    if (source["Owner"] === "CUSTOM_LAMBDA")
      await refuseUncallable(textOf(source["SourceIdentifier"]), (FunctionName) =>
        aws.lambda.send(new GetPolicyCommand({ FunctionName })),
      );
    if (source["Owner"] !== "CUSTOM_POLICY") return forward();
    refusePolicy(source);
    this.policies.set(`${region}/${textOf(rule["ConfigRuleName"])}`, source);
    const inMoto = { ...rule, Source: { Owner: "AWS", SourceIdentifier: STAND_IN } };
    return forward({ ...body, ConfigRule: inMoto });
  }

  /** The operations of AWS Config that are about custom rules. */
  operations(): Record<string, JsonHandler> {
    return {
      DescribeConfigRules: async ({ region, forward }) => {
        const answer = await forward();
        const rules = listOf(answer["ConfigRules"]).map(objectOf);
        return { ...answer, ConfigRules: rules.map((rule) => this.described(region, rule)) };
      },
      GetCustomRulePolicy: ({ region, body }) => {
        const name = textOf(body["ConfigRuleName"]);
        const source = this.policies.get(`${region}/${name}`);
        if (source === undefined)
          throw new AwsError("NoSuchConfigRuleException", `The rule ${name} has no policy of its own.`);
        return Promise.resolve({ PolicyText: objectOf(source["CustomPolicyDetails"])["PolicyText"] });
      },
      GetResourceConfigHistory: ({ body }) => {
        const items = this.items.get(keyOf(body)) ?? [];
        if (items.length === 0) {
          const message = `Resource ${textOf(body["resourceId"])} of type ${textOf(body["resourceType"])} is not discovered.`;
          throw new AwsError("ResourceNotDiscoveredException", message);
        }
        // https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html: newest first by default
        const ordered = body["chronologicalOrder"] === "Forward" ? items : items.toReversed();
        const limit = typeof body["limit"] === "number" ? body["limit"] : items.length;
        return Promise.resolve({ configurationItems: ordered.slice(0, limit) });
      },
      PutEvaluations: ({ body }) => Promise.resolve(this.take(body)),
    };
  }

  /** DescribeConfigRules never answers with the text of a policy. */
  private described(region: string, rule: JsonObject): JsonObject {
    const source = this.policies.get(`${region}/${textOf(rule["ConfigRuleName"])}`);
    if (source === undefined) return rule;
    const { PolicyRuntime, EnableDebugLogDelivery } = objectOf(source["CustomPolicyDetails"]);
    const CustomPolicyDetails = { PolicyRuntime, EnableDebugLogDelivery };
    return { ...rule, Source: { ...source, CustomPolicyDetails } };
  }

  private take(body: JsonObject): JsonObject {
    const token = textOf(body["ResultToken"]);
    const rule = this.tokens.get(token);
    if (rule === undefined)
      throw new AwsError("InvalidResultTokenException", "The specified ResultToken is invalid.");
    const evaluations = listOf(body["Evaluations"]);
    if (evaluations.length > EVALUATIONS_A_CALL)
      throw new AwsError("ValidationException", `'evaluations' takes at most ${EVALUATIONS_A_CALL}.`);
    const reports = evaluations.map((evaluation) => reportOf(objectOf(evaluation)));
    if (body["TestMode"] !== true) for (const report of reports) this.evaluations.report(rule, report);
    return { FailedEvaluations: [] };
  }
}

const keyOf = ({ resourceType, resourceId }: JsonObject): string =>
  `${textOf(resourceType)}/${textOf(resourceId)}`;

/** What an evaluation says. @throws AwsError for one that AWS Config refuses. */
function reportOf(evaluation: JsonObject): Report {
  const { ComplianceType, OrderingTimestamp } = evaluation;
  const annotation = textOf(evaluation["Annotation"]);
  for (const name of ["ComplianceResourceType", "ComplianceResourceId"])
    if (textOf(evaluation[name]) === "")
      throw new AwsError("ValidationException", `An evaluation has no ${name}.`);
  const compliance = COMPLIANCE.find((allowed) => allowed === ComplianceType);
  if (compliance === undefined) {
    const message = `ComplianceType ${textOf(ComplianceType)} is not allowed for PutEvaluations.`;
    throw new AwsError("InvalidParameterValueException", message);
  }
  if (typeof OrderingTimestamp !== "number")
    throw new AwsError("ValidationException", "An evaluation has no OrderingTimestamp.");
  if (annotation.length > ANNOTATION_CHARACTERS) {
    const message = `Value at 'annotation' failed: Member must have length less than or equal to ${ANNOTATION_CHARACTERS}.`;
    throw new AwsError("ValidationException", message);
  }
  return {
    resourceType: textOf(evaluation["ComplianceResourceType"]),
    resourceId: textOf(evaluation["ComplianceResourceId"]),
    compliance,
    ordering: OrderingTimestamp,
    ...(annotation === "" ? {} : { annotation }),
  };
}

/** AWS Config asks whether it may call the function before it takes the rule. */
async function refuseUncallable(
  functionArn: string,
  policyOf: (name: string) => Promise<{ readonly Policy?: string | undefined }>,
): Promise<void> {
  const { Policy = "{}" } = await policyOf(functionArn).catch(() => ({ Policy: "{}" }));
  const statements = listOf(objectOf(parseJson(Policy, "The function's policy"))["Statement"]).map(objectOf);
  const admits = statements.some(({ Effect, Principal, Action }) => {
    const service = isObject(Principal) ? Principal["Service"] : Principal;
    return (
      Effect === "Allow" && service === "config.amazonaws.com" && textOf(Action) === "lambda:InvokeFunction"
    );
  });
  if (admits) return;
  throw new AwsError(
    "InsufficientPermissionsException",
    `The AWS Lambda function ${functionArn} cannot be invoked. Check the specified function ARN, and check the function's permissions.`,
  );
}

function refusePolicy(source: JsonObject): void {
  const { PolicyRuntime, PolicyText } = objectOf(source["CustomPolicyDetails"]);
  const { length } = textOf(PolicyText);
  const problem =
    source["SourceIdentifier"] !== undefined
      ? "SourceIdentifier is not allowed for CUSTOM_POLICY."
      : PolicyRuntime !== RUNTIME
        ? `PolicyRuntime must be ${RUNTIME}.`
        : length < 1 || length > POLICY_CHARACTERS
          ? `PolicyText must have 1 to ${POLICY_CHARACTERS} characters.`
          : listOf(source["SourceDetails"]).length === 0
            ? "SourceDetails is required for CUSTOM_POLICY."
            : undefined;
  if (problem !== undefined) throw new AwsError("InvalidParameterValueException", problem);
}
