import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3";
import { ACCOUNT } from "../engine/environment";
import { objectOf, textOf, type JsonObject } from "../json";
import { AwsError } from "./aws-error";
import { asList, decide, type Statement, statementsOf } from "./policy";
import type { Guard, JsonHandler } from "./server";

/** Conditions with a fixed value of one of these keys make a policy that names everyone not public. */
const LIMITING =
  /^aws:(SourceArn|SourceVpc|SourceVpce|SourceAccount|SourceOrgID|PrincipalOrgID|PrincipalAccount|userid)$/i;

/**
 * Refuses bucket policies that AWS refuses.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const bucketPolicyGuard: Guard = async ({ method, url, headers, body }, { aws }) => {
  const bucket = url.pathname.split("/")[1] ?? "";
  const isPolicy =
    method === "PUT" && url.searchParams.has("policy") && headers["x-amz-target"] === undefined;
  if (!isPolicy || bucket === "") return;
  const statements = statementsOf(body.toString());
  if (!statements)
    throw new AwsError("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'");
  for (const { statement } of statements) {
    if (statement["Principal"] === undefined && statement["NotPrincipal"] === undefined) {
      throw new AwsError("MalformedPolicy", "Missing required field Principal");
    }
    const foreign = asList(statement["Resource"])
      .map(String)
      .find((resource) => !isOf(bucket, resource));
    if (foreign !== undefined)
      throw new AwsError("MalformedPolicy", `Policy has invalid resource: ${foreign}`);
  }
  if (!statements.some(isPublic)) return;
  const block = await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket: bucket })).catch(() => undefined);
  if (block?.PublicAccessBlockConfiguration?.BlockPublicPolicy) {
    const why =
      "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access";
    throw new AwsError(
      "AccessDenied",
      `User is not authorized to perform: s3:PutBucketPolicy on "${bucket}" ${why}.`,
      403,
    );
  }
};

function isOf(bucket: string, resource: string): boolean {
  const name = /^arn:[\w-]+:s3:::([^/]*)(\/.*)?$/.exec(resource)?.[1];
  return name === bucket || name === "*";
}

function isPublic({ effect, statement }: Statement): boolean {
  const principal = statement["Principal"];
  const everyone = principal === "*" || asList(objectOf(principal)["AWS"]).includes("*");
  if (effect !== "Allow" || !everyone) return false;
  return !Object.values(objectOf(statement["Condition"]))
    .flatMap((tests) => Object.keys(objectOf(tests)))
    .some((key) => LIMITING.test(key));
}

/**
 * Refuses trust policies, identity policies and topic policies that AWS refuses: IAM and SNS speak in forms.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const formGuard: Guard = ({ headers, body }) => {
  if (!textOf(headers["content-type"]).startsWith("application/x-www-form-urlencoded")) return;
  const form = new URLSearchParams(body.toString());
  const action = form.get("Action") ?? "";
  const roleName = form.get("RoleName") ?? "";
  if (action === "CreateRole" && !/^[\w+=,.@-]{1,64}$/.test(roleName)) {
    throw new AwsError("ValidationError", `The role name "${roleName}" must match [\\w+=,.@-]{1,64}.`);
  }
  const trust = action === "CreateRole" ? "AssumeRolePolicyDocument" : "PolicyDocument";
  if (action === "CreateRole" || action === "UpdateAssumeRolePolicy") refuseTrust(form.get(trust) ?? "");
  if (["PutRolePolicy", "CreatePolicy", "CreatePolicyVersion"].includes(action)) {
    const named = statementsOf(form.get("PolicyDocument") ?? "")?.some(
      ({ statement }) => "Principal" in statement,
    );
    if (named) throw malformed("Policy document should not specify a principal.");
  }
  const topicPolicy = topicPolicyOf(form);
  if (topicPolicy !== undefined && topicPolicy !== "" && !statementsOf(topicPolicy)) {
    throw new AwsError("InvalidParameter", "Invalid parameter: Policy Error: null");
  }
};

function refuseTrust(document: string): void {
  const statements = statementsOf(document);
  if (!statements) throw malformed("This policy contains invalid Json");
  for (const { statement } of statements) {
    if ("Resource" in statement || "NotResource" in statement)
      throw malformed("Has prohibited field Resource");
    if (!("Principal" in statement)) throw malformed("AssumeRolepolicy must contain a Principal.");
  }
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", message);
}

/** The `Policy` attribute of CreateTopic (numbered entries) or SetTopicAttributes. */
function topicPolicyOf(form: URLSearchParams): string | undefined {
  if (form.get("Action") === "SetTopicAttributes") {
    return form.get("AttributeName") === "Policy" ? (form.get("AttributeValue") ?? "") : undefined;
  }
  const key = [...form.keys()].find(
    (name) => /^Attributes\.entry\.\d+\.key$/.test(name) && form.get(name) === "Policy",
  );
  return key === undefined ? undefined : (form.get(key.replace(/key$/, "value")) ?? "");
}

/** Refuses key policies that AWS refuses. */
export function documentOperations(): Record<string, JsonHandler> {
  return {
    "TrentService.CreateKey": ({ body, forward }) => {
      if (textOf(body["Policy"]) !== "") refuseKeyPolicy(body);
      return forward();
    },
    "TrentService.PutKeyPolicy": ({ body, forward }) => {
      refuseKeyPolicy(body);
      return forward();
    },
  };
}

/**
 * A key policy has to be a policy, and has to let its author change it again.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
function refuseKeyPolicy(body: JsonObject): void {
  const policy = textOf(body["Policy"]);
  if (!statementsOf(policy))
    throw new AwsError("MalformedPolicyDocumentException", "The policy is not valid JSON.");
  if (body["BypassPolicyLockoutSafetyCheck"] === true) return;
  const principal = { arn: `arn:aws:iam::${ACCOUNT}:root` };
  const request = { principal, action: "kms:PutKeyPolicy", resource: "*", context: {} };
  if (decide(policy, request) === "allow") return;
  const message = "The new key policy will not allow you to update the key policy in the future.";
  throw new AwsError("MalformedPolicyDocumentException", message);
}
