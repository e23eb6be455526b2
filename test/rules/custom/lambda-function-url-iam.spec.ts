import * as assert from "node:assert/strict";
import { definition } from "../../../rules/custom/lambda-function-url-iam/handler";
import { Refusal } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";
import { evaluation, eventOf, scheduled, TIME } from "../lambda/support";
import { ruleRun } from "./rule-run";

/** What the rule reads from Lambda. The parity test has the verdicts. */

const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";
const TYPE = "AWS::Lambda::Function";
const url = (AuthType: string, alias = ""): Json => ({ AuthType, FunctionArn: `${ARN}${alias}` });
const OPEN =
  '"authorizationType" of the function URL of "live" is "NONE"; set "authorizationType" to "AWS_IAM".';

describe("the rule lambda-function-url-iam", () => {
  const { aws, run } = ruleRun(definition);

  const changed = (configuration: unknown = { functionName: "orders" }): Json =>
    eventOf({
      messageType: "ConfigurationItemChangeNotification",
      configurationItem: {
        resourceType: TYPE,
        resourceId: "orders",
        configurationItemStatus: "OK",
        configurationItemCaptureTime: TIME,
        configuration,
      },
    });

  it("reads the URLs of all aliases, page by page", async () => {
    aws.functions = { orders: [url("AWS_IAM"), url("NONE", ":live")] };
    assert.deepEqual(await run(changed()), [evaluation("NON_COMPLIANT", "orders", OPEN, TYPE)]);
    assert.equal(aws.bodies("ListFunctionUrlConfigs").length, 2);
  });

  it("does not apply to a function that was deleted meanwhile", async () => {
    assert.deepEqual(await run(changed()), [evaluation("NOT_APPLICABLE", "orders", undefined, TYPE)]);
  });

  it("says which field an item lacks", () =>
    assert.rejects(run(changed({ runtime: "nodejs22.x" })), {
      name: "ControlFailure",
      message: 'The configuration item of AWS::Lambda::Function has no text at "configuration.functionName".',
    }));

  it("says which permissions it needs when it lacks one", async () => {
    aws.answer("ListFunctionUrlConfigs", () => {
      throw new Refusal(
        "AccessDeniedException",
        "not authorized to perform: lambda:ListFunctionUrlConfigs",
        403,
      );
    });
    await assert.rejects(run(changed()), {
      name: "AccessDeniedException",
      message: /needs lambda:ListFunctionUrlConfigs, lambda:ListFunctions\./,
    });
  });

  it("evaluates all functions of the account on a schedule, and retires those that are gone", async () => {
    aws.functions = { orders: [url("NONE", ":live")], mail: [url("AWS_IAM")], batch: [] };
    aws.held = [
      { type: TYPE, id: "orders" },
      { type: TYPE, id: "gone" },
    ];
    assert.deepEqual(await run(scheduled()), [
      evaluation("NON_COMPLIANT", "orders", OPEN, TYPE),
      evaluation("COMPLIANT", "mail", undefined, TYPE),
      evaluation("NOT_APPLICABLE", "batch", undefined, TYPE),
      evaluation("NOT_APPLICABLE", "gone", "The resource is gone.", TYPE),
    ]);
  });
});
