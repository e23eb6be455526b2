import * as assert from "node:assert/strict";
import { preventedControls } from "../../policypack/prevented";
import { ResourceGraph, evaluate } from "../../rules/engine";
import { evaluated } from "../../rules/controls";
import { caseFacts, caseUrn, resource } from "../../rules/cases/build";
import { analyzeRequest, analyzeStackRequest, answerOf, configureRequest } from "../support/analyzer";
import type { Analyzer } from "../support/analyzer";
import { packByFastPath, packBySdk } from "../support/pack-in-process";

const control = preventedControls().find(
  ({ rule }) => rule.identifier === "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
);
assert.ok(control);
const { rule } = control;

const BUCKET = "aws:s3/bucket:Bucket";
const facts = caseFacts({
  site: resource(BUCKET)({ bucket: "site" }),
  own: resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")({
    bucket: "site",
    blockPublicAcls: false,
  }),
});

/** What the engine of the controls says of the bucket. */
function directMessage(): string {
  const evaluatedControl = evaluated(rule, {});
  assert.ok(evaluatedControl);
  const { findings } = evaluate(new ResourceGraph(facts), [evaluatedControl]);
  const found = findings.find(({ urn }) => urn === caseUrn("site", BUCKET));
  assert.ok(found);
  return found.message;
}

/** What a pack says of the bucket when the stack is known. */
async function packMessages(analyzer: Analyzer): Promise<readonly string[]> {
  await analyzer.configure(configureRequest({ [rule.name]: { level: "mandatory" } }));
  for (const fact of facts) await analyzer.analyze(analyzeRequest(fact, facts));
  const { lines } = answerOf(await analyzer.analyzeStack(analyzeStackRequest(facts)));
  return lines
    .filter(({ policy, urn }) => policy === rule.name && urn === caseUrn("site", BUCKET))
    .map(({ message }) => message);
}

describe("the resource that holds a property", () => {
  for (const [name, pack] of [
    ["the fast path", packByFastPath],
    ["the SDK's own handlers", packBySdk],
  ] as const) {
    it(`is named by ${name} as by the engine of the controls`, async () => {
      const expected = directMessage();
      assert.match(expected, /^In BucketPublicAccessBlock "own", "blockPublicAcls" is false/);
      const messages = await packMessages(pack());
      assert.equal(messages.length, 1);
      assert.ok(messages[0]?.endsWith(expected), messages[0]);
    });
  }
});
