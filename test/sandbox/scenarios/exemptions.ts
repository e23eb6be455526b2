import * as assert from "node:assert/strict";
import { succeeded } from "../engine/stack";
import type { Scenario } from "../scenario";
import { Guarded, of, VERSIONING } from "./guarded";

/** The policy that watches over exemptions themselves. */
const WATCH = "compliance-exemptions";

function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}

/** The pack's configuration with one exemption of a bucket. */
function exempting(resource: string, expires: string): Readonly<Record<string, unknown>> {
  const exemption = {
    resource,
    expires,
    reason: "Holds nothing that is not kept elsewhere.",
    owner: "storage",
  };
  return {
    [VERSIONING]: { enforcementLevel: "mandatory", exemptions: [exemption] },
    [WATCH]: "advisory",
  };
}

/** Accepted findings on the real engine. */
export const exemptions: readonly Scenario[] = [
  {
    title: "an exempted finding passes and is shown with who accepted it and until when",
    run: async (sandbox) => {
      const guarded = await Guarded.create(sandbox, { versioning: "None" }, exempting("data", day(30)));
      const [report, ...others] = of(VERSIONING, succeeded(await guarded.up(false)));
      assert.deepEqual([others, report?.level], [[], "advisory"]);
      assert.match(report?.message ?? "", /Exempted: [^]*Accepted by storage until [^]*30 days left/);
    },
  },
  {
    title: "an expired exemption stops nothing from being stopped, and says that it ended",
    run: async (sandbox) => {
      const guarded = await Guarded.create(sandbox, { versioning: "None" }, exempting("data", day(-1)));
      const stopped = await guarded.preview();
      assert.notEqual(stopped.status, 0);
      assert.match(
        of(VERSIONING, stopped)[0]?.message ?? "",
        new RegExp(`storage was given ended on ${day(-1)}`),
      );
    },
  },
  {
    title: "an exemption that covers nothing is listed, and the finding beside it stays",
    run: async (sandbox) => {
      const guarded = await Guarded.create(sandbox, { versioning: "None" }, exempting("other", day(30)));
      const stopped = await guarded.preview();
      assert.notEqual(stopped.status, 0);
      assert.equal(of(VERSIONING, stopped)[0]?.level, "mandatory");
      assert.match(of(WATCH, stopped)[0]?.message ?? "", /cover nothing[^]*on "other"/);
    },
  },
  {
    title: "parameters and levels of the configuration decide: the same program passes and is stopped",
    run: async (sandbox, say) => {
      const configured = async (policy: unknown, passes: boolean): Promise<void> => {
        const guarded = await Guarded.create(sandbox, {}, { [VERSIONING]: policy });
        const planned = await guarded.preview();
        assert.equal(planned.status === 0, passes, planned.stdout);
        say(`${JSON.stringify(policy)} ${passes ? "passes" : "is stopped"}`);
      };
      await configured({ enforcementLevel: "mandatory" }, true);
      await configured({ enforcementLevel: "mandatory", isMfaDeleteEnabled: "true" }, false);
      await configured({ enforcementLevel: "advisory", isMfaDeleteEnabled: "true" }, true);
      await configured({ enforcementLevel: "disabled", isMfaDeleteEnabled: "true" }, true);
    },
  },
];
