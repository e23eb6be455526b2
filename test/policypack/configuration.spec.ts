import * as assert from "node:assert/strict";
import { preventedControls } from "../../policypack/prevented";
import { secret, unknown } from "../../rules/cases/build";
import type { ResourceFacts } from "../../rules/engine";
import { analyzeRequest, analyzeStackRequest, answerOf, configureRequest } from "../support/analyzer";
import type { Analyzer, Answer, Entry, Line } from "../support/analyzer";
import { TODAY, packByFastPath, packBySdk } from "../support/pack-in-process";

const DATABASE = "aws:rds/instance:Instance";
const STACK = "urn:pulumi:dev::case::pulumi:pulumi:Stack::case-dev";
const WEB = "urn:pulumi:dev::case::acme:web:Site::web";
const MULTI_AZ = "rds-multi-az-support";

/** The engine sends an entry for every policy. */
const others = Object.fromEntries(
  preventedControls().map(({ rule }) => [rule.name, { level: "disabled" } as const]),
);

const stack: ResourceFacts = { urn: STACK, type: "pulumi:pulumi:Stack", inputs: {} };
const web: ResourceFacts = { urn: WEB, type: "acme:web:Site", inputs: {}, parent: STACK };

const database = (inputs: Readonly<Record<string, unknown>>, name = "data"): ResourceFacts => ({
  urn: `urn:pulumi:dev::case::acme:web:Site$${DATABASE}::${name}`,
  type: DATABASE,
  inputs,
  parent: WEB,
});

const plain = database({ multiAz: false });
const undecided = database({ multiAz: unknown });

const exemption = {
  resource: "web/data",
  reason: "It holds a public data set.",
  owner: "web-team",
  expires: "2026-06-08",
};

interface Run {
  readonly registered: readonly Answer[];
  readonly atTheEnd: Answer;
  readonly lines: readonly Line[];
}

/** One operation of the engine: configure, register every resource, look at the whole. */
async function run(
  analyzer: Analyzer,
  resources: readonly ResourceFacts[],
  properties: Readonly<Record<string, unknown>> = {},
  level: Entry["level"] = "mandatory",
  policy = MULTI_AZ,
): Promise<Run> {
  const all = [stack, web, ...resources];
  await analyzer.configure(configureRequest({ ...others, [policy]: { level, properties } }));
  const registered: Answer[] = [];
  for (const resource of all)
    registered.push(answerOf(await analyzer.analyze(analyzeRequest(resource, all))));
  const atTheEnd = answerOf(await analyzer.analyzeStack(analyzeStackRequest(all)));
  return { registered, atTheEnd, lines: [...registered, atTheEnd].flatMap(({ lines }) => lines) };
}

const paths: readonly (readonly [string, () => Analyzer])[] = [
  ["the SDK's own handlers", packBySdk],
  ["the fast path", packByFastPath],
];

