import * as assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { deliverPublish } from "../../../cli/deliver/publish";
import { removeFolders } from "../support";
import { Place } from "./support";
import type { Settings } from "./support";

const listed = (...versions: readonly string[]): { stdout: unknown } => ({
  stdout: [
    { name: "other", versions: ["1.2.3"] },
    { name: "continuous-compliance", versions },
  ],
});

const run = (
  place: Place,
  organisation = "acme",
  env: Readonly<Record<string, string>> = {},
): Promise<number> =>
  deliverPublish({ organisation, policyPack: place.path("pack") }, place.context(undefined, env));

describe("deliver publish", () => {
  after(removeFolders);

  it("publishes a version that the organisation does not have", async () => {
    const place = new Place({
      "policy ls": [listed("1.2.2"), listed("1.2.2", "1.2.3")],
      "policy publish": {},
    });
    assert.equal(await run(place), 0);
    assert.deepEqual(place.callsOf("policy"), [
      "policy ls acme --json",
      "policy publish acme --non-interactive --color never",
      "policy ls acme --json",
    ]);
    assert.equal(place.out, 'Published continuous-compliance 1.2.3 to "acme".\n');
  });

  it("never publishes a version twice", async () => {
    const place = new Place({ "policy ls": listed("1.2.3") });
    assert.equal(await run(place), 0);
    assert.deepEqual(place.callsOf("policy publish"), []);
    assert.match(place.out, /"acme" has continuous-compliance 1\.2\.3 already; it is not published again\./);
  });

  it("goes on when somebody else was faster", async () => {
    const publish = { status: 1, stderr: "error: Publish policy pack failed: [409] Conflict: exists" };
    const place = new Place({ "policy ls": listed(), "policy publish": publish });
    assert.equal(await run(place), 0);
    assert.match(place.out, /already/);
  });

  for (const [what, settings, expected] of [
    [
      "the service refuses",
      { "policy ls": listed(), "policy publish": { status: 1, stderr: "error: [403] Forbidden" } },
      /"pulumi policy publish" ended with status 1:\nerror: \[403\] Forbidden/,
    ],
    [
      "the version is not there afterwards",
      { "policy ls": listed("1.2.2"), "policy publish": {} },
      /"acme" has no continuous-compliance 1\.2\.3: it has 1\.2\.2\. If the pack gives itself another name/,
    ],
    ["the list is none", { "policy ls": { stdout: {} } }, /"pulumi policy ls --json" gives no list/],
  ] as const satisfies readonly (readonly [string, Settings, RegExp])[]) {
    it(`fails when ${what}`, async () => {
      await assert.rejects(run(new Place(settings)), expected);
    });
  }

  for (const organisation of ["", "a b", "--json", "acme/team"]) {
    it(`refuses the organisation ${JSON.stringify(organisation)}`, async () => {
      await assert.rejects(run(new Place(), organisation), /The organisation is/);
    });
  }

  it("needs Pulumi Cloud", async () => {
    const env = { PULUMI_BACKEND_URL: "s3://states?region=eu-west-1" };
    await assert.rejects(
      run(new Place(), "acme", env),
      /the backend is s3:\/\/states\. Without Pulumi Cloud/,
    );
  });

  it("needs a pack with a version", async () => {
    const place = new Place();
    writeFileSync(place.path("pack/package.json"), '{"version":"latest"}');
    await assert.rejects(run(place), /The pack's manifest has no version/);
    writeFileSync(place.path("pack/package.json"), "{");
    await assert.rejects(run(place), /It is no JSON/);
    rmSync(place.path("pack/package.json"));
    await assert.rejects(run(place), /There is no such file/);
    rmSync(place.path("pack/PulumiPolicy.yaml"));
    await assert.rejects(run(place), /There is no "PulumiPolicy\.yaml"/);
  });
});
