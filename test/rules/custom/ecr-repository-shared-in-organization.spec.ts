import * as assert from "node:assert/strict";
import { definition } from "../../../rules/custom/ecr-repository-shared-in-organization/handler";
import { Refusal } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";
import { evaluation, eventOf, scheduled, TIME } from "../lambda/support";
import { ruleRun } from "./rule-run";

/** What the rule reads from ECR. The parity test has the verdicts. */

const TYPE = "AWS::ECR::Repository";
const OPEN = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"}}';
const FOUND =
  '"policy.Statement[0]" lets in everybody; let in accounts of "trustedAccounts" only, or those of "organizationId" by a condition such as aws:PrincipalOrgID.';

describe("the rule ecr-repository-shared-in-organization", () => {
  const { aws, run } = ruleRun(definition);

  const changed = eventOf({
    messageType: "ConfigurationItemChangeNotification",
    configurationItem: {
      resourceType: TYPE,
      resourceId: "orders",
      awsAccountId: "123456789012",
      configurationItemStatus: "OK",
      configurationItemCaptureTime: TIME,
      configuration: { RepositoryName: "orders" },
    },
  });

  const refuse = (code: string) => (): never => {
    throw new Refusal(code, "no");
  };

  it("reads the policy of a repository that changed", async () => {
    aws.answer("GetRepositoryPolicy", ({ repositoryName }) => ({
      policyText: repositoryName === "orders" ? OPEN : undefined,
    }));
    assert.deepEqual(await run(changed), [evaluation("NON_COMPLIANT", "orders", FOUND, TYPE)]);
  });

  it("complies without a policy, and when the repository was deleted meanwhile", async () => {
    for (const code of ["RepositoryPolicyNotFoundException", "RepositoryNotFoundException"]) {
      aws.reset();
      aws.answer("GetRepositoryPolicy", refuse(code));
      assert.deepEqual(await run(changed), [evaluation("COMPLIANT", "orders", undefined, TYPE)]);
    }
  });

  it("fails, and reports no verdict, when it may not read", async () => {
    aws.answer("GetRepositoryPolicy", refuse("AccessDeniedException"));
    await assert.rejects(run(changed), {
      message: /needs ecr:DescribeRepositories, ecr:GetRepositoryPolicy\./,
    });
    const types = aws
      .bodies("PutEvaluations")
      .flatMap((body) => body["Evaluations"] as readonly Json[])
      .map(({ ComplianceResourceType }) => ComplianceResourceType);
    assert.ok(!types.includes(TYPE));
  });

  it("evaluates all repositories of the account on a schedule, page by page", async () => {
    aws.answer("DescribeRepositories", () => ({
      repositories: [{ repositoryName: "orders" }],
      nextToken: "more",
    }));
    aws.answer("DescribeRepositories", ({ nextToken }) => ({
      repositories: nextToken === "more" ? [{ repositoryName: "mail" }] : [],
    }));
    const own = { Statement: { Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "ecr:*" } };
    aws.answer("GetRepositoryPolicy", () => ({ policyText: OPEN }));
    aws.answer("GetRepositoryPolicy", () => ({ policyText: JSON.stringify(own) }));
    assert.deepEqual(await run(scheduled()), [
      evaluation("NON_COMPLIANT", "orders", FOUND, TYPE),
      evaluation("COMPLIANT", "mail", undefined, TYPE),
    ]);
  });
});
