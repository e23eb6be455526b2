import * as assert from "node:assert/strict";
import { control, fromAccount } from "../../../rules/custom/ec2-ami-not-public";
import { definition } from "../../../rules/custom/ec2-ami-not-public/handler";
import { judged, messageOf } from "../../../rules/custom/judge";
import type { Json } from "../lambda/loopback";
import { ACCOUNT, evaluation, scheduled } from "../lambda/support";
import { ruleRun } from "./rule-run";

/** What the rule reads from EC2, and how it names many images. The parity test has the verdicts. */

const page = (images: Readonly<Record<string, boolean>>, token = ""): Json => ({
  xml: `<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><imagesSet>${Object.entries(
    images,
  )
    .map(([id, isPublic]) => `<item><imageId>${id}</imageId><isPublic>${String(isPublic)}</isPublic></item>`)
    .join("")}</imagesSet>${token === "" ? "" : `<nextToken>${token}</nextToken>`}</DescribeImagesResponse>`,
});

describe("the rule ec2-ami-not-public", () => {
  const { aws, run: answer } = ruleRun(definition);
  const run = (): Promise<readonly Json[]> => answer(scheduled());

  it("reads the account's own images page by page, and reports on the account", async () => {
    aws.answer("DescribeImages", () => page({ "ami-1": false }, "more"));
    aws.answer("DescribeImages", () => page({ "ami-2": true }));
    const found =
      'AMI "ami-2" is shared with everybody; share AMIs with accounts or organisations, and with no "group".';
    assert.deepEqual(await run(), [evaluation("NON_COMPLIANT", ACCOUNT, found, "AWS::::Account")]);
    const [first, second] = aws.bodies("DescribeImages");
    assert.equal(first?.["Owner.1"], "self");
    assert.equal(second?.["NextToken"], "more");
  });

  it("complies when no image is public", async () => {
    aws.answer("DescribeImages", () => page({ "ami-1": false }));
    assert.deepEqual(await run(), [evaluation("COMPLIANT", ACCOUNT, undefined, "AWS::::Account")]);
  });

  it("does not apply to an account without images", async () => {
    aws.answer("DescribeImages", () => page({}));
    assert.deepEqual(await run(), [evaluation("NOT_APPLICABLE", ACCOUNT, undefined, "AWS::::Account")]);
  });

  it("names the first of many images", () => {
    const images = ["a", "b", "c", "d", "e"].map((id) => ({ ImageId: `ami-${id}`, Public: true }));
    const message = messageOf(judged(control, fromAccount(images), {}));
    assert.match(message, /^5 AMIs \("ami-a", "ami-b", "ami-c", \.\.\.\) are shared with everybody; /);
  });
});
