import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { caseFacts, cases } from "../../rules/cases";
import { ResourceGraph } from "../../rules/engine";
import type { ResourceFacts } from "../../rules/engine";
import { judge } from "../../rules/judge";
import { policyConfig, type PolicyConfig } from "../../rules/policy-config";
import { resolveSelection, type Selection } from "../../rules/selection";
import { analyzeRequest, analyzeStackRequest, answerOf, configureRequest } from "../support/analyzer";
import type { Analyzer, Entry } from "../support/analyzer";
import { TODAY, packBySdk } from "../support/pack-in-process";

const file = path.join(__dirname, "..", "..", "selection.yaml");
const baseline: unknown = parse(fs.readFileSync(file, "utf8"));

function resolved(source: unknown): Selection {
  const { selection, problems } = resolveSelection(source, { today: TODAY });
  assert.ok(selection, JSON.stringify(problems));
  return selection;
}

/** What the engine makes of a configuration file. */
const entriesOf = (config: PolicyConfig): Readonly<Record<string, Entry>> =>
  Object.fromEntries(
    Object.entries(config).map(([name, entry]): [string, Entry] => {
      if (typeof entry === "string") return [name, { level: entry }];
      const { enforcementLevel, ...properties } = entry;
      return [name, { level: enforcementLevel, properties }];
    }),
  );

const EXEMPTED = "exempted";

/** One line for each finding that needs attention: policy, resource, and how it is shown. */
function shownByJudge(facts: readonly ResourceFacts[], selection: Selection): readonly string[] {
  const { results, errors } = judge(new ResourceGraph(facts), selection);
  assert.deepEqual(errors, []);
  const shown = results.flatMap(({ name, urn, verdict, level, exemption }) => {
    if (verdict === "COMPLIANT" || verdict === "NOT_APPLICABLE") return [];
    return `${name} ${urn} ${exemption !== undefined ? EXEMPTED : verdict === "UNDECIDED" ? "advisory" : level}`;
  });
  return [...new Set(shown)].sort();
}

async function shownByPack(pack: Analyzer, facts: readonly ResourceFacts[]): Promise<readonly string[]> {
  const lines = [];
  for (const each of facts) lines.push(...answerOf(await pack.analyze(analyzeRequest(each, facts))).lines);
  lines.push(...answerOf(await pack.analyzeStack(analyzeStackRequest(facts))).lines);
  const shown = lines
    .filter(({ policy }) => policy !== "compliance-exemptions")
    .map(
      ({ policy, urn, level, message }) =>
        `${policy} ${urn} ${message.includes("\nExempted: ") ? EXEMPTED : level}`,
    );
  return [...new Set(shown)].sort();
}

const stacks = [...cases.values()].flatMap((examples) => examples.map(({ stack }) => caseFacts(stack)));
/** Every selected control is asked about every stack; more stacks add time and no kind of resource. */
const some = stacks.filter((_, index) => index % Math.max(1, Math.floor(stacks.length / 60)) === 0);

const selections: Readonly<Record<string, unknown>> = {
  "the baseline": baseline,
  "levels, parameters and exemptions of every kind": {
    controls: "all",
    exclude: ["rds-multi-az-support"],
    strict: true,
    levels: {
      default: "advisory",
      severity: { critical: "mandatory" },
      controls: { "encrypted-volumes": "disabled" },
    },
    parameters: { "db-instance-backup-enabled": { backupRetentionMinimum: 30 } },
    exemptions: [
      {
        control: "s3-bucket-versioning-enabled",
        resource: "subject",
        reason: "r",
        owner: "o",
        expires: TODAY,
      },
      { control: "restricted-ssh", resource: "**", reason: "r", owner: "o", expires: "2020-01-01" },
    ],
  },
};

describe("a selection", () => {
  for (const [name, source] of Object.entries(selections)) {
    it(`gives the same by a check and by the pack that is configured with it: ${name}`, async () => {
      const selection = resolved(source);
      const entries = entriesOf(policyConfig(selection));
      const pack = packBySdk();
      await pack.configure(configureRequest(entries));
      for (const facts of some)
        assert.deepEqual(await shownByPack(pack, facts), shownByJudge(facts, selection));
    });
  }

  it("gives the same configuration on every day, for the pack itself knows when an exemption ends", () => {
    const on = (today: string): PolicyConfig => {
      const { selection } = resolveSelection(selections["levels, parameters and exemptions of every kind"], {
        today,
      });
      assert.ok(selection);
      return policyConfig(selection);
    };
    assert.equal(JSON.stringify(on("2019-01-01")), JSON.stringify(on("2030-01-01")));
  });
});

describe("the baseline", () => {
  const { selection, problems } = resolveSelection(baseline, { today: TODAY, regions: ["us-east-1"] });

  it("can be deployed as it is", () => {
    assert.deepEqual(problems, []);
  });

  it("has at least 60 controls, no two of them with the same requirement under two names", () => {
    const ids = (selection?.controls ?? []).map(({ id }) => id);
    assert.ok(ids.length >= 60);
    const twins = [
      ["EKS_SECRETS_ENCRYPTED", "EKS_CLUSTER_SECRETS_ENCRYPTED"],
      ["EFS_ENCRYPTED_CHECK", "EFS_FILESYSTEM_CT_ENCRYPTED"],
      ["CLOUD_TRAIL_ENABLED", "MULTI_REGION_CLOUD_TRAIL_ENABLED"],
      ["S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS", "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC"],
      ["IAM_USER_MFA_ENABLED", "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS"],
      ["ROOT_ACCOUNT_MFA_ENABLED", "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED"],
    ];
    for (const pair of twins)
      assert.ok(pair.filter((id) => ids.some((each) => each === id)).length < 2, pair.join());
  });

  it("has every rule that a first set of AWS Config rules is expected to have", () => {
    const names = new Set(selection?.controls.map(({ rule }) => rule.name));
    for (const name of [
      "vpc-flow-logs-enabled",
      "iam-root-access-key-check",
      "iam-user-mfa-enabled",
      "s3-bucket-public-read-prohibited",
      "rds-multi-az-support",
      "encrypted-volumes",
      "cloud-trail-encryption-enabled",
      "lambda-function-settings-check",
    ])
      assert.ok(names.has(name), name);
    const lambda = selection?.controls.find(({ id }) => id === "LAMBDA_FUNCTION_SETTINGS_CHECK");
    assert.match(lambda?.parameters["runtime"] ?? "", /nodejs/);
  });

  it("accepts nothing for longer than a year from the day of its review", () => {
    for (const { expires } of selection?.exemptions ?? []) assert.ok(expires <= "2027-11-24", expires);
  });
});
