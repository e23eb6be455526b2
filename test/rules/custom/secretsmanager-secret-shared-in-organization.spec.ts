import * as assert from "node:assert/strict";
import { definition } from "../../../rules/custom/secretsmanager-secret-shared-in-organization/handler";
import { Refusal } from "../lambda/loopback";
import { evaluation, eventOf, scheduled, TIME } from "../lambda/support";
import { ruleRun } from "./rule-run";

/** What the rule reads from Secrets Manager. The parity test has the verdicts. */

const TYPE = "AWS::SecretsManager::Secret";
const arnOf = (name: string): string => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-a1b2c3`;
const OPEN = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"secretsmanager:GetSecretValue"}}';
const FOUND =
  '"policy.Statement[0]" lets in everybody; let in accounts of "trustedAccounts" only, or those of "organizationId" by a condition such as aws:PrincipalOrgID.';

describe("the rule secretsmanager-secret-shared-in-organization", () => {
  const { aws, run } = ruleRun(definition);

  const changed = eventOf({
    messageType: "ConfigurationItemChangeNotification",
    configurationItem: {
      resourceType: TYPE,
      resourceId: arnOf("orders"),
      awsAccountId: "123456789012",
      configurationItemStatus: "OK",
      configurationItemCaptureTime: TIME,
      configuration: { ARN: arnOf("orders") },
    },
  });

  it("reads the policy of a secret that changed, and never its value", async () => {
    aws.answer("GetResourcePolicy", ({ SecretId }) =>
      SecretId === arnOf("orders") ? { ResourcePolicy: OPEN } : {},
    );
    assert.deepEqual(await run(changed), [evaluation("NON_COMPLIANT", arnOf("orders"), FOUND, TYPE)]);
    assert.deepEqual(
      aws.calls.map(({ operation }) => operation),
      ["GetResourcePolicy", "PutEvaluations"],
    );
  });

  it("complies without a policy, and when the secret was deleted meanwhile", async () => {
    const compliant = [evaluation("COMPLIANT", arnOf("orders"), undefined, TYPE)];
    aws.answer("GetResourcePolicy", () => ({ ARN: arnOf("orders"), Name: "orders" }));
    assert.deepEqual(await run(changed), compliant);
    aws.reset();
    aws.answer("GetResourcePolicy", () => {
      throw new Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    });
    assert.deepEqual(await run(changed), compliant);
  });

  it("evaluates all secrets of the account on a schedule, page by page", async () => {
    aws.answer("ListSecrets", () => ({ SecretList: [{ ARN: arnOf("orders") }], NextToken: "more" }));
    aws.answer("ListSecrets", ({ NextToken }) => ({
      SecretList: NextToken === "more" ? [{ ARN: arnOf("mail") }] : [],
    }));
    aws.answer("GetResourcePolicy", () => ({ ResourcePolicy: OPEN }));
    aws.answer("GetResourcePolicy", () => ({}));
    assert.deepEqual(await run(scheduled()), [
      evaluation("NON_COMPLIANT", arnOf("orders"), FOUND, TYPE),
      evaluation("COMPLIANT", arnOf("mail"), undefined, TYPE),
    ]);
  });
});
