import * as assert from "node:assert/strict";
import { removeFolders } from "../support";
import { Place, previewIn, state, step, summary, written } from "./support";
import type { Settings } from "./support";

const PIPELINE = "urn:pulumi:dev::shop::aws:codepipeline/pipeline:Pipeline::delivery";

describe("a pipeline's own stack", () => {
  after(removeFolders);

  for (const [stack, own] of [
    ["dev", "organization/shop/dev"],
    ["organization/shop/dev", "organization/shop/dev"],
    ["acme/dev", "acme/shop/dev"],
    ["acme/dev", "dev"],
  ] as const) {
    it(`refuses ${stack} in the pipeline of ${own}`, async () => {
      const place = new Place();
      await assert.rejects(
        previewIn(place, { stack }, { COMPLIANCE_PIPELINE_STACK: own }),
        /holds the pipeline that delivers it[^]*A pipeline never delivers its own stack/,
      );
      assert.deepEqual(place.calls, []);
    });
  }

  for (const own of ["organization/shop/prod", "organization/other/dev"]) {
    it(`previews dev in the pipeline of ${own}`, async () => {
      assert.equal(await previewIn(new Place(), {}, { COMPLIANCE_PIPELINE_STACK: own }), 0);
    });
  }

  for (const [where, settings] of [
    [
      "has",
      {
        "stack export": {
          stdout: state([
            { urn: PIPELINE, type: "aws:codepipeline/pipeline:Pipeline", outputs: { name: "delivery" } },
          ]),
        },
      },
    ],
    [
      "would get",
      { preview: { events: [step("create", PIPELINE, { name: "delivery" }), summary()], plan: "{}" } },
    ],
  ] as const satisfies readonly (readonly [string, Settings])[]) {
    for (const env of [
      { COMPLIANCE_PIPELINE_NAME: "delivery" },
      { CODEBUILD_INITIATOR: "codepipeline/delivery" },
    ]) {
      it(`refuses a stack that ${where} the running pipeline, told by ${Object.keys(env).join("")}`, async () => {
        const place = new Place(settings);
        await assert.rejects(previewIn(place, {}, env), /holds the pipeline "delivery" that delivers it/);
        assert.deepEqual(written(place), []);
      });
    }
    it(`previews a stack that ${where} another pipeline`, async () => {
      assert.equal(await previewIn(new Place(settings), {}, { COMPLIANCE_PIPELINE_NAME: "other" }), 0);
    });
  }
});
