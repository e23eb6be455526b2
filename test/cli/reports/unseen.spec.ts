import * as assert from "node:assert/strict";
import { ReportBuilder } from "../../../cli/reports";
import { selectionFrom } from "../../../cli/selection";
import { readExport } from "../../../cli/sources/export";
import { exported, resource, volume } from "../support";

describe("what a stack speaks of and does not hold", () => {
  it("is said of resources that are only read, and of what CloudFormation makes", () => {
    const source = readExport(
      {
        ...exported([
          { ...volume("shared", false), external: true },
          { ...resource("pulumi:pulumi:StackReference", "network", {}), external: true },
          resource("aws:cloudformation/stack:Stack", "legacy", { templateBody: "{}" }),
        ]),
      },
      "a.json",
    );
    const selection = selectionFrom(undefined, { controls: ["ENCRYPTED_VOLUMES"] }, "2026-06-01");
    const builder = new ReportBuilder({ failOn: "low", onUnknown: "advisory" });
    builder.judge(source, selection);
    const [{ notes, uncovered } = assert.fail()] = builder.finish(selection).sources;
    assert.deepEqual(notes, [
      "The program only reads 1 resource of others, which is not judged.",
      'What Stack "legacy" makes through CloudFormation cannot be seen; AWS Config judges it after the deployment.',
    ]);
    assert.deepEqual(uncovered, [{ type: "aws:cloudformation/stack:Stack", resources: 1 }]);
  });
});
