import * as assert from "node:assert/strict";
import { actionsOf, customControl, idOf } from "../../../rules/custom/control";
import { textAt } from "../../../rules/custom/items";
import type { ConfigurationItem } from "../../../rules/custom/items";
import { messageOf } from "../../../rules/custom/judge";
import { compliant, violation } from "../../../rules/engine";

const good = {
  name: "s3-bucket-example",
  title: "Buckets are examples.",
  severity: "low",
  resourceTypes: ["AWS::S3::Bucket"],
  triggerTypes: ["ConfigurationChange"],
  parameters: {},
  sources: {},
  listing: [],
  judge: compliant,
} as const;

describe("the declaration of a custom control", () => {
  it("is taken as it is", () => {
    assert.equal(customControl(good), good);
    assert.equal(idOf(good), "S3_BUCKET_EXAMPLE");
    customControl({ ...good, resourceTypes: ["AWS::::Account"] });
  });

  for (const [what, change, message] of [
    [
      "a name in other letters",
      { name: "S3_Bucket" },
      /^Control "S3_Bucket" is not well formed: "name" must be/,
    ],
    ["a name of one word", { name: "s3" }, /"name" must be/],
    ["a name that is too long", { name: `s3-${"a".repeat(62)}` }, /"name" must be 64/],
    ["a title that is no sentence", { title: "buckets" }, /"title" must be a sentence/],
    ["a title that commands", { title: "Ensure that buckets are good." }, /"title" must be a sentence/],
    ["no type", { resourceTypes: [] }, /"resourceTypes" must name a type/],
    ["no trigger", { triggerTypes: [] }, /"triggerTypes" must name what triggers the rule/],
    ["every permission", { listing: ["*"] }, /"\*" is no IAM action; write service and action/],
    ["a wildcard", { listing: ["s3:Get*"] }, /"s3:Get\*" is no IAM action; write service and action/],
    [
      "a read by no action",
      { sources: { name: { from: "read", action: "s3", because: "it is an example" } } },
      /"s3" is no IAM action/,
    ],
    [
      "a type of Pulumi",
      { resourceTypes: ["aws:s3/bucket:Bucket"] },
      /"aws:s3\/bucket:Bucket" is no type of AWS Config/,
    ],
  ] as const) {
    it(`is refused with ${what}`, () =>
      assert.throws(() => customControl({ ...good, ...change }), { message }));
  }

  it("is refused with a default that the parameter itself does not take", () => {
    const parameters = { days: { type: "int", minimum: 1, default: "0", description: "Days." } } as const;
    assert.throws(() => customControl({ ...good, parameters }), {
      message: /"days" is "0"; set it to a whole number of 1 or more/,
    });
  });

  it("is refused with everything that is wrong", () =>
    assert.throws(() => customControl({ ...good, name: "x", title: "y", resourceTypes: [] }), {
      message: /"name".*"title".*"resourceTypes"/,
    }));

  it("says which permissions the rule needs, each once", () => {
    const read = { from: "read", action: "s3:GetBucketAcl", because: "it is an example" } as const;
    const sources = { a: read, b: read, c: { from: "item", path: "configuration.name" } } as const;
    const control = { ...good, sources, listing: ["s3:ListAllMyBuckets", "s3:GetBucketAcl"] };
    assert.deepEqual(actionsOf(control), ["s3:GetBucketAcl", "s3:ListAllMyBuckets"]);
  });
});

describe("the message of an outcome", () => {
  it("is a sentence that says what was found and how to fix it", () =>
    assert.equal(
      messageOf(
        violation(
          { found: "a door is open", fix: "close it" },
          { found: "a window is open", fix: "close it" },
        ),
      ),
      "A door is open and a window is open; close it.",
    ));

  it("is empty where nothing is wrong", () => assert.equal(messageOf(compliant()), ""));
});

describe("the text of a configuration item", () => {
  const item: ConfigurationItem<"AWS::Lambda::Function"> = {
    resourceType: "AWS::Lambda::Function",
    resourceId: "orders",
    configurationItemStatus: "OK",
    configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
    tags: {},
    relationships: [],
    configuration: { functionName: "orders", runtime: "" },
    supplementaryConfiguration: {},
  };

  it("is read by its path", () => assert.equal(textAt(item, "configuration.functionName"), "orders"));

  it("is named when it is missing, empty, or no text", () => {
    const message = (path: string): RegExp =>
      new RegExp(`^The configuration item of AWS::Lambda::Function has no text at "${path}"`);
    assert.throws(() => textAt(item, "configuration.role"), { message: message("configuration.role") });
    assert.throws(() => textAt(item, "configuration.runtime"), { message: message("configuration.runtime") });
    assert.throws(() => textAt({ ...item, resourceName: {} as never }, "resourceName"), {
      message: message("resourceName"),
    });
  });

  it("is not read by a path that the type does not have", () => {
    // @ts-expect-error -- what is tested: a misspelt path does not compile
    assert.throws(() => textAt(item, "configuration.functionname"));
  });
});
