import * as assert from "node:assert/strict";
import type { ClientConfig } from "../../../rules/lambda";
import { Refusal } from "./loopback";
import type { Json } from "./loopback";
import { ACCOUNT, changed, evaluation, found, listing, oversized, rig, scheduled } from "./support";

/** Whose permissions a rule works with. */

const parameters = (texts: Json): Json => ({ ruleParameters: JSON.stringify(texts) });

describe("the permissions of a custom rule", () => {
  const fn = rig();
  const keys = (): readonly string[] => fn.aws.calls.map(({ operation, key }) => `${operation} ${key}`);

  it("are the function's own", async () => {
    await fn.run(changed());
    assert.deepEqual(keys(), ["PutEvaluations OWN"]);
  });

  it("are those of the named role of the rule's account, for every call", async () => {
    const event = scheduled(
      {},
      { accountId: "210987654321", ...parameters({ ExecutionRoleName: "audit/config" }) },
    );
    await fn.run(event, { list: listing([found("a")]) });
    assert.deepEqual(keys(), [
      "AssumeRole OWN",
      "PutEvaluations ASSUMED",
      "GetComplianceDetailsByConfigRule ASSUMED",
    ]);
    const [{ RoleArn, DurationSeconds, RoleSessionName } = {}] = fn.aws.bodies("AssumeRole");
    assert.deepEqual(
      { RoleArn, DurationSeconds, RoleSessionName },
      {
        RoleArn: "arn:aws:iam::210987654321:role/audit/config",
        DurationSeconds: "900",
        RoleSessionName: "config-sample-rule",
      },
    );
  });

  it("serve the fetching of oversized items too", async () => {
    fn.aws.answer("GetResourceConfigHistory", () => ({ configurationItems: [] }));
    await assert.rejects(fn.run(oversized({}, parameters({ ExecutionRoleName: "audit" }))), {
      name: "EventError",
    });
    assert.deepEqual(keys(), ["AssumeRole OWN", "GetResourceConfigHistory ASSUMED"]);
  });

  it("reach the clients that the control reads with", async () => {
    const seen: unknown[] = [];
    await fn.run(changed({}, parameters({ ExecutionRoleName: "audit" })), {
      clients: ({ credentials }: ClientConfig) => {
        if (credentials !== undefined && "accessKeyId" in credentials) {
          seen.push(credentials.accessKeyId, credentials.sessionToken);
        }
        return { other: { destroy: () => void seen.push("destroyed") } };
      },
    });
    assert.deepEqual(seen, ["ASSUMED", "session", "destroyed"]);
  });

  it("are those of AWS Config's role where that is asked for", async () => {
    await fn.run(changed({}, parameters({ AssumeRoleMode: "True" })));
    assert.equal(fn.aws.bodies("AssumeRole")[0]?.["RoleArn"], `arn:aws:iam::${ACCOUNT}:role/config-role`);
  });

  it("stay the function's own where the mode is off", async () => {
    await fn.run(changed({}, parameters({ AssumeRoleMode: "false", ExecutionRoleName: "audit" })));
    assert.deepEqual(keys(), ["PutEvaluations OWN"]);
  });

  it("are in the partition of the rule, from the regional endpoint", async () => {
    const hosts: string[] = [];
    const requestHandler = {
      handle: ({ hostname }: { readonly hostname: string }) => {
        hosts.push(hostname);
        return Promise.reject(new Error("no network"));
      },
    };
    const credentials = { accessKeyId: "OWN", secretAccessKey: "own" };
    for (const [region, more, host] of [
      ["cn-north-1", {}, "sts.cn-north-1.amazonaws.com.cn"],
      ["us-east-1", {}, "sts.us-east-1.amazonaws.com"],
      ["us-gov-west-1", {}, "sts.us-gov-west-1.amazonaws.com"],
      ["eu-west-1", { ExecutionRoleRegion: "eu-south-1" }, "sts.eu-south-1.amazonaws.com"],
    ] as const) {
      hosts.length = 0;
      const event = changed({}, parameters({ ExecutionRoleName: "audit", ...more }));
      const client = { region, credentials, requestHandler, maxAttempts: 1 };
      await assert.rejects(fn.run(event, {}, { client }), { message: "no network" });
      assert.deepEqual(hosts, [host]);
    }
    const event = changed(
      {},
      {
        configRuleArn: `arn:aws-cn:config:cn-north-1:${ACCOUNT}:config-rule/x`,
        ...parameters({ ExecutionRoleName: "a" }),
      },
    );
    await fn.run(event);
    assert.equal(fn.aws.bodies("AssumeRole").at(-1)?.["RoleArn"], `arn:aws-cn:iam::${ACCOUNT}:role/a`);
  });

  it("are not tried with the service-linked role, which no function can assume", async () => {
    const executionRoleArn = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
    const event = changed({}, { executionRoleArn, ...parameters({ AssumeRoleMode: "true" }) });
    await assert.rejects(fn.run(event), {
      name: "InvalidParameterValueException",
      message: /is service-linked.*"ExecutionRoleName"/,
    });
    assert.deepEqual(fn.aws.bodies("AssumeRole"), []);
  });

  for (const [name, value] of [
    ["AssumeRoleMode", "maybe"],
    ["ExecutionRoleName", "arn:aws:iam::123456789012:role/audit"],
    ["ExecutionRoleRegion", "everywhere"],
  ] as const) {
    it(`are refused with ${name} "${value}", which is shown in AWS Config`, async () => {
      const message = new RegExp(`"${name}" is "${value}"; set it to `);
      await assert.rejects(fn.run(changed({}, parameters({ [name]: value }))), {
        name: "InvalidParameterValueException",
        message,
      });
      const [sent, ...others] = fn.evaluations();
      assert.equal(sent?.["ComplianceResourceType"], "AWS::::Account");
      assert.match(String(sent["Annotation"]), message);
      assert.deepEqual(others, []);
    });
  }

  it("are not fallen back upon when the role cannot be assumed", async () => {
    fn.aws.answer("AssumeRole", () => {
      throw new Refusal("AccessDenied", "User is not authorized to perform: sts:AssumeRole", 403);
    });
    await assert.rejects(fn.run(changed({}, parameters({ ExecutionRoleName: "audit" }))), {
      name: "AccessDeniedException",
      message: /lacks a permission: User is not authorized to perform: sts:AssumeRole\./,
    });
    assert.deepEqual(keys(), ["AssumeRole OWN", "PutEvaluations OWN"]);
    assert.deepEqual(
      fn.evaluations().map(({ ComplianceResourceType: type }) => type),
      ["AWS::::Account"],
    );
  });

  it("that are missing are shown in AWS Config, with what the control needs", async () => {
    fn.aws.answer("GetResourceConfigHistory", () => {
      throw new Refusal("AccessDeniedException", "You may not do config:GetResourceConfigHistory");
    });
    await assert.rejects(fn.run(oversized()), { name: "AccessDeniedException" });
    const [sent] = fn.evaluations();
    assert.equal(sent?.["ComplianceResourceType"], "AWS::::Account");
    assert.match(String(sent["Annotation"]), /config:GetResourceConfigHistory\..*needs ec2:DescribeVolumes/);
  });

  it("do not outlive the invocation", async () => {
    await fn.run(changed({}, parameters({ ExecutionRoleName: "audit" })));
    await fn.run(changed());
    assert.equal(fn.aws.calls.at(-1)?.key, "OWN");
    assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT"), evaluation("COMPLIANT")]);
  });
});
