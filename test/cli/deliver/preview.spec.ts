import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, removeFolders } from "../support";
import {
  BUCKET,
  COMMIT,
  error,
  GOOD,
  Place,
  previewIn,
  STACK,
  step,
  summary,
  violation,
  written,
} from "./support";
import type { Settings } from "./support";

const FINDINGS = [
  "events.jsonl",
  "findings.json",
  "findings.md",
  "findings.sarif",
  "findings.xml",
  "steps.json",
  "summary.txt",
];

describe("deliver preview", () => {
  after(removeFolders);

  it("keeps plan, manifest, steps and findings", async () => {
    const place = new Place();
    assert.equal(await previewIn(place), 0);
    assert.deepEqual(written(place), [...FINDINGS, "manifest.json", "plan.json"].sort());
    const manifest = place.json("out/manifest.json") as Record<string, unknown>;
    assert.deepEqual(Object.keys(manifest).sort(), [
      "checkpoint",
      "cli",
      "commit",
      "lockFile",
      "plan",
      "policyPacks",
      "stack",
      "stackFile",
      "steps",
      "time",
      "tool",
      "version",
    ]);
    assert.equal(manifest["commit"], COMMIT);
    assert.equal(manifest["cli"], "3.274.1");
    assert.equal(manifest["stack"], "shop/dev");
    assert.equal(manifest["time"], "2026-11-25T12:00:00.000Z");
    assert.match(place.out, /Previewing\n[^]*plan, manifest and findings/);
    assert.equal(
      readFileSync(place.path("out/summary.txt"), "utf8"),
      "dev at 0123456789ab; 1 to create, 1 unchanged; no mandatory violation, 0 advisory findings, 0 undecided\n",
    );
    const [call = ""] = place.callsOf("preview");
    assert.match(
      call,
      /^preview --save-plan \S+plan\.json --stack dev --event-log \S+ --policy-pack \S+pack --policy-pack-config \S+config\.json --non-interactive --color never$/,
    );
  });

  it("leaves nothing beside its folder", async () => {
    const place = new Place();
    const before = readdirSync(place.root);
    await previewIn(place);
    assert.deepEqual(
      readdirSync(place.root).filter((name) => !before.includes(name)),
      ["fake.json.calls", "out"],
    );
  });

  it("writes no plan when it is turned off, and the steps all the same", async () => {
    const place = new Place();
    assert.equal(await previewIn(place, { plan: false }), 0);
    assert.deepEqual(written(place), [...FINDINGS, "manifest.json"].sort());
    assert.equal((place.json("out/manifest.json") as { plan: string }).plan, "none");
    assert.deepEqual(
      (place.json("out/steps.json") as { op: string; urn: string }[]).map(({ op, urn }) => [op, urn]),
      [["create", BUCKET]],
    );
  });

  it("keeps only the findings when policies stop it, and ends with 1", async () => {
    const stopped = [
      step("same", STACK),
      step("create", BUCKET),
      violation(
        "s3-bucket-versioning-enabled",
        'The bucket has no versioning; add a BucketVersioning with "status" Enabled.',
      ),
      violation("team-policy", "Not like this."),
      violation("s3-bucket-logging-enabled", "Undecided: An input is not known.", "advisory"),
      violation(
        "s3-bucket-ssl-requests-only",
        "Exempted: The bucket has no policy; add a BucketPolicy. Accepted by web-team (SEC-1) until 2027-01-31, 67 days left: Public: web.",
        "advisory",
      ),
      {
        policyAnalyzeStackSummaryEvent: {
          policyPackName: "continuous-compliance",
          passed: ["s3-bucket-acl-prohibited"],
        },
      },
      error("preview failed"),
      summary({ create: 1 }),
    ];
    const place = new Place({ preview: { status: 1, events: stopped } });
    assert.equal(await previewIn(place), 1);
    assert.deepEqual(written(place), FINDINGS);
    assert.match(place.err, /^error: Policies stop the preview of "dev": 2 mandatory violations\./);
    const report = place.json("out/findings.json") as {
      results: {
        control: string;
        verdict: string;
        level: string;
        message: string;
        fix: string;
        exemption?: object;
      }[];
      summary: Record<string, number>;
    };
    const found = report.results.map(({ control, verdict, level }) => [control, verdict, level]);
    assert.deepEqual(found, [
      ["S3_BUCKET_LOGGING_ENABLED", "UNDECIDED", "advisory"],
      ["S3_BUCKET_SSL_REQUESTS_ONLY", "NON_COMPLIANT", "advisory"],
      ["S3_BUCKET_VERSIONING_ENABLED", "NON_COMPLIANT", "mandatory"],
      ["team-policy", "NON_COMPLIANT", "mandatory"],
      ["S3_BUCKET_ACL_PROHIBITED", "COMPLIANT", "mandatory"],
    ]);
    assert.equal(report.results[2]?.fix, 'Add a BucketVersioning with "status" Enabled.');
    assert.deepEqual(report.results[1]?.exemption, {
      control: "S3_BUCKET_SSL_REQUESTS_ONLY",
      resource: BUCKET,
      reason: "Public: web.",
      owner: "web-team",
      expires: "2027-01-31",
      ticket: "SEC-1",
    });
    assert.deepEqual(report.summary, {
      resources: 1,
      controls: 5,
      compliant: 1,
      nonCompliant: 3,
      undecided: 1,
      exempted: 1,
      errors: 0,
    });
    const comment = readFileSync(place.path("out/findings.md"), "utf8");
    assert.match(
      comment,
      /^<!-- compliance-preview dev -->\n# Preview of `dev`\n\n`0123456789ab`: 1 to create\.\n/,
    );
    assert.match(comment, /## Compliance: 2 violations/);
    assert.match(readFileSync(place.path("out/findings.xml"), "utf8"), /failures="2"/);
  });

  it("ends with 2 when the program fails, also beside violations", async () => {
    const events = [step("create", BUCKET), violation("p", "No."), error("Error: no such thing"), summary()];
    const place = new Place({ preview: { status: 1, events, stderr: "Error: no such thing\n" } });
    assert.equal(await previewIn(place), 2);
    assert.deepEqual(written(place), FINDINGS);
    assert.match(
      place.err,
      /Error: no such thing[^]*error: The preview of "dev" failed \(pulumi ended with status 1\)/,
    );
  });

  it("leaves out of the kept events what the engine tells itself", async () => {
    const events = [
      { diagnosticEvent: { severity: "debug", message: "details" } },
      { diagnosticEvent: { severity: "warning", message: "careful" } },
      summary(),
    ];
    const place = new Place({ preview: { events, plan: "{}" } });
    await previewIn(place);
    const kept = readFileSync(place.path("out/events.jsonl"), "utf8");
    assert.match(kept, /careful/);
    assert.doesNotMatch(kept, /details/);
  });

  it("does not leave the result of an earlier preview when it fails", async () => {
    const place = new Place();
    await previewIn(place);
    place.set({ version: { stdout: "v3.100.0" } });
    await assert.rejects(previewIn(place), /is 3\.100\.0\. Allowed is 3\.249\.0 or later/);
    assert.deepEqual(written(place), []);
  });

  it("refuses a folder that holds something else, and leaves it", async () => {
    const place = new Place();
    mkdirSync(place.path("out"));
    writeFileSync(place.path("out/letter.txt"), "dear");
    await assert.rejects(previewIn(place), /It holds "letter\.txt", which no preview has written/);
    assert.deepEqual(written(place), ["letter.txt"]);
  });

  for (const [given, expected] of [
    ["a/b/c/d", /The stack is "a\/b\/c\/d"\. Allowed is STACK/],
    ["", /The stack is ""/],
    ["--yes", /The stack is "--yes"/],
    ["acme/other/dev", /belongs to the project "other", and the program is "shop"/],
  ] as const) {
    it(`refuses the stack ${JSON.stringify(given)}`, async () => {
      await assert.rejects(previewIn(new Place(), { stack: given }), expected);
    });
  }

  it("asks for one configuration a pack", async () => {
    const place = new Place();
    await assert.rejects(
      previewIn(place, { policyPackConfig: ["a", "b"] }),
      /There are 1 policy packs and 2 configurations/,
    );
  });

  it("says that the CLI is not there", async () => {
    const place = new Place(GOOD, { PATH: "/nowhere" });
    await assert.rejects(previewIn(place), /The Pulumi CLI is not on PATH\. Install it from/);
  });

  for (const [what, settings, expected] of [
    ["a version that is none", { version: { stdout: "hello" } }, /"pulumi version" answers "hello"/],
    ["a state that is no JSON", { "stack export": { stdout: "Hi\n" } }, /writes no JSON but "Hi/],
    ["a state without a deployment", { "stack export": { stdout: {} } }, /gives no "deployment"/],
    [
      "a stack that does not exist",
      { "stack export": { status: 1, stderr: "error: no stack named 'dev' found" } },
      /The stack "dev" does not exist in this backend[^]*pulumi stack init dev/,
    ],
    [
      "a state that cannot be read",
      { "stack export": { status: 255, stderr: "error: AccessDenied\nsee \u001b[31mhere\n" } },
      /"pulumi stack export" ended with status 255:\nerror: AccessDenied\nsee \\u001b\[31mhere$/,
    ],
    [
      "an event log that is cut off",
      { preview: { events: ['{"sequence":'], plan: "{}" } },
      /Line 1 of the engine's event log/,
    ],
    [
      "a success without an end",
      { preview: { events: [step("create", BUCKET)], plan: "{}" } },
      /its event log has no end/,
    ],
  ] as const satisfies readonly (readonly [string, Settings, RegExp])[]) {
    it(`refuses ${what}, and leaves no folder`, async () => {
      const place = new Place(settings);
      await assert.rejects(previewIn(place), expected);
      assert.deepEqual(written(place), []);
    });
  }

  it("takes the commit of a checkout, and refuses one that differs from it", async () => {
    const place = new Place(GOOD, { CODEBUILD_RESOLVED_SOURCE_VERSION: "" });
    await assert.rejects(previewIn(place), /The commit is not known/);
    const git = (...args: readonly string[]): string =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
        cwd: place.root,
        encoding: "utf8",
      }).trim();
    git("init", "--quiet");
    git("add", "Pulumi.yaml", "Pulumi.dev.yaml");
    git("commit", "--quiet", "-m", "first");
    assert.equal(await previewIn(place), 0);
    assert.equal((place.json("out/manifest.json") as { commit: string }).commit, git("rev-parse", "HEAD"));
    writeFileSync(place.path("Pulumi.dev.yaml"), "config: {a:b: c}\n");
    await assert.rejects(
      previewIn(place),
      /differs from its commit in Pulumi\.dev\.yaml\. What is deployed must be a commit/,
    );
  });

  it("shows no secret of the environment, whoever prints it", async () => {
    const secrets = { PULUMI_ACCESS_TOKEN: "pul-0123456789", PULUMI_CONFIG_PASSPHRASE: "correct horse" };
    const said = "token pul-0123456789, passphrase correct horse\n";
    const place = new Place({
      preview: { stdout: said, stderr: said, status: 1, events: [error("x"), summary()] },
    });
    await previewIn(place, {}, secrets);
    assert.match(place.out + place.err, /token \[secret\], passphrase \[secret\]/);
    assert.doesNotMatch(place.out + place.err, /0123456789,|correct horse/);
    const failing = new Place({ "stack export": { status: 1, stderr: said } });
    await assert.rejects(previewIn(failing, {}, secrets), /token \[secret\], passphrase \[secret\]/);
  });

  it("hashes the whole folder of a pack but its packages", async () => {
    const place = new Place();
    const hash = async (): Promise<unknown> => {
      await previewIn(place);
      return (place.json("out/manifest.json") as { policyPacks: unknown }).policyPacks;
    };
    const first = await hash();
    mkdirSync(place.path("pack/node_modules/x"), { recursive: true });
    writeFileSync(place.path("pack/node_modules/x/index.js"), "");
    assert.deepEqual(await hash(), first);
    writeFileSync(place.path("pack/bin/index.js"), "// other");
    assert.notDeepEqual(await hash(), first);
    rmSync(place.path("pack/PulumiPolicy.yaml"));
    await assert.rejects(hash(), /has no "PulumiPolicy\.yaml"/);
    await assert.rejects(
      previewIn(place, { policyPack: [join(folder(), "none")] }),
      /There is no such policy pack/,
    );
  });
});
