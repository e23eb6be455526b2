import * as assert from "node:assert/strict";
import { evaluate, ResourceGraph } from "../../../rules";
import type { Finding } from "../../../rules";
import { idOf } from "../../../rules/custom/control";
import { control, preventivePolicy } from "../../../rules/custom/kms-key-deletion-window";
import { definition } from "../../../rules/custom/kms-key-deletion-window/handler";
import { Refusal } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";
import { evaluation, eventOf, scheduled, TIME } from "../lambda/support";
import { ruleRun } from "./rule-run";

/** Where a key's policy is written, and what the rule reads from KMS. The parity test has the verdicts. */

const TYPE = "AWS::KMS::Key";
const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const statement = { Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "kms:*", Resource: "*" };
const FREE = JSON.stringify({ Statement: statement });
const BOUND = JSON.stringify({ Statement: { ...statement, Action: "kms:Encrypt" } });
const FIX =
  'deny everybody kms:ScheduleKeyDeletion if NumericLessThan "kms:ScheduleKeyDeletionPendingWindowInDays" is "30".';
const FOUND = `"policy.Statement[0]" lets the key be deleted after less than 30 days; ${FIX}`;

describe("the policy kms-key-deletion-window", () => {
  const key = "aws:kms/key:Key";
  const part = "aws:kms/keyPolicy:KeyPolicy";
  const urn = (type: string): string => `urn:pulumi:dev::shop::${type}::orders`;

  function judge(inline: Json, policy?: string): readonly Finding[] {
    const graph = new ResourceGraph([
      { urn: urn(key), type: key, inputs: inline, outputs: { keyId: ID } },
      ...(policy === undefined ? [] : [{ urn: urn(part), type: part, inputs: { keyId: ID, policy } }]),
    ]);
    const { findings, errors } = evaluate(graph, [
      { id: idOf(control), policy: preventivePolicy, parameters: { minimumDays: 30 } },
    ]);
    assert.deepEqual(errors, []);
    return findings.filter((finding) => finding.urn === urn(key));
  }

  it("judges the policy that is a resource of its own as that of the key", () => {
    assert.deepEqual(
      judge({}, BOUND).map(({ verdict }) => verdict),
      ["COMPLIANT"],
    );
    const [finding] = judge({}, FREE);
    assert.equal(finding?.verdict, "NON_COMPLIANT");
    assert.equal(finding.holder?.urn, urn(part));
    assert.match(finding.message, /^In KeyPolicy "orders", "policy\.Statement\[0\]" lets the key be deleted/);
  });

  it("says that a key without a policy gets one that lets it be deleted", () => {
    const [finding] = judge({});
    assert.equal(
      finding?.message,
      `"policy" is not set, and the one that KMS writes lets the key be deleted after less than 30 days; ${FIX}`,
    );
  });
});

describe("the rule kms-key-deletion-window", () => {
  const { aws, run } = ruleRun(definition);

  const changed = (configuration: Json = { keyId: ID, keyManager: "CUSTOMER" }): Json =>
    eventOf({
      messageType: "ConfigurationItemChangeNotification",
      configurationItem: {
        resourceType: TYPE,
        resourceId: ID,
        configurationItemStatus: "OK",
        configurationItemCaptureTime: TIME,
        configuration,
      },
    });
  const gone = (): never => {
    throw new Refusal("NotFoundException", "Key does not exist");
  };

  it("reads the policy of a key that changed", async () => {
    aws.answer("GetKeyPolicy", () => ({ Policy: FREE }));
    assert.deepEqual(await run(changed()), [evaluation("NON_COMPLIANT", ID, FOUND, TYPE)]);
    assert.deepEqual(aws.bodies("GetKeyPolicy"), [{ KeyId: ID, PolicyName: "default" }]);
  });

  it("does not apply to a key that was deleted meanwhile", async () => {
    aws.answer("GetKeyPolicy", gone);
    assert.deepEqual(await run(changed()), [evaluation("NOT_APPLICABLE", ID, undefined, TYPE)]);
  });

  it("does not ask for the policy of a key of AWS", async () => {
    const results = await run(changed({ keyId: ID, keyManager: "AWS" }));
    assert.deepEqual(results, [evaluation("NOT_APPLICABLE", ID, undefined, TYPE)]);
    assert.deepEqual(aws.bodies("GetKeyPolicy"), []);
  });

  it("says which field an item lacks", () =>
    assert.rejects(run(changed({ keyId: ID })), { message: /no text at "configuration\.keyManager"/ }));

  it("says which permissions it needs when it lacks one", async () => {
    aws.answer("GetKeyPolicy", () => {
      throw new Refusal("AccessDeniedException", "not authorized to perform: kms:GetKeyPolicy", 400);
    });
    await assert.rejects(run(changed()), {
      name: "AccessDeniedException",
      message: /needs kms:DescribeKey, kms:GetKeyPolicy, kms:ListKeys\./,
    });
  });

  it("evaluates all keys of the account on a schedule, page by page", async () => {
    const managed = (KeyManager: string) => (): Json => ({ KeyMetadata: { KeyId: "any", KeyManager } });
    aws.answer("ListKeys", () => ({
      Keys: [{ KeyId: "free" }, { KeyId: "aws" }],
      Truncated: true,
      NextMarker: "2",
    }));
    aws.answer("ListKeys", ({ Marker }) => ({
      Keys: Marker === "2" ? [{ KeyId: "bound" }, { KeyId: "gone" }] : [],
    }));
    for (const manager of ["CUSTOMER", "AWS", "CUSTOMER"]) aws.answer("DescribeKey", managed(manager));
    aws.answer("DescribeKey", gone);
    aws.answer("GetKeyPolicy", () => ({ Policy: FREE }));
    aws.answer("GetKeyPolicy", () => ({ Policy: BOUND }));
    aws.answer("GetKeyPolicy", gone);
    assert.deepEqual(await run(scheduled()), [
      evaluation("NON_COMPLIANT", "free", FOUND, TYPE),
      evaluation("NOT_APPLICABLE", "aws", undefined, TYPE),
      evaluation("COMPLIANT", "bound", undefined, TYPE),
      evaluation("NOT_APPLICABLE", "gone", undefined, TYPE),
    ]);
  });
});
