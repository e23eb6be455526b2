import * as assert from "node:assert/strict";
import { exported } from "../support";
import { Refusal } from "./refusal";
import { Bench, HOME, NOW, stackRule } from "./support";

const GUARD = "dynamodb-table-key-accessible";
const VERSIONING = "s3-bucket-versioning-enabled";

describe("verify: what cannot be verified", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
  });
  afterEach(() => bench.close());

  describe("a recorder", () => {
    const error = async (): Promise<string> => {
      bench.aws.deploy(HOME, VERSIONING);
      const { status, report } = await bench.json({ controls: [VERSIONING] });
      assert.equal(status, 2);
      return report.regions[0]?.error ?? "";
    };

    it("must be the customer's", async () => {
      for (const recorder of bench.aws.region(HOME).recorders) recorder.servicePrincipal = "x.amazonaws.com";
      assert.match(await error(), /has no recorder here/);
    });

    it("must record", async () => {
      for (const recorder of bench.aws.region(HOME).recorders) recorder.recording = false;
      assert.match(await error(), /"recorder-0" is stopped.*Start it/);
    });

    it("must not fail", async () => {
      for (const recorder of bench.aws.region(HOME).recorders) {
        recorder.status = "Failure";
        recorder.error = ["AccessDenied", "no role"];
      }
      assert.match(await error(), /"recorder-0" fails \(AccessDenied: no role\)/);
    });
  });

  describe("a failure of AWS", () => {
    const failure = async (operation: string, refusal: Refusal): Promise<string> => {
      const violations = [{ type: "AWS::S3::Bucket", id: "logs" }];
      bench.aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations });
      bench.aws.region(HOME).counts.set("AWS::S3::Bucket", 2);
      bench.aws.refusals.set(operation, refusal);
      const { status, out, err } = await bench.run({ controls: [VERSIONING] }, { evaluate: "all" });
      assert.equal(status, 2);
      assert.ok(!/secret-access-key|session-token/.test(out + err));
      assert.equal(err.split("\n").length, 2, err);
      return err;
    };

    for (const operation of [
      "DescribeComplianceByConfigRule",
      "DescribeConfigRuleEvaluationStatus",
      "DescribeConfigRules",
      "DescribeConfigurationRecorderStatus",
      "DescribeConfigurationRecorders",
      "GetComplianceDetailsByConfigRule",
      "ListDiscoveredResources",
      "StartConfigRulesEvaluation",
    ]) {
      it(`names the action when ${operation} is denied`, async () => {
        const denied = new Refusal("AccessDeniedException", "User: arn:aws:sts::1:x is not\nauthorized");
        const err = await failure(operation, denied);
        assert.match(
          err,
          new RegExp(`us-east-1: The credentials may not call config:${operation}: User: .*`),
        );
        assert.match(err, new RegExp(`Allow config:${operation} to them`));
      });
    }

    it("names the action when the counts are denied", async () => {
      const rule = bench.aws.deploy(HOME, VERSIONING, { takes: undefined });
      delete rule.evaluated;
      bench.aws.refusals.set("GetDiscoveredResourceCounts", new Refusal("AccessDeniedException", "No"));
      const { status, err } = await bench.run({ controls: [VERSIONING] });
      assert.equal(status, 2);
      assert.match(err, /may not call config:GetDiscoveredResourceCounts: No\. Allow/);
    });

    it("names the action when the text of a policy in Guard is denied", async () => {
      bench.aws.deploy(HOME, GUARD, { owner: "CUSTOM_POLICY", identifier: "" });
      bench.aws.refusals.set("GetCustomRulePolicy", new Refusal("AccessDeniedException", "No"));
      const { status, err } = await bench.run({ controls: [GUARD] });
      assert.equal(status, 2);
      assert.match(err, /may not call config:GetCustomRulePolicy: No\. Allow/);
    });

    it("says that credentials are out of date", async () => {
      const expired = new Refusal("ExpiredTokenException", "The security token is expired");
      assert.match(
        await failure("DescribeConfigRules", expired),
        /does not accept the credentials \(Expired/,
      );
    });

    it("says what else was refused", async () => {
      const gone = new Refusal("NoSuchConfigRuleException", "The rule is gone");
      const err = await failure("GetComplianceDetailsByConfigRule", gone);
      assert.match(
        err,
        /refuses config:GetCompliance.* \(NoSuchConfigRuleException\): The rule is gone\. Put/,
      );
    });

    it("says that there are no credentials", async () => {
      for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
        Reflect.deleteProperty(process.env, name);
      const { status, err } = await bench.run({ controls: [VERSIONING] });
      assert.equal(status, 2);
      assert.match(err, /There are no usable AWS credentials.*"--profile"/);
    });

    it("is not there when AWS was only busy", async () => {
      bench.aws.deploy(HOME, VERSIONING);
      bench.aws.throttled.push("DescribeConfigRules");
      const { status } = await bench.json({ controls: [VERSIONING] });
      assert.equal(status, 0);
      assert.equal(bench.aws.bodies("DescribeConfigRules").length, 2);
    });
  });

  describe("a stack file", () => {
    const refused = async (state: object, message: RegExp): Promise<void> => {
      await assert.rejects(bench.run({ controls: [VERSIONING] }, {}, [state]), message);
    };

    it("must be a state", async () => {
      await refused(
        { steps: [] },
        /The file is no state of a stack. Give the output of "pulumi stack export"/,
      );
      await refused([], /no state of a stack/);
    });

    it("must be whole", async () => {
      await refused({ version: 3, deployment: { resources: 5 } }, /"deployment.resources" is not a list/);
    });

    it("may lack times and old copies do not count", async () => {
      bench.aws.deploy(HOME, VERSIONING);
      const rule = stackRule(VERSIONING);
      const old = { ...stackRule(VERSIONING, { modified: new Date(NOW).toISOString() }), delete: true };
      const timeless = { ...rule, modified: undefined };
      for (const resources of [[old, rule], [timeless]]) {
        const { status } = await bench.run({ controls: [VERSIONING] }, {}, [exported(resources)]);
        assert.equal(status, 0);
      }
      assert.deepEqual(bench.aws.bodies("StartConfigRulesEvaluation"), []);
    });
  });
});
