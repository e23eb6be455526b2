import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Log, Result } from "sarif";
import { create } from "xmlbuilder2";
import { bundle, compliance, exported, folder, removeFolders, resource, ROOT, volume } from "../support";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const HOSTILE = "<b>&|`@everyone`\u001b[31m\n# \uffff\ud800";

/** Every kind of verdict, an exemption, an error and names that try to break out of each format. */
function everything(): string {
  return folder({
    "a b.json": exported([
      volume("bad", false),
      volume("good", true),
      volume("later", UNKNOWN),
      volume("excused", false),
      volume(HOSTILE, false),
      resource("other:index:Thing", HOSTILE, {}),
    ]),
    "broken.json": "{",
    "s.json": {
      controls: ["ENCRYPTED_VOLUMES", "EC2_VOLUME_INUSE_CHECK"],
      levels: { controls: { EC2_VOLUME_INUSE_CHECK: "advisory" } },
      exemptions: [
        {
          control: "ENCRYPTED_VOLUMES",
          resource: "excused",
          reason: HOSTILE,
          owner: "@team",
          expires: "2999-01-01",
        },
        { control: "ENCRYPTED_VOLUMES", resource: "gone", reason: "r", owner: "o", expires: "2999-01-01" },
      ],
    },
  });
}

async function report(format: string, ...args: readonly string[]): Promise<string> {
  const command = ["check", "a b.json", "broken.json", "--selection", "s.json", "--format", format, ...args];
  const { status, stdout } = await compliance(command, { cwd: everything() });
  assert.equal(status, 2, "for one file is broken");
  return stdout;
}

/** The schema that the standard's authors publish, which is of draft 4; nothing in it means anything else in draft 7. */
function sarifSchema(): ValidateFunction {
  const path = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const schema = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  Reflect.deleteProperty(schema, "$schema");
  Reflect.deleteProperty(schema, "id");
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(schema);
}

