import * as assert from "node:assert/strict";
import { GetBucketVersioningCommand } from "@aws-sdk/client-s3";
import { complianceJson } from "../engine/compliance";
import { succeeded } from "../engine/stack";
import { objectOf, textOf } from "../json";
import type { AwsClients } from "../local-aws";
import type { Sandbox, Scenario } from "../scenario";
import { bucketsOf } from "./aws-state";
import { BUCKET, Guarded, of, TLS, VERSIONING } from "./guarded";

async function effectOf(sandbox: Sandbox, control: string): Promise<string> {
  return textOf(
    objectOf((await complianceJson(sandbox, ["explain", control, "--format", "json"]))["prevention"])[
      "effect"
    ],
  );
}

async function versioningOf({ s3 }: AwsClients): Promise<string | undefined> {
  return (await s3.send(new GetBucketVersioningCommand({ Bucket: BUCKET }))).Status;
}

/** The project's pack on the real engine: what it stops, when, and what it lets pass. */
export const prevention: readonly Scenario[] = [
  {
    title: "a violating change is stopped in preview, also in that of an update",
    run: async (sandbox) => {
      const guarded = await Guarded.create(sandbox, { versioning: "None" }, { [VERSIONING]: "mandatory" });
      for (const stopped of [await guarded.preview(), await guarded.up(false)]) {
        assert.notEqual(stopped.status, 0);
        const [violation, ...others] = of(VERSIONING, stopped);
        assert.deepEqual(others, []);
        assert.equal(violation?.level, "mandatory");
        assert.match(violation.urn, /::aws:s3\/bucket:Bucket::data$/);
      }
      assert.deepEqual(await bucketsOf(sandbox.clients), []);
    },
  },
  {
    title:
      "with the preview skipped, a resource policy stops a resource before it is created, as explain says",
    run: async (sandbox) => {
      const guarded = await Guarded.create(
        sandbox,
        { versioning: "Suspended" },
        { [VERSIONING]: "mandatory" },
      );
      const stopped = await guarded.up(true);
      assert.notEqual(stopped.status, 0);
      assert.match(of(VERSIONING, stopped)[0]?.urn ?? "", /BucketVersioning::data$/);
      assert.ok(!stopped.done.some(({ type }) => type === "aws:s3/bucketVersioning:BucketVersioning"));
      assert.equal(await versioningOf(sandbox.clients), undefined);
      assert.match(
        await effectOf(sandbox, VERSIONING),
        /by itself[^]*BucketVersioning[^]*before it is created/,
      );
    },
  },
  {
    title: "with the preview skipped, a stack policy reports only after the update, as explain says",
    run: async (sandbox) => {
      const guarded = await Guarded.create(sandbox, { versioning: "None" }, { [VERSIONING]: "mandatory" });
      const late = await guarded.up(true);
      assert.notEqual(late.status, 0);
      assert.equal(of(VERSIONING, late).length, 1);
      assert.deepEqual(await bucketsOf(sandbox.clients), [BUCKET]);
      assert.match(
        await effectOf(sandbox, VERSIONING),
        /preview is skipped, it reports only after the update/,
      );
    },
  },
  {
    title: "an advisory violation passes and is shown",
    run: async (sandbox) => {
      const guarded = await Guarded.create(
        sandbox,
        { versioning: "Suspended" },
        { [VERSIONING]: "advisory" },
      );
      const passed = succeeded(await guarded.up(false));
      assert.deepEqual([...new Set(of(VERSIONING, passed).map(({ level }) => level))], ["advisory"]);
      assert.match(passed.stdout, new RegExp(VERSIONING));
      assert.equal(await versioningOf(sandbox.clients), "Suspended");
    },
  },
  ...[true, false].map((tls): Scenario => {
    const verdict = tls ? "found compliant" : "reported";
    return {
      title: `what is undecided in preview is said so, and is ${verdict} in the update`,
      run: async (sandbox) => {
        const guarded = await Guarded.create(sandbox, { tls }, { [TLS]: "mandatory" });
        const undecided = of(TLS, succeeded(await guarded.preview()));
        assert.match(undecided[0]?.message ?? "", /Undecided/);
        assert.deepEqual([...new Set(undecided.map(({ level }) => level))], ["advisory"]);
        const updated = await guarded.up(true);
        const decided = of(TLS, updated);
        assert.ok(!decided.some(({ message }) => message.includes("Undecided")));
        assert.deepEqual([updated.status === 0, decided.length === 0], [tls, tls]);
      },
    };
  }),
];