for (const [name, start] of paths) {
  describe(`the configuration of a policy, by ${name}`, () => {
    it("reports a violation with the level, the description, the severity and the resource", async () => {
      const { lines } = await run(start(), [plain]);
      const [line, ...more] = lines;
      assert.ok(line);
      assert.deepEqual(more, []);
      assert.deepEqual([line.policy, line.urn, line.level], [MULTI_AZ, plain.urn, "mandatory"]);
      assert.equal(line.description, "RDS instances have a standby in another Availability Zone.");
      assert.ok(line.severity > 0);
      assert.equal(
        line.message,
        'RDS instances have a standby in another Availability Zone.\n"multiAz" is false; set "multiAz" to true.',
      );
    });

    it("takes the level of the configuration, and mandatory for remediate", async () => {
      assert.equal((await run(start(), [plain], {}, "advisory")).lines[0]?.level, "advisory");
      assert.equal((await run(start(), [plain], {}, "remediate")).lines[0]?.level, "mandatory");
    });

    it("says nothing under a disabled policy, and does not count it as one that does not apply", async () => {
      const { lines, registered } = await run(start(), [plain], {}, "disabled");
      assert.deepEqual(lines, []);
      assert.ok(registered.every(({ notApplicable }) => !notApplicable.includes(MULTI_AZ)));
    });

    it("counts a policy as not applicable for resources of other types, and only there", async () => {
      const { registered } = await run(start(), [database({ multiAz: true })]);
      const applies = registered.map(({ notApplicable }) => !notApplicable.includes(MULTI_AZ));
      assert.deepEqual(applies, [false, false, true]);
    });

    it("warns once of an undecided input under a mandatory policy", async () => {
      const { lines } = await run(start(), [undecided]);
      assert.equal(lines.length, 1);
      assert.equal(lines[0]?.level, "advisory");
      assert.match(lines[0].message, /Undecided: "multiAz" is not known yet; set "multiAz" to true\./);
    });

    it("ignores an undecided input where it shall, without counting it as passed", async () => {
      const { lines, registered } = await run(start(), [undecided], { onUnknown: "ignore" });
      assert.deepEqual(lines, []);
      assert.ok(registered.at(-1)?.notApplicable.includes(MULTI_AZ));
    });

    it("stops an undecided input where it shall, with the level of the policy", async () => {
      const properties = { onUnknown: "mandatory" };
      assert.equal((await run(start(), [undecided], properties)).lines[0]?.level, "mandatory");
      assert.equal((await run(start(), [undecided], properties, "advisory")).lines[0]?.level, "advisory");
    });

    it("shows an exempted finding as a warning with its reason, owner and days left", async () => {
      const { lines } = await run(start(), [plain], { exemptions: [{ ...exemption, ticket: "SEC-1" }] });
      assert.equal(lines.length, 1);
      assert.equal(lines[0]?.level, "advisory");
      assert.match(
        lines[0].message,
        /Exempted: .* Accepted by web-team \(SEC-1\) until 2026-06-08, 7 days left: It holds a public data set\.$/,
      );
    });

    it("exempts an undecided input as well", async () => {
      const { lines } = await run(start(), [undecided], { exemptions: [exemption], onUnknown: "mandatory" });
      assert.deepEqual(
        lines.map(({ level, message }) => [level, message.includes("Exempted: Undecided: ")]),
        [["advisory", true]],
      );
    });

    it("still exempts on the last day, and no longer on the next", async () => {
      const last = await run(start(), [plain], { exemptions: [{ ...exemption, expires: TODAY }] });
      assert.match(last.lines[0]?.message ?? "", /today is the last day/);
      const ended = await run(start(), [plain], { exemptions: [{ ...exemption, expires: "2026-05-31" }] });
      assert.deepEqual(
        ended.lines.map(({ level }) => level),
        ["mandatory"],
      );
      assert.match(
        ended.lines[0]?.message ?? "",
        /The exemption that web-team was given ended on 2026-05-31/,
      );
    });

    it("lists at the end the exemptions that cover nothing, and only these", async () => {
      const other = { ...exemption, resource: "**/gone" };
      const { lines, atTheEnd } = await run(start(), [plain], { exemptions: [exemption, other] });
      assert.equal(lines.length, 2);
      assert.deepEqual(
        atTheEnd.lines.map(({ policy, level }) => [policy, level]),
        [["compliance-exemptions", "advisory"]],
      );
      assert.match(
        atTheEnd.lines[0]?.message ?? "",
        /rds-multi-az-support on "\*\*\/gone" \(web-team, holds until/,
      );
      assert.doesNotMatch(atTheEnd.lines[0]?.message ?? "", /web\/data/);
    });

    it("does not apply an exemption with a day that does not exist, and says so", async () => {
      const { lines } = await run(start(), [plain], {
        exemptions: [{ ...exemption, expires: "2027-02-30" }],
      });
      assert.deepEqual(
        lines.map(({ policy, level }) => [policy, level]),
        [
          [MULTI_AZ, "mandatory"],
          ["compliance-exemptions", "advisory"],
        ],
      );
      assert.match(lines[1]?.message ?? "", /"exemptions\[0\]\.expires": "2027-02-30" is not a day/);
    });

    it("judges by the parameters of the configuration, written as number or as text", async () => {
      const policy = "db-instance-backup-enabled";
      for (const backupRetentionMinimum of [14, "14"]) {
        const level = async (backupRetentionPeriod: number): Promise<readonly string[]> => {
          const resource = database({ backupRetentionPeriod });
          const { lines } = await run(start(), [resource], { backupRetentionMinimum }, "mandatory", policy);
          return lines.map((line) => line.level);
        };
        assert.deepEqual([await level(13), await level(14)], [["mandatory"], []]);
      }
    });

    it("stops with the reason when a parameter cannot be understood", async () => {
      const policy = "db-instance-backup-enabled";
      const properties = { backupRetentionMinimum: "a week" };
      const { lines } = await run(
        start(),
        [database({ backupRetentionPeriod: 30 })],
        properties,
        "mandatory",
        policy,
      );
      assert.equal(lines[0]?.level, "mandatory");
      assert.match(
        lines[0].message,
        /configuration of the policy db-instance-backup-enabled cannot be used\. "backupRetentionMinimum": /,
      );
    });

    it("takes null for a parameter without a value", async () => {
      const policy = "db-instance-backup-enabled";
      const properties = { backupRetentionMinimum: null };
      const { lines } = await run(
        start(),
        [database({ backupRetentionPeriod: 1 })],
        properties,
        "mandatory",
        policy,
      );
      assert.deepEqual(lines, []);
    });

    it("never shows a secret", async () => {
      const hidden = database({ multiAz: secret("s3cr3t-value"), masterPassword: secret("s3cr3t-key") });
      const { lines } = await run(start(), [hidden]);
      assert.equal(lines.length, 1);
      assert.doesNotMatch(JSON.stringify(lines), /s3cr3t/);
    });

    it("judges at the end what went in, where a stack policy would else see an unknown output", async () => {
      const policy = "s3-bucket-versioning-enabled";
      const bucket: ResourceFacts = {
        urn: "urn:pulumi:dev::case::aws:s3/bucket:Bucket::b",
        type: "aws:s3/bucket:Bucket",
        inputs: { bucket: "b" },
      };
      const planned = { ...bucket, outputs: { versioning: unknown, id: unknown, arn: unknown } };
      const analyzer = start();
      await analyzer.configure(configureRequest({ ...others, [policy]: { level: "mandatory" } }));
      await analyzer.analyze(analyzeRequest(bucket));
      const answer = answerOf(await analyzer.analyzeStack(analyzeStackRequest([planned])));
      assert.deepEqual(
        answer.lines.map((line) => [line.policy, line.level]),
        [[policy, "mandatory"]],
      );
    });
  });
}