describe("formats of a report", () => {
  before(async () => {
    await bundle();
  });
  after(removeFolders);

  it("json satisfies its schema", async () => {
    const schema = JSON.parse(readFileSync(join(ROOT, "docs/schemas/report.schema.json"), "utf8")) as object;
    const validate = new Ajv({ allErrors: true }).compile(schema);
    assert.equal(validate(JSON.parse(await report("json"))), true, JSON.stringify(validate.errors));
    assert.equal(validate({ version: 2 }), false);
  });

  describe("where another resource than that of the finding holds the property", () => {
    const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    const bucket = resource("aws:s3/bucket:Bucket", "site", { bucket: "site" });
    const block = resource(type, "own", { bucket: "site", blockPublicAcls: false });
    const holder = { urn: block["urn"], type };
    const rendered = async (format: string): Promise<string> => {
      const cwd = folder({ "s.json": exported([bucket, block]) });
      const args = ["check", "s.json", "--controls", "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"];
      return (await compliance([...args, "--format", format], { cwd })).stdout;
    };

    it("json tells the holder", async () => {
      const { results } = JSON.parse(await rendered("json")) as { results: Record<string, unknown>[] };
      const [found] = results;
      assert.ok(found);
      assert.equal(found["urn"], bucket["urn"]);
      assert.equal(found["property"], "blockPublicAcls");
      assert.deepEqual(found["holder"], holder);
    });

    it("sarif tells the holder as a related location, by its schema", async () => {
      const validate = sarifSchema();
      const log = JSON.parse(await rendered("sarif")) as Log;
      assert.equal(validate(log), true, JSON.stringify(validate.errors));
      const [found] = log.runs[0]?.results ?? [];
      assert.deepEqual(found?.properties?.["holder"], holder);
      assert.deepEqual(found.relatedLocations?.[0]?.logicalLocations, [
        { name: "own", fullyQualifiedName: holder.urn, kind: "resource" },
      ]);
    });

    for (const format of ["text", "markdown", "junit"]) {
      it(`${format} names the holder`, async () => {
        const text = (await rendered(format)).replaceAll("&quot;", '"');
        assert.match(text, /In BucketPublicAccessBlock "own", "blockPublicAcls" is false/);
      });
    }
  });

  describe("sarif", () => {
    const resultsOf = (log: Log): readonly Result[] => log.runs[0]?.results ?? [];
    const parsed = async (...args: readonly string[]): Promise<Log> =>
      JSON.parse(await report("sarif", ...args)) as Log;

    it("satisfies the published schema", async () => {
      const validate = sarifSchema();
      for (const log of [await parsed(), await parsed("--all")]) {
        assert.equal(validate(log), true, JSON.stringify(validate.errors));
      }
      assert.equal(validate({ version: "2.1.0", runs: [{}] }), false);
    });

    it("holds failures and reviews, and with --all also what passed", async () => {
      const kinds = (log: Log): readonly string[] =>
        [...new Set(resultsOf(log).map(({ kind = "" }) => kind))].sort();
      assert.deepEqual(kinds(await parsed()), ["fail", "review"]);
      assert.deepEqual(kinds(await parsed("--all")), ["fail", "pass", "review"]);
    });

    it("gives what fails a level, and everything else none", async () => {
      for (const { kind, level } of resultsOf(await parsed("--all"))) {
        assert.equal(level === "error" || level === "warning", kind === "fail");
      }
    });

    it("has a rule with help and score for each result", async () => {
      const log = await parsed();
      const rules = log.runs[0]?.tool.driver.rules ?? [];
      for (const { ruleId, ruleIndex = -1 } of resultsOf(log)) assert.equal(rules[ruleIndex]?.id, ruleId);
      for (const { help, helpUri, properties } of rules) {
        assert.match(help?.markdown ?? "", /compliance explain/);
        assert.match(helpUri ?? "", /^https:\/\/docs\.aws\.amazon\.com\//);
        assert.match(String(properties?.["security-severity"]), /^\d+\.\d$/);
      }
    });

    it("gives each finding prints of its own, the same in each run", async () => {
      const prints = (log: Log): readonly string[] =>
        resultsOf(log).map((result) => result.partialFingerprints?.["primaryLocationLineHash"] ?? "");
      const [first, second] = [prints(await parsed()), prints(await parsed())];
      assert.deepEqual(first, second);
      assert.equal(new Set(first).size, first.length);
    });

    it("points to the file that was given, as a URI", async () => {
      const uris = resultsOf(await parsed()).map(
        ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri,
      );
      assert.deepEqual([...new Set(uris)], ["a%20b.json"]);
    });

    it("suppresses what is exempted, and says that a source failed", async () => {
      const log = await parsed();
      assert.equal(resultsOf(log).filter(({ suppressions = [] }) => suppressions.length > 0).length, 1);
      assert.equal(log.runs[0]?.invocations?.[0]?.executionSuccessful, false);
    });
  });

  describe("junit", () => {
    /**
     * What Jenkins's schema says of the elements that a report has; it knows others. All values are any text. It is
     * stated and not stored: JUnit itself publishes none, and this one cannot be run without a validator in C.
     * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
     */
    interface Element {
      readonly children: readonly string[];
      readonly required: readonly string[];
      readonly optional: readonly string[];
    }
    const counted = ["name", "tests", "failures", "errors"];
    const outcome: Element = { children: [], required: [], optional: ["type", "message"] };
    const SCHEMA: Readonly<Record<string, Element>> = {
      testsuites: { children: ["testsuite"], required: [], optional: counted },
      testsuite: { children: ["testcase"], required: counted, optional: ["skipped"] },
      testcase: { children: ["skipped", "error", "failure"], required: ["name"], optional: ["classname"] },
      skipped: outcome,
      error: outcome,
      failure: outcome,
    };

    it("has only the elements and attributes that readers know, with counts that are right", async () => {
      const text = await report("junit");
      assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
      const counts = new Map<string, number>();
      create(text).each(
        (builder) => {
          const { node } = builder;
          if (!("tagName" in node)) return;
          const { tagName, attributes } = node as unknown as {
            readonly tagName: string;
            readonly attributes: Iterable<{ readonly name: string }>;
          };
          counts.set(tagName, (counts.get(tagName) ?? 0) + 1);
          const parent = (node.parentNode as unknown as { readonly tagName?: string }).tagName;
          const schema = SCHEMA[tagName];
          assert.ok(schema, tagName);
          if (parent !== undefined)
            assert.ok(SCHEMA[parent]?.children.includes(tagName), `${tagName} in ${parent}`);
          const names = [...attributes].map(({ name }) => name);
          const others = names.filter((name) => ![...schema.required, ...schema.optional].includes(name));
          assert.deepEqual(others, [], tagName);
          assert.deepEqual(
            schema.required.filter((name) => !names.includes(name)),
            [],
            tagName,
          );
        },
        true,
        true,
      );
      const root = /<testsuites name="compliance" tests="(\d+)" failures="(\d+)" errors="(\d+)">/.exec(text);
      assert.deepEqual(root?.slice(1).map(Number), [
        counts.get("testcase"),
        counts.get("failure"),
        counts.get("error"),
      ]);
    });

    it("fails for what fails the command, and skips the rest with its reason", async () => {
      const text = await report("junit");
      assert.match(
        text,
        /<testcase classname="aws:ebs\/volume:Volume" name="encrypted-volumes: bad">\s*<failure type="\w+" message="&quot;encrypted&quot; is false; /,
      );
      assert.match(text, /name="encrypted-volumes: later">\s*<skipped message="Undecided: /);
      assert.match(
        text,
        /name="encrypted-volumes: excused">\s*<skipped message="Exempted until 2999-01-01 by @team: /,
      );
      assert.match(text, /name="ec2-volume-inuse-check: bad">\s*<skipped message="Advisory: /);
      assert.match(text, /name="encrypted-volumes: good"\/>/);
    });
  });

  describe("markdown", () => {
    it("is a comment that a bot finds again, with a table of what must be mended", async () => {
      const text = await report("markdown");
      assert.match(text, /^<!-- compliance-report -->\n## Compliance: 1 error, \d+ violations\n/);
      assert.match(
        text,
        /\n\| \w+ \| \[encrypted-volumes\]\(https:\/\/docs\.aws[^)]+\) \| bad<br>aws:ebs\/volume:Volume \| "encrypted" is false\. \| Set "encrypted" to true\. \|\n/,
      );
      assert.match(text, /<details><summary>1 exempted<\/summary>/);
    });

    it("lets no name or reason act as Markdown, HTML or a mention", async () => {
      const text = await report("markdown");
      const rest = text.replace(/<!-- compliance-report -->|<\/?(details|summary)>|<br>/g, "");
      assert.doesNotMatch(rest, /[<>]|@/);
      for (const row of text.split("\n").filter((line) => line.startsWith("| "))) {
        assert.ok([6, 7].includes(row.split("|").length), row);
      }
    });

    it("is never longer than a comment may be, and says what it leaves out", async () => {
      const many = Array.from({ length: 2000 }, (_, index) => volume(`bad-${index}-\u00e4\u{1f600}`, false));
      const root = folder({ "a.json": exported(many) });
      const { stdout } = await compliance(["check", "a.json", "--format", "markdown"], { cwd: root });
      assert.ok(Buffer.byteLength(stdout) <= 65_536 && Buffer.byteLength(stdout) > 50_000);
      assert.match(stdout, /\n\d+ more do not fit into a comment/);
    });
  });
});
