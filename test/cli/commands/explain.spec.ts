import * as assert from "node:assert/strict";
import * as ts from "typescript";
import { explain } from "../../../cli/commands/explain";
import { explanationOf } from "../../../cli/commands/explanation";
import type { Explanation } from "../../../cli/commands/explanation";
import { UsageError } from "../../../cli/errors";
import { needsStack, preventedControls } from "../../../policypack/prevented";
import { allControls, findControl } from "../../../rules";
import { run } from "./support";

function explanation(id: string): Explanation {
  const control = findControl(id);
  assert.ok(control);
  return explanationOf(control);
}

describe("compliance explain", () => {
  it("finds a control by id or name, in any case", async () => {
    const texts = await Promise.all(
      ["ENCRYPTED_VOLUMES", "encrypted-volumes", "Encrypted-Volumes", "encrypted_volumes"].map((control) =>
        run((io) => explain({ control }, io)),
      ),
    );
    assert.equal(new Set(texts.map(({ out }) => out)).size, 1);
  });

  it("says what the control asks, how it is prevented and detected, and shows both examples", async () => {
    const { status, out } = await run((io) => explain({ control: "rds-multi-az-support" }, io));
    assert.equal(status, 0);
    assert.match(out, /^rds-multi-az-support \(RDS_MULTI_AZ_SUPPORT\)\nRDS instances have a standby/);
    assert.match(out, /Prevented +Stops a resource before it is created/);
    assert.match(out, /Detected +AWS Config evaluates it when a resource changes/);
    assert.match(
      out,
      /Violating: a resource that is not multi-AZ\n +const instance = new aws\.rds\.Instance\(/,
    );
    assert.match(out, /\/\/ "multiAz" is false; set "multiAz" to true\./);
    assert.match(out, /Compliant: a resource that is multi-AZ/);
    assert.match(out, /aws-fsbp: RDS\.5/);
    assert.match(
      out,
      /https:\/\/docs\.aws\.amazon\.com\/config\/latest\/developerguide\/rds-multi-az-support\.html/,
    );
  });

  it("says of a stack policy what is stopped before it is created, and what only in preview", () => {
    const ssh = explanation("INCOMING_SSH_DISABLED").prevention;
    assert.equal(ssh.decision, "stack");
    assert.ok(ssh.early?.includes("aws:ec2/securityGroup:SecurityGroup"));
    assert.match(
      ssh.effect,
      /in preview.*only after the update.*by itself \(.*SecurityGroup.*\) is stopped before/s,
    );
    const policy = explanation("VPC_FLOW_LOGS_ENABLED").prevention;
    assert.deepEqual(policy.early, []);
    assert.doesNotMatch(policy.effect, /before it is created/);
  });

  it("says of a control that is decided in part that it stops the stack, as the pack does", () => {
    const backup = explanation("EBS_IN_BACKUP_PLAN").prevention;
    assert.deepEqual(backup.early, []);
    assert.match(
      backup.effect,
      /^Stops the stack in preview;.*only after the update\. What else the account/,
    );
    assert.doesNotMatch(backup.effect, /before it is created/);
    const detector = explanation("GUARDDUTY_ENABLED_CENTRALIZED").prevention;
    assert.deepEqual(detector.early, ["aws:guardduty/detector:Detector"]);
    assert.match(detector.effect, /by itself \(aws:guardduty\/detector:Detector\) is stopped before/);
  });

  it("says that a resource is stopped of exactly those controls that are resource policies of the pack", () => {
    for (const control of preventedControls()) {
      const { effect } = explanation(control.rule.identifier).prevention;
      assert.equal(effect.startsWith("Stops the stack"), needsStack(control), control.rule.name);
    }
  });

  it("says why a control is only detected", async () => {
    const { out } = await run((io) => explain({ control: "IAM_ROOT_ACCESS_KEY_CHECK" }, io));
    assert.match(out, /Prevented +No\. What decides is state at run time/);
    assert.match(out, /Detected +AWS Config evaluates it periodically/);
    assert.doesNotMatch(out, /Violating|Compliant:/);
  });

  it("lists parameters with type, default and whether they are required", () => {
    assert.deepEqual(explanation("ACCESS_KEYS_ROTATED").parameters, [
      { name: "maxAccessKeyAge", type: "int", default: "90", required: true },
    ]);
  });

  it("names regions in which AWS Config does not have the rule", () => {
    assert.ok(explanation("ACCESS_KEYS_ROTATED").detection.regionsExcept?.includes("ca-west-1"));
  });

  it("prints the same facts as JSON", async () => {
    const { out } = await run((io) => explain({ control: "ENCRYPTED_VOLUMES", format: "json" }, io));
    assert.deepEqual(JSON.parse(out), JSON.parse(JSON.stringify(explanation("ENCRYPTED_VOLUMES"))));
  });

  it("names the nearest control for a misspelt one", async () => {
    const complains = (control: string, message: RegExp): Promise<void> =>
      assert.rejects(
        () => run((io) => explain({ control }, io)),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    await complains("encrypted-volume", /Did you mean "encrypted-volumes"\?/);
    await complains("ENCRYPTED_VOLUME", /Did you mean "ENCRYPTED_VOLUMES"\?/);
    await complains("DEFAULT_VPC_UNUSED", /AWS withdrew the rule/);
    await complains("constructor", /"compliance catalog" lists the controls/);
  });

  for (const control of allControls().filter(({ policy }) => policy !== undefined)) {
    it(`shows for ${control.rule.name} examples that parse, and what the violating one is told`, () => {
      const { examples, title, pulumiTypes, prevention } = explanationOf(control);
      const decision = control.policy?.decision;
      assert.ok(title?.endsWith("."));
      assert.ok(pulumiTypes.length > 0 && prevention.effect.endsWith("."));
      assert.ok(decision === "partial" || examples.compliant !== undefined);
      for (const example of [examples.compliant, examples.violating]) {
        const { diagnostics = [] } = ts.transpileModule(example?.code ?? "", { reportDiagnostics: true });
        assert.deepEqual(
          diagnostics.map(({ messageText }) => messageText),
          [],
          example?.code,
        );
      }
      const findings = examples.violating?.findings ?? [];
      assert.ok(findings.length > 0);
      for (const { message, fix } of findings) assert.ok(message.endsWith(".") && fix.endsWith("."));
    });
  }
});
